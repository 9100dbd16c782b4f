"""A moderator gives an article to a reviewer, and takes it back."""

from typing import Any
from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.models import Article, ArticleStatus, Assignment, User, is_at_least
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid
from claims.review.notify import notify
from claims.vocabulary import EventKind, Notice, Role


@transaction.atomic
def assign_article(*, by: User, article_id: UUID, reviewer_id: int, key: UUID) -> receipts.Outcome:
    """Put the article at the head of the reviewer's queue, and tell them; one that they have stays theirs.

    The outcome's `new` says whether they had it not. Raises NotAllowed, Gone (no such article or account, withdrawn),
    and Invalid where the person cannot label.
    """
    check_can_moderate(by, "assign articles")
    reviewer = _reviewer(reviewer_id)
    article = _taken(article_id)
    request = {"verb": "assign", "article": article_id, "reviewer": reviewer_id}
    if Assignment.objects.filter(article=article, reviewer=reviewer).exists():
        before = receipts.answered(by=by, key=key, request=request)
        return before or _outcome(reviewer, is_new=False)
    Assignment.objects.create(article=article, reviewer=reviewer, by=by)
    audit.record(EventKind.ARTICLE_ASSIGNED, by=by, target=article, after={"reviewer": reviewer.username})
    notify([reviewer], Notice.ASSIGNED, article=article, by=by)
    return receipts.keep(by=by, key=key, request=request, outcome=_outcome(reviewer, is_new=True))


@transaction.atomic
def end_assignment(*, by: User, assignment_id: int, key: UUID) -> receipts.Outcome:
    """Take an article back from a reviewer; their labels stay. Raises NotAllowed, and Gone where it is not theirs."""
    check_can_moderate(by, "take assignments back")
    request = {"verb": "unassign", "assignment": assignment_id}
    found = Assignment.objects.select_for_update(of=("self",)).select_related("article", "reviewer")
    assignment = found.filter(pk=assignment_id).first()
    if assignment is None:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        raise Gone("There is no such assignment any more: somebody has taken it back already.")
    article, reviewer = assignment.article, assignment.reviewer
    assignment.delete()
    audit.record(EventKind.ASSIGNMENT_ENDED, by=by, target=article, before={"reviewer": reviewer.username})
    return receipts.keep(by=by, key=key, request=request, outcome=_outcome(reviewer, is_new=False))


def _reviewer(reviewer_id: int) -> User:
    reviewer = User.objects.filter(pk=reviewer_id).first()
    if reviewer is None:
        raise Gone("There is no such account here. Choose one from the list.")
    if not reviewer.is_active:
        raise Invalid(f"{reviewer.username} is blocked. An administrator can let them in again, or choose another.")
    if not is_at_least(reviewer, Role.REVIEWER):
        raise Invalid(f"{reviewer.username} is no reviewer and cannot label. An administrator can give them that role.")
    return reviewer


def _taken(article_id: UUID) -> Article:
    """The article, its status locked, so that of two who assign it at once the second finds it assigned."""
    locked = ArticleStatus.objects.select_for_update(of=("self",)).select_related("article")
    status = locked.filter(pk=article_id).first()
    if status is None:
        raise Gone("There is no such article here. It may never have been read.")
    if status.withdrawn_at is not None:
        raise Gone("This article was withdrawn, so there is nothing to label in it.")
    return status.article


def _outcome(reviewer: User, *, is_new: bool) -> dict[str, Any]:
    return {"reviewer": reviewer.username, "new": is_new}
