"""Anybody with an account asks a moderator to look at a claim, and a moderator answers."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims import audit, receipts
from claims.models import Claim, Flag, User
from claims.permissions import check_can_flag, check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, TooMany
from claims.review.claim_in_hand import take
from claims.review.notify import notify
from claims.text.plain import plain
from claims.vocabulary import EventKind, Notice

# Flags of one person that wait for an answer; who has more to say writes to the desk.
MOST_OPEN = 50


@transaction.atomic
def flag_claim(*, by: User, claim_id: UUID, reason: str, key: UUID) -> receipts.Outcome:
    """Ask the moderators to look at a claim that `by` can see.

    Raises NotAllowed, Gone, Invalid (no reason given), Conflict where one's flag waits there already, TooMany.
    """
    check_can_flag(by)
    if not (reason := plain("reason", reason, Flag.MAX_REASON)):
        raise Invalid("Say what a moderator should look at.")
    request = {"verb": "flag", "claim": claim_id, "reason": reason}
    if not Claim.objects.visible_to(by).filter(pk=claim_id).exists():
        raise Gone("There is no such claim here, or it is not published.")
    claim = take(claim_id, set_aside_too=True)
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    waiting = Flag.objects.filter(by=by, answered_at=None)
    if waiting.filter(claim=claim).exists():
        raise Conflict("Your flag at this claim waits for a moderator already.")
    if waiting.count() >= MOST_OPEN:
        raise TooMany(f"{MOST_OPEN} of your flags wait for an answer. Let the moderators catch up first.")
    flag = Flag.objects.create(claim=claim, by=by, reason=reason)
    _count(claim, 1)
    audit.record(EventKind.CLAIM_FLAGGED, by=by, target=claim, after={"flag": flag.pk}, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"flag": flag.pk})


@transaction.atomic
def answer_flag(*, by: User, flag_id: int, answer: str, key: UUID) -> receipts.Outcome:
    """Close a flag with a sentence for the one who set it. Raises NotAllowed, Gone, Invalid, Conflict if closed."""
    check_can_moderate(by, "answer flags")
    if not (answer := plain("answer", answer, Flag.MAX_REASON)):
        raise Invalid("Say what came of it: the one who flagged will read it.")
    request = {"verb": "answer-flag", "flag": flag_id, "answer": answer}
    flag = Flag.objects.select_for_update(of=("self",)).filter(pk=flag_id).first()
    if flag is None:
        raise Gone("There is no such flag here.")
    if flag.answered_at is not None:
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise Conflict("Another moderator has answered this flag since.", {"answer": flag.answer})
        return before
    flag.answered_at, flag.answered_by, flag.answer = timezone.now(), by, answer
    flag.save()
    claim = Claim.objects.select_related("status").get(pk=flag.claim_id)
    _count(claim, -1)
    notify([flag.by], Notice.ANSWERED, claim=claim, by=by)
    audit.record(EventKind.FLAG_ANSWERED, by=by, target=claim, after={"flag": flag.pk}, reason=answer)
    return receipts.keep(by=by, key=key, request=request, outcome={"flag": flag.pk})


def _count(claim: Claim, change: int) -> None:
    claim.status.open_flags = F("open_flags") + change
    claim.status.version = F("version") + 1
    claim.status.save(update_fields=["open_flags", "version"])
