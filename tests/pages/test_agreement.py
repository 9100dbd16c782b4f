"""The agreement page, the claims behind a cell of its table, and its file."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Assessment, Claim, ClaimStatus, User
from claims.vocabulary import Aside, Label
from claims.web import agreement
from tests.cast import MakeArticle, assess, logged_in, person
from tests.pages.html import Page, page_of


def shown(viewer: User, url: str = "/agreement/") -> Page:
    answer = logged_in(viewer).get(url)
    assert answer.status_code == 200, answer.content.decode()
    return page_of(answer)


def text(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def rows(page: Page) -> list[list[str]]:
    """Every table row of the page, as its cells' words."""
    cells: dict[int, list[str]] = {}
    for element in page.elements:
        if element.tag in {"th", "td"}:
            row = next(outer for outer in reversed(element.within) if outer.tag == "tr")
            cells.setdefault(id(row), []).append(" ".join(element.text.split()))
    return list(cells.values())


def row(page: Page, name: str) -> list[str]:
    (found,) = [cells for cells in rows(page) if cells[0] == name]
    return found


@pytest.fixture
def labelled(claims: list[Claim], ana: User, ben: User) -> list[Claim]:
    """ana and ben agree about two claims and differ about two, once in each direction."""
    for claim, first, second in zip(
        claims,
        (Label.SOURCED, Label.UNSOURCED, Label.SOURCED, Label.OPINION),
        (Label.SOURCED, Label.UNSOURCED, Label.OPINION, Label.SOURCED),
        strict=True,
    ):
        assess(claim, ana, first)
        assess(claim, ben, second)
    return claims


def test_a_desk_without_labels_is_told_so_and_no_figure_is_made_up(max: User) -> None:
    page = shown(max)
    assert row(page, "All of them")[1:4] == ["0 few", "0", "undefined: no claims"]
    assert "No two reviewers have labelled the same claim blind." in text(page)
    assert "nan" not in text(page).lower()


def test_figures_stand_with_their_intervals_and_how_many_claims_they_rest_on(labelled: list[Claim], max: User) -> None:
    page = shown(max)
    _, units, ratings, percent, cohen, *_ = row(page, "All of them")
    assert (units, ratings) == ("4 few", "8")
    assert percent.startswith("50.0 ")
    assert cohen.startswith("0.200 −")
    assert " to " in cohen
    assert "Too few to rely on." in text(page)
    assert row(page, "ana and ben")[1:3] == ["4 few", "8"]
    assert row(page, labelled[0].article.status.title)[1] == "4 few"
    assert row(page, "Not a claim")[1:3] == ["0", "4 few"]


def test_one_label_for_everything_is_undefined_in_words(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    for claim in claims:
        assess(claim, ana)
        assess(claim, ben)
    assert row(shown(max), "All of them")[3:] == ["100.0 100.0 to 100.0", *["undefined: no variation"] * 3]


def test_the_table_of_labels_leads_to_the_claims_behind_each_cell(labelled: list[Claim], max: User) -> None:
    page = shown(max)
    (link,) = [
        element for element in page.all("a") if element.attributes["href"].endswith("?row=SOURCED&column=OPINION")
    ]
    assert link.text == "2 times sourced with opinion"
    behind = shown(max, link.attributes["href"])
    assert "2 claims" in text(behind)
    hrefs = {element.attributes["href"] for element in behind.all("a")}
    assert {f"/claims/{claim.pk}/" for claim in labelled[2:]} <= hrefs
    assert not {f"/claims/{claim.pk}/" for claim in labelled[:2]} & hrefs
    assert "Sourced ana" in text(behind)
    assert "Opinion ben" in text(behind)


def test_for_two_people_rows_are_the_first_ones_and_columns_the_others(labelled: list[Claim], max: User) -> None:
    for pair, claim in (("reviewer=ana&other=ben", labelled[2]), ("reviewer=ben&other=ana", labelled[3])):
        assert "Rows are what" in text(shown(max, f"/agreement/?{pair}"))
        behind = shown(max, f"/agreement/claims?{pair}&row=SOURCED&column=OPINION")
        assert f"/claims/{claim.pk}/" in behind.links()
        assert "1 claim," in text(behind)
        assert f"/agreement/?{pair}" in behind.links()


def test_a_pair_and_an_article_are_a_click_away(labelled: list[Claim], max: User) -> None:
    links = shown(max, f"/agreement/?article={labelled[0].article_id}").links()
    assert f"/agreement/?article={labelled[0].article_id}&reviewer=ana&other=ben" in links
    assert f"/agreement.csv?article={labelled[0].article_id}" in links


def test_what_is_chosen_stays_chosen_also_where_it_is_not_offered(
    labelled: list[Claim], max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.agreement_filter.OFFERED", 0)
    page = shown(max, f"/agreement/?article={labelled[0].article_id}&labelled_after=2020-01-01")
    options = [element for element in page.all("option") if "selected" in element.attributes and element.text != "any"]
    assert [option.text for option in options] == [labelled[0].article.status.title]
    assert page.all("input", name="labelled_after")[0].attributes["value"] == "2020-01-01"


def test_a_wrong_filter_is_shown_with_what_to_do_and_nothing_is_counted(labelled: list[Claim], max: User) -> None:
    page = shown(max, "/agreement/?labelled_before=someday")
    assert "Labelled to: This is not a day. Write it as year, month and day: 2024-04-30." in text(page)
    assert row(page, "All of them")[1] == "0 few"
    assert not [link for link in page.links() if link.startswith("/agreement.csv")]
    assert logged_in(max).get("/agreement.csv?labelled_before=someday").status_code == 400


@pytest.mark.parametrize(
    "query", ["row=SOURCED", "row=SOURCED&column=X", "row=SOURCED&column=OPINION&after=x", "row=a&column=b"]
)
def test_a_made_up_cell_or_place_is_refused_with_a_sentence(query: str, labelled: list[Claim], max: User) -> None:
    answer = logged_in(max).get(f"/agreement/claims?{query}")
    assert answer.status_code == 400
    assert "Choose a cell" in answer.content.decode() or "Start again" in answer.content.decode()


def test_a_place_of_many_digits_is_refused(max: User) -> None:
    url = f"/agreement/claims?row=SOURCED&column=OPINION&after={'9' * 5_000}"
    assert logged_in(max).get(url).status_code == 400


def test_the_claims_behind_a_cell_come_in_pages(
    labelled: list[Claim], max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "SIZE", 1)
    first = shown(max, "/agreement/claims?row=SOURCED&column=OPINION&reviewer=&article=")
    assert f"/claims/{labelled[3].pk}/" in first.links()
    assert f"/claims/{labelled[2].pk}/" not in first.links()
    (following,) = first.all("a", rel="next")
    second = shown(max, f"/agreement/claims{following.attributes['href']}")
    assert f"/claims/{labelled[2].pk}/" in second.links()
    assert f"/claims/{labelled[3].pk}/" not in second.links()
    assert not second.all("a", rel="next")


def test_the_months_are_drawn_and_stand_in_a_table(labelled: list[Claim], max: User) -> None:
    assert not shown(max).all("circle")
    at = datetime(2024, 3, 1, tzinfo=UTC)
    Assessment.objects.filter(claim__in=labelled[::2]).update(created_at=at)
    page = shown(max)
    assert len(page.all("circle")) == 2
    assert row(page, "2024-03")[1] == "2 few"
    (drawing,) = page.all("svg", role="img")
    assert "the table below has the same figures" in drawing.attributes["aria-label"]


def test_the_cap_is_named_where_it_bites(labelled: list[Claim], max: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Only the newest" not in text(shown(max))
    monkeypatch.setattr("claims.review.agreement_units.MOST_READ", 4)
    assert "Only the newest" in text(shown(max))


def test_hidden_claims_count_nowhere(labelled: list[Claim], max: User) -> None:
    ClaimStatus.objects.filter(pk=labelled[2].pk).update(set_aside=Aside.HIDDEN)
    assert row(shown(max), "All of them")[1] == "3 few"
    assert "1 claim," in text(shown(max, "/agreement/claims?row=SOURCED&column=OPINION"))


def test_names_and_titles_are_escaped(make_article: MakeArticle, max: User, ana: User) -> None:
    article = make_article("<b>It</b> rains & snows.\n\nIt rains.")
    mallory = person("<script>m", "reviewer")
    for claim in Claim.objects.filter(article=article):
        assess(claim, ana)
        assess(claim, mallory)
    html = logged_in(max).get("/agreement/").content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;m" in html
    assert quote("<script>m") in html
    html = logged_in(max).get("/agreement/claims?row=UNSOURCED&column=UNSOURCED").content.decode()
    assert "<script>" not in html
    assert "<b>It" not in html


def test_the_file_has_the_rows_and_a_name_of_the_day(labelled: list[Claim], max: User) -> None:
    answer = logged_in(max).get("/agreement.csv?reviewer=ana")
    lines = b"".join(answer.streaming_content).decode().split("\r\n")
    assert len(lines) == 1 + 8 + 1
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="agreement-2')


def test_only_moderators_have_the_link_in_the_bar(ana: User, max: User) -> None:
    assert "/agreement/" in shown(max, "/").links()
    assert "/agreement/" not in shown(ana, "/").links()
    assert "only a moderator may see agreement figures" in logged_in(ana).get("/agreement/").content.decode()


def test_the_pages_need_few_queries_however_much_was_labelled(
    make_article: MakeArticle, ana: User, ben: User, max: User
) -> None:
    browser = logged_in(max)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as done:
            assert browser.get(url).status_code == 200
        return len(done)

    urls = ["/agreement/", "/agreement/claims?row=UNSOURCED&column=UNSOURCED", "/agreement/?reviewer=ana&other=ben"]
    counts = []
    for town in ("Oslo", "Rome"):
        for number in range(1 if town == "Oslo" else 4):
            article = make_article(f"It rains in {town} {number}.\n\nIt snows in {town} {number}.")
            for claim in Claim.objects.filter(article=article):
                assess(claim, ana)
                assess(claim, ben)
        counts.append([queries(url) for url in urls])
    assert counts[0] == counts[1]
    assert all(count <= 12 for count in counts[1])
