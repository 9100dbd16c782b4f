"""Flags: somebody with an account asks a moderator to look at a claim."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User, is_at_least
from claims.vocabulary import Role


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, in the terms of the domain."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All for moderators, their own for everybody else: a reason may tell what somebody thinks of a claim."""
        return self.all() if is_at_least(viewer, Role.MODERATOR) else self.filter(by_id=viewer.pk)


class Flag(models.Model):
    """A request that a moderator look at a claim, and the answer to it."""

    MAX_REASON = 1_000

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="flags")
    by = models.ForeignKey(User, models.PROTECT, related_name="flags")
    reason = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, default="")

    objects = FlagQuerySet.as_manager()

    class Meta:
        """A person has at most one open flag at a claim."""

        constraints = (
            models.UniqueConstraint(fields=("claim", "by"), condition=Q(answered_at=None), name="flag_once"),
        )
        indexes = (
            models.Index(fields=("-created_at", "id"), name="flag_newest"),
            models.Index(fields=("-created_at", "id"), condition=Q(answered_at=None), name="flag_open"),
        )

    def __str__(self) -> str:
        return self.reason[:80]
