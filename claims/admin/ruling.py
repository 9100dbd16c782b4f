"""Rulings in the panel: to read. A claim is ruled on, and ruled on anew, from the list of claims."""

from django.contrib import admin
from django.db.models import QuerySet

from claims.admin.history import Target
from claims.admin.lists import choice_of_value
from claims.admin.panel import PanelAdmin
from claims.admin.words import claim_link, judged, named, note_in_words
from claims.models import Ruling, User
from claims.vocabulary import LABELS, ClaimState


class RulingAdmin(PanelAdmin):
    """Rulings, those on the newest claims first."""

    list_display = ("judgement", "ruled_by", "on_claim", "updated_at")
    list_select_related = ("claim__article__status", "claim__status", "by")
    list_filter = (choice_of_value("label", "label", "label", {d.label.value: d.name for d in LABELS}),)
    ordering = ("-claim__status__opened_at", "claim__status__claim_id")
    fields = ("on_claim", "ruled_by", "judgement", "words", "scheme_version", "version", "created_at", "updated_at")

    def visible_to(self, viewer: User) -> QuerySet[Ruling]:
        """All of them. Naming the state, which all have, lets the index of claims by state give the order."""
        return Ruling.objects.filter(claim__status__state=ClaimState.RULED)

    def history_targets(self, row: Ruling) -> list[Target]:
        """The log has a ruling at its claim."""
        return [Target("claim", str(row.claim_id))]

    @admin.display(description="judgement")
    def judgement(self, ruling: Ruling) -> str:
        """Label, strength and reason."""
        return judged(ruling)

    @admin.display(description="moderator")
    def ruled_by(self, ruling: Ruling) -> str:
        """Whose it is."""
        return named(ruling.by)

    @admin.display(description="claim")
    def on_claim(self, ruling: Ruling) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(ruling.claim)

    @admin.display(description="explanation")
    def words(self, ruling: Ruling) -> str:
        """Why it was ruled so."""
        return note_in_words(ruling.explanation)
