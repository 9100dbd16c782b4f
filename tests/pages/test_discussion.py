"""Talking about a claim: the forms and what comes back of them."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimStatus, Comment, User
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import Aside
from claims.web.discussion import THREADS_SHOWN
from tests.cast import logged_in, rule
from tests.pages.html import Page, page_of

ONLY_MODERATORS = "Until this claim is settled, only you and moderators read this"


def url(claim: Claim, part: str = "discussion") -> str:
    return f"/claims/{claim.pk}/{part}"


def post(browser: Client, claim: Claim, note: str, **parts: Any) -> Any:
    return browser.post(url(claim, "comment"), {"note": note, "key": str(uuid4())} | parts)


def say(by: User, claim: Claim, note: str = "Look.", thread: Comment | None = None) -> Comment:
    answer = post(logged_in(by), claim, note, **({"thread": thread.pk} if thread else {}))
    assert answer.status_code == 302
    return Comment.objects.latest("created_at")


def shown(by: User, claim: Claim) -> Page:
    return page_of(logged_in(by).get(url(claim)))


def said(page: Page) -> list[str]:
    return [element.text.strip() for element in page.elements if element.has("words")]


def alert(page: Page) -> str:
    return " ".join(element.text.strip() for element in page.elements if element.attributes.get("role") == "alert")


def forms(page: Page, action: str) -> list[dict[str, str]]:
    """What each form to this address would send as it stands."""
    found = []
    for form in page.all("form", action=action):
        fields = [e for e in page.elements if form in e.within and "name" in e.attributes]
        found.append(
            {
                e.attributes["name"]: e.text.removeprefix("\n")
                if e.tag == "textarea"
                else e.attributes.get("value", "")
                for e in fields
            }
        )
    return found


def test_a_comment_leads_back_to_its_place_at_the_claim(ana: User, claim: Claim) -> None:
    answer = post(logged_in(ana), claim, "Who says so?")
    stored = Comment.objects.get()
    assert answer.url == f"/claims/{claim.pk}/#comment-{stored.pk}"
    page = shown(ana, claim)
    assert said(page) == ["Who says so?"]
    assert [e.tag for e in page.elements if e.attributes.get("id") == f"comment-{stored.pk}"] == ["div"]
    assert [e.text for e in page.all("h2")] == ["Discussion"]


def test_the_forms_of_the_page_answer_resolve_and_reopen(ana: User, max: User, claim: Claim) -> None:
    thread = say(ana, claim, "Who says <b>so</b> & why?")
    browser = logged_in(max)
    answer, new = forms(shown(max, claim), url(claim, "comment"))
    assert (answer["thread"], "thread" in new) == (str(thread.pk), False)
    assert browser.post(url(claim, "comment"), answer | {"note": "The mayor."}).status_code == 302
    assert said(shown(ana, claim)) == ["Who says so & why?", "The mayor."]
    (settle,) = forms(shown(ana, claim), url(claim, "thread"))
    assert logged_in(ana).post(url(claim, "thread"), settle).status_code == 302
    page = shown(ana, claim)
    assert page.all("summary")[0].text.startswith("Resolved by ana")
    assert page.all("summary")[0].text.endswith(": Who says so & why?")
    assert len(forms(page, url(claim, "comment"))) == 1
    (settle,) = forms(page, url(claim, "thread"))
    assert settle["deed"] == "reopen"
    assert browser.post(url(claim, "thread"), settle).status_code == 302
    thread.refresh_from_db()
    assert (thread.resolved_at, thread.version) == (None, 3)


def test_only_whose_thread_it_is_and_moderators_are_offered_to_resolve_it(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    rule(claim, max)
    thread = say(ana, claim)
    assert [len(forms(shown(who, claim), url(claim, "thread"))) for who in (ana, ben, max)] == [1, 0, 1]
    form = {"thread": thread.pk, "version": 1, "deed": "resolve", "key": uuid4()}
    answer = logged_in(ben).post(url(claim, "thread"), form)
    assert answer.status_code == 403
    assert "only a moderator may resolve" in alert(page_of(answer))


def test_beside_each_form_stands_who_will_read_it(ana: User, max: User, claim: Claim) -> None:
    say(ana, claim)
    own, moderators = shown(ana, claim), shown(max, claim)
    assert [ONLY_MODERATORS in e.text for e in own.all("small") if "read" in e.text] == [True, True]
    answering, beginning = (e.text for e in moderators.all("small") if "read" in e.text)
    assert answering == "Until this claim is settled, ana and moderators read this."
    assert ONLY_MODERATORS in beginning
    assert "is told once it is settled" in beginning
    rule(claim, max)
    assert all("Everybody of the desk" in e.text for e in shown(ana, claim).all("small") if "read" in e.text)


def test_what_was_typed_comes_back_with_what_is_wrong(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    thread = say(ana, claim)
    for note, sentence in ((" ", "Write something first"), ("x" * (MAX_NOTE + 1), "4001 characters")):
        answer = post(browser, claim, note)
        page = page_of(answer)
        assert answer.status_code == 400
        assert sentence in alert(page)
        assert forms(page, url(claim, "comment"))[-1]["note"] == note
        assert claim.exact in page.all("mark")[0].text
        assert f"/claims/{claim.pk}/" in page.links()
    page = page_of(post(browser, claim, "Two hours' <b>work", thread=thread.pk, key="x"))
    answering, beginning = forms(page, url(claim, "comment"))
    assert (answering["note"], beginning["note"]) == ("Two hours' <b>work", "")
    assert Comment.objects.count() == 1


def test_an_answer_to_a_thread_that_is_resolved_or_gone_comes_back_as_a_new_thread(
    ana: User, ben: User, claim: Claim
) -> None:
    thread, foreign = say(ana, claim), say(ben, claim)
    form = {"thread": thread.pk, "version": 1, "deed": "resolve", "key": uuid4()}
    logged_in(ana).post(url(claim, "thread"), form)
    for thread_id, status in ((thread.pk, 409), (foreign.pk, 410), (uuid4(), 410), ("9" * 40, 400), ("1", 400)):
        answer = post(logged_in(ana), claim, "My answer.", thread=thread_id)
        assert answer.status_code == status
        assert [one["note"] for one in forms(page_of(answer), url(claim, "comment"))] == ["My answer."]
    assert Comment.objects.count() == 2


def test_a_thread_that_changed_since_is_shown_as_it_stands(ana: User, max: User, claim: Claim) -> None:
    thread = say(ana, claim)
    (seen,) = forms(shown(max, claim), url(claim, "thread"))
    form = {"thread": thread.pk, "version": 1, "deed": "resolve", "key": uuid4()}
    logged_in(ana).post(url(claim, "thread"), form)
    answer = logged_in(max).post(url(claim, "thread"), seen)
    assert answer.status_code == 409
    assert "was resolved or reopened since" in alert(page_of(answer))
    assert forms(page_of(answer), url(claim, "thread"))[0]["version"] == "2"


@pytest.mark.parametrize("who", ["ana", "max"])
def test_beside_a_retired_claim_there_is_nothing_to_send_and_it_says_so(
    who: str, request: pytest.FixtureRequest, ana: User, claim: Claim
) -> None:
    viewer = request.getfixturevalue(who)
    thread, resolved = say(ana, claim, "Open."), say(ana, claim, "Resolved.")
    settle = {"thread": resolved.pk, "version": 1, "deed": "resolve", "key": uuid4()}
    logged_in(ana).post(url(claim, "thread"), settle)
    ClaimStatus.objects.filter(pk=claim.pk).update(set_aside=Aside.RETIRED)
    for page in (shown(viewer, claim), page_of(logged_in(viewer).get(f"/claims/{claim.pk}/"))):
        assert said(page) == ["Open.", "Resolved."]
        assert forms(page, url(claim, "comment")) == forms(page, url(claim, "thread")) == []
        (closed,) = [e.text for e in page.all("p") if "discussion is closed" in e.text]
        assert closed.startswith("This claim is retired in favour of its parts, so its discussion is closed")
        assert closed.endswith("nobody else is told that a comment mentions them.")
        assert "is told once it is settled" not in " ".join(e.text for e in page.all("small"))
    for parts in ({}, {"thread": thread.pk}):
        answer = post(logged_in(viewer), claim, "Two hours' <b>work", **parts)
        page = page_of(answer)
        assert answer.status_code == 410
        assert "gave way to its parts" in alert(page)
        (kept,) = page.all("textarea")
        assert (kept.text, "readonly" in kept.attributes) == ("Two hours' <b>work", True)
    assert logged_in(viewer).post(url(claim, "thread"), settle | {"key": uuid4()}).status_code in {409, 410}
    assert Comment.objects.count() == 2


def test_the_discussion_of_a_hidden_claim_opens_with_the_claim(ana: User, max: User, claim: Claim) -> None:
    say(ana, claim)
    ClaimStatus.objects.filter(pk=claim.pk).update(set_aside=Aside.HIDDEN)
    page = shown(max, claim)
    (closed,) = [e.text for e in page.all("p") if "discussion is closed" in e.text]
    assert closed.endswith("mentions them until it is shown again and settled.")
    assert post(logged_in(max), claim, "Why?").status_code == 410
    assert post(logged_in(ana), claim, "Why?").status_code == 410
    ClaimStatus.objects.filter(pk=claim.pk).update(set_aside="")
    assert post(logged_in(ana), claim, "Why?").status_code == 302


def test_a_form_sent_twice_is_one_comment(ana: User, claim: Claim) -> None:
    browser, key = logged_in(ana), uuid4()
    first, second = (post(browser, claim, "Once.", key=key) for _ in range(2))
    assert first.url == second.url
    assert Comment.objects.count() == 1


def test_a_name_that_nobody_has_is_said_and_stays_as_words(ana: User, ben: User, claim: Claim) -> None:
    answer = logged_in(ana).post(url(claim, "comment"), {"note": "@ben @bob", "key": uuid4()}, follow=True)
    page = page_of(answer)
    (message,) = [e.text for e in page.all("li") if "Nobody of the desk" in e.text]
    assert "is called @bob, so" in message
    assert said(shown(ana, claim)) == ["@ben @bob"]


def test_a_script_is_told_a_refusal_in_its_own_words(ana: User, claim: Claim) -> None:
    answer = logged_in(ana).post(url(claim, "comment"), {"note": ""}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "Write something first" in answer.json()["error"]


def test_older_threads_are_a_page_further(ana: User, claim: Claim) -> None:
    for number in range(THREADS_SHOWN + 3):
        say(ana, claim, f"Thread {number}.")
    newest = shown(ana, claim)
    assert said(newest) == [f"Thread {number}." for number in range(3, THREADS_SHOWN + 3)]
    (older,) = [a.attributes["href"] for a in newest.all("a") if a.text == "Older threads"]
    page = page_of(logged_in(ana).get(older))
    assert said(page) == ["Thread 0.", "Thread 1.", "Thread 2."]
    answer = post(logged_in(ana), claim, "", thread=Comment.objects.earliest("created_at").pk)
    assert said(page_of(answer))[0] == "Thread 0."
    assert logged_in(ana).get(url(claim), {"after": "x"}).status_code == 400


@pytest.mark.parametrize("who", ["ana", "max"])
def test_a_long_discussion_needs_no_more_queries_than_a_short_one(
    who: str, request: pytest.FixtureRequest, claim: Claim, ben: User
) -> None:
    viewer = request.getfixturevalue(who)
    browser = logged_in(viewer)
    counts = []
    for number in (1, 15):
        threads = [Comment(claim=claim, by=viewer, body=f"{n}") for n in range(number)]
        Comment.objects.bulk_create(threads)
        first = Comment.objects.filter(thread=None).earliest("created_at")
        Comment.objects.bulk_create(Comment(claim=claim, thread=first, by=ben, body="x") for _ in range(number))
        with CaptureQueriesContext(connection) as done:
            assert browser.get(url(claim)).status_code == 200
        counts.append(len(done))
    assert counts[0] == counts[1] <= 9
