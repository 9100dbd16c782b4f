"""Comments as a weapon: nothing of them can be told before the claim is settled, and no markup of them lives."""

import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from claims.coverage.publish_story import publish_story
from claims.models import Claim, Comment, Notification, User
from claims.review.resolve_thread import resolve_thread
from claims.review.write_comment import write_comment
from tests.cast import logged_in, rule
from tests.hostile.test_markup import PAYLOADS, is_harmless
from tests.pages.html import page_of
from tests.pages.test_blind_crawl import VOLATILE, crawl, differences

CANARY = "CANARY-77ac"
# What pages say of the moment at which they were made, or something was done.
MOMENT = re.compile(r'name="upto" value="[^"]+"| datetime="[^"]+"')
UUIDS = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def say(claim: Claim, by: User, body: str, thread: Comment | None = None) -> Comment:
    outcome = write_comment(by=by, claim_id=claim.pk, thread_id=thread.pk if thread else None, body=body, key=uuid4())
    return Comment.objects.get(pk=outcome["comment"])


def telling(browser: Client, *urls: str) -> dict[str, str]:
    """These pages alone, as `everything` has them."""
    return {url: MOMENT.sub("", page) for url, page in crawl(browser, *urls, follow=False).items()}


def everything(browser: Client, claims: list[Claim]) -> dict[str, str]:
    """Every page that leads on from here, and the addresses that somebody curious would try."""
    starts = ["/", "/claims/", "/claims.csv", f"/claims/?q={CANARY}", "/notifications/", "/notifications/?unread=on"]
    starts += [f"/claims/{claim.pk}/{part}" for claim in claims for part in ("", "discussion")]
    return {url: MOMENT.sub("", page) for url, page in crawl(browser, *starts).items()}


@pytest.fixture
def desk(story: object, claims: list[Claim], max: User, ana: User) -> list[Claim]:
    """A published story of four claims, of which the last is settled; ana has spoken and was told something."""
    rule(claims[3], max)
    publish_story(by=max, story_id=story.pk, expected_version=0)  # type: ignore[attr-defined]
    say(claims[0], ana, "My own thread.")
    say(claims[3], max, "@ana")
    return claims


@pytest.mark.parametrize("visitor", ["ana", "eve", None])
def test_nobody_can_tell_from_any_page_what_another_reviewer_wrote(
    visitor: str | None, request: pytest.FixtureRequest, desk: list[Claim], ben: User, max: User
) -> None:
    browser = logged_in(request.getfixturevalue(visitor)) if visitor else Client()
    before = everything(browser, desk)
    thread = say(desk[0], ben, f"{CANARY} @ana @max @ben")
    say(desk[0], ben, f"{CANARY} again", thread)
    say(desk[0], max, f"{CANARY} @ana", thread)
    say(desk[1], max, f"{CANARY} of a moderator, @ana @ben")
    say(desk[2], ben, f"{CANARY} resolved")
    resolve_thread(by=ben, claim_id=desk[0].pk, thread_id=thread.pk, expected_version=1, key=uuid4())
    after = everything(browser, desk)
    assert [url for url, page in after.items() if CANARY in page and CANARY not in url] == []
    assert differences(before, after) == []


def test_the_answers_to_writes_do_not_tell_either(desk: list[Claim], ana: User, ben: User) -> None:
    foreign = say(desk[0], ben, CANARY)
    browser = logged_in(ana)
    answers = []
    for thread_id in (foreign.pk, uuid4()):
        said = {"note": "An answer.", "thread": thread_id, "key": str(uuid4())}
        settled = {"thread": thread_id, "version": 1, "deed": "resolve", "key": str(uuid4())}
        for part, form in (("comment", said), ("thread", settled)):
            answer = browser.post(f"/claims/{desk[0].pk}/{part}", form, headers={"Accept": "application/json"})
            answers.append((part, answer.status_code, answer.content))
    hidden = say(desk[0], ben, "@ana")
    mentioned = Notification.objects.get(comment=hidden, to=ana).pk
    for notification_id in (mentioned, uuid4()):
        form = {"notification": notification_id}
        answer = browser.post("/notifications/read", form, headers={"Accept": "application/json"})
        answers.append(("read", answer.status_code, answer.content))
    assert len(set(answers)) == 3
    assert {status for _, status, _ in answers} == {410}


def written_and_read(ana: User, max: User, claim: Claim) -> list[str]:
    """What ana's browser is sent while she writes and max answers, without keys and moments; then all is undone."""
    browser = logged_in(ana)
    discussion, found = f"/claims/{claim.pk}/discussion", []
    with transaction.atomic():
        begun = browser.post(f"/claims/{claim.pk}/comment", {"note": "Who says so?", "key": str(uuid4())})
        thread = begun.url.removeprefix(f"/claims/{claim.pk}/#comment-")
        offered = page_of(browser.get(discussion)).all("input", name="thread")
        assert thread in {field.attributes["value"] for field in offered}
        answer = {"note": "And when?", "thread": thread, "key": str(uuid4())}
        answered = browser.post(f"/claims/{claim.pk}/comment", answer)
        say(claim, max, "@ana, the mayor, on Monday.", Comment.objects.get(pk=thread))
        told = page_of(browser.get("/notifications/")).all("input", name="notification")
        read = browser.post("/notifications/read", {"notification": told[0].attributes["value"]})
        settle = {"thread": thread, "version": "1", "deed": "resolve", "key": str(uuid4())}
        pages = [browser.get(address) for address in (discussion, f"/claims/{claim.pk}/", "/notifications/")]
        settled = browser.post(f"/claims/{claim.pk}/thread", settle)
        pages += [browser.get(address) for address in (discussion, f"/claims/{claim.pk}/")]
        found = [*(one.url for one in (begun, answered, read, settled)), *(page.content.decode() for page in pages)]
        transaction.set_rollback(True)
    return [VOLATILE.sub("", MOMENT.sub("", UUIDS.sub("", one))) for one in found]


def test_ones_own_pages_addresses_and_forms_are_alike_whatever_others_wrote_before(
    desk: list[Claim], ana: User, ben: User, max: User
) -> None:
    """A number that counted everybody's comments or notifications would tell how many were written meanwhile."""
    alone = written_and_read(ana, max, desk[0])
    assert written_and_read(ana, max, desk[0]) == alone
    thread = say(desk[0], ben, f"{CANARY} @ana @max")
    say(desk[0], ben, CANARY, thread)
    say(desk[1], max, f"{CANARY} @ben @ana")
    assert Notification.objects.filter(to=ana, comment=thread).exists()
    assert written_and_read(ana, max, desk[0]) == alone


def test_the_crawl_would_notice(desk: list[Claim], ana: User, ben: User, max: User) -> None:
    """A moderator at once, and a reviewer after the ruling, do find what was written."""
    moderators, reviewers = logged_in(max), logged_in(ana)
    discussion = f"/claims/{desk[0].pk}/discussion"
    urls = (discussion, "/notifications/", "/method/")
    before = telling(moderators, *urls), telling(reviewers, *urls)
    say(desk[0], ben, f"{CANARY} @max @ana")
    seen = telling(moderators, *urls)
    rule(desk[0], max)
    known = telling(reviewers, *urls)
    for old, new in ((before[0], seen), (before[1], known)):
        assert CANARY in new[discussion]
        assert differences(old, new) == [*urls]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_markup_of_a_comment_lives_on_any_page(payload: str, claim: Claim, ana: User, max: User) -> None:
    thread = say(claim, ana, f"{payload} @max")
    say(claim, max, f"@ana {payload}", thread)
    for browser in (logged_in(ana), logged_in(max)):
        for url in (f"/claims/{claim.pk}/", f"/claims/{claim.pk}/discussion", "/notifications/", "/"):
            answer = browser.get(url)
            assert answer.status_code == 200, url
            assert is_harmless(page_of(answer)) == [], url


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_refused_comment_gives_back_is_words(payload: str, claim: Claim, ana: User, eve: User) -> None:
    thread = say(claim, ana, "Mine.")
    forms = [
        ("comment", {"note": payload, "key": payload}),
        ("comment", {"note": payload, "thread": payload, "key": uuid4()}),
        ("comment", {"note": payload, "thread": thread.pk, "key": payload, payload: payload}),
        ("thread", {"thread": payload, "version": payload, "deed": payload, "key": payload, "note": payload}),
    ]
    for browser in (logged_in(ana), logged_in(eve), Client()):
        for part, form in forms:
            answer = browser.post(f"/claims/{claim.pk}/{part}", form)
            assert 400 <= answer.status_code < 500
            assert is_harmless(page_of(answer)) == []
    for field in ("notification", "upto"):
        answer = logged_in(ana).post("/notifications/read", {field: payload})
        assert answer.status_code == 400
        assert is_harmless(page_of(answer)) == []


@pytest.mark.parametrize(
    "bad", [b"a%00b", b"%ED%A0%80", b"%FF%FE", b"a\x00b", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_bytes_that_are_no_text_break_nothing(bad: bytes, claim: Claim, ana: User) -> None:
    browser = logged_in(ana)
    for name in (b"note", b"thread", b"key"):
        body = {b"note": b"Words.", b"thread": b"", b"key": str(uuid4()).encode()} | {name: bad}
        answer = browser.post(
            f"/claims/{claim.pk}/comment",
            b"&".join(key + b"=" + value for key, value in body.items()),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in {302, 400}
    assert not any("\x00" in comment.body or "\ud800" in comment.body for comment in Comment.objects.all())


def test_a_comment_that_came_by_another_way_than_a_room_is_cleaned_on_the_way_out(claim: Claim, ana: User) -> None:
    Comment.objects.create(claim=claim, by=ana, body="<script>alert(1)</script><b onclick=alert(1)>x</b>")
    page = page_of(logged_in(ana).get(f"/claims/{claim.pk}/discussion"))
    assert is_harmless(page) == []
    assert [bold.attributes for bold in page.all("b") if bold.text == "x"] == [{}]
