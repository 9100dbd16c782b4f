"""A piece of evidence is removed, and restored: by who added it, or by a moderator. Removing deletes nothing."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Evidence, User
from claims.permissions import check_can_assess
from claims.refusals import Conflict
from claims.review.claim_in_hand import touch
from claims.review.given_evidence import check_room_for_more, check_version, evidence_of, outcome, said, state
from claims.review.in_view import check_takes_details, in_view
from claims.vocabulary import EventKind


@transaction.atomic
def remove_evidence(
    *, by: User, claim_id: UUID, evidence_id: UUID, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Take the evidence out of the list; it can be restored. `expected_version` is the one that the page showed.

    Raises NotAllowed, Gone where `by` cannot see the claim or the evidence or the claim is out of work, and Conflict
    where the evidence changed since, was removed already, or its article is locked.
    """
    check_can_assess(by)
    evidence = evidence_of(in_view(by, claim_id), evidence_id, by, "remove")
    request = {"verb": "remove-evidence", "evidence": evidence_id, "version": expected_version}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    old = _ready(evidence, expected_version)
    if evidence.removed_at is not None:
        raise Conflict("This evidence is removed already.", said(evidence))
    _store(evidence, is_removed=True)
    touch(evidence.claim)
    audit.record(EventKind.EVIDENCE_REMOVED, by=by, target=evidence.claim, before=old, after=state(evidence))
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(evidence))


@transaction.atomic
def restore_evidence(
    *, by: User, claim_id: UUID, evidence_id: UUID, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Put removed evidence back into the list; the arguments and refusals are those of `remove_evidence`.

    Raises Invalid as well, where who added it has as many pieces at this claim as one person can have.
    """
    check_can_assess(by)
    evidence = evidence_of(in_view(by, claim_id), evidence_id, by, "restore")
    request = {"verb": "restore-evidence", "evidence": evidence_id, "version": expected_version}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    old = _ready(evidence, expected_version)
    if evidence.removed_at is None:
        raise Conflict("This evidence is in the list already.", said(evidence))
    check_room_for_more(evidence.claim, evidence.by)
    _store(evidence, is_removed=False)
    touch(evidence.claim)
    audit.record(EventKind.EVIDENCE_RESTORED, by=by, target=evidence.claim, before=old, after=state(evidence))
    return receipts.keep(by=by, key=key, request=request, outcome=outcome(evidence))


def _ready(evidence: Evidence, expected_version: int) -> dict[str, Any]:
    """What the evidence is before it changes. Raises Gone and Conflict where it cannot."""
    check_takes_details(evidence.claim)
    check_version(evidence, expected_version)
    return state(evidence)


def _store(evidence: Evidence, *, is_removed: bool) -> None:
    evidence.updated_at = timezone.now()
    evidence.removed_at = evidence.updated_at if is_removed else None
    evidence.version += 1
    evidence.save(update_fields=["removed_at", "updated_at", "version"])
