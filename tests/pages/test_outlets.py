"""The pages of outlets: figures that carry what they are of and lead to what they count, and no rating."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.ingest.describe_outlet import describe_outlet
from claims.models import Claim, Outlet, OutletStatus, User
from claims.relations import Relation
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.linking import dated, link, rule_link

TEXT = "\n\n".join(f"On day {day} the bridge was closed." for day in range(8))
CELL = re.compile(r'<a href="(/(?:claims|links)/\?[^"]+)">([\d,]+)<')


def shown(user: User, url: str) -> str:
    answer = logged_in(user).get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.fixture
def two(make_article: MakeArticle, max: User) -> tuple[list[Claim], list[Claim]]:
    """The claims of two outlets, three of the first settled."""
    ours, theirs = (
        list(Claim.objects.filter(article=make_article(TEXT, f"https://{name}.example/1")).in_reading_order())
        for name in ("elm", "oak")
    )
    rule(ours[0], max, Label.SOURCED, strength=4)
    rule(ours[1], max, Label.UNSOURCED, strength=0)
    rule(ours[2], max, Label.UNSOURCED)
    return ours, theirs


def page(name: str) -> str:
    return f"/outlets/{Outlet.objects.get(host=f'{name}.example').pk}/"


def counted(user: User, url: str) -> int:
    """How many the list at this address says that it shows."""
    words = re.sub(r"<[^>]+>", " ", shown(user, url).split("<main")[1])
    found = re.search(r"(\d+)\s+(?:claim|link)s?\b", words)
    return int(found[1]) if found else 0


def test_every_figure_leads_to_as_many_rows_as_it_says_and_carries_its_n(
    ana: User, ben: User, max: User, two: tuple[list[Claim], list[Claim]]
) -> None:
    ours, theirs = two
    # ana's own label differs from the ruling: the figures are of what is settled, and so are the lists behind them.
    assess(ours[3], ana, Label.OPINION)
    rule(ours[3], max, Label.SOURCED, strength=3)
    for claim in (ours[0], theirs[0]):
        dated(claim, ana, "2024-02")
    for who in (ana, ben):
        link(ours[0], theirs[0], who, Relation.CORROBORATES, independence="shared_origin", signs=("same_voice",))
        link(ours[1], theirs[1], who, Relation.UPDATES, origin=theirs[1].pk)
        link(ours[4], ours[5], who, Relation.FRAMES_DIFFERENTLY)
    link(ours[2], theirs[2], ana, Relation.QUALIFIES, origin=ours[2].pk)
    rule_link(ours[2], theirs[2], max, Relation.FRAMES_DIFFERENTLY)
    text = shown(ana, page("elm"))
    cells = [(html.unescape(url), int(count)) for url, count in CELL.findall(text)]
    assert len(cells) == 14
    for url, count in cells:
        assert counted(ana, url) == count, url
    assert "Share of n =" in text
    assert text.count("of n = 2") == 4
    assert "0 from here, 1 from there" in text
    assert "no rating of the outlet and no ranking" in text


def test_nothing_of_work_in_progress_shows(ana: User, ben: User, two: tuple[list[Claim], list[Claim]]) -> None:
    ours, theirs = two
    before = {user: shown(user, page("elm")) for user in (ana, ben)}
    assess(ours[5], ben, Label.OPINION)
    link(ours[4], theirs[4], ben, Relation.FRAMES_DIFFERENTLY)
    assert _steady(shown(ana, page("elm"))) == _steady(before[ana])


def _steady(text: str) -> str:
    """The page without what differs each time it is made."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_the_page_says_what_is_known_and_what_it_counts(
    max: User, two: tuple[list[Claim], list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Outlet.objects.get(host="elm.example")
    describe_outlet(
        by=max, outlet_id=found.pk, kind="republisher", note="Copies <b>much</b>.", expected_version=_version(found)
    )
    text = shown(max, page("elm"))
    assert "kind: republisher" in text
    assert "Copies &lt;b&gt;much&lt;/b&gt;." in text
    assert "at most" not in text
    assert "On day 0" in text
    assert 'role="img"' in text
    assert "style=" not in text
    monkeypatch.setattr("claims.coverage.outlet_figures.MOST_ARTICLES", 0)
    assert "are of its newest 0 articles" in shown(max, page("elm"))


def _version(outlet: Outlet) -> int:
    status = OutletStatus.objects.filter(outlet=outlet).first()
    return status.version if status else 0


def test_an_outlet_of_which_nothing_is_settled_says_so(ana: User, two: tuple[list[Claim], list[Claim]]) -> None:
    text = shown(ana, page("oak"))
    assert "None of its claims is settled yet." in text
    assert "No link between its claims and others is confirmed yet." in text


def test_outlets_are_listed_by_host_and_lead_to_their_pages(
    ana: User, two: tuple[list[Claim], list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown(ana, "/outlets/")
    assert re.findall(r'<a href="(/outlets/[^"]+/)">([\w.]+)</a>', text) == [
        (page("elm"), "elm.example"), (page("oak"), "oak.example"),
    ]  # fmt: skip
    assert page("elm") in shown(ana, "/articles/")
    monkeypatch.setattr("claims.web.outlet_page.SIZE", 1)
    assert "oak.example" not in shown(ana, "/outlets/")
    assert 'href="?after=elm.example"' in shown(ana, "/outlets/")
    assert "oak.example" in shown(ana, "/outlets/?after=elm.example")
    assert "Go to its beginning" in shown(ana, "/outlets/?after=zzz")
    assert logged_in(ana).get("/outlets/", {"after": "x" * 256}).status_code == 400
    assert logged_in(ana).get("/outlets/", {"after": "a\x00"}).status_code == 400


def test_the_page_takes_as_many_queries_for_much_as_for_little(
    ana: User, ben: User, max: User, two: tuple[list[Claim], list[Claim]], make_article: MakeArticle
) -> None:
    ours, theirs = two
    browser, url = logged_in(ana), page("elm")

    def queries() -> int:
        with CaptureQueriesContext(connection) as done:
            assert browser.get(url).status_code == 200
        return len(done)

    def agree(one: Claim, other: Any) -> None:
        for who in (ana, ben):
            link(one, other, who, Relation.FRAMES_DIFFERENTLY)

    agree(ours[0], theirs[0])
    few = queries()
    for number in range(3):
        other = make_article(TEXT, f"https://ash{number}.example/1")
        make_article(TEXT, f"https://elm.example/{number + 2}")
        agree(ours[number + 1], Claim.objects.filter(article=other).in_reading_order()[0])
        rule(ours[number + 3], max, Label.OPINION)
    assert queries() == few <= 16
