"""The page of a story: contradictions first, who says what, when, and on whom it rests; and what readers get of it."""

import csv
import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.coverage import published_claims
from claims.coverage.describe_story import create_story
from claims.coverage.publish_story import publish_story
from claims.exchange.csv_cells import decode_row
from claims.exchange.write_matrix_csv import MATRIX_HEADER
from claims.models import Article, Claim, Story, User
from claims.relations import DIRECTED, Relation
from claims.vocabulary import Label
from tests import linking
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.deeds import hide
from tests.pages.html import Page, page_of

FIRST = (
    "The mayor said that the bridge closed on 3 May.\n\nIt cannot be ruled out that the school closes.\n\n"
    "The harbour master counted 40 ships.\n\nIt is the ugliest bridge of all."
)
SECOND = (
    "The engineer said that the bridge closed on 9 May.\n\nThe school is closed now.\n\n"
    "There were 40 ships in the harbour.\n\nNobody likes the bridge."
)
THIRD = "There were ships, 40 of them, in the harbour.\n\nSchools in the valley are closed.\n\nIt rained.\n\nIt snowed."


@pytest.fixture
def world(max: User, make_article: MakeArticle) -> Any:
    """A story of three articles with four claims each."""
    story = create_story(by=max, title="The bridge", description="", key=uuid4())
    texts = (("elm.example", FIRST), ("brook.example", SECOND), ("ford.example", THIRD))
    articles = [make_article(text, f"https://{host}/a", story) for host, text in texts]
    return story, [list(Claim.objects.filter(article=article).in_reading_order()) for article in articles]


@pytest.fixture
def covered(world: Any, ana: User, ben: User, max: User) -> Any:
    """The same with a contradiction of sources, an agreement that an update leads out of, and one of three articles."""
    story, (first, second, third) = world
    for claim, name in ((first[0], "Ida Brook"), (second[0], "Otto Ford")):
        linking.attribute(claim, ana, name)
        rule(claim, max, Label.SOURCED, strength=4)
    rule(first[2], max, Label.UNSOURCED, strength=0, reason="hedge")
    linking.confirmed(first[0], second[0], ana, ben, Relation.CONTRADICTS, subtype="date")
    linking.confirmed(first[2], second[2], ana, ben, Relation.CORROBORATES)
    linking.confirmed(second[2], third[0], ana, ben, Relation.CORROBORATES)
    linking.confirmed(second[1], third[1], ana, ben, Relation.CORROBORATES)
    linking.confirmed(second[1], first[1], ana, ben, Relation.UPDATES, origin=second[1].pk)
    return story, (first, second, third)


def got(story: Story, viewer: User | None, query: str = "") -> str:
    answer = (logged_in(viewer) if viewer else Client()).get(f"/stories/{story.pk}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def section(html: str, place: str) -> str:
    """One section of the desk's page, blanks folded."""
    found = re.search(rf'<section id="{place}">.*?</section>', html, re.S)
    assert found, place
    return " ".join(found[0].split())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_first_line_counts_what_is_stated_and_says_what_is_not(covered: Any, ana: User) -> None:
    story, _ = covered
    lede = words(got(story, ana).split('class="lede"')[1].split("</p>")[0])
    assert "3 articles at 3 outlets, no reporting voice stated · no date of publication stated" in lede
    assert "3 of 12 claims settled · no matter here rests on more than one root" in lede


def test_a_contradiction_shows_both_sides_what_differs_and_that_the_sources_disagree(covered: Any, ana: User) -> None:
    story, (first, second, _) = covered
    clash = section(got(story, ana), "contradictions")
    assert "<mark>3 May</mark>" in clash
    assert "<mark>9 May</mark>" in clash
    told = words(clash)
    for expected in (
        "The sources disagree",
        "Ida Brook",
        "Otto Ford",
        "confirmed by 2",
        "date · timeless",
        "elm.example",
    ):
        assert expected in told
    pair = {f"/pairs/{a.pk}/{b.pk}/" for a, b in ((first[0], second[0]), (second[0], first[0]))}
    assert any(link in clash for link in pair)


def test_outlets_disagree_where_one_claim_names_nobody_and_open_labels_leave_it_open(
    world: Any, ana: User, ben: User, max: User
) -> None:
    story, (first, second, _) = world
    linking.confirmed(first[0], second[0], ana, ben, Relation.CONTRADICTS, subtype="date")
    assert "open until both claims are settled" in section(got(story, ana), "contradictions")
    rule(first[0], max)
    rule(second[0], max)
    assert "The outlets disagree" in section(got(story, ana), "contradictions")


def test_the_matrix_shows_settled_labels_gaps_and_earlier_states(covered: Any, ana: User) -> None:
    story, (first, second, _) = covered
    matrix = section(got(story, ana), "matrix")
    rows = re.findall(r"<tr>(.*?)</tr>", matrix)[1:]
    assert words(rows[0]).startswith("The mayor said")
    assert len(rows) == 3
    assert "does not mention, in this corpus" in rows[0]
    assert "4 Ida Brook" in words(rows[0])
    ships = next(row for row in rows if "ships" in row)
    assert "hedge only" in words(ships)
    assert "3 articles, 0 roots" in words(ships)
    school = next(row for row in rows if "chool" in row)
    assert f"/pairs/{second[1].pk}/{first[1].pk}/" in school
    assert "It cannot be ruled out" in school
    assert "earlier" in school


def test_nothing_of_a_label_that_is_not_settled_is_anywhere_on_the_page(
    covered: Any, ana: User, ben: User, max: User
) -> None:
    story, (_, second, third) = covered
    before = {who.username: got(story, who) for who in (ana, max)}
    linking.attribute(third[0], ben, "Canary Quill")
    assess(third[0], ben, Label.SOURCED, strength=5)
    linking.link(second[3], third[3], ben, Relation.CONTRADICTS, reason="A canary of a reason.")
    for query in ("", "?rows=alone", "?as=reader"):
        html = got(story, ana, query)
        assert "Canary" not in html
        assert "canary" not in html
    assert _still(got(story, ana)) == _still(before["ana"])
    assert "Links that are not settled: 1" in got(story, max)
    assert "not settled:" not in words(got(story, ana).split('id="contradictions"')[0])


def _still(html: str) -> str:
    """The page without what differs between two requests."""
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"', "", html)


def test_hidden_claims_take_their_links_with_them(covered: Any, ana: User, max: User) -> None:
    story, (first, _, _) = covered
    hide(first[0], max)
    for viewer in (ana, max):
        html = got(story, viewer)
        assert "No contradiction is confirmed" in html
        assert f"/claims/{first[0].pk}/" not in section(html, "graph")


def test_claims_that_stand_alone_have_rows_of_their_own(covered: Any, ana: User, max: User) -> None:
    story, (_, _, third) = covered
    rule(third[2], max)
    alone = section(got(story, ana, "?rows=alone"), "matrix")
    assert "It rained." in alone
    assert "The harbour master" not in alone
    assert "It snowed." not in alone


def test_a_page_that_no_list_has_is_refused(covered: Any, ana: User) -> None:
    story, _ = covered
    browser = logged_in(ana)
    for query in ("?page=0", "?page=x", "?columns=-1", "?clashes=²", "?dates=99999999999", "?ways=1e3"):
        assert browser.get(f"/stories/{story.pk}/{query}").status_code == 400, query


def test_a_page_behind_the_last_is_the_last(covered: Any, ana: User) -> None:
    story, _ = covered
    assert "ships" in section(got(story, ana, "?page=99"), "matrix")


def test_each_drawing_has_a_table_with_the_same(covered: Any, ana: User) -> None:
    story, (first, second, _) = covered
    linking.dated(first[3], ana, "2024-05-03")
    html = got(story, ana)
    for place, expected in (("timeline", "3 May 2024"), ("graph", "contradicts"), ("routes", "Ida Brook")):
        drawing, table = section(html, place).split("<details", 1)
        assert "<svg" in drawing
        assert expected in words(table), place
    assert f'href="/claims/{second[0].pk}/"' in section(html, "graph")
    page = page_of(logged_in(ana).get(f"/stories/{story.pk}/"))
    assert not [one for one in page.elements if "style" in one.attributes]


def test_hostile_names_and_words_are_shown_as_words(max: User, ana: User, ben: User, make_article: MakeArticle) -> None:
    evil = '"><img src=x onerror=alert(1)>'
    story = create_story(by=max, title=evil, description="", key=uuid4())
    one, other = (make_article(f"{evil} said {n}.", f"https://h{n}.example/", story) for n in (1, 2))
    Article.objects.filter(pk=one.pk).update(voice=evil, genre=evil, published="2024-01-01")
    a, b = (Claim.objects.filter(article=article).in_reading_order()[0] for article in (one, other))
    linking.attribute(a, ana, evil, f"{evil} again")
    rule(a, max, Label.SOURCED, strength=3)
    linking.confirmed(a, b, ana, ben, Relation.CONTRADICTS, subtype="number")
    linking.dated(a, ana, "2024-01-02", kind="as_of")
    publish_story(by=max, story_id=story.pk, expected_version=0)
    for viewer in (ana, max, None):
        page = Page(got(story, viewer))
        assert not page.all("img")
        assert not [one for one in page.elements if any(name.startswith("on") for name in one.attributes)]


def test_the_page_needs_as_many_queries_for_many_links_as_for_few(
    covered: Any, ana: User, ben: User, max: User, make_article: MakeArticle
) -> None:
    story, (first, _, third) = covered
    linking.attribute(third[2], ana, "Somebody alone")
    rule(third[2], max, Label.SOURCED, strength=3)

    def queries(viewer: User | None, query: str = "") -> int:
        browser = logged_in(viewer) if viewer else Client()
        with CaptureQueriesContext(connection) as done:
            assert browser.get(f"/stories/{story.pk}/{query}").status_code == 200
        return len(done)

    publish_story(by=max, story_id=story.pk, expected_version=0)
    asked = [(ana, ""), (max, ""), (ana, "?rows=alone"), (ana, "?as=reader"), (None, "")]
    few = [queries(*one) for one in asked]
    for number in range(4):
        article = make_article(
            f"The mayor said on day {number} that it rains.", f"https://more{number}.example/", story
        )
        claim = Claim.objects.get(article=article)
        linking.attribute(claim, ana, f"Person {number}")
        rule(claim, max, Label.SOURCED, strength=4)
        relation = [*Relation][number]
        directed = {"origin": claim.pk} if relation in DIRECTED else {}
        linking.confirmed(first[number], claim, ana, ben, relation, **directed)
    assert [queries(*one) for one in asked] == few
    assert [count for count in few if count > 24] == []


def test_the_matrix_as_a_file_has_a_row_for_each_matter_and_article(covered: Any, ana: User, max: User) -> None:
    story, (first, second, third) = covered
    Article.objects.filter(pk=first[0].article_id).update(voice="=HYPERLINK(1)")
    answer = logged_in(ana).get(f"/stories/{story.pk}/matrix.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    written = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    header, *rows = csv.reader(io.StringIO(written, newline=""))
    assert tuple(header) == MATRIX_HEADER
    lines = [dict(zip(header, decode_row(row), strict=True)) for row in rows]
    assert len(lines) == 9
    clash = [line for line in lines if line["contradictions"] == "1"]
    assert sorted((line["mentions"], line["root"], line["strength"]) for line in clash) == [
        ("not mentioned", "", ""), ("yes", "Ida Brook", "4"), ("yes", "Otto Ford", "4"),
    ]  # fmt: skip
    assert {line["quote"] for line in clash} == {first[0].exact, second[0].exact, ""}
    ((earlier, pair),) = [(line["claim_id"], line["pair_of"]) for line in lines if line["mentions"] == "earlier"]
    assert (earlier, pair) == (str(first[1].pk), str(second[1].pk))
    assert [line["label"] for line in lines if line["claim_id"] == str(third[0].pk)] == [""]
    assert "'=HYPERLINK(1)" in written
    assert "X-Event-Log" not in answer.headers


def test_readers_see_contradictions_and_the_matrix_of_what_is_quoted_and_no_names_of_sources(
    covered: Any, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_claims, "QUOTED_SHARE", 1)  # the texts are short
    story, (first, second, third) = covered
    rule(third[2], max)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    html = got(story, None)
    told = words(html)
    assert "Where they contradict each other" in told
    assert "The sources disagree." in told
    assert "Ida Brook" not in told
    assert "nothing of it is quoted here" in html
    for quoted in (first[0], second[0]):
        assert f'href="#claim-{quoted.pk}"' in html
        assert f'id="claim-{quoted.pk}"' in html
    for unsettled in (second[1], third[0]):
        assert unsettled.exact not in told
    assert not re.search(r'href="/(claims|pairs|links|articles|sources)', html)


def test_readers_see_no_link_before_it_is_confirmed(
    world: Any, ana: User, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published_claims, "QUOTED_SHARE", 1)
    story, (first, second, _) = world
    for claim in (first[0], second[0]):
        rule(claim, max)
    linking.link(first[0], second[0], ana, Relation.CONTRADICTS)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    for viewer in (None, ana, max):
        html = got(story, viewer, "?as=reader")
        assert "contradict" not in words(html.split("<main")[1].split("</main>")[0])
