"""Somebody of the desk adds outside material for or against a claim."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import Evidence, User
from claims.permissions import check_can_assess
from claims.review.claim_in_hand import touch
from claims.review.given_evidence import Given, check_room_for_more, checked, outcome, state
from claims.review.in_view import check_takes_details, in_view
from claims.review.store_evidence import store
from claims.vocabulary import EventKind


@transaction.atomic
def add_evidence(*, by: User, claim_id: UUID, given: Given, key: UUID) -> receipts.Outcome:
    """Store a piece of evidence at a claim, settled or not; return its id as text and its version.

    Raises NotAllowed, Invalid (an address that is none, a size, a date that cannot be read, too many), Gone where `by`
    cannot see the claim or it is out of work, and Conflict where its article is locked.
    """
    check_can_assess(by)
    given = checked(given)
    claim = in_view(by, claim_id)
    request = {"verb": "add-evidence", "claim": claim_id, "given": given}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    check_takes_details(claim)
    check_room_for_more(claim, by)
    evidence = store(Evidence(claim=claim, by=by), given)
    touch(claim)
    audit.record(EventKind.EVIDENCE_ADDED, by=by, target=claim, after=state(evidence))
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(evidence))
