"""A thread about a claim is resolved, and reopened: by who began it, or by a moderator."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Comment, User
from claims.permissions import check_can_moderate, check_can_see_desk
from claims.refusals import Conflict, Outdated
from claims.review.claim_in_hand import check_in_work
from claims.review.write_comment import discussed, thread_of
from claims.vocabulary import EventKind


@transaction.atomic
def resolve_thread(*, by: User, claim_id: UUID, thread_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Close a thread: it takes no more answers. `expected_version` is that of its first comment on the page.

    Raises NotAllowed, Gone where `by` cannot see the claim or the thread and where the claim is set aside, and Conflict
    where it changed since.
    """
    check_can_see_desk(by)
    thread = _in_hand(by, claim_id, thread_id)
    request = {"verb": "resolve-thread", "thread": thread_id, "version": expected_version}
    if before := _answered_before(thread, expected_version, by=by, key=key, request=request):
        return before
    check_in_work(thread.claim)
    if thread.resolved_at is not None:
        raise Conflict("This thread is resolved already.", state(thread))
    old = state(thread)
    _store(thread, resolved_by=by)
    audit.record(EventKind.THREAD_RESOLVED, by=by, target=thread.claim, before=old, after=state(thread))
    return receipts.keep(by=by, key=key, request=request, outcome=state(thread))


@transaction.atomic
def reopen_thread(*, by: User, claim_id: UUID, thread_id: UUID, expected_version: int, key: UUID) -> receipts.Outcome:
    """Open a resolved thread for answers again; the arguments and refusals are those of `resolve_thread`."""
    check_can_see_desk(by)
    thread = _in_hand(by, claim_id, thread_id)
    request = {"verb": "reopen-thread", "thread": thread_id, "version": expected_version}
    if before := _answered_before(thread, expected_version, by=by, key=key, request=request):
        return before
    check_in_work(thread.claim)
    if thread.resolved_at is None:
        raise Conflict("This thread is open already.", state(thread))
    old = state(thread)
    _store(thread, resolved_by=None)
    audit.record(EventKind.THREAD_REOPENED, by=by, target=thread.claim, before=old, after=state(thread))
    return receipts.keep(by=by, key=key, request=request, outcome=state(thread))


def _in_hand(by: User, claim_id: UUID, thread_id: UUID) -> Comment:
    thread = thread_of(discussed(claim_id, by), thread_id, by)
    if thread.by_id != by.pk:
        check_can_moderate(by, "resolve or reopen a thread that somebody else began")
    return thread


def _answered_before(
    thread: Comment, expected_version: int, *, by: User, key: UUID, request: dict[str, Any]
) -> receipts.Outcome | None:
    if thread.version == expected_version:
        return None
    if (before := receipts.answered(by=by, key=key, request=request)) is None:
        raise Outdated(
            "This thread was resolved or reopened since this page was loaded. Look at it again.", state(thread)
        )
    return before


def _store(thread: Comment, *, resolved_by: User | None) -> None:
    thread.resolved_at, thread.resolved_by = (timezone.now() if resolved_by else None), resolved_by
    thread.version += 1
    thread.save(update_fields=["resolved_at", "resolved_by", "version"])


def state(thread: Comment) -> dict[str, Any]:
    """A thread as the event log and a conflict show it."""
    return {"thread": str(thread.pk), "resolved": thread.resolved_at is not None, "version": thread.version}
