"""The page of candidates: a claim in context, who else may say it, why, and what the viewer may know of its links."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.coverage.index_articles import index_articles
from claims.models import Claim, Story, User
from claims.relations import Relation
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.deeds import hide
from tests.linking import confirmed, link
from tests.pages.html import Page, page_of

OURS = "The mayor spoke.\n\nThe bridge over the Elm was closed on Friday. Nobody was hurt there."
THEIRS = "Three people were hurt on the bridge over the Elm, which was not closed on Friday.\n\nIt rained."

Pair = tuple[Claim, Claim]


@pytest.fixture
def pair(make_article: MakeArticle, story: Story, operator: User) -> Pair:
    """Two claims of two outlets about one bridge, in the index."""
    articles = [
        make_article(OURS, "https://ours.example/bridge", story),
        make_article(THEIRS, "https://theirs.example/bridge", story),
    ]
    index_articles(by=operator, articles=[article.pk for article in articles])
    ours, theirs = (Claim.objects.filter(article=article, exact__contains="closed").get() for article in articles)
    return ours, theirs


def url(claim: Claim, query: str = "") -> str:
    return f"/claims/{claim.pk}/links{query}"


def shown(by: User, claim: Claim, query: str = "") -> Page:
    answer = logged_in(by).get(url(claim, query))
    assert answer.status_code == 200
    return page_of(answer)


def candidates(page: Page) -> list[str]:
    """The keys of the candidates in their order."""
    return [item.attributes["data-other"] for item in page.all("li") if item.has("candidate")]


def row(page: Page, claim: Claim) -> str:
    (found,) = page.all("li", id=f"c-{claim.pk}")
    return " ".join(found.text.split())


def data(page: Page) -> Any:
    return json.loads(next(s.text for s in page.all("script") if s.attributes.get("id") == "link-data"))


def test_a_claim_stands_in_its_paragraph_beside_candidates_that_say_why_they_are_here(ana: User, pair: Pair) -> None:
    ours, theirs = pair
    page = shown(ana, ours)
    (own,) = [section for section in page.all("section") if section.has("own")]
    assert "The bridge over the Elm was closed on Friday. Nobody was hurt there." in " ".join(own.text.split())
    assert "The mayor spoke" not in page.all("blockquote")[0].text
    assert "ours.example" in own.text
    assert candidates(page)[0] == str(theirs.pk)
    said = row(page, theirs)
    for words in ("theirs.example", "voice not stated", "published on a day not stated", "time not set", "Elm"):
        assert words in said
    assert f"/pairs/{ours.pk}/{theirs.pk}/" in page.links()
    assert f"/articles/{ours.article_id}/?claim={ours.pk}" in page.links()


def test_a_label_is_shown_only_as_the_viewer_may_see_it(ana: User, ben: User, max: User, pair: Pair) -> None:
    ours, theirs = pair
    assess(theirs, ben, Label.OPINION)
    assert "opinion" not in row(shown(ana, ours), theirs)
    assert "opinion your label" in row(shown(ben, ours), theirs)
    rule(theirs, max, Label.SOURCED, strength=3)
    assert "sourced, strength 3 settled" in row(shown(ana, ours), theirs)


def test_any_other_claim_is_found_by_words(ana: User, pair: Pair, claims: list[Claim]) -> None:
    page = shown(ana, pair[0], "?q=ugliest+bridge")
    assert candidates(page) == [str(claims[3].pk)]
    assert page.all("input", id="q")[0].attributes["value"] == "ugliest bridge"
    assert "holds all these words" in shown(ana, pair[0], "?q=zebra").all("main")[0].text
    assert candidates(shown(ana, pair[0], "?q=" + "x" * 5_000)) == []


def test_what_another_found_is_not_on_the_page_until_it_is_settled(ana: User, ben: User, max: User, pair: Pair) -> None:
    ours, theirs = pair
    before = logged_in(ana).get(url(ours)).content.decode()
    link(ours, theirs, ben, Relation.CONTRADICTS, subtype="negation", reason="canary of a reason")
    page = shown(ana, ours)
    after = logged_in(ana).get(url(ours)).content.decode()
    for canary in ("canary", "your finding", "disputed", "Its links"):
        assert canary not in after
    # What is the same for every pair says nothing of this one.
    assert after.lower().count("contradicts") == before.lower().count("contradicts")
    assert "put forward to compare" in row(page, theirs)
    assert data(page)["pairs"][0]["fields"]["relation"] == ""
    assert "This claim contradicts" in " ".join(shown(ben, ours).all("main")[0].text.split())


def test_settled_links_stand_on_the_page_of_both_claims_with_both_sides_words(
    ana: User, ben: User, max: User, pair: Pair
) -> None:
    ours, theirs = pair
    key = confirmed(ours, theirs, ben, max, Relation.QUALIFIES, origin=theirs.pk)
    for claim, sentence in (
        (ours, f"“{theirs.exact}” qualifies this claim"),
        (theirs, f"This claim qualifies “{ours.exact}”"),
    ):
        page = shown(ana, claim)
        (known,) = [part for part in page.all("ul") if part.has("known")]
        text = " ".join(known.text.split())
        assert sentence.replace("“", "").replace("”", "") in text.replace("“", "").replace("”", "")
        assert "confirmed" in text
        assert f"/links/{key}/" in page.links()


def test_a_claim_that_a_moderator_hid_is_no_candidate_and_has_no_page(ana: User, max: User, pair: Pair) -> None:
    ours, theirs = pair
    hide(theirs, max)
    assert str(theirs.pk) not in candidates(shown(ana, ours))
    assert logged_in(ana).get(url(theirs)).status_code == 410
    assert logged_in(ana).get(f"/pairs/{ours.pk}/{theirs.pk}/").status_code == 410
    assert logged_in(max).get(url(theirs)).status_code == 200


def test_words_of_an_article_are_shown_as_text(ana: User, make_article: MakeArticle, pair: Pair) -> None:
    hostile = make_article(
        "The bridge over the Elm was <script>alert(1)</script> closed on Friday.", "https://x.example/"
    )
    claim = Claim.objects.get(article=hostile)
    page = logged_in(ana).get(url(claim)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_needs_as_many_queries_for_many_candidates_as_for_few(
    ana: User, ben: User, pair: Pair, make_article: MakeArticle, story: Story, operator: User
) -> None:
    browser = logged_in(ana)

    def queries(query: str = "") -> int:
        with CaptureQueriesContext(connection) as done:
            assert browser.get(url(pair[0], query)).status_code == 200
        return len(done)

    link(*pair, ana)
    few = queries(), queries("?q=bridge")
    more = [
        make_article(f"The bridge over the Elm was closed on day {n}.", f"https://{n}.example/", story)
        for n in range(6)
    ]
    index_articles(by=operator, articles=[article.pk for article in more])
    for article in more[:3]:
        link(pair[0], Claim.objects.get(article=article), ana, Relation.FRAMES_DIFFERENTLY)
    assert (queries(), queries("?q=bridge")) == few
    assert few[0] <= 14
    assert few[1] <= 14


def test_the_reading_page_and_the_claims_page_lead_here(ana: User, claim: Claim) -> None:
    reading = page_of(logged_in(ana).get(f"/articles/{claim.article_id}/?claim={claim.pk}"))
    (link_there,) = reading.all("a", id="links")
    assert link_there.attributes["href"] == url(claim)
    assert "links: who else says this" in reading.all("dialog")[0].text
    for page in (f"/claims/{claim.pk}/", "/claims/"):
        assert url(claim) in page_of(logged_in(ana).get(page)).links()
