"""Flags in the panel: what people asked a moderator to look at, and the answer."""

from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.history import Target
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, WITHDRAWN, claim_link, claim_words, moment, named, shortened
from claims.models import Flag, User
from claims.review.flag_claim import answer_flag
from claims.vocabulary import ASIDE_NAMES, STATE_NAMES, Aside

# How many characters of a reason a row shows.
LISTED = 160


class FlagAnswerForm(DeedForm):
    """What came of it."""

    answer = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=Flag.MAX_REASON,
        help_text="Whoever flagged the claim reads it.",
    )


def _answer(order: Order) -> object:
    return answer_flag(by=order.by, flag_id=order.row.pk, answer=order.said["answer"], key=order.key)


def _stands(flag: Flag) -> list[str]:
    status = flag.claim.status
    return [
        f"{named(flag.by)}, {moment(flag.created_at)}: {flag.reason}",
        f"The claim: {STATE_NAMES[status.state]}",
        *([f"The claim is {ASIDE_NAMES[Aside(status.set_aside)]}"] if status.set_aside else []),
        *([f"{named(flag.answered_by)} answered: {flag.answer}"] if flag.answered_by else []),
    ]


class FlagAdmin(PanelAdmin):
    """Flags, newest first; those that wait for an answer where nothing else is asked for."""

    list_display = ("words", "by_whom", "created_at", "why", "answered_at")
    list_select_related = ("claim__status", "by", "answered_by")
    list_filter = (
        choice(
            "answer",
            "answered",
            {
                "no": ("waiting", Q(answered_at=None)),
                "yes": ("answered", Q(answered_at__isnull=False)),
                "all": ("all", Q()),
            },
            standard="no",
        ),
    )
    ordering = ("-created_at", "pk")
    search_fields = ("by__username",)
    search_help_text = "The name of who flagged, in full, or a claim's key."
    fields = ("of_claim", "by_whom", "created_at", "reason", "answered_at", "answered_by_whom", "answer")
    deeds = (
        Deed(
            name="answer",
            title="Answer",
            words="answer flags",
            done="answered",
            do=_answer,
            form=FlagAnswerForm,
            stands=_stands,
            becomes=lambda flag: ["answered as below, and out of the queue"],
            unfit=lambda flag: "It was answered already." if flag.answered_at else "",
            called=lambda flag: flag.claim.exact or WITHDRAWN,
            knows_keys=True,
            caution="The same answer goes to each of these people. The claims stay as they are: rule on, reopen or "
            "hide them in their list.",
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Flag]:
        """All of them, for moderators."""
        return Flag.objects.visible_to(viewer)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Flag], search_term: str
    ) -> tuple[QuerySet[Flag], bool]:
        """Those of one person, or at one claim."""
        asked = search_term.strip()
        if not asked:
            return queryset, False
        try:
            return queryset.filter(claim=UUID(asked)), False
        except ValueError:
            return queryset.filter(by__username=asked), False

    def history_targets(self, row: Flag) -> list[Target]:
        """The log has a flag at its claim."""
        return [Target("claim", str(row.claim_id))]

    @admin.display(description="claim")
    def words(self, flag: Flag) -> str:
        """Its first words."""
        return claim_words(flag.claim)

    @admin.display(description="claim")
    def of_claim(self, flag: Flag) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(flag.claim)

    @admin.display(description="by")
    def by_whom(self, flag: Flag) -> str:
        """Who asked."""
        return named(flag.by)

    @admin.display(description="reason")
    def why(self, flag: Flag) -> str:
        """Its first words."""
        return shortened(flag.reason, LISTED)

    @admin.display(description="answered by")
    def answered_by_whom(self, flag: Flag) -> str:
        """Which moderator."""
        return named(flag.answered_by) if flag.answered_by else NOTHING
