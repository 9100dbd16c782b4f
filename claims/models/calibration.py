"""Calibration: claims whose answer a moderator knows, to see how reviewers do against it."""

from django.db import models

from claims.models.assessment import REASON_FITS_LABEL, STRENGTH_FITS_LABEL, JudgedByModerator
from claims.models.claim import Claim


class Calibration(JudgedByModerator):
    """The known answer for one claim, and why it is the answer."""

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="calibration")

    class Meta:
        """The same fits as for an assessment."""

        constraints = (
            models.CheckConstraint(condition=STRENGTH_FITS_LABEL, name="calibration_strength"),
            models.CheckConstraint(condition=REASON_FITS_LABEL, name="calibration_reason"),
        )

    def __str__(self) -> str:
        return f"{self.label} for {self.claim_id}"
