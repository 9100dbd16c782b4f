"""Assessments in the panel: to read. Only their reviewers change them."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.admin.history import Target
from claims.admin.lists import choice_of_value
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, claim_link, judged, named, note_in_words
from claims.models import Assessment, User
from claims.vocabulary import LABELS


class AssessmentAdmin(PanelAdmin):
    """Assessments, newest first."""

    list_display = ("judgement", "by", "of_claim", "updated_at")
    list_select_related = ("claim__article__status", "reviewer")
    list_filter = (choice_of_value("label", "label", "label", {d.label.value: d.name for d in LABELS}),)
    ordering = ("-pk",)
    search_fields = ("reviewer__username",)
    search_help_text = "A reviewer's name, in full."
    fields = ("of_claim", "by", "judgement", "words", "blind", "scheme_version", "version", "created_at", "updated_at")

    def visible_to(self, viewer: User) -> QuerySet[Assessment]:
        """By the blind rule, which lets moderators see all."""
        return Assessment.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Assessment], search_term: str
    ) -> tuple[QuerySet[Assessment], bool]:
        """Those of one reviewer."""
        asked = search_term.strip()
        return (queryset.filter(Q(reviewer__username=asked)) if asked else queryset), False

    def history_targets(self, row: Assessment) -> list[Target]:
        """The log has an assessment's changes at its claim."""
        return [Target("claim", str(row.claim_id))]

    @admin.display(description="judgement")
    def judgement(self, assessment: Assessment) -> str:
        """Label, strength and reason."""
        return judged(assessment)

    @admin.display(description="reviewer")
    def by(self, assessment: Assessment) -> str:
        """Whose it is."""
        return named(assessment.reviewer)

    @admin.display(description="claim")
    def of_claim(self, assessment: Assessment) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(assessment.claim)

    @admin.display(description="note")
    def words(self, assessment: Assessment) -> str:
        """The reviewer's note."""
        return note_in_words(assessment.note) or NOTHING
