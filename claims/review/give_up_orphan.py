"""A moderator says that what an orphan stated is gone from the article: nobody is asked for its place any more."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid
from claims.review.claim_in_hand import answered_before, hold
from claims.review.proposal_outcomes import note_outcomes
from claims.text.plain import plain
from claims.vocabulary import Aside, EventKind

MAX_REASON = 1_000


@transaction.atomic
def give_up_orphan(*, by: User, claim_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Hide an orphan: it leaves the list of orphans, and stays in the earlier text with all that was said of it.

    It moves along if its words come back, and stays hidden. Raises NotAllowed, Gone, Invalid (no reason given), and
    Conflict where the claim changed since or is no orphan.
    """
    check_can_moderate(by, "say that a claim is gone")
    if not (reason := plain("reason", reason, MAX_REASON)):
        raise Invalid("Say why it is gone: those who judged it, and other moderators, will wonder.")
    claim = hold(claim_id)
    if claim.article.status.withdrawn_at is not None:
        raise Gone("The article of this claim was withdrawn, so it takes no more work. Nothing was stored.")
    request = {"verb": "give-up", "claim": claim_id, "version": expected_version, "reason": reason}
    if before := answered_before(claim, expected_version, by=by, key=key, request=request):
        return before
    if claim.status.set_aside != Aside.ORPHANED:
        raise Conflict("This claim is no orphan: it was placed since, or its words came back.")
    claim.status.set_aside = Aside.HIDDEN
    claim.status.version += 1
    claim.status.save(update_fields=["set_aside", "version"])
    note_outcomes([claim.pk])
    old, new = {"set_aside": Aside.ORPHANED}, {"set_aside": Aside.HIDDEN}
    audit.record(EventKind.CLAIM_HIDDEN, by=by, target=claim, before=old, after=new, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"version": claim.status.version})
