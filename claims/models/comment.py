"""Comments: what the desk says to each other about a claim, in threads."""

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser, Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.vocabulary import SETTLED, Role


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """The blind rule: all for moderators; for reviewers those at settled claims.

        Of a claim that is not settled reviewers read what they wrote themselves, and what moderators answered in
        threads that they began. What others wrote while it was settled once is closed again with it.
        """
        if is_at_least(viewer, Role.MODERATOR):
            return self.all()
        if is_at_least(viewer, Role.REVIEWER):
            answered = Q(thread__by_id=viewer.pk, by__in=_moderators())
            return self.filter(Q(by_id=viewer.pk) | Q(claim__status__state__in=SETTLED) | answered)
        return self.none()


def _moderators() -> models.QuerySet[User]:
    able = Group.objects.filter(user=OuterRef("pk"), name__in=[Role.MODERATOR, Role.ADMINISTRATOR])
    return User.objects.filter(Q(is_superuser=True) | Exists(able))


class Comment(models.Model):
    """One comment. The first of a thread has no `thread`; answers name it. Sanitised HTML of a few tags."""

    # Random: a number would tell how many comments there are that one may not read.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="comments")
    thread = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    by = models.ForeignKey(User, models.PROTECT, related_name="comments")
    body = models.TextField()
    mentions = models.ManyToManyField(User, related_name="+", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Of the first comment of a thread alone.
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = CommentQuerySet.as_manager()

    class Meta:
        """In the order in which they were written; an answer is never resolved by itself."""

        constraints = (
            models.CheckConstraint(condition=Q(thread=None) | Q(resolved_at=None), name="comment_resolved_thread"),
        )
        indexes = (
            models.Index(fields=("claim", "created_at", "id"), name="comment_of_claim"),
            models.Index(fields=("-created_at", "id"), name="comment_newest"),
        )

    def __str__(self) -> str:
        return self.body[:80]
