"""Redrawings: claims whose borders a reviewer drew anew."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User


class Redrawing(models.Model):
    """Which claims took the place of which: one for new borders, several for a split, one of several for a merge."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    before = models.ManyToManyField(Claim, related_name="redrawn_in", blank=True)
    after = models.ManyToManyField(Claim, related_name="drawn_in", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"redrawn on {self.created_at:%Y-%m-%d}"
