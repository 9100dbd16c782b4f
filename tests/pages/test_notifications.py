"""The page of what one was told, and the number in the bar."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, ClaimStatus, Comment, Notification, User
from claims.review.notify import notify
from claims.review.write_comment import write_comment
from claims.vocabulary import Aside, Notice
from claims.web.notifications import SENTENCES
from tests.cast import assess, logged_in, rule
from tests.pages.html import Page, page_of

PAGE = "/notifications/"


def lines(page: Page) -> list[str]:
    listed = [e for e in page.all("p") if any(outer.has("told") for outer in e.within)]
    return [" ".join(e.text.split()) for e in listed]


def in_the_bar(page: Page) -> str:
    (link,) = [a for a in page.all("a", href=PAGE) if any(outer.has("bar") for outer in a.within)]
    return " ".join(link.text.split())


def links(page: Page) -> list[str]:
    return [a.attributes["href"] for a in page.all("a") if any(outer.has("told") for outer in a.within)]


def mention(claim: Claim, by: User, whom: User) -> Comment:
    write_comment(by=by, claim_id=claim.pk, thread_id=None, body=f"@{whom.username}", key=uuid4())
    return Comment.objects.latest("created_at")


def of_each_kind(ana: User, max: User, claims: list[Claim]) -> Comment:
    notify([ana], Notice.ASSIGNED, article=claims[0].article, by=max)
    notify([ana], Notice.RULED, claim=claims[1], by=max)
    rule(claims[2], max)
    return mention(claims[2], max, ana)


def test_each_line_says_what_happened_who_did_it_when_and_leads_there(
    ana: User, max: User, article: Article, claims: list[Claim]
) -> None:
    comment = of_each_kind(ana, max, claims)
    page = page_of(logged_in(ana).get(PAGE))
    when = f"{comment.created_at:%b %Y}"
    mentioned, ruled, assigned = lines(page)
    assert f"New. max mentioned you in a comment on “{claims[2].exact}”" in mentioned
    assert f"New. max ruled on “{claims[1].exact}”, which you assessed" in ruled
    assert f"New. max assigned you the article “{article.status.title}”" in assigned
    assert all(when in line for line in (mentioned, ruled, assigned))
    assert links(page) == [
        f"/claims/{claims[2].pk}/#comment-{comment.pk}",
        f"/claims/{claims[1].pk}/",
        f"/articles/{article.pk}/",
    ]


def test_a_moderator_is_told_of_a_dispute_without_a_name(max: User, claim: Claim) -> None:
    notify([max], Notice.DISPUTED, claim=claim)
    (line,) = lines(page_of(logged_in(max).get(PAGE)))
    assert f"New. Reviewers differ on “{claim.exact}”: it waits for a ruling" in line


def test_who_judged_a_claim_is_told_that_it_is_open_again_and_who_flagged_it_of_the_answer(
    ana: User, max: User, claim: Claim
) -> None:
    notify([ana], Notice.REOPENED, claim=claim, by=max)
    notify([ana], Notice.ANSWERED, claim=claim, by=max)
    page = page_of(logged_in(ana).get(PAGE))
    answered, reopened = lines(page)
    assert f"New. max answered your flag at “{claim.exact}”" in answered
    assert f"New. max reopened “{claim.exact}”, which you assessed" in reopened
    assert links(page) == [f"/claims/{claim.pk}/flag", f"/claims/{claim.pk}/"]
    assert logged_in(ana).get(links(page)[0]).status_code == 200


def test_there_is_a_sentence_for_everything_that_one_is_told() -> None:
    assert set(SENTENCES) == set(Notice)


def test_the_bar_counts_what_is_new_for_those_who_are_logged_in(ana: User, eve: User, article: Article) -> None:
    browser = logged_in(ana)
    assert in_the_bar(page_of(browser.get("/"))) == "Notifications"
    told = [Notification(to=ana, kind=Notice.ASSIGNED, article=article) for _ in range(150)]
    Notification.objects.bulk_create(told[:3])
    assert in_the_bar(page_of(browser.get("/method/"))) == "Notifications 3 unread"
    Notification.objects.bulk_create(told[3:])
    assert in_the_bar(page_of(browser.get("/"))) == "Notifications 99+ unread"
    assert in_the_bar(page_of(logged_in(eve).get("/"))) == "Notifications"
    assert PAGE not in page_of(Client().get("/")).links()


def test_one_is_marked_as_read_and_then_all(ana: User, max: User, claims: list[Claim]) -> None:
    of_each_kind(ana, max, claims)
    browser = logged_in(ana)
    page = page_of(browser.get(PAGE))
    one = page.all("input", name="notification")[0].attributes["value"]
    assert browser.post("/notifications/read", {"notification": one}).url == PAGE
    page = page_of(browser.get(PAGE))
    assert [line.startswith("New.") for line in lines(page)] == [False, True, True]
    assert in_the_bar(page) == "Notifications 2 unread"
    assert len(lines(page_of(browser.get(PAGE, {"unread": "on"})))) == 2
    (moment,) = page.all("input", name="upto")
    browser.post("/notifications/read", {"upto": moment.attributes["value"]})
    page = page_of(browser.get(PAGE))
    assert not any(line.startswith("New.") for line in lines(page))
    assert (in_the_bar(page), page.all("input", name="upto")) == ("Notifications", [])
    assert "Nothing is new to you." in browser.get(PAGE, {"unread": "on"}).content.decode()


def test_somebody_elses_is_gone(ana: User, ben: User, claim: Claim) -> None:
    notify([ana], Notice.RULED, claim=claim)
    (own,) = Notification.objects.all()
    for foreign in (own.pk, uuid4()):
        answer = logged_in(ben).post("/notifications/read", {"notification": foreign})
        assert answer.status_code == 410
        assert "no such notification for you" in answer.content.decode()
    own.refresh_from_db()
    assert own.read_at is None


@pytest.mark.parametrize(
    "sent",
    [{}, {"notification": "x"}, {"notification": "1"}, {"notification": "9" * 30}, {"upto": "x"}, {"upto": "\x00"},
     {"upto": "0001-01-01T00:00:00+23:59"}, {"upto": "9999-12-31T23:59:59-23:59"}, {"upto": "9" * 5_000}],
)  # fmt: skip
def test_what_the_page_does_not_send_is_refused_with_a_sentence_or_does_nothing(
    sent: dict[str, Any], ana: User, claim: Claim
) -> None:
    notify([ana], Notice.RULED, claim=claim)
    answer = logged_in(ana).post("/notifications/read", sent)
    assert answer.status_code in {302, 400}
    if answer.status_code == 400:
        assert any(e.text.strip() for e in page_of(answer).elements if e.attributes.get("role") == "alert")


def test_words_that_one_may_not_see_any_more_are_not_shown(ana: User, max: User, claims: list[Claim]) -> None:
    notify([ana], Notice.RULED, claim=claims[0], by=max)
    notify([ana], Notice.ASSIGNED, article=claims[0].article, by=max)
    ClaimStatus.objects.filter(pk=claims[0].pk).update(set_aside=Aside.HIDDEN)
    page = page_of(logged_in(ana).get(PAGE))
    assert "max ruled on something that is not here any more, which you assessed" in lines(page)[1]
    assert claims[0].exact not in lines(page)[1]
    withdraw_article(by=max, article_id=claims[0].article_id, reason="Wrong.", expected_version=0)
    ana.groups.clear()
    page = page_of(logged_in(ana).get(PAGE))
    assert links(page) == []
    assert len(lines(page)) == 2


def test_the_list_goes_on_a_page_further_and_costs_the_same(ana: User, max: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    notify([ana], Notice.RULED, claim=claims[0], by=max)
    counts = []
    for number in (0, 119):
        told = [Notification(to=ana, kind=Notice.ASSIGNED, article=claims[0].article, by=max) for _ in range(number)]
        Notification.objects.bulk_create(told)
        with CaptureQueriesContext(connection) as done:
            page = page_of(browser.get(PAGE))
        counts.append(len(done))
    assert counts[0] == counts[1] <= 7
    seen = len(lines(page))
    while following := page.all("a", rel="next"):
        page = page_of(browser.get(PAGE + following[0].attributes["href"]))
        seen += len(lines(page))
    assert seen == 1 + 119
    (previous,) = page.all("a", rel="prev")
    assert len(lines(page_of(browser.get(PAGE + previous.attributes["href"])))) == 50
    for place in ("x", "2020-01-01T00:00:00+00:00~00000000-0000-0000-0000-000000000001", f"2020-01-01~{'9' * 18}"):
        assert browser.get(PAGE, {"after": place}).status_code in {200, 400}


def test_neither_a_file_nor_an_answer_to_a_script_counts_notifications(ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    form = {"label": "OPINION", "version": 0, "note": "", "key": str(uuid4())}
    with CaptureQueriesContext(connection) as done:
        b"".join(browser.get("/claims.csv").streaming_content)
        browser.post(f"/claims/{claim.pk}/assess", form, headers={"Accept": "application/json"})
    assert not [query for query in done.captured_queries if "claims_notification" in query["sql"]]


def test_a_page_asks_for_the_number_once(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    for url in ("/", "/claims/", PAGE):
        with CaptureQueriesContext(connection) as done:
            logged_in(ana).get(url)
        counting = [q for q in done.captured_queries if "COUNT" in q["sql"] and "claims_notification" in q["sql"]]
        assert len(counting) == 1, url
