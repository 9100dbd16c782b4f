"""A reviewer passes a claim that the queue served, and says why."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import Claim, Lease, Skip, User
from claims.permissions import check_can_assess
from claims.refusals import Gone, Invalid
from claims.review.claim_in_hand import check_in_work, check_there, hold, touch
from claims.vocabulary import EventKind, SkipReason


@transaction.atomic
def skip_claim(*, by: User, claim_id: UUID, reason: str, key: UUID) -> receipts.Outcome:
    """Keep the claim out of `by`'s queue and let go of it; they can still label it by hand.

    The first reason stands: skipping it again changes nothing. Raises NotAllowed, Invalid, and Gone where the claim is
    not there, or not in work any more.
    """
    check_can_assess(by)
    if reason not in set(SkipReason):
        raise Invalid("Choose why you skip the claim: the moderators look at these reasons.")
    skipped = Skip.objects.filter(claim=claim_id, reviewer=by)
    if not skipped.exists() and not Claim.objects.visible_to(by).filter(pk=claim_id).exists():
        raise Gone("There is no such claim here: a moderator has hidden it, or its article was withdrawn or read anew.")
    claim = hold(claim_id)
    request = {"verb": "skip", "claim": claim_id, "reason": reason}
    if old := skipped.first():
        return receipts.answered(by=by, key=key, request=request) or _outcome(old)
    check_there(claim)
    check_in_work(claim)
    skip = Skip.objects.create(claim=claim, reviewer=by, reason=reason)
    touch(claim)
    Lease.objects.filter(holder=by, claim=claim).delete()
    audit.record(EventKind.CLAIM_SKIPPED, by=by, target=claim, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome=_outcome(skip))


def _outcome(skip: Skip) -> receipts.Outcome:
    return {"claim": str(skip.claim_id), "reason": str(skip.reason)}
