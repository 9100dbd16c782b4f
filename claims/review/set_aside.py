"""A moderator hides a claim, and brings back one that was hidden or retired; its state is the one that it had."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims import audit, receipts
from claims.models import ArticleStatus, Claim, Retirement, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Invalid
from claims.review.claim_in_hand import answered_before, check_there, hold, take
from claims.review.proposal_outcomes import note_outcomes
from claims.text.plain import plain
from claims.vocabulary import SETTLED, Aside, EventKind

MAX_REASON = 1_000


@transaction.atomic
def hide_claim(*, by: User, claim_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Take a claim out of all lists and all work. Raises NotAllowed, Gone, Invalid (no reason given), Conflict."""
    check_can_moderate(by, "hide claims")
    if not (reason := plain("reason", reason, MAX_REASON)):
        raise Invalid("Say why the claim is hidden: other moderators will read it.")
    claim = take(claim_id, set_aside_too=True)
    request = {"verb": "hide", "claim": claim_id, "version": expected_version, "reason": reason}
    if before := answered_before(claim, expected_version, by=by, key=key, request=request):
        return before
    if claim.status.set_aside:
        raise Conflict(f"This claim is {claim.status.set_aside} already.")
    _put(claim, Aside.HIDDEN, counted=-1)
    after = {"set_aside": Aside.HIDDEN}
    audit.record(EventKind.CLAIM_HIDDEN, by=by, target=claim, before={"set_aside": ""}, after=after, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"version": claim.status.version})


@transaction.atomic
def restore_claim(*, by: User, claim_id: UUID, reason: str, expected_version: int, key: UUID) -> receipts.Outcome:
    """Bring back a claim that was hidden, or retired. Parts of a retired one stay beside it: hide what is not needed.

    One that was hidden and whose words the text in force does not have comes back as an orphan, which has to be placed.
    Raises NotAllowed, Gone, Invalid (no reason given), and Conflict where it changed since or is not set aside.
    """
    check_can_moderate(by, "restore claims")
    if not (reason := plain("reason", reason, MAX_REASON)):
        raise Invalid("Say why the claim is restored: other moderators will read it.")
    claim = hold(claim_id)
    is_lost = claim.status.set_aside == Aside.HIDDEN and claim.revision_id != claim.article.status.revision_id
    if not is_lost or claim.article.status.withdrawn_at is not None:
        check_there(claim)
    request = {"verb": "restore", "claim": claim_id, "version": expected_version, "reason": reason}
    if before := answered_before(claim, expected_version, by=by, key=key, request=request):
        return before
    aside = claim.status.set_aside
    if not aside:
        raise Conflict("This claim is neither hidden nor retired.")
    Retirement.objects.filter(claim=claim).delete()
    _put(claim, Aside.ORPHANED if is_lost else "", counted=int(not is_lost))
    old, new = {"set_aside": aside}, {"set_aside": claim.status.set_aside}
    audit.record(EventKind.CLAIM_RESTORED, by=by, target=claim, before=old, after=new, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"version": claim.status.version})


def _put(claim: Claim, aside: str, *, counted: int) -> None:
    """Set the claim aside or bring it back; the article counts the claims that are in work."""
    claim.status.set_aside = aside
    claim.status.version += 1
    claim.status.save(update_fields=["set_aside", "version"])
    ArticleStatus.objects.filter(pk=claim.article_id).update(
        claims_count=F("claims_count") + counted,
        settled_count=F("settled_count") + counted * (claim.status.state in SETTLED),
    )
    note_outcomes([claim.pk])
