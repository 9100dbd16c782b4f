"""The append-only event log. Each event carries the hash of the one before; triggers refuse changes."""

from django.db import models

from claims.models.user import User


class Event(models.Model):
    """Who, when, what, before, after, reason. Never changed and never deleted."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    # Null for readers, who have no account.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # One of EventKind; no choices, so that a new kind of event is no change of the schema.
    kind = models.CharField(max_length=40)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """The history of one thing is read newest first."""

        indexes = (
            models.Index(fields=("target_type", "target_id", "-number"), name="event_of_target"),
            models.Index(fields=("by", "-number"), name="event_by"),
            models.Index(fields=("kind", "-number"), name="event_kind"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.target_id}"


class EventHead(models.Model):
    """How many events there are and the hash of the last, kept apart from them; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        """There is one head."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="event_head_single"),)

    def __str__(self) -> str:
        return f"{self.count} events"
