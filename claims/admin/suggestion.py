"""Suggested pairs in the panel: put forward as one's own finding, rejected for good, and how good they have been."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.lists import choice
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, claim_link, claim_words, moment, named
from claims.coverage.decide_suggestion import MAX_REASON, reject_suggestion, reopen_suggestion
from claims.coverage.finding import Finding
from claims.coverage.link_claims import link_claims
from claims.coverage.suggestions import SIGN_NAMES, figures
from claims.models import LinkAssessment, Suggestion, User
from claims.refusals import Invalid
from claims.relations import DIRECTED, RELATION_BY_VALUE, RELATIONS, SUGGESTION_STATE_NAMES, Relation, SuggestionState
from claims.text.similarity import explain, relate

# What the comparison of the words finds, as a relation; of anything else it says nothing.
TOLD = {"corroborate": Relation.CORROBORATES, "contradict": Relation.CONTRADICTS}
BANDS = {"high": ("0.6 and more", 0.6, 1.01), "middle": ("0.4 to 0.6", 0.4, 0.6), "low": ("below 0.4", 0.0, 0.4)}


class ReasonIfAny(DeedForm):
    """Why, for those who read the log."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        max_length=MAX_REASON,
        required=False,
        help_text="It stays in the log, and other moderators read it. It may be empty.",
    )


class FindingForm(DeedForm):
    """How the two relate, the same for each pair, or as the comparison of their words says."""

    relation = forms.ChoiceField(
        choices=[
            ("", "As the comparison of the words says, pair by pair"),
            *(
                (one.relation.value, one.name)
                for one in RELATIONS
                if one.relation not in DIRECTED | {Relation.UNRELATED}
            ),
        ],
        required=False,
        help_text="Updates and qualifications go from one claim to the other: find them on the page of the pair.",
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        max_length=MAX_REASON,
        required=False,
        help_text="Why. It goes with each of these findings; a second person sees it when the link is settled.",
    )


def relation_told(suggestion: Suggestion) -> Relation | None:
    """How the two relate by their words alone; None where these do not say."""
    return TOLD.get(relate([(suggestion.a.exact, suggestion.b.exact)])[0])


def _put_forward(order: Order) -> object:
    relation = order.said["relation"] or relation_told(order.row)
    if not relation:
        raise Invalid("The words alone do not say how these two relate. Choose a relation, or look at the pair's page.")
    return link_claims(
        by=order.by,
        claim_id=order.row.a_id,
        other_id=order.row.b_id,
        finding=Finding(relation=relation, reason=order.said["reason"]),
        expected_version=0,
        key=order.key,
    )


def _reject(order: Order) -> object:
    return reject_suggestion(
        by=order.by,
        suggestion_id=order.row.pk,
        reason=order.said["reason"],
        expected_version=order.version,
        key=order.key,
    )


def _reopen(order: Order) -> object:
    return reopen_suggestion(
        by=order.by,
        suggestion_id=order.row.pk,
        reason=order.said["reason"],
        expected_version=order.version,
        key=order.key,
    )


def _called(suggestion: Suggestion) -> str:
    return f"{claim_words(suggestion.a)} / {claim_words(suggestion.b)}"


def _stands(suggestion: Suggestion) -> list[str]:
    reasons = [reason.sentence for reason in explain(suggestion.a.exact, suggestion.b.exact)]
    return [
        f"first: {claim_words(suggestion.a, 400)}",
        f"second: {claim_words(suggestion.b, 400)}",
        f"alike {suggestion.score:.2f}: {'; '.join(reasons) or 'no reason that can be told'}",
        SUGGESTION_STATE_NAMES[SuggestionState(suggestion.state)],
    ]


def _becomes_finding(suggestion: Suggestion) -> list[str]:
    told = relation_told(suggestion)
    by_words = f"“{RELATION_BY_VALUE[told].name}”" if told else "nothing: choose a relation below"
    return [f"your finding, by the words alone: {by_words}; settled when a second person finds the same"]


def _decided(suggestion: Suggestion) -> str:
    return "" if suggestion.state == SuggestionState.OPEN else "It is decided already."


def _not_rejected(suggestion: Suggestion) -> str:
    if suggestion.state == SuggestionState.REJECTED and suggestion.decided_by_id is not None:
        return ""
    return "No moderator has rejected it. Where its link is settled, reopen the link."


def _judged(suggestions: Sequence[Suggestion], viewer: User) -> dict[int, str]:
    """The pairs that the viewer has a finding of already. One query."""
    pairs = {(one.a_id, one.b_id): one.pk for one in suggestions}
    own = LinkAssessment.objects.filter(reviewer=viewer, link__a__in=[a for a, _ in pairs])
    found = own.values_list("link__a", "link__b")
    return {pairs[pair]: "You have found how these two relate already." for pair in found if pair in pairs}


def _has(sign: str) -> Contains:
    return Contains(Cast(F("signs"), TextField()), f'"{sign}"')


class SuggestionAdmin(PanelAdmin):
    """Suggested pairs, best first; the open ones where nothing else is asked for."""

    list_display = ("first", "second", "alike", "signs_told", "state_told")
    list_select_related = ("a__status", "b__status", "a__article__status", "b__article__status", "decided_by")
    list_filter = (
        choice(
            "state",
            "state",
            {
                **{state.value: (name, Q(state=state)) for state, name in SUGGESTION_STATE_NAMES.items()},
                "all": ("all", Q()),
            },
            standard=SuggestionState.OPEN.value,
        ),
        choice(
            "how alike",
            "alike",
            {name: (words, Q(score__gte=least, score__lt=below)) for name, (words, least, below) in BANDS.items()},
        ),
        choice("reason", "sign", {sign: (name, Q(_has(sign))) for sign, name in SIGN_NAMES.items()}),
    )
    ordering = ("-score", "pk")
    fields = ("first_link", "second_link", "alike", "why", "state_told", "created_at", "decided")
    change_list_template = "admin/claims/suggestions.html"
    deeds = (
        Deed(
            name="put-forward",
            title="Put forward as your finding",
            words="put pairs forward",
            done="put forward as your finding; a second person has to find the same",
            do=_put_forward,
            form=FindingForm,
            stands=_stands,
            becomes=_becomes_finding,
            called=_called,
            unfit=_decided,
            barred=_judged,
            knows_keys=True,
            caution="Look at each pair: words that are alike are no finding. What the time rule does not allow stays "
            "proposed, or is refused where the times are known to lie apart.",
        ),
        Deed(
            name="reject",
            title="Reject",
            words="reject suggestions",
            done="rejected",
            do=_reject,
            form=ReasonIfAny,
            stands=_stands,
            becomes=lambda suggestion: ["rejected: never suggested again, to anybody"],
            version=lambda suggestion: suggestion.version,
            called=_called,
            unfit=_decided,
            knows_keys=True,
        ),
        Deed(
            name="reopen",
            title="Take the rejection back",
            words="reopen suggestions",
            done="suggested again",
            do=_reopen,
            form=ReasonIfAny,
            stands=_stands,
            becomes=lambda suggestion: ["suggested again, unless its link was settled since"],
            version=lambda suggestion: suggestion.version,
            called=_called,
            unfit=_not_rejected,
            knows_keys=True,
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Suggestion]:
        """All whose articles are here."""
        return Suggestion.objects.visible_to(viewer)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with how often each reason was right."""
        return super().changelist_view(request, (extra_context or {}) | {"figures": figures()})

    @admin.display(description="claim")
    def first(self, suggestion: Suggestion) -> str:
        """The first words of the one with the lower key."""
        return claim_words(suggestion.a, 160)

    @admin.display(description="claim")
    def second(self, suggestion: Suggestion) -> str:
        """The first words of the other."""
        return claim_words(suggestion.b, 160)

    @admin.display(description="claim")
    def first_link(self, suggestion: Suggestion) -> str:
        """The claim, with a link to its page in the panel."""
        return claim_link(suggestion.a)

    @admin.display(description="claim")
    def second_link(self, suggestion: Suggestion) -> str:
        """The other claim, with a link to its page in the panel."""
        return claim_link(suggestion.b)

    @admin.display(description="alike")
    def alike(self, suggestion: Suggestion) -> str:
        """How alike the two are by their terms, 0 to 1."""
        return f"{suggestion.score:.2f}"

    @admin.display(description="reasons")
    def signs_told(self, suggestion: Suggestion) -> str:
        """Their codes in words."""
        return ", ".join(SIGN_NAMES.get(sign, sign) for sign in suggestion.signs) or NOTHING

    @admin.display(description="reasons")
    def why(self, suggestion: Suggestion) -> str:
        """The reasons in words of the two claims, worked out anew."""
        reasons = explain(suggestion.a.exact, suggestion.b.exact)
        return format_html_join("", "<p>{}</p>", [(reason.sentence,) for reason in reasons]) or NOTHING

    @admin.display(description="state")
    def state_told(self, suggestion: Suggestion) -> str:
        """What became of it."""
        return SUGGESTION_STATE_NAMES[SuggestionState(suggestion.state)]

    @admin.display(description="decided")
    def decided(self, suggestion: Suggestion) -> str:
        """Who rejected it, and when; nobody where it follows its link."""
        by = suggestion.decided_by
        return format_html("{}, {}", named(by), moment(suggestion.decided_at)) if by else NOTHING
