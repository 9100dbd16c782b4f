"""Who may rule when, what a ruling has to say, and who is told."""

from uuid import uuid4

import pytest

from claims.models import Assessment, Claim, Notification, Ruling, User
from claims.receipts import Outcome
from claims.refusals import Conflict, Invalid, NotAllowed
from claims.review.retract_assessment import retract_assessment
from claims.review.rule_on_claim import mark_of, rule_on_claim
from claims.review.state import Judgement
from claims.vocabulary import ClaimState, Label
from tests.cast import assess, person, rule
from tests.deeds import reopen, status
from tests.unit.ledger import event_count, events


def send(claim: Claim, by: User, label: Label, version: int = 0, **sent: object) -> Outcome:
    sent = {"explanation": "", "key": uuid4()} | sent
    return rule_on_claim(
        by=by,
        claim_id=claim.pk,
        judgement=Judgement(label),
        expected_version=version,
        **sent,  # type: ignore[arg-type]
    )


def mark(claim: Claim) -> str:
    held = Claim.objects.select_related("status").get(pk=claim.pk)
    return mark_of(held, Assessment.objects.filter(claim=claim))


@pytest.mark.parametrize("label", [Label.SOURCED, Label.OPINION])
def test_taking_a_label_that_a_reviewer_gave_needs_no_reason(
    ana: User, ben: User, max: User, claim: Claim, label: Label
) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    send(claim, max, label)
    assert (Ruling.objects.get().explanation, status(claim).settled_label) == ("", label)


def test_a_label_that_nobody_gave_needs_a_reason(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    for blank in ("", "  \n", "\x00"):
        with pytest.raises(Invalid, match="Say in a sentence why you rule so"):
            send(claim, max, Label.UNSOURCED, explanation=blank)
    assert status(claim).state == ClaimState.DISPUTED
    send(claim, max, Label.UNSOURCED, explanation="Only a hedge.")


def test_overturning_what_was_settled_needs_a_reason_also_for_a_reviewers_label(
    ana: User, ben: User, max: User, ada: User, claims: list[Claim]
) -> None:
    agreed, ruled = claims[:2]
    for who in (ana, ben):
        assess(agreed, who, Label.SOURCED)
    with pytest.raises(Invalid, match="overturns what was settled"):
        send(agreed, max, Label.SOURCED)
    assess(ruled, ana, Label.SOURCED)
    send(ruled, max, Label.SOURCED)
    with pytest.raises(Invalid, match="overturns what was settled"):
        send(ruled, ada, Label.SOURCED, version=1)
    assert [status(claim).state for claim in claims[:2]] == [ClaimState.AGREED, ClaimState.RULED]


def test_after_a_reopening_a_reviewers_label_needs_no_reason_again(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    rule(claim, max, Label.OPINION)
    reopen(claim, max)
    send(claim, max, Label.UNSOURCED, version=0)
    assert Ruling.objects.get().version == 2


def test_without_an_explanation_the_event_says_why_it_was_done(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    send(claim, max, Label.UNSOURCED, because="Accepted ana's.")
    assert events("claim.ruled")[0].reason == "Accepted ana's."


def test_a_ruling_rests_on_the_assessments_that_the_page_showed(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    seen = mark(claim)
    changes = [
        lambda: assess(claim, ben, Label.UNSOURCED),
        lambda: assess(claim, person("cleo", "reviewer")),
        lambda: retract_assessment(by=ana, claim_id=claim.pk, expected_version=1, key=uuid4()),
    ]
    for change in changes:
        seen = mark(claim)
        change()
        before = event_count()
        with pytest.raises(Conflict, match="A reviewer has changed an assessment"):
            send(claim, max, Label.OPINION, explanation="So.", seen=seen)
        assert event_count() == before
    send(claim, max, Label.OPINION, explanation="So.", seen=mark(claim))
    assert status(claim).state == ClaimState.RULED


def test_a_page_that_showed_no_assessments_is_told_when_one_came(ana: User, max: User, claim: Claim) -> None:
    seen = mark(claim)
    assert seen == "reopened 0"
    assess(claim, ana)
    with pytest.raises(Conflict, match="A reviewer has changed"):
        send(claim, max, Label.OPINION, explanation="So.", seen=seen)
    send(claim, max, Label.OPINION, explanation="So.", seen=None)


def test_a_copy_of_a_ruling_is_answered_as_the_first_whatever_reviewers_did_since(
    ana: User, max: User, claim: Claim
) -> None:
    assess(claim, ana)
    sent = {"key": uuid4(), "seen": mark(claim)}
    first = send(claim, max, Label.UNSOURCED, **sent)
    reopen(claim, max)
    assess(claim, ana, Label.OPINION)
    rule(claim, max, Label.OPINION)
    assert send(claim, max, Label.UNSOURCED, **sent) == first
    assert status(claim).settled_label == "OPINION"


def test_a_moderator_does_not_rule_on_their_own_claim_while_another_can(max: User, ada: User, claim: Claim) -> None:
    assess(claim, max)
    before = event_count()
    with pytest.raises(NotAllowed, match="You assessed this claim yourself, so somebody else has to rule on it: ada"):
        rule(claim, max)
    assert event_count() == before
    rule(claim, ada)
    with pytest.raises(NotAllowed, match="You assessed this claim yourself"):
        rule(claim, max, Label.OPINION)


def test_taking_ones_own_label_back_makes_nobody_a_judge_of_it(max: User, ada: User, claim: Claim) -> None:
    assess(claim, max)
    retract_assessment(by=max, claim_id=claim.pk, expected_version=1, key=uuid4())
    with pytest.raises(NotAllowed, match="You assessed this claim yourself"):
        rule(claim, max)
    rule(claim, ada)


def test_the_only_moderator_rules_on_their_own_claim(ana: User, max: User, claim: Claim) -> None:
    assess(claim, max)
    assert rule(claim, max).by == max


def told(kind: str) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("to__username", flat=True))


def test_who_judged_the_claim_is_told_of_the_ruling_and_who_ruled_is_not(
    ana: User, ben: User, max: User, ada: User, claim: Claim
) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ada, Label.OPINION)
    rule(claim, max)
    assert told("ruled") == {"ana", "ada"}
    told_of = Notification.objects.filter(kind="ruled").first()
    assert (told_of.claim, told_of.by, told_of.read_at) == (claim, max, None)


def test_the_only_moderator_is_not_told_of_their_own_ruling(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, max)
    rule(claim, max)
    assert told("ruled") == {"ana"}


def test_nobody_is_told_twice_before_having_looked(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    rule(claim, max)
    rule(claim, max, Label.OPINION)
    assert Notification.objects.filter(kind="ruled").count() == 1


def test_moderators_are_told_of_a_dispute_and_reviewers_are_not(
    ana: User, ben: User, max: User, ada: User, claim: Claim
) -> None:
    assess(claim, ana, Label.SOURCED)
    assert told("disputed") == set()
    assess(claim, ben, Label.OPINION)
    assert told("disputed") == {"max", "ada"}


def test_a_dispute_that_stays_one_tells_nobody_anew(ana: User, max: User, claims: list[Claim]) -> None:
    """Three labels, two of them alike: one of the two is taken back, and the others differ as before."""
    for name, label in (("cleo", Label.SOURCED), ("dan", Label.OPINION), ("elif", Label.SOURCED)):
        assess(claims[0], person(name, "reviewer"), label)
    Notification.objects.all().delete()
    cleo = User.objects.get(username="cleo")
    retract_assessment(by=cleo, claim_id=claims[0].pk, expected_version=1, key=uuid4())
    assert status(claims[0]).state == ClaimState.DISPUTED
    assert told("disputed") == set()


def test_a_refused_ruling_tells_nobody(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    with pytest.raises(Invalid):
        send(claim, max, Label.OPINION)
    assert not Notification.objects.exists()
