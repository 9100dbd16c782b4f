"""Readers' requests in the panel, and the lines that answered them."""

from django import forms
from django.contrib import admin
from django.db.models import Q

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.history import Target
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, named, shortened
from claims.coverage.correct_story import decline_correction, post_correction
from claims.models import Correction, CorrectionRequest

# How many characters of a request or a line a row shows.
LISTED = 160


class AnswerForm(DeedForm):
    """The dated line that readers see."""

    line = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=Correction.MAX_LINE,
        help_text="Published on the story with today's date: what was wrong, and what is right.",
    )


class DeclineForm(DeedForm):
    """Why nothing is put right."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=Correction.MAX_LINE,
        help_text="It stays in the log and is not published.",
    )


def _answer(order: Order) -> object:
    request = order.row
    return post_correction(
        by=order.by, story=request.story, line=order.said["line"], key=order.key, request_id=request.pk
    )


def _decline(order: Order) -> object:
    return decline_correction(by=order.by, story=order.row.story, request_id=order.row.pk, reason=order.said["reason"])


def _stands(request: CorrectionRequest) -> list[str]:
    return [f"Story: {request.story.status.title}", request.message]


def _unfit(request: CorrectionRequest) -> str:
    return "It was answered already." if request.answered_at else ""


class CorrectionRequestAdmin(PanelAdmin):
    """Requests, newest first."""

    list_display = ("summary", "for_story", "created_at", "answered_at")
    list_select_related = ("story__status",)
    list_filter = (
        choice(
            "answer",
            "answered",
            {
                "no": ("waiting", Q(answered_at__isnull=True)),
                "yes": ("answered", Q(answered_at__isnull=False)),
            },
        ),
    )
    ordering = ("-pk",)
    fields = ("for_story", "message", "contact", "created_at", "answered_at", "line")
    deeds = (
        Deed(
            name="answer",
            title="Answer with a public line",
            words="publish corrections",
            done="answered",
            do=_answer,
            form=AnswerForm,
            stands=_stands,
            becomes=lambda request: ["answered by the line below, which readers see"],
            unfit=_unfit,
            most=1,
        ),
        Deed(
            name="decline",
            title="Decline",
            words="answer readers' requests",
            done="declined",
            do=_decline,
            form=DeclineForm,
            stands=_stands,
            becomes=lambda request: ["closed; readers see no answer"],
            unfit=_unfit,
        ),
    )

    def history_targets(self, row: CorrectionRequest) -> list[Target]:
        """The request, and the line that answered it."""
        answer = getattr(row, "correction", None)
        return [*super().history_targets(row), *([Target("correction", str(answer.pk))] if answer else [])]

    @admin.display(description="request")
    def summary(self, request: CorrectionRequest) -> str:
        """Its first words."""
        return shortened(request.message, LISTED)

    @admin.display(description="story")
    def for_story(self, request: CorrectionRequest) -> str:
        """What it is about."""
        return request.story.status.title

    @admin.display(description="published line")
    def line(self, request: CorrectionRequest) -> str:
        """The answer that readers see."""
        answer = getattr(request, "correction", None)
        return answer.line if answer else NOTHING


class CorrectionAdmin(PanelAdmin):
    """Published lines, newest first."""

    list_display = ("summary", "for_story", "published_by", "created_at")
    list_select_related = ("story__status", "by", "request")
    ordering = ("-pk",)
    fields = ("for_story", "line", "published_by", "created_at", "request")

    def history_targets(self, row: Correction) -> list[Target]:
        """The line, and the request that it answers."""
        asked = [Target("correctionrequest", str(row.request_id))] if row.request_id else []
        return [*super().history_targets(row), *asked]

    @admin.display(description="line")
    def summary(self, correction: Correction) -> str:
        """Its first words."""
        return shortened(correction.line, LISTED)

    @admin.display(description="story")
    def for_story(self, correction: Correction) -> str:
        """Where readers see it."""
        return correction.story.status.title

    @admin.display(description="by")
    def published_by(self, correction: Correction) -> str:
        """Who wrote it."""
        return named(correction.by)
