"""A reviewer takes a judgement back, so that the claim is unlabelled by them again."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import User
from claims.permissions import check_can_assess
from claims.review.assess_claim import answered_before, moved, outcome, state
from claims.review.claim_in_hand import given_to, hold, restate
from claims.vocabulary import EventKind


@transaction.atomic
def retract_assessment(*, by: User, claim_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Remove `by`'s own assessment of the claim; the event keeps what it said.

    Raises NotAllowed, Gone, and Conflict where the assessment changed since, is not there, or the claim was settled.
    """
    check_can_assess(by)
    claim = hold(claim_id)
    request = {"verb": "retract", "claim": claim_id, "version": expected_version}
    given = given_to(claim)
    own = next((assessment for assessment in given if assessment.reviewer_id == by.pk), None)
    if before := answered_before(claim, own, expected_version, by=by, key=key, request=request):
        return before
    if own is None:
        return outcome(claim, None)
    old = state(own)
    before_state = claim.status.state
    own.delete()
    restate(claim, [assessment for assessment in given if assessment is not own])
    audit.record(EventKind.ASSESSMENT_RETRACTED, by=by, target=claim, before=old, after=moved(claim, before_state))
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(claim, None))
