"""Receipts: what was answered to a write, so that sending it again has one effect."""

from django.db import models
from django.utils import timezone

from claims.models.user import User


class Receipt(models.Model):
    """The outcome of one write under the key that its sender chose."""

    user = models.ForeignKey(User, models.CASCADE, related_name="receipts")
    key = models.UUIDField()
    # A hash of what was asked: the same key for something else is an error, not a repetition.
    request = models.CharField(max_length=64)
    outcome = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One receipt for each key of a person; old ones are found by time."""

        constraints = (models.UniqueConstraint(fields=("user", "key"), name="receipt_once"),)
        indexes = (models.Index(fields=("created_at",), name="receipt_age"),)

    def __str__(self) -> str:
        return str(self.key)
