"""What the desk says about a claim, as one person may read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from claims.models import Claim, Comment, User
from claims.models.comment import CommentQuerySet
from claims.permissions import can_moderate
from claims.vocabulary import SETTLED


@dataclass(frozen=True)
class Thread:
    """The first comment of a thread and its answers, in the order in which they were written."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)


def first_comments(claim: Claim, viewer: User) -> CommentQuerySet:
    """The first comment of each thread about the claim that the viewer may read."""
    return Comment.objects.visible_to(viewer).filter(claim=claim, thread=None).select_related("by", "resolved_by")


def threads(first: Sequence[Comment], viewer: User) -> list[Thread]:
    """These comments with the answers to them that the viewer may read; one query, none for no comments."""
    found: dict[UUID | None, Thread] = {comment.pk: Thread(comment) for comment in first}
    if found:
        answers = Comment.objects.visible_to(viewer).filter(thread__in=found).select_related("by")
        for answer in answers.order_by("created_at", "pk"):
            found[answer.thread_id].answers.append(answer)
    return list(found.values())


def answers_elsewhere(claim: Claim, viewer: User, most: int) -> list[Comment]:
    """The viewer's own last answers in threads that they cannot read while the claim is open again; mostly none.

    They were written when the claim was settled, and what somebody wrote is never lost to them.
    """
    if is_open_to_all(claim) or can_moderate(viewer):
        return []
    own = Comment.objects.visible_to(viewer).filter(claim=claim, by=viewer, thread__isnull=False)
    return list(own.exclude(thread__by=viewer).order_by("-created_at", "pk")[:most])[::-1]


def is_open_to_all(claim: Claim) -> bool:
    """Whether everybody of the desk reads what is said about the claim: once it is settled."""
    return claim.status.state in SETTLED
