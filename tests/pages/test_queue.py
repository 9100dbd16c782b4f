"""The queue's pages: what waits, the next claim, the bar above its text, and skipping."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Article, Claim, ClaimStatus, Lease, Skip, User
from claims.review.assign_article import assign_article
from claims.review.skip_claim import skip_claim
from claims.review.take_next import take_next
from claims.vocabulary import SKIP_REASONS, Aside, Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.pages.html import Page, page_of
from tests.pages.test_blind_crawl import CANARY, crawl, differences


def give(article: Article, to: User, by: User) -> None:
    assign_article(by=by, article_id=article.pk, reviewer_id=to.pk, key=uuid4())


def press(browser: Client, come_from: Claim | None = None) -> str:
    """Press "Next claim"; where it leads."""
    answer = browser.post("/queue/next", {"claim": come_from.pk} if come_from else {})
    assert answer.status_code == 302
    return str(answer.url)


def said(browser: Client, url: str) -> str:
    return " ".join(item.text for item in page_of(browser.get(url)).all("li") if item.within[-1].has("messages"))


def under(page: Page, heading: str) -> str:
    """The words of the page between this heading and the next."""
    text = page.all("main")[0].text
    after = text.partition(heading)[2]
    others = [h.text for h in page.all("h2") if h.text in after]
    return min((after.partition(other)[0] for other in others), key=len, default=after)


def test_the_queue_shows_what_is_assigned_begun_and_skipped(ana: User, max: User, make_article: MakeArticle) -> None:
    assigned, begun, other = (
        make_article(f"The town of {town}\n\nIt rains in {town}. It snows in {town}.")
        for town in ("Oslo", "Rome", "Lima")
    )
    give(assigned, ana, max)
    assess(Claim.objects.filter(article=begun)[0], ana)
    skipped = Claim.objects.filter(article=other)[0]
    skip_claim(by=ana, claim_id=skipped.pk, reason="language", key=uuid4())
    page = page_of(logged_in(ana).get("/queue/"))
    assert "Oslo" in under(page, "Assigned to you")
    assert "0 of 3" in under(page, "Assigned to you")
    assert "Rome" in under(page, "Begun and not finished")
    assert "1 of 3" in under(page, "Begun and not finished")
    assert skipped.exact in under(page, "Skipped by you")
    assert SKIP_REASONS["language"] in under(page, "Skipped by you")
    assert "Newest skips" not in page.all("main")[0].text


def test_an_empty_queue_says_so_in_each_part(ana: User) -> None:
    page = page_of(logged_in(ana).get("/queue/"))
    assert "No assigned article waits" in under(page, "Assigned to you")
    assert "No article is half done" in under(page, "Begun and not finished")
    assert "None." in under(page, "Skipped by you")


def test_moderators_see_everybodys_newest_skips_with_who_and_why(ana: User, max: User, claim: Claim) -> None:
    skip_claim(by=ana, claim_id=claim.pk, reason="broken", key=uuid4())
    part = under(page_of(logged_in(max).get("/queue/")), "Newest skips of everybody")
    assert SKIP_REASONS["broken"] in part
    assert "ana" in part
    assert claim.exact in part


def test_next_leads_to_the_claim_in_its_text_with_the_bar_above(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    url = press(browser)
    held = Lease.objects.get(holder=ana).claim
    assert url == f"/articles/{held.article_id}/?claim={held.pk}&from=queue#here"
    page = page_of(browser.get(url))
    assert page.all("blockquote")[0].text == held.exact
    assert page.fields("/queue/next")["claim"] == str(held.pk)
    assert page.fields("/queue/skip")["claim"] == str(held.pk)
    offered = [option.text for option in page.all("option") if option.attributes["value"]]
    assert offered == list(SKIP_REASONS.values())


def test_the_bar_names_the_served_claim_and_leads_back_to_it(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    press(browser)
    held = Lease.objects.get().claim
    other = next(claim for claim in claims if claim != held)
    page = page_of(browser.get(f"/articles/{held.article_id}/?claim={other.pk}&from=queue"))
    assert page.all("blockquote")[0].text == other.exact
    (link,) = page.all("a", href=f"?claim={held.pk}&from=queue#here")
    assert link.text == held.exact[:89] + ("…" if len(held.exact) > 90 else held.exact[89:])
    assert page.fields("/queue/skip")["claim"] == str(held.pk)


@pytest.mark.parametrize("aside", [Aside.HIDDEN, Aside.RETIRED])
def test_the_bar_neither_names_nor_skips_a_claim_that_was_set_aside(aside: str, ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    press(browser)
    held = Lease.objects.get().claim
    ClaimStatus.objects.filter(pk=held.pk).update(set_aside=aside)
    answer = browser.get(f"/articles/{held.article_id}/?from=queue")
    assert str(held.pk) not in answer.content.decode()
    assert page_of(answer).all("form", action="/queue/next")
    assert not page_of(answer).all("form", action="/queue/skip")


def test_without_the_queue_in_the_address_there_is_no_bar(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    press(browser)
    for query in ("", "?from=elsewhere", f"?claim={claims[0].pk}"):
        assert "From the queue" not in browser.get(f"/articles/{claims[0].article_id}/{query}").content.decode()


@pytest.mark.parametrize("held", ["nothing", "something elsewhere", "something that ran out"])
def test_who_holds_nothing_here_can_go_on_and_has_nothing_to_skip(
    held: str, ana: User, claims: list[Claim], make_article: MakeArticle
) -> None:
    if held != "nothing":
        take_next(by=ana)
    if held == "something elsewhere":
        Lease.objects.update(claim=Claim.objects.get(article=make_article("It rains in Oslo.")))
    if held == "something that ran out":
        Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    page = page_of(logged_in(ana).get(f"/articles/{claims[0].article_id}/?from=queue"))
    assert page.all("form", action="/queue/next")
    assert not page.all("form", action="/queue/skip")


def test_pressing_next_twice_leads_to_the_same_claim_and_says_why_where_one_came_from_it(
    ana: User, claims: list[Claim]
) -> None:
    browser = logged_in(ana)
    first = press(browser)
    held = Lease.objects.get().claim
    assert press(browser) == first
    assert "still waits" not in said(browser, first)
    assert press(browser, come_from=held) == first
    page = page_of(browser.get(first))
    (told,) = (one for one in page.all("ul", role="status") if "This claim still waits for your label" in one.text)
    assert any(one.has("queued") for one in told.within)  # the bar: it stays in view
    assess(held, ana)
    assert press(browser, come_from=held) != first


def test_when_nothing_is_left_the_queue_says_so(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    for claim in claims:
        assess(claim, ana)
    assert press(browser) == "/queue/"
    assert "Nothing in the queue needs you now" in said(browser, "/queue/")


def test_skipping_stores_the_reason_and_leads_straight_on(ana: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    first = press(browser)
    form = page_of(browser.get(first)).fields("/queue/skip") | {"reason": "involved"}
    skipped = Lease.objects.get().claim
    for _ in range(2):  # a form that is sent twice has one effect
        answer = browser.post("/queue/skip", form)
        assert answer.status_code == 302
        assert answer.url not in {first, "/queue/"}
        assert Skip.objects.get().claim == skipped
    assert Lease.objects.get().claim != skipped


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"reason": ""}, 400, "Choose why you skip the claim"),
        ({"reason": "x" * 100_000}, 400, "Choose one of the reasons"),
        ({"claim": "x"}, 400, "Claim: "),
        ({"claim": str(uuid4())}, 410, "There is no such claim here"),
        ({"key": ""}, 400, "Key: "),
    ],
)
def test_a_skip_that_is_not_whole_is_refused_with_what_to_do(
    change: dict[str, str], status: int, sentence: str, ana: User, claim: Claim
) -> None:
    form = {"claim": str(claim.pk), "reason": "unsure", "key": str(uuid4())} | change
    answer = logged_in(ana).post("/queue/skip", form)
    assert answer.status_code == status
    assert sentence in page_of(answer).all("main")[0].text
    assert not Skip.objects.exists()


def test_a_hidden_claim_can_neither_be_skipped_nor_read_among_ones_skips(ana: User, claims: list[Claim]) -> None:
    skip_claim(by=ana, claim_id=claims[0].pk, reason="unsure", key=uuid4())
    ClaimStatus.objects.update(set_aside=Aside.HIDDEN)
    browser = logged_in(ana)
    form = {"claim": str(claims[1].pk), "reason": "unsure", "key": str(uuid4())}
    answer = browser.post("/queue/skip", form)
    assert answer.status_code == 410
    for page in (answer, browser.get("/queue/")):
        assert not [claim for claim in claims if claim.exact in page.content.decode()]


def test_words_of_an_article_are_shown_as_words(ana: User, max: User, make_article: MakeArticle) -> None:
    article = make_article("<b>Rain</b> & snow\n\nIt rains in <i>Oslo</i> today.")
    give(article, ana, max)
    claim = Claim.objects.get(exact__contains="Oslo")
    skip_claim(by=ana, claim_id=claim.pk, reason="broken", key=uuid4())
    html = logged_in(ana).get("/queue/").content.decode()
    assert "&lt;b&gt;Rain&lt;/b&gt; &amp; snow" in html
    assert "&lt;i&gt;Oslo&lt;/i&gt;" in html


def test_the_way_on_is_the_queue_in_the_bar_and_on_the_front_page(ana: User, eve: User, claim: Claim) -> None:
    front = page_of(logged_in(ana).get("/"))
    assert "/queue/" in front.links()
    assert front.all("form", action="/queue/next")
    assert "/queue/" not in page_of(logged_in(eve).get("/")).links()
    assert "/queue/" not in page_of(Client().get("/")).links()


def test_the_queue_and_the_bar_need_few_queries_however_much_waits(
    ana: User, max: User, make_article: MakeArticle
) -> None:
    browser, counts = logged_in(ana), []
    for number in (1, 6):
        for place in range(number):
            article = make_article(f"It rains in {number} {place}. It snows in {number}. It is cold.")
            give(article, ana, max)
            begun = make_article(f"It hails in {number} {place}. It thaws in {number}. It is warm.")
            first, second, _ = Claim.objects.filter(article=begun)
            assess(first, ana)
            skip_claim(by=ana, claim_id=second.pk, reason="unsure", key=uuid4())
        url = press(browser).partition("#")[0]
        counts.append([queries(browser, page) for page in ("/queue/", url)])
    assert counts[0] == counts[1]
    assert counts[0][0] <= 12


def queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as done:
        assert browser.get(url).status_code == 200
    return len(done)


def test_nobody_can_tell_from_the_queue_what_another_reviewer_did(
    ana: User, ben: User, max: User, claims: list[Claim], make_article: MakeArticle
) -> None:
    browser = logged_in(ana)
    begun = make_article("It rains in Oslo. It snows in Oslo. It is cold in Oslo.")
    labelled, waiting, skipped = Claim.objects.filter(article=begun).in_reading_order()
    give(claims[0].article, ana, max)
    assess(labelled, ana)
    skip_claim(by=ana, claim_id=skipped.pk, reason="unsure", key=uuid4())
    held = take_next(by=ana)
    assert held is not None
    asked = ["/queue/", "/", *(f"/articles/{c.article_id}/?claim={c.pk}&from=queue" for c in (*claims, waiting))]
    before = crawl(browser, *asked)
    give(begun, ben, max)
    assess(labelled, ben, Label.SOURCED, note=CANARY)  # a dispute
    for claim in (waiting, skipped, held, *(claim for claim in claims if claim != held)):
        assess(claim, ben, Label.OPINION, note=CANARY)
        assess(claim, max, Label.SOURCED, note=CANARY)
    assert take_next(by=ben) is None
    after = crawl(browser, *asked)
    assert [url for url, page in after.items() if CANARY in page] == []
    # The page of notifications carries the moment at which it was asked for.
    assert [url for url in differences(before, after) if not url.startswith("/notifications/")] == []
    assert press(browser) == f"/articles/{held.article_id}/?claim={held.pk}&from=queue#here"


def test_the_crawl_of_the_queue_would_notice_what_is_settled(ana: User, max: User, claims: list[Claim]) -> None:
    browser = logged_in(ana)
    assess(claims[0], ana)
    before: dict[str, Any] = crawl(browser, "/queue/")
    rule(claims[1], max)
    assert before["/queue/"] != crawl(browser, "/queue/")["/queue/"]
