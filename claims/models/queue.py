"""The queue: who holds which claim for a while, and who passed which."""

from typing import Self

from django.db import models
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.vocabulary import SKIP_REASONS, Role


class Lease(models.Model):
    """A person's hold on the claim that the queue served. One for each person and one for each claim; it runs out."""

    holder = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="lease")
    claim = models.OneToOneField(Claim, models.CASCADE, related_name="lease")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.claim_id} until {self.until:%H:%M:%S}"


class SkipQuerySet(models.QuerySet["Skip"]):
    """Skips, in the terms of the domain."""

    def visible_to(self, viewer: User) -> Self:
        """All for moderators, their own for reviewers."""
        return self.all() if is_at_least(viewer, Role.MODERATOR) else self.filter(reviewer=viewer)


class Skip(models.Model):
    """A claim that a reviewer passed, and why: the queue does not serve it to them again."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="skips")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="skips")
    reason = models.CharField(max_length=12, choices=SKIP_REASONS)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SkipQuerySet.as_manager()

    class Meta:
        """Once for each reviewer and claim."""

        constraints = (models.UniqueConstraint(fields=("claim", "reviewer"), name="skip_once"),)
        indexes = (models.Index(fields=("reviewer", "-created_at"), name="skip_by_reviewer"),)

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.reason}"
