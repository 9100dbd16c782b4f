"""A reviewer takes a judgement back."""

from uuid import uuid4

import pytest

from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, User
from claims.refusals import Conflict, Gone, NotAllowed
from claims.review.retract_assessment import retract_assessment
from claims.vocabulary import ClaimState, Label
from tests.cast import assess, rule
from tests.unit.ledger import event_count, events


def retract(claim: Claim, by: User, version: int = 1, **parts: object) -> dict:
    given = {"key": uuid4()} | parts
    return retract_assessment(by=by, claim_id=claim.pk, expected_version=version, **given)


def test_the_claim_is_unlabelled_again_and_the_event_keeps_what_it_said(ana: User, claim: Claim) -> None:
    assess(claim, ana, note="Too quick.")
    outcome = retract(claim, ana)
    assert outcome == {
        "label": "",
        "strength": None,
        "reason": "",
        "note": "",
        "version": 0,
        "settled": "",
        "closed": False,
    }
    assert not Assessment.objects.exists()
    assert ClaimStatus.objects.get(claim=claim).state == ClaimState.OPEN
    (event,) = events("assessment.retracted")
    assert event.before["label"] == "UNSOURCED"
    assert event.before["note"] == "Too quick."
    assert event.after == {"state": "open"}


def test_versions_go_on_after_taking_back(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    retract(claim, ana)
    assert assess(claim, ana, Label.OPINION).version == 2


def test_an_old_version_is_refused_and_the_judgement_stays(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ana, Label.OPINION)
    before = event_count()
    with pytest.raises(Conflict) as refused:
        retract(claim, ana, version=1)
    assert refused.value.current["label"] == "OPINION"
    assert Assessment.objects.get().label == "OPINION"
    assert event_count() == before


def test_the_same_key_takes_back_once(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    key = uuid4()
    first = retract(claim, ana, key=key)
    assess(claim, ana, Label.OPINION)
    assert retract(claim, ana, key=key) == first
    assert Assessment.objects.get().label == "OPINION"


def test_a_key_that_took_back_one_label_cannot_take_back_another(ana: User, claim: Claim) -> None:
    key = uuid4()
    assess(claim, ana)
    retract(claim, ana, version=1, key=key)
    renewed = assess(claim, ana)
    with pytest.raises(Conflict, match="another request"):
        retract(claim, ana, version=renewed.version, key=key)
    assert Assessment.objects.get() == renewed


def test_a_page_from_before_a_label_was_taken_back_cannot_change_the_new_one(ana: User, claim: Claim) -> None:
    old = assess(claim, ana)
    retract(claim, ana, version=old.version)
    renewed = assess(claim, ana, Label.OPINION)
    assert renewed.version > old.version
    with pytest.raises(Conflict):
        retract(claim, ana, version=old.version)
    assert Assessment.objects.get().label == "OPINION"


def test_taking_back_nothing_writes_no_event(ana: User, claim: Claim) -> None:
    before = event_count()
    assert retract(claim, ana, version=0)["label"] == ""
    assert event_count() == before


def test_only_ones_own_judgement_goes(ana: User, ben: User, claims: list[Claim]) -> None:
    for claim, who, other in ((claims[0], ana, ben), (claims[1], ben, ana)):
        assess(claim, ana, Label.SOURCED)
        assess(claim, ben, Label.OPINION)
        retract(claim, who)
        assert Assessment.objects.get(claim=claim).reviewer == other
        assert ClaimStatus.objects.get(claim=claim).state == ClaimState.IN_REVIEW


def test_nothing_is_taken_back_from_a_claim_that_was_ruled_on(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    rule(claim, max)
    with pytest.raises(Conflict, match="settled as unsourced"):
        retract(claim, ana)
    assert Assessment.objects.filter(reviewer=ana).exists()


def test_an_agreement_ends_when_one_who_agreed_takes_it_back(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    assert retract(claim, ana)["settled"] == ""
    status = ClaimStatus.objects.get(claim=claim)
    assert (status.state, status.settled_label, status.settled_at) == (ClaimState.IN_REVIEW, "", None)
    assert ArticleStatus.objects.get(article=claim.article).settled_count == 0


def test_somebody_without_the_role_is_refused(ana: User, eve: User, claim: Claim) -> None:
    assess(claim, ana)
    with pytest.raises(NotAllowed):
        retract(claim, eve)
    with pytest.raises(Gone):
        retract_assessment(by=ana, claim_id=uuid4(), expected_version=0, key=uuid4())
