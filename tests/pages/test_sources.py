"""The page of a source: what it is said to have said, and that nothing of blind work shines through."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim, ClaimStatus, Source, User
from claims.review.describe_source import describe_source
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.pages.registry import (  # noqa: F401
    PERSON,
    attribute,
    merge,
    sayings,
    shown,
    source,
    steady,
    the_agency,
    the_spokesman,
)

CANARY = "canary of an occasion"

# A key that nothing has; the same in every run, because it names tests.
NOBODY = "00000000-0000-8000-8000-000000000000"


# The page of a source


def test_a_page_tells_what_was_said_where_and_by_which_route(
    ana: User, claims: list[Claim], peskov: Source, interfax: Source
) -> None:
    attribute(
        claims[1], ana, peskov, "a press conference", interfax,
        mode="indirect", quote="translated", scope="same", words={"content": "the bridge would open"},
    )  # fmt: skip
    assess(claims[1], ana, Label.SOURCED, strength=4)
    html = shown(ana, peskov)
    assert sayings(html) == [claims[1].exact]
    assert claims[1].context[0] in html
    assert '<h1 dir="auto">Dmitry Peskov</h1>' in html
    for part in (
        "Named person", "press secretary", "Speaks for the president.", "Origin", "paraphrased", "quotation translated",
        "“<span dir=\"auto\">the bridge would open</span>”", "Sourced, yours", "example.org", "attributed by you",
        f'href="/articles/{claims[1].article_id}/?claim={claims[1].pk}#here"',
    ):  # fmt: skip
        assert part in html, part
    route = re.search(r'<p class="route">(.*?)</p>', html, re.S)
    assert route
    assert '<strong dir="auto">Dmitry Peskov</strong>' in route[1]
    assert f'<a href="/sources/{interfax.pk}/" dir="auto">Interfax</a>' in route[1]
    words = " ".join(re.sub(r"<[^>]+>", " ", route[1]).split())
    assert words == "Route: Dmitry Peskov → a press conference → Interfax → the article"
    assert "Passes on" in shown(ana, interfax)


def test_a_statement_can_be_asked_for_by_the_place_of_the_source_in_its_route(
    ana: User, claims: list[Claim], peskov: Source, interfax: Source
) -> None:
    attribute(claims[0], ana, interfax)
    attribute(claims[1], ana, peskov, interfax)
    attribute(claims[2], ana, interfax, peskov, interfax)
    first, second, third = (claim.exact for claim in claims[:3])
    assert sayings(shown(ana, interfax)) == [third, second, first]
    assert sayings(shown(ana, interfax, position="root")) == [third, first]
    assert sayings(shown(ana, interfax, position="relay")) == [third, second]
    assert sayings(shown(ana, peskov, position="root")) == [second]
    assert sayings(shown(ana, peskov, position="relay")) == [third]
    assert sayings(shown(ana, peskov, position="<b>")) == [third, second]
    assert "Origin and passes on" in shown(ana, interfax)


def test_what_was_entered_under_a_merged_name_stands_on_the_page_of_the_name_that_stays(
    ana: User, max: User, claims: list[Claim], peskov: Source
) -> None:
    short = source(ana, "D. Peskov")
    attribute(claims[0], ana, short)
    attribute(claims[1], ana, peskov, short)
    merge(max, short, peskov)
    html = shown(ana, peskov)
    assert sayings(html) == [claims[1].exact, claims[0].exact]
    assert '<strong dir="auto">D. Peskov</strong>' in html
    assert f'Also known as “<a href="/sources/{short.pk}/" dir="auto">D. Peskov</a>”' in html
    gone = shown(ana, short)
    assert sayings(gone) == []
    assert f'was merged into <a href="/sources/{peskov.pk}/" dir="auto">Dmitry Peskov</a>' in gone
    assert "source-describe" not in gone
    assert "/describe" not in gone


def test_a_colleague_is_told_nothing_of_a_claim_that_is_not_settled(
    ana: User, ben: User, max: User, claims: list[Claim], peskov: Source, interfax: Source
) -> None:
    """Not by rows, order, numbers or the names that were merged in: the page stays the same to the letter."""
    short = source(ana, "D. Peskov")
    merge(max, short, peskov)
    attribute(claims[3], ben, peskov, "what ben found")
    pages = [
        (one, asked) for one in (peskov, short, interfax) for asked in ({}, {"position": "root"}, {"position": "relay"})
    ]
    before = [steady(shown(ben, one, **asked)) for one, asked in pages]
    attribute(claims[0], ana, peskov, CANARY, interfax, needs_locator=True)
    attribute(claims[1], ana, short, peskov)
    attribute(claims[3], ana, peskov, CANARY)
    assess(claims[0], ana, Label.SOURCED, strength=3)
    assert [steady(shown(ben, one, **asked)) for one, asked in pages] == before
    assert CANARY not in "".join(before)
    assert sayings(shown(max, peskov)) == [claims[3].exact, claims[1].exact, claims[0].exact, claims[3].exact]
    rule(claims[0], max, Label.SOURCED, strength=3)
    told = shown(ben, peskov)
    assert sayings(told) == [claims[0].exact, claims[3].exact]
    assert CANARY in told
    assert "attributed by ana" in re.sub(r"\s+", " ", told)
    assert "Sourced, settled" in told


def test_who_put_a_source_into_the_registry_and_when_is_told_to_moderators_and_to_oneself(
    ana: User, ben: User, max: User, peskov: Source
) -> None:
    describe_source(by=ana, source_id=peskov.pk, name="Dmitry S. Peskov", kind=PERSON, expected_version=1, key=uuid4())
    to_ben = shown(ben, peskov).partition("<h2>History</h2>")[2]
    assert "a colleague" in to_ben
    assert "ana" not in re.findall(r"<b>(\w+)</b>", to_ben)
    assert not re.search(r"\d\d:\d\d", to_ben.partition("</ol>")[0])
    for viewer in (ana, max):
        history = shown(viewer, peskov).partition("<h2>History</h2>")[2]
        assert re.findall(r"<b>(\w+)</b>", history) == ["ana", "ana"]
        assert "changed the name from “Dmitry Peskov” to “Dmitry S. Peskov”" in history
        assert re.search(r"\d\d:\d\d", history)


def test_the_history_tells_of_merges_on_both_pages(ana: User, ben: User, max: User, peskov: Source) -> None:
    short = source(ana, "D. Peskov")
    merge(max, short, peskov)
    for viewer in (ben, max):
        assert "merged it into “Dmitry Peskov”" in shown(viewer, short)
        assert "merged “D. Peskov” into it" in shown(viewer, peskov)
        assert '<span class="said" dir="auto">The same.</span>' in shown(viewer, peskov)


def test_claims_set_aside_and_withdrawn_articles_are_not_told_of(
    ana: User, max: User, claims: list[Claim], peskov: Source
) -> None:
    for claim in claims[:3]:
        attribute(claim, ana, peskov)
    ClaimStatus.objects.filter(claim=claims[0]).update(set_aside="hidden")
    ClaimStatus.objects.filter(claim=claims[1]).update(set_aside="redrawn")
    assert sayings(shown(ana, peskov)) == sayings(shown(max, peskov)) == [claims[2].exact]
    status = claims[0].article.status
    status.withdrawn_at = timezone.now()
    status.save()
    assert sayings(shown(max, peskov)) == []
    assert claims[2].exact not in shown(max, peskov)


def test_names_notes_and_routes_are_text_and_never_markup(ana: User, max: User, claims: list[Claim]) -> None:
    bad = "<script>alert(1)</script> & “co”"
    one = source(ana, bad, role=bad, note=bad)
    other = source(ana, f"{bad} II", role=bad)
    attribute(claims[0], ana, one, bad, other, words={"content": bad})
    merge(max, source(ana, f"{bad} III"), one)
    browser = logged_in(max)
    for url in (
        f"/sources/{one.pk}/", "/sources/", "/sources/?q=script", f"/sources/{other.pk}/merge",
        f"/sources/{one.pk}/merge?into={other.pk}", f"/sources/{other.pk}/merge?q=script", "/sources/duplicates/",
        "/sources/new?name=%3Cscript%3Ealert(1)",
    ):  # fmt: skip
        html = browser.get(url).content.decode()
        assert "alert(1)" in html, url
        assert "<script>alert" not in html, url
    answer = browser.get("/sources/suggest", {"q": "script"})
    assert answer["Content-Type"] == "application/json"
    assert answer.json()[0]["name"].startswith("<script>")


@pytest.fixture
def many(ana: User, make_article: MakeArticle, peskov: Source, interfax: Source) -> list[Claim]:
    text = "\n\n".join(f"The mayor closed bridge number {n} on Friday." for n in range(60))
    claims = list(Claim.objects.filter(article=make_article(text)).in_reading_order())
    for claim in claims:
        attribute(claim, ana, peskov, "a briefing", interfax)
    return claims


def pages(viewer: User, one: Source, **asked: str) -> Iterator[list[str]]:
    html = shown(viewer, one, **asked)
    while True:
        yield sayings(html)
        link = re.search(r'rel="next" href="(\?[^"#]+)', html)
        if not link:
            return
        answer = logged_in(viewer).get(f"/sources/{one.pk}/" + link[1].replace("&amp;", "&"))
        assert answer.status_code == 200
        html = answer.content.decode()


def test_turning_pages_shows_each_statement_once(
    ana: User, many: list[Claim], peskov: Source, interfax: Source
) -> None:
    expected = [claim.exact for claim in many][::-1]
    for one, asked in ((peskov, {}), (interfax, {"position": "relay"})):
        some = list(pages(ana, one, **asked))
        assert [len(page) for page in some] == [25, 25, 10]
        assert [words for page in some for words in page] == expected


@pytest.mark.parametrize(
    "place", ["x", "~~", "1~2~3", f"{NOBODY}~1~0", f"{NOBODY}~{9**30}~0", f"{NOBODY}~1~-1", "a" * 99]
)
def test_a_made_up_place_is_refused(ana: User, many: list[Claim], peskov: Source, place: str) -> None:
    answer = logged_in(ana).get(f"/sources/{peskov.pk}/", {"after": place})
    assert answer.status_code == 400
    assert "Start again from its first page" in answer.content.decode()


def test_a_place_of_a_colleagues_row_is_one_that_is_not_there(
    ana: User, ben: User, claims: list[Claim], peskov: Source
) -> None:
    attribute(claims[0], ana, peskov)
    place = f"{claims[0].pk}~{ana.pk}~0"
    assert logged_in(ana).get(f"/sources/{peskov.pk}/", {"after": place}).status_code == 200
    assert logged_in(ben).get(f"/sources/{peskov.pk}/", {"after": place}).status_code == 400


def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(
    ana: User, max: User, many: list[Claim], claims: list[Claim], peskov: Source, interfax: Source
) -> None:
    few = source(ana, "Maria Zakharova")
    attribute(claims[0], ana, few, "a briefing", interfax)
    for viewer in (ana, max):
        browser, counts = logged_in(viewer), []
        for one in (few, peskov):
            with CaptureQueriesContext(connection) as done:
                browser.get(f"/sources/{one.pk}/")
            counts.append(len(done))
        assert counts[0] == counts[1] <= 18
