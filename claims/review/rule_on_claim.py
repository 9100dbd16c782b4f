"""A moderator settles a claim."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Claim, Ruling, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Invalid
from claims.review.claim_in_hand import checked, cleaned, restate, take
from claims.review.state import Judgement
from claims.vocabulary import SCHEME_VERSION, EventKind


@transaction.atomic
def rule_on_claim(
    *, by: User, claim_id: UUID, judgement: Judgement, explanation: str, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Settle the claim, whatever reviewers said, or rule on it anew.

    `expected_version` is the version of the ruling that the page showed, 0 for none. Raises NotAllowed, Gone,
    Invalid (an explanation is needed), and Conflict where another ruling was made since.
    """
    check_can_moderate(by, "rule on claims")
    judgement = checked(judgement.label, judgement.strength, judgement.reason)
    explanation = cleaned(explanation.strip())
    if not explanation:
        raise Invalid("Say in a sentence why you rule so: readers and reviewers will be shown it.")
    claim = take(claim_id)
    request = {
        "verb": "rule",
        "claim": claim_id,
        "version": expected_version,
        "judgement": judgement,
        "explanation": explanation,
    }
    ruling = Ruling.objects.filter(claim=claim).first()
    if (ruling.version if ruling else 0) != expected_version:
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise Conflict("Another ruling was made since this page was loaded. Compare the two.", state(ruling))
        return before
    old = state(ruling)
    ruling = _store(ruling, claim, by, judgement, explanation)
    restate(claim, [], ruling)
    audit.record(EventKind.CLAIM_RULED, by=by, target=claim, before=old, after=state(ruling), reason=explanation)
    return receipts.keep(by=by, key=key, request=request, outcome=state(ruling) or {})


def _store(old: Ruling | None, claim: Claim, by: User, judgement: Judgement, explanation: str) -> Ruling:
    ruling = old or Ruling(claim=claim, version=0)
    ruling.label, ruling.strength, ruling.reason = judgement.label, judgement.strength, judgement.reason
    ruling.explanation, ruling.by = explanation, by
    ruling.scheme_version = SCHEME_VERSION
    ruling.version += 1
    ruling.updated_at = timezone.now()
    ruling.save()
    return ruling


def state(ruling: Ruling | None) -> dict[str, Any] | None:
    """A ruling as the event log and a conflict show it."""
    if ruling is None:
        return None
    return {
        "label": str(ruling.label),
        "strength": ruling.strength,
        "reason": ruling.reason,
        "explanation": ruling.explanation,
        "version": ruling.version,
    }
