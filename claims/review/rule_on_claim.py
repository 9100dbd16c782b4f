"""A moderator settles a claim."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Assessment, Claim, Ruling, User
from claims.permissions import check_can_moderate, check_can_rule
from claims.refusals import Invalid, Outdated
from claims.review.claim_in_hand import check_in_work, check_there, checked, cleaned, given_to, hold, restate
from claims.review.notify import notify
from claims.review.state import Judgement
from claims.vocabulary import SCHEME_VERSION, SETTLED, EventKind, Notice


@transaction.atomic
def rule_on_claim(
    *,
    by: User,
    claim_id: UUID,
    judgement: Judgement,
    explanation: str,
    expected_version: int,
    key: UUID,
    seen: str | None = None,
    because: str = "",
) -> receipts.Outcome:
    """Settle the claim, whatever reviewers said, or rule on it anew.

    `expected_version` is the version of the ruling that the page showed, 0 for none; `seen` the mark of the assessments
    that it showed (see `mark_of`), None where it showed none; `because` goes into the event before the explanation.
    Raises NotAllowed, Gone, Invalid (an explanation is needed to override), and Conflict where another ruling was made
    since, or a reviewer has changed an assessment.
    """
    check_can_moderate(by, "rule on claims")
    judgement = checked(judgement.label, judgement.strength, judgement.reason)
    explanation = cleaned(explanation.strip())
    claim = hold(claim_id)
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
            raise Outdated("Another ruling was made since this page was loaded. Compare the two.", state(ruling))
        return before
    check_there(claim)
    check_in_work(claim)
    check_can_rule(by, claim)
    given = given_to(claim)
    _check_seen(claim, given, ruling, seen)
    _check_explained(claim, given, judgement, explanation)
    old = state(ruling)
    ruling = _store(ruling or _new(claim), by, judgement, explanation)
    restate(claim, given, ruling)
    notify([assessment.reviewer for assessment in given], Notice.RULED, claim=claim, by=by)
    why = " ".join(filter(None, [because, explanation]))
    audit.record(EventKind.CLAIM_RULED, by=by, target=claim, before=old, after=state(ruling), reason=why)
    return receipts.keep(by=by, key=key, request=request, outcome=state(ruling) or {})


def _check_seen(claim: Claim, given: list[Assessment], ruling: Ruling | None, seen: str | None) -> None:
    if seen is not None and seen != mark_of(claim, given):
        changed = (
            "A reviewer has changed an assessment since this page was loaded, or a moderator has reopened the claim. "
            "Look at it again."
        )
        raise Outdated(changed, state(ruling))


def _check_explained(claim: Claim, given: list[Assessment], judgement: Judgement, explanation: str) -> None:
    if not explanation and overrides(judgement, given, claim.status.state):
        raise Invalid(
            "Say in a sentence why you rule so: this ruling is none of the reviewers' labels, or overturns what was "
            "settled. Reviewers will be shown it, and readers where the story is published."
        )


def overrides(judgement: Judgement, given: Iterable[Assessment], state: str) -> bool:
    """Whether a ruling needs a reason: it takes no reviewer's label, or overturns what was settled."""
    return state in SETTLED or judgement.label not in {assessment.label for assessment in given}


def mark_of(claim: Claim, given: Iterable[Assessment]) -> str:
    """What tells what a moderator looks at from the same after any change: assessments with versions, reopenings."""
    assessments = [f"{assessment.pk}.{assessment.version}" for assessment in sorted(given, key=lambda one: one.pk)]
    return " ".join([*assessments, f"reopened {claim.status.reopenings}"])


def _new(claim: Claim) -> Ruling:
    # Versions never come twice: a page from before a reopening must not take the new ruling for the old one.
    reopened = audit.newest(claim, EventKind.CLAIM_REOPENED)
    return Ruling(claim=claim, version=int((reopened.before or {}).get("ruling_version", 0)) if reopened else 0)


def _store(ruling: Ruling, by: User, judgement: Judgement, explanation: str) -> Ruling:
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
