"""A moderator says what the right answer for a claim is, to see how reviewers do against it; or takes that back."""

from typing import Any
from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import Calibration, Claim, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Invalid, Outdated
from claims.review.claim_in_hand import checked, cleaned, take, touch
from claims.review.state import Judgement
from claims.vocabulary import SCHEME_VERSION, EventKind

CHANGED = "The known answer was changed since this page was loaded. Compare the two."


@transaction.atomic
def set_calibration(
    *, by: User, claim_id: UUID, judgement: Judgement, explanation: str, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Make the claim a calibration item with this known answer, or change the answer.

    `expected_version` is the version of the answer that the page showed, 0 for none. Raises NotAllowed, Gone, Invalid
    (an explanation is needed), and Conflict where the answer was changed since.
    """
    check_can_moderate(by, "set known answers")
    judgement = checked(judgement.label, judgement.strength, judgement.reason)
    explanation = cleaned(explanation.strip())
    if not explanation:
        raise Invalid("Say in a sentence why this is the answer: who misses it will be shown it.")
    claim = take(claim_id)
    request = {"verb": "calibrate", "claim": claim_id, "version": expected_version, "judgement": judgement}
    request["explanation"] = explanation
    known = Calibration.objects.filter(claim=claim).first()
    if before := _answered_before(known, expected_version, by=by, key=key, request=request):
        return before
    old = state(known)
    known = _store(known or _new(claim), by, judgement, explanation)
    _mark(claim, calibrates=True)
    audit.record(EventKind.CALIBRATION_SET, by=by, target=claim, before=old, after=state(known))
    return receipts.keep(by=by, key=key, request=request, outcome=state(known) or {})


@transaction.atomic
def end_calibration(*, by: User, claim_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Make the claim one like all others again; the event keeps what its known answer was.

    Raises NotAllowed, Gone, and Conflict where the answer was changed since, or there is none.
    """
    check_can_moderate(by, "end known answers")
    claim = take(claim_id, set_aside_too=True)
    request = {"verb": "end calibration", "claim": claim_id, "version": expected_version}
    known = Calibration.objects.filter(claim=claim).first()
    if before := _answered_before(known, expected_version, by=by, key=key, request=request):
        return before
    if known is None:
        raise Conflict("This claim has no known answer, so there is none to end.")
    old = state(known)
    known.delete()
    _mark(claim, calibrates=False)
    audit.record(EventKind.CALIBRATION_ENDED, by=by, target=claim, before=old)
    return receipts.keep(by=by, key=key, request=request, outcome={"ended": True})


def _answered_before(
    known: Calibration | None, expected_version: int, *, by: User, key: UUID, request: dict[str, Any]
) -> receipts.Outcome | None:
    if (known.version if known else 0) == expected_version:
        return None
    if (before := receipts.answered(by=by, key=key, request=request)) is None:
        raise Outdated(CHANGED, state(known))
    return before


def _new(claim: Claim) -> Calibration:
    """An answer whose versions go on where those of the one that was ended stopped: no version comes twice."""
    ended = audit.newest(claim, EventKind.CALIBRATION_ENDED)
    return Calibration(claim=claim, version=int(ended.before["version"]) if ended and ended.before else 0)


def _store(known: Calibration, by: User, judgement: Judgement, explanation: str) -> Calibration:
    known.label, known.strength, known.reason = judgement.label, judgement.strength, judgement.reason
    known.explanation, known.by = explanation, by
    known.scheme_version = SCHEME_VERSION
    known.version += 1
    known.save()
    return known


def _mark(claim: Claim, *, calibrates: bool) -> None:
    claim.status.calibrates = calibrates
    claim.status.save(update_fields=["calibrates"])
    touch(claim)


def state(known: Calibration | None) -> dict[str, Any] | None:
    """A known answer as the event log and a conflict show it."""
    if known is None:
        return None
    return {
        "label": str(known.label),
        "strength": known.strength,
        "reason": known.reason,
        "explanation": known.explanation,
        "version": known.version,
    }
