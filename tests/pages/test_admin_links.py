"""Links in the panel: lists, what a page says before a deed, and a result for each row after it."""

import pytest
from django.test import Client

from claims.models import Claim, Event, LinkRuling, User
from claims.relations import LinkState, Relation
from tests import deeds
from tests.cast import MakeArticle, logged_in, person
from tests.linking import between, confirmed, dated, link
from tests.pages.admin_panel import do, filled, found, page_of, select, words_of

WHY = {"explanation": "They speak of two bridges."}


@pytest.fixture
def twins(make_article: MakeArticle) -> list[Claim]:
    article = make_article("The bridge is shut. The mayor left. A toll is near. It rains.", "https://example.net/twin")
    return list(Claim.objects.filter(article=article).in_reading_order())


@pytest.fixture
def mine(max: User) -> Client:
    return logged_in(max)


def test_the_panel_confirms_as_proposed_row_by_row_and_leaves_out_what_it_may_not(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User, ben: User, max: User
) -> None:
    person("mia", "moderator")
    link(claims[0], twins[0], ana, Relation.FRAMES_DIFFERENTLY)
    link(claims[1], twins[1], ana, Relation.CONTRADICTS)
    link(claims[2], twins[2], ana, Relation.FRAMES_DIFFERENTLY)
    link(claims[2], twins[2], ben, Relation.UNRELATED)
    link(claims[3], twins[3], max, Relation.UPDATES, origin=claims[3].pk)
    rows = [between(*pair) for pair in zip(claims, twins, strict=True)]
    asked = select(mine, "link", "confirm", rows)
    page = asked.content.decode()
    assert [line.key for line in asked.context["lines"]] == [str(rows[0].pk)]
    for why in (
        "It stays proposed, because the times of both are not known",
        "Its findings differ",
        "You judged this pair yourself, so somebody else has to rule on it: mia.",
        "ruled: A frames differently from B",
    ):
        assert why in page
    answer = mine.post(page_of("link", "confirm"), filled(asked, explanation=""))
    assert answer.status_code == 302
    assert ": confirmed." in words_of(mine, answer)
    assert between(claims[0], twins[0]).state == LinkState.CONFIRMED
    assert [ruling.link_id for ruling in LinkRuling.objects.all()] == [rows[0].pk]


def test_what_changed_since_the_page_was_shown_is_refused_and_the_rest_is_done(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User, ben: User
) -> None:
    for pair in zip(claims[:2], twins[:2], strict=True):
        link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    rows = [between(*pair) for pair in zip(claims[:2], twins[:2], strict=True)]
    asked = select(mine, "link", "confirm", rows)
    link(claims[1], twins[1], ben, Relation.UNRELATED)
    answer = mine.post(page_of("link", "confirm"), filled(asked, explanation=""))
    assert answer.status_code == 400
    assert {line.key: line.refusal for line in answer.context["lines"]} == {
        str(rows[1].pk): "Its findings differ, or there are none: open its page and rule on it there."
    }
    assert between(claims[0], twins[0]).state == LinkState.CONFIRMED
    assert between(claims[1], twins[1]).state == LinkState.DISPUTED


def test_the_panel_keeps_direction_kind_and_origin_of_what_was_proposed(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User, ben: User
) -> None:
    for claim in (claims[0], twins[0]):
        dated(claim, ana, "timeless")
    link(claims[0], twins[0], ana, Relation.CONTRADICTS, subtype="date", independence="independent", basis="Reporters.")
    link(claims[1], twins[1], ana, Relation.QUALIFIES, origin=twins[1].pk)
    rows = [between(*pair) for pair in zip(claims[:2], twins[:2], strict=True)]
    assert do(mine, "link", "confirm", rows, explanation="").status_code == 302
    first, second = (between(*pair) for pair in zip(claims[:2], twins[:2], strict=True))
    assert (first.relation, first.subtype, first.independence) == (Relation.CONTRADICTS, "date", "independent")
    assert (second.a_id if second.forward else second.b_id) == twins[1].pk


def test_rejecting_settles_each_as_unrelated_with_the_reason_and_twice_is_once(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User
) -> None:
    for pair in zip(claims[:2], twins[:2], strict=True):
        link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    rows = [between(*pair) for pair in zip(claims[:2], twins[:2], strict=True)]
    asked = select(mine, "link", "reject", rows)
    assert mine.post(page_of("link", "reject"), filled(asked, explanation="")).status_code == 400
    for _ in range(2):
        assert mine.post(page_of("link", "reject"), filled(asked, **WHY)).status_code == 302
    assert {between(*pair).state for pair in zip(claims[:2], twins[:2], strict=True)} == {LinkState.REJECTED}
    assert Event.objects.filter(kind="link.ruled").count() == 2
    assert set(LinkRuling.objects.values_list("explanation", flat=True)) == {WHY["explanation"]}


def test_reopening_takes_links_back_into_work(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User, ben: User
) -> None:
    confirmed(claims[0], twins[0], ana, ben, Relation.CORROBORATES)
    link(claims[1], twins[1], ana, Relation.UNRELATED)
    rows = [between(*pair) for pair in zip(claims[:2], twins[:2], strict=True)]
    asked = select(mine, "link", "reopen", rows)
    assert "It is not settled, so there is nothing to reopen." in asked.content.decode()
    assert mine.post(page_of("link", "reopen"), filled(asked, reason="New evidence.")).status_code == 302
    assert between(claims[0], twins[0]).state == LinkState.PROPOSED


def test_the_list_is_narrowed_by_state_relation_time_rule_and_words(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User, ben: User, max: User
) -> None:
    for who in (ana, ben):
        link(claims[0], twins[0], who, Relation.CONTRADICTS)
    link(claims[1], twins[1], ana, Relation.UNRELATED)
    link(claims[1], twins[1], ben, Relation.FRAMES_DIFFERENTLY)
    confirmed(claims[2], twins[2], ana, ben, Relation.CORROBORATES)
    held, disputed, settled = (between(*pair) for pair in zip(claims[:3], twins[:3], strict=True))
    assert found(mine, "link", held="yes") == [held]
    assert found(mine, "link", state="disputed") == [disputed]
    assert found(mine, "link", relation="CORROBORATES") == [settled]
    assert found(mine, "link", q="mayor left") == [disputed]
    assert found(mine, "link", q=str(claims[0].pk)) == [held]
    assert found(mine, "link", q=str(settled.pk)) == [settled]
    (waiting,) = [work for work in mine.get("/admin/").context["to_do"] if work.name == "Disputed links"]
    assert waiting.count == "1"
    deeds.hide(twins[1], max)
    assert found(mine, "link", aside="work", state="disputed") == []


def test_a_page_of_the_panel_tells_what_was_found_as_text(
    mine: Client, claims: list[Claim], twins: list[Claim], ana: User
) -> None:
    link(claims[0], twins[0], ana, Relation.UPDATES, origin=claims[0].pk, reason="<b>Later</b> & better.")
    row = between(claims[0], twins[0])
    page = mine.get(f"/admin/claims/link/{row.pk}/change/").content.decode()
    assert "updates" in page
    assert "<b>Later" not in page
    assert f'href="/links/{row.pk}/"' in page
    assert "Confirm as proposed" in page
    assert "link.assessed" in mine.get(f"/admin/claims/link/{row.pk}/history/").content.decode()
