"""Retirements in the panel: to read. A claim is retired on its own page, and restored from the list of claims."""

from django.contrib import admin
from django.utils.html import format_html_join

from claims.admin.history import Target
from claims.admin.panel import PanelAdmin
from claims.admin.words import claim_link, claim_words, named, shortened
from claims.models import Retirement

# How many characters of a reason a row shows.
LISTED = 160


class RetirementAdmin(PanelAdmin):
    """Retired claims, by the key of the claim, which no two have in common."""

    list_display = ("words", "retired_by", "why", "created_at")
    list_select_related = ("claim", "by")
    ordering = ("-pk",)
    fields = ("of_claim", "in_favour_of", "retired_by", "reason", "created_at")

    def history_targets(self, row: Retirement) -> list[Target]:
        """The log has a retirement at its claim."""
        return [Target("claim", str(row.claim_id))]

    @admin.display(description="claim")
    def words(self, retirement: Retirement) -> str:
        """Its first words."""
        return claim_words(retirement.claim)

    @admin.display(description="claim")
    def of_claim(self, retirement: Retirement) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(retirement.claim)

    @admin.display(description="in favour of")
    def in_favour_of(self, retirement: Retirement) -> str:
        """The parts that stand in its place."""
        parts = retirement.parts.order_by("start", "pk")
        return format_html_join("", "<p>{}</p>", [(claim_link(part),) for part in parts])

    @admin.display(description="by")
    def retired_by(self, retirement: Retirement) -> str:
        """Which moderator."""
        return named(retirement.by)

    @admin.display(description="reason")
    def why(self, retirement: Retirement) -> str:
        """Its first words."""
        return shortened(retirement.reason, LISTED)
