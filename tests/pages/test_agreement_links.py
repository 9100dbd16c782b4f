"""Agreement on links: the figures, what they rest on, and the file."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import Article, Claim, Story, User
from claims.relations import Relation
from tests import deeds
from tests.cast import MakeArticle, logged_in, person
from tests.linking import between, confirmed, dated, link
from tests.pages.html import Page, page_of
from tests.pages.test_agreement import row, rows, text

URL = "/agreement/links"


@pytest.fixture
def twins(make_article: MakeArticle) -> list[Claim]:
    article = make_article("The bridge is shut. The mayor left. A toll is near. It rains.", "https://example.net/twin")
    return list(Claim.objects.filter(article=article).in_reading_order())


@pytest.fixture
def judged(claims: list[Claim], twins: list[Claim], ana: User, ben: User) -> list[tuple[Claim, Claim]]:
    """ana and ben agree about two links, of which one is unrelated, and differ about one; a fourth is ana's alone."""
    pairs = list(zip(claims, twins, strict=True))
    for pair, first, second in zip(
        pairs,
        (Relation.UNRELATED, Relation.FRAMES_DIFFERENTLY, Relation.UNRELATED),
        (Relation.UNRELATED, Relation.FRAMES_DIFFERENTLY, Relation.FRAMES_DIFFERENTLY),
        strict=False,
    ):
        link(*pair, ana, first)
        link(*pair, ben, second)
    link(*pairs[3], ana, Relation.UNRELATED)
    return pairs


def shown(viewer: User, **asked: object) -> Page:
    answer = logged_in(viewer).get(URL, asked)
    assert answer.status_code == 200
    return page_of(answer)


def exported(viewer: User, **asked: object) -> list[dict[str, str]]:
    answer = logged_in(viewer).get("/agreement-links.csv", asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))  # type: ignore[attr-defined]


def test_a_desk_without_findings_is_told_so_and_no_figure_is_made_up(max: User) -> None:
    page = shown(max)
    assert "No two reviewers have judged the same link blind" in text(page)
    assert page.all("table") == []


def test_unrelated_counts_and_every_figure_stands_with_its_number(judged: object, max: User) -> None:
    page = shown(max)
    _, units, findings, percent, cohen, fleiss, alpha = row(page, "All of them")
    assert (units, findings) == ("3 few", "6")
    assert percent.startswith("66.7 ")
    # Observed 2/3; by chance, of two relations with shares 2/3 and 1/3 against 1/3 and 2/3, 4/9: (2/3 - 4/9) / (5/9).
    assert cohen.startswith("0.400")
    assert fleiss.startswith("0.333")
    # 1 - (n - 1) * disagreements / (product of the relations' numbers) = 1 - 5 * 2 / (2 * 3 * 3).
    assert alpha.startswith("0.444")
    assert "Too few to rely on." in text(page)
    assert row(page, "ana and ben")[1:3] == ["3 few", "6"]
    (unrelated, met) = [cells for cells in rows(page) if cells[0] == "Unrelated"]
    assert unrelated[1:4] == ["2", "3 few", "6"]
    assert met[1:] == ["0", "0", "0", "0", "1", "1"]


def test_what_was_found_after_others_could_be_seen_and_hidden_claims_are_left_out(
    judged: list[tuple[Claim, Claim]], max: User
) -> None:
    link(*judged[2], max, Relation.UNRELATED)
    assert row(shown(max), "All of them")[1:3] == ["3 few", "6"]
    deeds.hide(judged[0][0], max)
    assert row(shown(max), "All of them")[1:3] == ["2 few", "4"]


def test_the_filter_of_labels_asks_of_links_too(
    judged: list[tuple[Claim, Claim]], ana: User, ben: User, max: User, article: Article, story: Story
) -> None:
    cleo = person("cleo", "reviewer")
    link(*judged[3], cleo, Relation.UNRELATED)
    for asked, units in (
        ({"story": story.pk}, "4 few"),
        ({"article": article.pk}, "4 few"),
        ({"reviewer": "ben"}, "3 few"),
        ({"reviewer": "ana", "other": "cleo"}, "1 few"),
        ({"labelled_before": "2000-01-01"}, "0"),
    ):
        page = shown(max, **asked)
        found = row(page, "All of them")[1] if page.all("table") else "0"
        assert (asked, found) == (asked, units)
    assert len(exported(max, reviewer="ben")) == 6
    assert logged_in(max).get("/agreement-links.csv", {"article": "x"}).status_code == 400
    assert 'role="alert"' in logged_in(max).get(URL, {"article": "x"}).content.decode()


def test_the_file_has_a_row_for_each_finding_that_the_figures_rest_on(
    judged: list[tuple[Claim, Claim]], ana: User, ben: User, max: User, tmp_path: Path
) -> None:
    for claim in judged[3]:
        dated(claim, ana, "timeless")
    confirmed(*judged[3], ana, ben, Relation.UPDATES, origin=judged[3][1].pk)
    given = exported(max)
    assert len(given) == 8
    assert {one["unit"] for one in given} == {"link"}
    key = str(between(*judged[3]).pk)
    found = [
        [one[name] for name in ("reviewer", "relation", "from_claim_id", "blind")]
        for one in given
        if one["link_id"] == key
    ]
    assert found == [[who, "UPDATES", str(judged[3][1].pk), "yes"] for who in ("ana", "ben")]
    file = tmp_path / "links.csv"
    call_command("export_agreement", output=str(file), links=True, verbosity=0)
    assert len(file.read_text().splitlines()) == 9


def test_the_two_pages_of_agreement_lead_to_each_other_with_what_was_asked(judged: object, max: User) -> None:
    assert f'href="{URL}?reviewer=ana"' in logged_in(max).get("/agreement/?reviewer=ana").content.decode()
    assert 'href="/agreement/?reviewer=ana"' in logged_in(max).get(URL, {"reviewer": "ana"}).content.decode()
    (pair,) = [a for a in shown(max).all("a") if a.text == "ana and ben"]
    assert pair.attributes["href"].startswith(f"{URL}?reviewer=ana&other=ben")
