"""A second moderator lets a verdict out to readers, or declines to."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Claim, User, Verdict, VerdictPublication
from claims.permissions import check_can_let_out, check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.review.claim_in_hand import hold, touch
from claims.review.end_publication import end
from claims.review.in_view import check_takes_details
from claims.review.notify import notify
from claims.review.propose_publication import state, why_not_yet
from claims.text.plain import plain
from claims.transfers import PublicationState
from claims.vocabulary import EventKind, Notice

MAX_REASON: Final = 2_000
REPLACED: Final = "Another took its place."


@transaction.atomic
def publish_verdict(*, by: User, claim_id: UUID, number: int, key: UUID) -> receipts.Outcome:
    """Let the publication of this number out; what was out before becomes history.

    Raises NotAllowed for anybody but a second moderator, Gone where there is no such publication, and Conflict where it
    was decided since, or the verdict, the claim or its words have changed since it was put forward.
    """
    check_can_moderate(by, "publish verdicts")
    claim = hold(claim_id)
    request = {"verb": "publish", "claim": claim_id, "number": number}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    publication = in_hand(claim, number, PublicationState.PROPOSED)
    verdict = Verdict.objects.select_related("by").get(claim=claim)
    check_can_let_out(by, concerned_with(publication, verdict))
    _check_still_so(claim, publication, verdict)
    old = state(publication)
    now = timezone.now()
    replaced = VerdictPublication.objects.filter(claim=claim, state=PublicationState.PUBLISHED).first()
    if replaced:
        end(replaced, PublicationState.SUPERSEDED, by, REPLACED)
    publication.decided_at, publication.decided_by = now, by
    publication.state = PublicationState.PUBLISHED
    publication.version += 1
    publication.save()
    touch(claim)
    notify([publication.proposed_by, verdict.by], Notice.PUBLISHED, claim=claim, by=by)
    audit.record(EventKind.VERDICT_PUBLISHED, by=by, target=claim, before=old, after=state(publication))
    return receipts.keep(by=by, key=key, request=request, outcome=state(publication))


@transaction.atomic
def decline_publication(*, by: User, claim_id: UUID, number: int, reason: str, key: UUID) -> receipts.Outcome:
    """Keep the publication of this number from readers; who put it forward may take it back so.

    Raises NotAllowed, Invalid (a reason is needed), Gone, and Conflict where it was decided since.
    """
    check_can_moderate(by, "decline verdicts that were put forward")
    reason = plain("reason", reason, MAX_REASON)
    if not reason:
        raise Invalid("Say in a sentence why it is not published: whoever put it forward reads it.")
    claim = hold(claim_id)
    request = {"verb": "decline", "claim": claim_id, "number": number, "reason": reason}
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    publication = in_hand(claim, number, PublicationState.PROPOSED)
    old = state(publication)
    publication.state, publication.reason = PublicationState.DECLINED, reason
    publication.decided_by, publication.decided_at = by, timezone.now()
    publication.version += 1
    publication.save()
    touch(claim)
    notify([publication.proposed_by], Notice.DECLINED, claim=claim, by=by)
    told = state(publication)
    audit.record(EventKind.PUBLICATION_DECLINED, by=by, target=claim, before=old, after=told, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome=told)


def concerned_with(publication: VerdictPublication, verdict: Verdict) -> set[int]:
    """Who may not let it out: who put it forward, and who gave the verdict."""
    return {publication.proposed_by_id, verdict.by_id}


def in_hand(claim: Claim, number: int, expected: PublicationState) -> VerdictPublication:
    """The publication of this number, as it has to stand. Raises Gone for none, Conflict for another state."""
    found = VerdictPublication.objects.select_related("proposed_by", "decided_by").filter(claim=claim, number=number)
    publication = found.first()
    if publication is None:
        raise Gone("There is no such publication of a verdict here.")
    if publication.state != expected:
        raise Outdated(
            f"This was decided since the page was loaded: it is “{publication.get_state_display()}” now.",
            state(publication),
        )
    return publication


def _check_still_so(claim: Claim, publication: VerdictPublication, verdict: Verdict) -> None:
    check_takes_details(claim)
    if verdict.version != publication.verdict_version:
        raise Conflict(
            "The verdict was changed after this one was put forward. Decline this one; then the new one can be put "
            "forward.",
            state(publication),
        )
    if why := why_not_yet(claim, verdict):
        raise Conflict(why, state(publication))
