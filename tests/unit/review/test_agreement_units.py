"""Which claims and labels agreement is worked out from, and how they are grouped."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.agreement_filter import AgreementFilter
from claims.models import Article, Assessment, Claim, ClaimStatus, Story, User
from claims.review import agreement_units
from claims.review.agreement_units import (
    ORDER,
    Unit,
    agreement_in,
    behind,
    by_article,
    by_label,
    by_month,
    by_pair,
    confusion,
    units_of,
)
from claims.vocabulary import Aside, Label
from tests.cast import MakeArticle, assess, person

SOURCED, UNSOURCED, OPINION, NOT_A_CLAIM = map(ORDER.index, Label)


def units(viewer: User, **asked: object) -> list[Unit]:
    return units_of(AgreementFilter({name: str(value) for name, value in asked.items()}, viewer=viewer)).units


def keys(found: list[Unit]) -> list[UUID]:
    return [UUID(unit.claim) for unit in found]


def dated(claim: Claim, day: str) -> None:
    at = datetime.fromisoformat(day).replace(hour=23, tzinfo=UTC)
    Assessment.objects.filter(claim=claim).update(created_at=at)


@pytest.fixture
def cleo(db: None) -> User:
    return person("cleo", "reviewer")


def test_a_unit_is_a_claim_that_two_people_labelled(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    assess(claims[0], ana, Label.SOURCED)
    assess(claims[0], ben, Label.OPINION)
    assess(claims[1], ana, Label.SOURCED)
    (unit,) = units(max)
    assert (UUID(unit.claim), UUID(unit.article)) == (claims[0].pk, claims[0].article_id)
    assert unit.ratings == ((ana.pk, SOURCED), (ben.pk, OPINION))


def test_labels_given_after_seeing_others_are_left_out(
    claims: list[Claim], ana: User, ben: User, cleo: User, max: User
) -> None:
    assess(claims[0], ana, Label.SOURCED)
    assess(claims[0], max, Label.SOURCED)  # a moderator sees what ana said
    assess(claims[1], ana, Label.SOURCED)
    assess(claims[1], ben, Label.OPINION)
    assess(claims[1], max, Label.OPINION)
    (unit,) = units(max)
    assert unit.ratings == ((ana.pk, SOURCED), (ben.pk, OPINION))


def test_hidden_claims_are_left_out_and_retired_ones_are_not(
    claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    for claim in claims[:3]:
        assess(claim, ana)
        assess(claim, ben)
    ClaimStatus.objects.filter(pk=claims[0].pk).update(set_aside=Aside.HIDDEN)
    ClaimStatus.objects.filter(pk=claims[1].pk).update(set_aside=Aside.RETIRED)
    assert set(keys(units(max))) == {claims[1].pk, claims[2].pk}


def test_a_reviewer_who_got_here_would_learn_of_no_claim_that_is_not_settled(
    claims: list[Claim], ana: User, ben: User, cleo: User
) -> None:
    assess(claims[0], ana, Label.SOURCED)
    assess(claims[0], ben, Label.OPINION)
    assert units(cleo) == units(ana) == []


def test_the_filter_narrows_by_story_and_article(
    story: Story, claims: list[Claim], make_article: MakeArticle, ana: User, ben: User, max: User
) -> None:
    elsewhere = Claim.objects.filter(article=make_article("It rains in Oslo.\n\nIt snows in Rome."))[0]
    for claim in (claims[0], elsewhere):
        assess(claim, ana)
        assess(claim, ben)
    assert keys(units(max)) == [elsewhere.pk, claims[0].pk]
    assert keys(units(max, story=story.pk)) == keys(units(max, article=claims[0].article_id)) == [claims[0].pk]


def test_one_reviewer_asks_for_all_labels_of_what_they_labelled_and_two_for_theirs_alone(
    claims: list[Claim], ana: User, ben: User, cleo: User, max: User
) -> None:
    for who, label in ((ana, Label.SOURCED), (ben, Label.OPINION), (cleo, Label.OPINION)):
        assess(claims[0], who, label)
    assess(claims[1], ana, Label.SOURCED)
    assess(claims[1], ben, Label.OPINION)
    (unit,) = units(max, reviewer="cleo")
    assert len(unit.ratings) == 3
    (unit,) = units(max, reviewer="cleo", other="ana")
    assert unit.ratings == ((ana.pk, SOURCED), (cleo.pk, OPINION))
    assert units(max, reviewer="nobody") == units(max, reviewer="ana", other="nobody") == []


def test_days_ask_for_whole_claims_by_their_newest_label(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    for claim, day in zip(claims, ("2024-03-31", "2024-04-01", "2024-04-30"), strict=False):
        assess(claim, ana)
        assess(claim, ben)
        dated(claim, day)
    april = units(max, labelled_after="2024-04-01", labelled_before="2024-04-30")
    assert set(keys(april)) == {claims[1].pk, claims[2].pk}
    assert [unit.day for unit in units(max, labelled_before="2024-03-31")] == ["2024-03-31"]
    assert units(max, labelled_after="2024-05-01") == []


@pytest.mark.parametrize(
    "asked", [{"story": "x"}, {"labelled_after": "May"}, {"reviewer": "a" * 151}, {"article": "1; --"}]
)
def test_a_filter_that_makes_no_sense_lets_nothing_through(
    asked: dict[str, str], claim: Claim, ana: User, ben: User, max: User
) -> None:
    assess(claim, ana)
    assess(claim, ben)
    found = AgreementFilter(asked, viewer=max)
    assert units_of(found).units == []
    assert len(found.faults()) == 1


def test_only_so_many_assessments_are_read_and_the_answer_says_so(
    claims: list[Claim], ana: User, ben: User, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for claim in claims[:3]:
        assess(claim, ana)
        assess(claim, ben)
    monkeypatch.setattr(agreement_units, "MOST_READ", 4)
    with CaptureQueriesContext(connection) as done:
        found = units_of(AgreementFilter({}, viewer=max))
    assert found.is_cut
    assert keys(found.units) == [claims[2].pk, claims[1].pk]
    assert [query for query in done.captured_queries if "LIMIT 5" in query["sql"]]


def unit(claim: Claim, *ratings: tuple[int, int], day: str = "2024-04-30") -> Unit:
    return Unit(str(claim.pk), str(claim.article_id), 1, day, tuple(ratings))


def test_groups_are_the_largest_and_say_how_many_are_left(claims: list[Claim], article: Article) -> None:
    made = [unit(claims[0], (1, 0), (2, 0), (3, 1)), unit(claims[1], (1, 1), (3, 1)), unit(claims[2], (1, 1), (3, 0))]
    pairs = by_pair(made, 2)
    assert [(pair, found.units) for pair, found in pairs.shown] == [((1, 3), 3), ((1, 2), 1)]
    assert pairs.more == 1
    assert [(key, found.units, found.ratings) for key, found in by_article(made, 5).shown] == [(article.pk, 3, 7)]
    assert agreement_in(made).ratings == 7


def test_months_are_the_last_ones_in_their_order(claims: list[Claim]) -> None:
    days = ("2024-02-29", "2024-04-01", "2024-03-31", "2024-04-30")
    made = [unit(claim, (1, 0), (2, 0), day=day) for claim, day in zip(claims, days, strict=True)]
    months = by_month(made, 2)
    assert [(month, found.units) for month, found in months.shown] == [("2024-03", 1), ("2024-04", 2)]
    assert months.more == 1


def test_each_label_is_set_against_the_rest(claims: list[Claim]) -> None:
    made = [unit(claims[0], (1, SOURCED), (2, SOURCED)), unit(claims[1], (1, OPINION), (2, UNSOURCED))]
    found = {label: (given, figures.percent.value, figures.units) for label, given, figures in by_label(made)}
    assert found == {
        Label.SOURCED: (1, 1, 2),
        Label.UNSOURCED: (1, 0.5, 2),
        Label.OPINION: (1, 0.5, 2),
        Label.NOT_A_CLAIM: (0, 1, 2),
    }


def test_labels_meet_in_a_table_that_is_symmetric_unless_two_people_are_asked_for(claims: list[Claim]) -> None:
    made = [
        unit(claims[0], (1, SOURCED), (2, OPINION)),
        unit(claims[1], (1, OPINION), (2, SOURCED)),
        unit(claims[2], (1, OPINION), (2, SOURCED)),
        unit(claims[3], (1, UNSOURCED), (2, UNSOURCED)),
    ]
    both_ways, by_first, by_second = confusion(made), confusion(made, [1, 2]), confusion(made, [2, 1])
    assert both_ways[SOURCED][OPINION] == both_ways[OPINION][SOURCED] == 3
    assert (by_first[SOURCED][OPINION], by_first[OPINION][SOURCED]) == (1, 2)
    assert (by_second[SOURCED][OPINION], by_second[OPINION][SOURCED]) == (2, 1)
    assert both_ways[UNSOURCED][UNSOURCED] == by_first[UNSOURCED][UNSOURCED] == 1
    assert behind(made, Label.SOURCED, Label.OPINION) == made[:3]
    assert behind(made, Label.SOURCED, Label.OPINION, [1, 2]) == made[:1]
    assert behind(made, Label.NOT_A_CLAIM, Label.OPINION) == []
