"""A moderator locks an article, so that nobody assesses its claims, and unlocks it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.models import ArticleStatus, ClaimStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_REASON = 1_000
OPEN, LOCKED = {"locked": False}, {"locked": True}


@transaction.atomic
def lock_article(*, by: User, article_id: UUID, reason: str, expected_version: int) -> ArticleStatus:
    """Lock the article; one that is locked stays so. Raises NotAllowed, Gone, Invalid (no reason given), Conflict."""
    check_can_moderate(by, "lock articles")
    reason, status = _said(reason), _taken(article_id)
    if status.locked_at is None:
        _check_version(status, expected_version)
        status.locked_at = timezone.now()
        status.version += 1
        status.save(update_fields=["locked_at", "version"])
        ClaimStatus.objects.of_articles([article_id]).update(takes_work=False)
        audit.record(EventKind.ARTICLE_LOCKED, by=by, target=status.article, before=OPEN, after=LOCKED, reason=reason)
    return status


@transaction.atomic
def unlock_article(*, by: User, article_id: UUID, reason: str, expected_version: int) -> ArticleStatus:
    """Unlock the article; one that is not locked stays so. Raises NotAllowed, Gone, Invalid (no reason), Conflict."""
    check_can_moderate(by, "unlock articles")
    reason, status = _said(reason), _taken(article_id)
    if status.locked_at is not None:
        _check_version(status, expected_version)
        status.locked_at = None
        status.version += 1
        status.save(update_fields=["locked_at", "version"])
        ClaimStatus.objects.of_articles([article_id]).in_force().update(takes_work=True)
        audit.record(EventKind.ARTICLE_UNLOCKED, by=by, target=status.article, before=LOCKED, after=OPEN, reason=reason)
    return status


def _said(reason: str) -> str:
    if said := plain("reason", reason, MAX_REASON):
        return said
    raise Invalid("Say why: reviewers who wonder, and other moderators, will read it.")


def _taken(article_id: UUID) -> ArticleStatus:
    """The article's status, locked with those of its claims; the claims first, as everywhere."""
    ClaimStatus.objects.of_articles([article_id]).lock()
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(pk=article_id).first()
    if status is None:
        raise Gone("There is no such article here.")
    if status.withdrawn_at is not None:
        raise Conflict("This article was withdrawn, so there is nothing to lock.")
    return status


def _check_version(status: ArticleStatus, expected: int) -> None:
    if status.version != expected:
        now: dict[str, object] = {"locked": status.locked_at is not None, "version": status.version}
        raise Outdated("Somebody changed this article since the page was loaded. Reload it and decide again.", now)
