"""Stories: the events and topics that several articles cover."""

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from claims.models.user import User, is_at_least
from claims.vocabulary import ASSESSMENTS_NEEDED, Role


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Every opened story for the desk; for readers those that a moderator published."""
        opened = self.filter(status__isnull=False).select_related("status")
        return opened if is_at_least(viewer, Role.REVIEWER) else opened.filter(status__published_at__isnull=False)

    def newest_first(self) -> Self:
        """By the time they were made."""
        return self.order_by("-created_at", "id")


class Story(models.Model):
    """One event or topic. Title and description here are those it came with; the status has those in force."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = StoryQuerySet.as_manager()

    class Meta:
        """Newest first."""

        verbose_name_plural = "stories"
        indexes = (models.Index(fields=("-created_at", "id"), name="story_newest"),)

    def __str__(self) -> str:
        return self.title


class StoryStatus(models.Model):
    """What moderators decided about a story."""

    story = models.OneToOneField(Story, models.CASCADE, primary_key=True, related_name="status")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)
    # How many assessments each of its claims takes before equal ones settle it.
    assessments_needed = models.PositiveSmallIntegerField(default=ASSESSMENTS_NEEDED)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """Published stories are looked up by readers."""

        verbose_name_plural = "story statuses"
        indexes = (models.Index(fields=("-published_at",), name="story_published"),)

    def __str__(self) -> str:
        return self.title
