"""A moderator rejects a suggested pair for good, and takes that back."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.coverage.explain_suggestions import signs_of
from claims.coverage.suggestion_outcome import follow_link
from claims.models import ClaimStatus, Link, Suggestion, User
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Outdated
from claims.relations import SuggestionState
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_REASON: Final = 1_000
_NOT_HERE: Final = "There is no such suggestion here: its words have changed, or it was found anew. Look at the list."
_CHANGED: Final = "Somebody decided about this suggestion since the page was loaded. Look at it again."


@transaction.atomic
def reject_suggestion(
    *, by: User, suggestion_id: int, reason: str, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Say that the pair is not worth comparing: it is remembered, and never suggested again.

    A reason is not needed. Raises NotAllowed, Gone, Invalid (it is decided already, or the reason is too long), and
    Conflict where it changed since the page was loaded.
    """
    check_can_moderate(by, "reject suggestions")
    reason = plain("reason", reason, MAX_REASON)
    suggestion = _hold(suggestion_id)
    request = {"verb": "reject", "suggestion": suggestion_id, "version": expected_version, "reason": reason}
    if before := _answered(suggestion, expected_version, by=by, key=key, request=request):
        return before
    if suggestion.state != SuggestionState.OPEN:
        raise Invalid("It is decided already, so there is nothing to reject.")
    suggestion.signs = suggestion.signs or signs_of(suggestion)
    old = suggestion.state
    _store(suggestion, SuggestionState.REJECTED, by)
    audit.record(
        EventKind.SUGGESTION_REJECTED,
        by=by,
        target=suggestion,
        before={"state": old},
        after=_after(suggestion),
        reason=reason,
    )
    return receipts.keep(by=by, key=key, request=request, outcome=_outcome(suggestion))


@transaction.atomic
def reopen_suggestion(
    *, by: User, suggestion_id: int, reason: str, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Take back that a moderator rejected the pair: it is suggested again, or is what its link was settled as since.

    Raises NotAllowed, Gone, Invalid (no moderator rejected it), and Conflict where it changed since.
    """
    check_can_moderate(by, "reopen suggestions")
    reason = plain("reason", reason, MAX_REASON)
    suggestion = _hold(suggestion_id)
    request = {"verb": "reopen", "suggestion": suggestion_id, "version": expected_version, "reason": reason}
    if before := _answered(suggestion, expected_version, by=by, key=key, request=request):
        return before
    if suggestion.state != SuggestionState.REJECTED or suggestion.decided_by_id is None:
        raise Invalid("No moderator has rejected it. Where its link is settled, reopen the link.")
    old = suggestion.state
    _store(suggestion, SuggestionState.OPEN, None)
    if link := Link.objects.filter(a=suggestion.a_id, b=suggestion.b_id).first():
        follow_link(link)
        suggestion.refresh_from_db(fields=["state"])
    audit.record(
        EventKind.SUGGESTION_REOPENED,
        by=by,
        target=suggestion,
        before={"state": old},
        after=_after(suggestion),
        reason=reason,
    )
    return receipts.keep(by=by, key=key, request=request, outcome=_outcome(suggestion))


def _hold(suggestion_id: int) -> Suggestion:
    pair = Suggestion.objects.filter(pk=suggestion_id).values_list("a", "b").first()
    # The claims first: who settles the pair as a link holds them, and brings the suggestion in line.
    ClaimStatus.objects.filter(pk__in=pair or ()).lock()
    held = Suggestion.objects.select_for_update(of=("self",)).select_related("a", "b")
    suggestion = held.filter(pk=suggestion_id).first()
    if suggestion is None:
        raise Gone(_NOT_HERE)
    return suggestion


def _answered(
    suggestion: Suggestion, expected_version: int, *, by: User, key: UUID, request: dict[str, Any]
) -> receipts.Outcome | None:
    """What was answered to the first copy of the request. Raises Conflict where the version is another, and no copy."""
    if suggestion.version == expected_version:
        return None
    if before := receipts.answered(by=by, key=key, request=request):
        return before
    raise Outdated(_CHANGED, {"state": suggestion.state, "version": suggestion.version})


def _store(suggestion: Suggestion, state: SuggestionState, by: User | None) -> None:
    suggestion.state, suggestion.decided_by = state, by
    suggestion.decided_at = timezone.now() if by else None
    suggestion.version += 1
    suggestion.save(update_fields=["state", "signs", "decided_by", "decided_at", "version"])


def _after(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "state": suggestion.state,
        "a": str(suggestion.a_id),
        "b": str(suggestion.b_id),
        "score": suggestion.score,
        "signs": list(suggestion.signs),
    }


def _outcome(suggestion: Suggestion) -> receipts.Outcome:
    return {"suggestion": suggestion.pk, "state": suggestion.state, "version": suggestion.version}
