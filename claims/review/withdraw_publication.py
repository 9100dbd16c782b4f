"""A moderator takes a published verdict back, and readers are told why."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid
from claims.review.claim_in_hand import hold, touch
from claims.review.decide_publication import MAX_REASON, in_hand
from claims.review.end_publication import end
from claims.review.notify import notify
from claims.review.propose_publication import state
from claims.text.plain import plain
from claims.transfers import PublicationState
from claims.vocabulary import EventKind, Notice


@transaction.atomic
def withdraw_publication(*, by: User, claim_id: UUID, number: int, reason: str, key: UUID) -> receipts.Outcome:
    """Withdraw the published verdict of this number; its page then says that it was withdrawn, when and why.

    One moderator is enough, whatever became of the claim: what is wrong must not wait. Raises NotAllowed, Invalid (a
    reason is needed), Gone, and Conflict where it is not published any more.
    """
    check_can_moderate(by, "withdraw published verdicts")
    reason = plain("reason", reason, MAX_REASON)
    if not reason:
        raise Invalid("Say in a sentence why it is withdrawn: readers are shown it on the verdict's page.")
    claim = hold(claim_id)
    request = {"verb": "withdraw", "claim": claim_id, "number": number, "reason": reason}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    publication = in_hand(claim, number, PublicationState.PUBLISHED)
    old = state(publication)
    end(publication, PublicationState.WITHDRAWN, by, reason)
    touch(claim)
    told = [person for person in (publication.proposed_by, publication.decided_by) if person]
    notify(told, Notice.WITHDRAWN, claim=claim, by=by)
    now = state(publication)
    audit.record(EventKind.VERDICT_WITHDRAWN, by=by, target=claim, before=old, after=now, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome=now)
