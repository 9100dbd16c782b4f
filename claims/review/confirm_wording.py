"""A moderator confirms that what was judged holds for the words that the article has now."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict
from claims.review.claim_in_hand import answered_before, take
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_REASON = 1_000


@transaction.atomic
def confirm_wording(*, by: User, claim_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Take the mark “text changed after review” off the claim; `reason` may be empty.

    `expected_version` is the version of the claim's status that the page showed. Raises NotAllowed, Gone, Invalid (a
    reason that is too long), and Conflict where the claim changed since or is not marked.
    """
    check_can_moderate(by, "confirm changed words")
    reason = plain("reason", reason, MAX_REASON)
    claim = take(claim_id)
    request = {"verb": "confirm-wording", "claim": claim_id, "version": expected_version, "reason": reason}
    if before := answered_before(claim, expected_version, by=by, key=key, request=request):
        return before
    if claim.status.text_changed_at is None:
        raise Conflict("The words of this claim are not marked as changed: there is nothing to confirm.")
    changed_at = claim.status.text_changed_at.isoformat()
    claim.status.text_changed_at = None
    claim.status.version += 1
    claim.status.save(update_fields=["text_changed_at", "version"])
    old, new = {"text_changed_at": changed_at}, {"text_changed_at": None}
    audit.record(EventKind.WORDING_CONFIRMED, by=by, target=claim, before=old, after=new, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"version": claim.status.version})
