"""Notifications: what a person is told of in the workbench."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.comment import Comment
from claims.models.user import User, is_at_least
from claims.vocabulary import NOTICE_NAMES, NOTICES_OF_MODERATORS, Role


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, in the terms of the domain."""

    def visible_to(self, viewer: User) -> Self:
        """One's own. One that a comment brought waits until the blind rule lets the comment be read.

        What waits for moderators is for them, and no longer for somebody who is none any more.
        """
        # One comment after the other is asked for. As `comment__in` both databases would first list all that the viewer
        # may read: at 100,000 comments that took 130 ms a page.
        comment = Comment.objects.visible_to(viewer).filter(pk=OuterRef("comment"))
        found = self.filter(Q(comment=None) | Exists(comment), to_id=viewer.pk)
        return found if is_at_least(viewer, Role.MODERATOR) else found.exclude(kind__in=NOTICES_OF_MODERATORS)

    def unread(self) -> Self:
        """Those that were not looked at."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing that happened and matters to one person."""

    # Random: a number would tell how much others were told.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    to = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=12, choices=NOTICE_NAMES)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        """Nobody is told twice of the same thing before having looked."""

        constraints = (
            models.UniqueConstraint(
                fields=("to", "kind", "claim"),
                condition=Q(read_at=None, comment=None, claim__isnull=False),
                name="notification_once",
            ),
        )
        indexes = (
            models.Index(fields=("to", "-created_at", "id"), name="notification_newest"),
            models.Index(fields=("to", "-created_at", "id"), condition=Q(read_at=None), name="notification_unread"),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_id}"
