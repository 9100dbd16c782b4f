"""A reviewer takes a judgement back, so that the claim is unlabelled by them again."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import User
from claims.permissions import check_can_assess
from claims.refusals import Conflict
from claims.review.assess_claim import check_open_to, check_version, outcome, state
from claims.review.claim_in_hand import given_to, restate, take
from claims.vocabulary import EventKind


@transaction.atomic
def retract_assessment(*, by: User, claim_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Remove `by`'s own assessment of the claim; the event keeps what it said.

    Raises NotAllowed, Gone, and Conflict where the assessment changed since, is not there, or the claim was settled.
    """
    check_can_assess(by)
    claim = take(claim_id)
    request = {"verb": "retract", "claim": claim_id, "version": expected_version}
    given = given_to(claim)
    own = next((assessment for assessment in given if assessment.reviewer_id == by.pk), None)
    try:
        check_open_to(claim, own)
        check_version(own, expected_version)
    except Conflict:
        # Sent again: the first copy has moved the version on, and its answer is the answer.
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise
        return before
    if own is None:
        return outcome(claim, None)
    old = state(own)
    own.delete()
    restate(claim, [assessment for assessment in given if assessment is not own])
    audit.record(EventKind.ASSESSMENT_RETRACTED, by=by, target=claim, before=old)
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(claim, None))
