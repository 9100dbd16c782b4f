"""Anchors: where a claim stood in an earlier text of its article."""

from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim
from claims.models.revision import Revision
from claims.vocabulary import ZONE_NAMES


class Anchor(models.Model):
    """A claim's place in a revision that is no longer the one it stands in, as it was when the text changed.

    Offsets are code points, end exclusive. `confidence`, 0 to 1, is how sure it was that the claim's place in the next
    text is the same claim: see claims.text.anchors.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="anchors")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="anchors")
    zone = models.CharField(max_length=16, choices=ZONE_NAMES)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True, default="")
    suffix = models.CharField(max_length=64, blank=True, default="")
    # What it was settled as at that time, and whether it was out of work.
    settled_label = models.CharField(max_length=12, blank=True, default="")
    set_aside = models.CharField(max_length=8, blank=True, default="")
    confidence = models.FloatField()

    class Meta:
        """A claim stood at one place of a text."""

        constraints = (
            models.UniqueConstraint(fields=("revision", "claim"), name="anchor_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="anchor_span"),
        )
        indexes = (models.Index(fields=("revision", "start"), name="anchor_of_revision"),)

    def __str__(self) -> str:
        return self.exact[:80]
