"""Calibration items in the panel: to read. A moderator sets and ends them on the claim's own page."""

from django.contrib import admin

from claims.admin.history import Target
from claims.admin.panel import PanelAdmin
from claims.admin.words import claim_link, claim_words, judged, named, note_in_words
from claims.models import Calibration


class CalibrationAdmin(PanelAdmin):
    """Claims with a known answer, by the key of the claim, which no two have in common."""

    list_display = ("words", "answer", "set_by", "created_at")
    list_select_related = ("claim", "by")
    ordering = ("-pk",)
    fields = ("of_claim", "answer", "why", "set_by", "scheme_version", "version", "created_at")

    def history_targets(self, row: Calibration) -> list[Target]:
        """The log has a known answer at its claim."""
        return [Target("claim", str(row.claim_id))]

    @admin.display(description="claim")
    def words(self, calibration: Calibration) -> str:
        """Its first words."""
        return claim_words(calibration.claim)

    @admin.display(description="claim")
    def of_claim(self, calibration: Calibration) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(calibration.claim)

    @admin.display(description="known answer")
    def answer(self, calibration: Calibration) -> str:
        """Label, strength and reason."""
        return judged(calibration)

    @admin.display(description="explanation")
    def why(self, calibration: Calibration) -> str:
        """Why that is the answer."""
        return note_in_words(calibration.explanation)

    @admin.display(description="by")
    def set_by(self, calibration: Calibration) -> str:
        """Which moderator."""
        return named(calibration.by)
