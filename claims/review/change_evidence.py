"""A piece of evidence is changed: by who added it, or by a moderator."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import User
from claims.permissions import check_can_assess
from claims.refusals import Conflict
from claims.review.claim_in_hand import touch
from claims.review.given_evidence import Given, check_version, checked, evidence_of, outcome, said, state
from claims.review.in_view import check_takes_details, in_view
from claims.review.store_evidence import store
from claims.vocabulary import EventKind


@transaction.atomic
def change_evidence(
    *, by: User, claim_id: UUID, evidence_id: UUID, given: Given, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Store the evidence as it is given now; `expected_version` is the one that the page showed.

    Raises NotAllowed, Invalid, Gone where `by` cannot see the claim or the evidence or the claim is out of work, and
    Conflict where the evidence changed since, was removed, or its article is locked.
    """
    check_can_assess(by)
    given = checked(given)
    claim = in_view(by, claim_id)
    evidence = evidence_of(claim, evidence_id, by, "change")
    request = {"verb": "change-evidence", "evidence": evidence_id, "given": given, "version": expected_version}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    check_takes_details(claim)
    if evidence.removed_at is not None:
        raise Conflict("This evidence was removed since this page was loaded. Restore it first.", said(evidence))
    check_version(evidence, expected_version)
    old = state(evidence)
    store(evidence, given)
    touch(claim)
    audit.record(EventKind.EVIDENCE_CHANGED, by=by, target=claim, before=old, after=state(evidence))
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(evidence))
