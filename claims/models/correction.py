"""Corrections: what readers ask for, and what the desk answers in public."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from claims.models.story import Story
from claims.models.user import User


class CorrectionRequest(models.Model):
    """A reader's request that something published be put right."""

    MAX_MESSAGE = 2_000
    MAX_CONTACT = 200

    # Chosen by the form, so that sending it twice stores it once.
    key = models.UUIDField(unique=True, default=uuid4)
    story = models.ForeignKey(Story, models.PROTECT, related_name="correction_requests")
    message = models.TextField()
    contact = models.CharField(max_length=MAX_CONTACT, blank=True, default="")
    # A keyed hash of the sender's address: enough to count requests, not enough to know who it was.
    sender = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Counted by sender and hour; shown by story, open ones first."""

        indexes = (
            models.Index(fields=("sender", "-created_at"), name="correction_sender"),
            models.Index(fields=("story", "answered_at", "-created_at"), name="correction_open"),
        )

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}: {self.message[:60]}"


class Correction(models.Model):
    """A dated line on a published story that says what was put right."""

    MAX_LINE = 1_000

    # Chosen by the form, as above.
    key = models.UUIDField(unique=True, default=uuid4)
    story = models.ForeignKey(Story, models.PROTECT, related_name="corrections")
    request = models.OneToOneField(CorrectionRequest, models.PROTECT, null=True, blank=True, related_name="correction")
    line = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        indexes = (models.Index(fields=("story", "-created_at"), name="correction_newest"),)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}: {self.line[:60]}"
