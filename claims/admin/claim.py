"""Claims in the panel: where each stands, and what reviewers say of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from claims.admin.deed import Deed, DeedForm, Order
from claims.admin.lists import choice_of_value
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, WITHDRAWN, judged, moment, note_in_words, shortened
from claims.models import Claim, ClaimStatus, Ruling, User
from claims.review.rule_on_claim import rule_on_claim
from claims.review.state import Judgement
from claims.text.fold import fold
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import LABELS, REASONS, STATE_NAMES, STRENGTHS, ClaimState, Label

# A search reads the words of this many claims, the newest of the list, and of those opened with the last of them.
SEARCHED = 100_000
# How many characters of a claim and of a title a row of the list shows.
LISTED, LISTED_TITLE = 160, 60
LABEL_NAMES = {definition.label.value: definition.name for definition in LABELS}


class RulingForm(DeedForm):
    """The judgement that settles each of the claims. The room checks that its parts fit each other."""

    label = forms.ChoiceField(choices=[("", "Choose one"), *LABEL_NAMES.items()])
    strength = forms.TypedChoiceField(
        choices=[("", "None"), *((value, f"{value}: {meaning}") for value, meaning in STRENGTHS.items())],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Sourced takes 2 to 5, unsourced 0 or 1, the others none.",
    )
    reason = forms.ChoiceField(
        choices=[("", "None"), *((reason.value, meaning) for reason, meaning in REASONS.items())],
        required=False,
        help_text="For unsourced only.",
    )
    explanation = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        max_length=MAX_NOTE,
        help_text="Why you rule so. Readers and reviewers are shown it with each of the claims.",
    )


def _rule(order: Order) -> object:
    said = order.said
    return rule_on_claim(
        by=order.by,
        claim_id=order.row.pk,
        judgement=Judgement(Label(said["label"]), said["strength"], said["reason"]),
        explanation=said["explanation"],
        expected_version=order.version,
        key=order.key,
    )


def _ruling(claim: Claim) -> Ruling | None:
    return getattr(claim, "ruling", None)


def _stands(claim: Claim) -> list[str]:
    ruling = _ruling(claim)
    given = sorted(claim.assessments.all(), key=lambda assessment: assessment.pk)
    return [
        STATE_NAMES[claim.status.state],
        *(f"{assessment.reviewer.username}: {judged(assessment)}" for assessment in given),
        *([f"Ruling of {ruling.by.username}: {judged(ruling)}. {note_in_words(ruling.explanation)}"] if ruling else []),
    ]


def _unfit(claim: Claim) -> str:
    return "Its article was withdrawn, so it takes no more work." if _is_withdrawn(claim) else ""


def _is_withdrawn(claim: Claim) -> bool:
    return claim.article.status.withdrawn_at is not None


class ClaimAdmin(PanelAdmin):
    """Claims, newest first. Moderators see every state and every assessment: the blind rule is for reviewers."""

    list_display = ("words", "state", "settled_as", "in_article", "opened_at")
    list_select_related = ("status", "article__status", "ruling__by")
    list_filter = (
        choice_of_value("state", "state", "status__state", {state: STATE_NAMES[state] for state in ClaimState}),
        choice_of_value("settled label", "label", "status__settled_label", LABEL_NAMES),
    )
    ordering = ("-status__opened_at", "status__claim_id")
    search_fields = ("folded",)
    search_help_text = (
        f"Words of the claim, in the newest {SEARCHED:,} claims that the filters leave; or a claim's key. "
        "Kinds of spaces, quotation marks and case make no difference."
    )
    fields = (
        "words_in_context",
        "in_article",
        "zone",
        "place",
        "state",
        "settled_as",
        "opened_at",
        "settled_at",
        "proposed",
        "assessed",
        "ruled",
    )
    deeds = (
        Deed(
            name="rule",
            title="Rule on claims",
            words="rule on claims",
            done="ruled",
            do=_rule,
            form=RulingForm,
            stands=_stands,
            version=lambda claim: ruling.version if (ruling := _ruling(claim)) else 0,
            unfit=_unfit,
            called=lambda claim: claim.exact or WITHDRAWN,
            prefetch=("assessments__reviewer",),
            caution="Each of these claims is settled with the same ruling, whatever its reviewers said.",
        ),
    )

    def visible_to(self, viewer: User) -> QuerySet[Claim]:
        """Every claim. Naming the status makes it an inner join, so that its index can give the order."""
        return Claim.objects.filter(status__isnull=False)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Claims with these words, or the one with this key."""
        asked = fold(search_term).strip()
        if not asked:
            return queryset, False
        try:
            return queryset.filter(pk=UUID(asked)), False
        except ValueError:
            opened = queryset.order_by(*self.ordering).values_list("status__opened_at", flat=True)
            oldest = next(iter(opened[SEARCHED : SEARCHED + 1]), None)
            newest = queryset.filter(status__opened_at__gte=oldest) if oldest else queryset
            return newest.filter(folded__contains=asked), False

    def view_on_site(self, obj: Claim) -> str | None:
        """The claim's own page, while its words are here."""
        return None if _is_withdrawn(obj) else reverse("claim", args=[obj.pk])

    @admin.display(description="claim")
    def words(self, claim: Claim) -> str:
        """Its first words."""
        return shortened(claim.exact, LISTED) or WITHDRAWN

    @admin.display(description="claim")
    def words_in_context(self, claim: Claim) -> str:
        """Its words between those around them."""
        if _is_withdrawn(claim):
            return WITHDRAWN
        return format_html("… {}<strong>{}</strong>{} …", claim.prefix, claim.exact, claim.suffix)

    @admin.display(description="state")
    def state(self, claim: Claim) -> str:
        """Where it stands."""
        return STATE_NAMES[claim.status.state]

    @admin.display(description="settled as")
    def settled_as(self, claim: Claim) -> str:
        """The label that holds, with its strength."""
        return _settled(claim.status)

    @admin.display(description="article")
    def in_article(self, claim: Claim) -> str:
        """The article it stands in."""
        return shortened(claim.article.status.title, LISTED_TITLE)

    @admin.display(description="opened")
    def opened_at(self, claim: Claim) -> str:
        """When it was first read."""
        return moment(claim.status.opened_at)

    @admin.display(description="settled")
    def settled_at(self, claim: Claim) -> str:
        """When it was agreed or ruled."""
        return moment(claim.status.settled_at)

    @admin.display(description="place in the text")
    def place(self, claim: Claim) -> str:
        """Offsets in code points."""
        return f"{claim.unit}, {claim.start} to {claim.end}"

    @admin.display(description="proposed by the first pass")
    def proposed(self, claim: Claim) -> str:
        """Never an assessment."""
        proposal = getattr(claim, "proposal", None)
        return f"{judged(proposal)}. {proposal.why}" if proposal else NOTHING

    @admin.display(description="assessments")
    def assessed(self, claim: Claim) -> str:
        """What each reviewer said."""
        given = claim.assessments.select_related("reviewer").order_by("pk")
        lines = [(one.reviewer.username, judged(one), note_in_words(one.note)) for one in given]
        return format_html_join("", "<p><strong>{}</strong>: {}. {}</p>", lines) or NOTHING

    @admin.display(description="ruling")
    def ruled(self, claim: Claim) -> str:
        """The ruling with its reason."""
        ruling = _ruling(claim)
        if ruling is None:
            return NOTHING
        why = note_in_words(ruling.explanation)
        return format_html("<strong>{}</strong>: {}. {}", ruling.by.username, judged(ruling), why)


def _settled(status: ClaimStatus) -> str:
    if not status.settled_label:
        return NOTHING
    strength = "" if status.settled_strength is None else f", strength {status.settled_strength}"
    return LABEL_NAMES[status.settled_label] + strength
