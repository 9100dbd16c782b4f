"""Calibration: claims whose answer a moderator knows, to see how reviewers do against it."""

from django.db import models
from django.utils import timezone

from claims.models.assessment import LABEL_CHOICES, REASON_CHOICES, REASON_FITS_LABEL, STRENGTH_FITS_LABEL
from claims.models.claim import Claim
from claims.models.user import User


class Calibration(models.Model):
    """The known answer for one claim, and why it is the answer."""

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="calibration")
    label = models.CharField(max_length=12, choices=LABEL_CHOICES)
    strength = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=REASON_CHOICES, blank=True, default="")
    explanation = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    scheme_version = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The same fits as for an assessment."""

        constraints = (
            models.CheckConstraint(condition=STRENGTH_FITS_LABEL, name="calibration_strength"),
            models.CheckConstraint(condition=REASON_FITS_LABEL, name="calibration_reason"),
        )

    def __str__(self) -> str:
        return f"{self.label} for {self.claim_id}"
