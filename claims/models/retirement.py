"""Retirement: a claim that gave way to its parts."""

from django.db import models
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.user import User


class Retirement(models.Model):
    """Why a claim was retired, and the claims that stand in its place. What was said of it stays with it."""

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="retirement")
    parts = models.ManyToManyField(Claim, related_name="wholes")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.reason[:80]
