"""Claims in the panel: where each stands, and what reviewers say of it."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from claims.admin.claim_deeds import DEEDS, LABEL_NAMES, is_withdrawn, ruling_of
from claims.admin.lists import choice, choice_of_value, counted
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, WITHDRAWN, claim_link, judged, moment, named, note_in_words, shortened
from claims.models import Claim, ClaimStatus, Comment, Flag, User
from claims.search import holding, newest_holders
from claims.text.fold import fold
from claims.text.search_words import terms
from claims.vocabulary import ASIDE_NAMES, SKIP_REASONS, STATE_NAMES, Aside, ClaimState, SkipReason

# A search for words that very many claims hold reads this many, the newest of the list, and those opened with the last.
SEARCHED = 100_000
# How many characters of a claim and of a title a row of the list shows.
LISTED, LISTED_TITLE = 160, 60
# How many flags, skips and parts the page of a claim lists; of comments it gives the number, up to a cap.
MOST_LISTED = 50
IN_WORK = "work"


class ClaimAdmin(PanelAdmin):
    """Claims, newest first. Moderators see every state and every assessment: the blind rule is for reviewers."""

    list_display = ("words", "state", "settled_as", "flagged", "in_article", "opened_at")
    list_select_related = ("status", "article__status", "ruling__by")
    list_filter = (
        choice_of_value("state", "state", "status__state", {state: STATE_NAMES[state] for state in ClaimState}),
        choice_of_value("settled label", "label", "status__settled_label", LABEL_NAMES),
        choice(
            "set aside",
            "aside",
            {
                IN_WORK: ("in work", Q(status__set_aside="")),
                # Both conditions, because the index holds only what is set aside.
                **{
                    aside: (name, Q(status__set_aside=aside) & ~Q(status__set_aside=""))
                    for aside, name in ASIDE_NAMES.items()
                },
            },
        ),
        choice("flags", "flagged", {"yes": ("waiting for an answer", Q(status__open_flags__gt=0))}),
    )
    ordering = ("-status__opened_at", "status__claim_id")
    search_fields = ("folded",)
    search_help_text = (
        "Whole words of the claim, “words side by side” or the beginning of a word*; or a claim's key. Accents, signs "
        f"and case make no difference. Of words that very many claims hold, the newest {SEARCHED:,} claims are read."
    )
    fields = (
        "words_in_context",
        "in_article",
        "zone",
        "place",
        "state",
        "labels_given",
        "settled_as",
        "opened_at",
        "settled_at",
        "proposed",
        "assessed",
        "ruled",
        "flags_set",
        "retired",
        "part_of",
        "skipped",
        "discussed",
    )
    deeds = DEEDS

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
            words = terms(search_term)
            found = newest_holders(words)
            if found.are_all:
                return holding(queryset, words, found), False
            opened = queryset.order_by(*self.ordering).values_list("status__opened_at", flat=True)
            oldest = next(iter(opened[SEARCHED : SEARCHED + 1]), None)
            newest = queryset.filter(status__opened_at__gte=oldest) if oldest else queryset
            return holding(newest, words, found), False

    def view_on_site(self, obj: Claim) -> str | None:
        """The claim's own page, while its words are here."""
        return None if is_withdrawn(obj) else reverse("claim", args=[obj.pk])

    @admin.display(description="claim")
    def words(self, claim: Claim) -> str:
        """Its first words."""
        return shortened(claim.exact, LISTED) or WITHDRAWN

    @admin.display(description="claim")
    def words_in_context(self, claim: Claim) -> str:
        """Its words between those around them."""
        if is_withdrawn(claim):
            return WITHDRAWN
        return format_html("… {}<strong>{}</strong>{} …", claim.prefix, claim.exact, claim.suffix)

    @admin.display(description="state")
    def state(self, claim: Claim) -> str:
        """Where it stands, and whether it is set aside."""
        aside = claim.status.set_aside
        return STATE_NAMES[claim.status.state] + (f", {ASIDE_NAMES[Aside(aside)]}" if aside else "")

    @admin.display(description="flags")
    def flagged(self, claim: Claim) -> str:
        """How many wait for an answer."""
        return str(claim.status.open_flags or NOTHING)

    @admin.display(description="labels given")
    def labels_given(self, claim: Claim) -> str:
        """How far it is, and what a reopening asks for."""
        status = claim.status
        reopened = status.reopened_with
        since = "" if reopened is None else f"; reopened when there were {reopened}, so agreement takes one more"
        return f"{status.given} of {status.needed}{since}"

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
        lines = [(named(one.reviewer), judged(one), note_in_words(one.note)) for one in given]
        return format_html_join("", "<p><strong>{}</strong>: {}. {}</p>", lines) or NOTHING

    @admin.display(description="ruling")
    def ruled(self, claim: Claim) -> str:
        """The ruling with its reason."""
        ruling = ruling_of(claim)
        if ruling is None:
            return NOTHING
        why = note_in_words(ruling.explanation)
        return format_html("<strong>{}</strong>: {}. {}", named(ruling.by), judged(ruling), why)

    @admin.display(description="flags")
    def flags_set(self, claim: Claim) -> str:
        """Who asked a moderator to look, why, and what came of it; the newest first."""
        flags = Flag.objects.filter(claim=claim).select_related("by", "answered_by").order_by("-pk")[:MOST_LISTED]
        lines = [
            (
                reverse("admin:claims_flag_change", args=[flag.pk]),
                moment(flag.created_at),
                named(flag.by),
                flag.reason,
                f"{named(flag.answered_by)}: {flag.answer}" if flag.answered_by else "no answer yet",
            )
            for flag in flags
        ]
        return format_html_join("", '<p><a href="{}">{}</a> <strong>{}</strong>: {} → {}</p>', lines) or NOTHING

    @admin.display(description="retired in favour of")
    def retired(self, claim: Claim) -> str:
        """Its parts, and why."""
        retirement = getattr(claim, "retirement", None)
        if retirement is None:
            return NOTHING
        why = format_html("<p><strong>{}</strong>: {}</p>", named(retirement.by), retirement.reason)
        return why + _linked(retirement.parts.order_by("start", "pk"))

    @admin.display(description="part of")
    def part_of(self, claim: Claim) -> str:
        """The claims that gave way to this one and others."""
        return _linked(Claim.objects.filter(retirement__parts=claim).order_by("pk")) or NOTHING

    @admin.display(description="skipped by")
    def skipped(self, claim: Claim) -> str:
        """Who passed it, and why."""
        skips = claim.skips.select_related("reviewer").order_by("pk")[:MOST_LISTED]
        lines = [(named(skip.reviewer), SKIP_REASONS[SkipReason(skip.reason)]) for skip in skips]
        return format_html_join("", "<p><strong>{}</strong>: {}</p>", lines) or NOTHING

    @admin.display(description="comments")
    def discussed(self, claim: Claim) -> str:
        """How many there are, with a link to them."""
        there = reverse("admin:claims_comment_changelist")
        return format_html('<a href="{}?q={}">{}</a>', there, claim.pk, counted(Comment.objects.filter(claim=claim)))


def _linked(claims: QuerySet[Claim]) -> str:
    """Claims, each with a link to its page in the panel."""
    return format_html_join("", "<p>{}</p>", [(claim_link(one),) for one in claims[:MOST_LISTED]])


def _settled(status: ClaimStatus) -> str:
    if not status.settled_label:
        return NOTHING
    strength = "" if status.settled_strength is None else f", strength {status.settled_strength}"
    return LABEL_NAMES[status.settled_label] + strength
