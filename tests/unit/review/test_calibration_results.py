"""How people do: the first label counts, and nothing is told of items that somebody has not answered."""

from uuid import uuid4

import pytest

from claims.models import Assessment, Calibration, Claim, ClaimStatus, User
from claims.review.calibration_results import Score, Verdict, all_answers, own_answers, score
from claims.review.retract_assessment import retract_assessment
from claims.vocabulary import Aside, Label
from tests.cast import assess
from tests.unit.review.test_calibrate import calibrate, end


def verdicts(viewer: User) -> list[Verdict]:
    return [answer.verdict for answer in own_answers(viewer)]


def retract(claim: Claim, by: User) -> None:
    version = Assessment.objects.get(claim=claim, reviewer=by).version
    retract_assessment(by=by, claim_id=claim.pk, expected_version=version, key=uuid4())


@pytest.fixture
def item(claim: Claim, max: User) -> Claim:
    """A claim whose answer is known: unsourced, strength 0."""
    calibrate(claim, max, strength=0, reason="hedge")
    return claim


@pytest.mark.parametrize(
    ("label", "strength", "verdict"),
    [
        (Label.UNSOURCED, 0, Verdict.RIGHT),
        (Label.UNSOURCED, None, Verdict.RIGHT),
        (Label.UNSOURCED, 1, Verdict.STRENGTH_OFF),
        (Label.SOURCED, None, Verdict.WRONG),
        (Label.SOURCED, 2, Verdict.WRONG),
    ],
)
def test_an_answer_is_right_off_or_wrong(
    label: Label, strength: int | None, verdict: Verdict, item: Claim, ana: User
) -> None:
    assess(item, ana, label, strength=strength)
    assert verdicts(ana) == [verdict]


def test_an_answer_without_a_known_strength_is_right_with_any(claim: Claim, ana: User, max: User) -> None:
    calibrate(claim, max)
    assess(claim, ana, strength=1)
    assert verdicts(ana) == [Verdict.RIGHT]


def test_the_first_label_counts_and_a_later_one_is_shown_as_such(item: Claim, ana: User) -> None:
    assess(item, ana, Label.OPINION)
    assess(item, ana, Label.UNSOURCED, strength=0)
    (answer,) = own_answers(ana)
    assert (answer.verdict, answer.first.label, answer.now, answer.changed) == (
        Verdict.WRONG,
        Label.OPINION,
        Label.UNSOURCED,
        True,
    )


def test_taking_a_label_back_and_giving_another_improves_nothing(item: Claim, ana: User) -> None:
    assess(item, ana, Label.OPINION)
    retract(item, ana)
    (answer,) = own_answers(ana)
    assert (answer.now, answer.changed) == ("", True)
    assess(item, ana, Label.UNSOURCED, strength=0)
    assert verdicts(ana) == [Verdict.WRONG]


def test_a_label_from_before_the_answer_was_known_counts_as_well(claim: Claim, ana: User, max: User) -> None:
    assess(claim, ana, Label.OPINION)
    assert own_answers(ana) == []
    calibrate(claim, max)
    assert verdicts(ana) == [Verdict.WRONG]


def test_the_first_strength_given_with_that_label_counts(item: Claim, ana: User) -> None:
    assess(item, ana, Label.UNSOURCED)
    assert own_answers(ana)[0].is_strength_open
    assess(item, ana, Label.UNSOURCED, strength=1)
    assert not own_answers(ana)[0].is_strength_open
    assess(item, ana, Label.UNSOURCED, strength=0)
    assert verdicts(ana) == [Verdict.STRENGTH_OFF]


def test_a_strength_given_after_another_label_does_not_count(item: Claim, ana: User) -> None:
    assess(item, ana, Label.UNSOURCED)
    assess(item, ana, Label.OPINION)
    assess(item, ana, Label.UNSOURCED, strength=1)
    assert own_answers(ana)[0].first.strength is None


def test_only_items_that_one_has_answered_are_listed_the_newest_answer_first(
    claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    for claim in claims[:3]:
        calibrate(claim, max)
    assess(claims[1], ana)
    assess(claims[0], ana)
    assess(claims[2], ben)
    assess(claims[3], ana)
    assert [answer.known.claim_id for answer in own_answers(ana)] == [claims[0].pk, claims[1].pk]
    assert [answer.known.claim_id for answer in own_answers(ben)] == [claims[2].pk]


def test_ended_and_hidden_items_are_not_listed(claims: list[Claim], ana: User, max: User) -> None:
    for claim in claims[:2]:
        calibrate(claim, max)
        assess(claim, ana)
    end(claims[0], max)
    ClaimStatus.objects.filter(pk=claims[1].pk).update(set_aside=Aside.HIDDEN)
    assert own_answers(ana) == []
    assert [answer.first.reviewer for answer in all_answers(max)] == [ana.pk]


def test_moderators_see_everybody_but_who_set_the_answer(item: Claim, ana: User, ben: User, max: User) -> None:
    assess(item, ana, Label.UNSOURCED)
    assess(item, ben, Label.OPINION)
    assess(item, max, Label.UNSOURCED)
    found = {answer.first.reviewer: answer.verdict for answer in all_answers(max)}
    assert found == {ana.pk: Verdict.RIGHT, ben.pk: Verdict.WRONG}
    assert score(all_answers(max)) == Score(1, 0, 1)
    assert score([]).answered == 0


def test_nobody_is_shown_the_answers_of_an_article_that_was_withdrawn(item: Claim, ana: User) -> None:
    assess(item, ana)
    item.article.status.__class__.objects.update(withdrawn_at=Calibration.objects.get().created_at)
    assert own_answers(ana) == []
