"""Tokens by which programs act for a person, and how often they asked lately."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from claims.models.user import User


class ApiToken(models.Model):
    """One token of one person. The token itself is shown once and never stored: `digest` is its SHA-256 in hex.

    A token may do what its person may do, and of that only what its scopes name (claims.transfers.Scope).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    # What it is for, in its owner's words.
    name = models.CharField(max_length=100)
    # The first characters, by which its owner tells it from others.
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # To the minute: it is not written at every request.
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person's tokens, newest first."""

        indexes = (models.Index(fields=("user", "-created_at", "id"), name="token_of_person"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class ApiUse(models.Model):
    """How many requests somebody made in the window of time that is running: what the rate limit goes by."""

    # "token:…" or "address:…", the address as a hash.
    who = models.CharField(primary_key=True, max_length=80)
    # The number of the window since 1970.
    window = models.BigIntegerField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.who}: {self.count}"
