"""Links in the panel: how far each is, what reviewers found, and what moderators can do to many at once."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from claims.admin.link_deeds import DEEDS, called, given_to, ruling_of, state_of
from claims.admin.lists import choice, choice_of_value
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, claim_link, moment, named, note_in_words
from claims.coverage.link_words import in_words, signs_in_words
from claims.models import Link, User
from claims.relations import INDEPENDENCE_NAMES, LINK_STATE_NAMES, RELATIONS, LinkState
from claims.search import holds
from claims.text.fold import fold
from claims.text.search_words import terms

# A search reads the words of this many links, the newest of the list, and of those put forward with the last of them.
SEARCHED = 100_000
_HELD = Q(held_by_time=True, state=LinkState.PROPOSED)  # the second half has an index


class LinkAdmin(PanelAdmin):
    """Links, newest first. Moderators see every state and every finding: the blind rule is for reviewers."""

    list_display = ("pair", "state_now", "findings_in_words", "put_forward")
    list_select_related = ("a__status", "b__status", "a__article__status", "b__article__status", "ruling__by")
    list_filter = (
        choice_of_value("state", "state", "state", {state.value: name for state, name in LINK_STATE_NAMES.items()}),
        choice_of_value("settled as", "relation", "relation", {d.relation.value: d.name for d in RELATIONS}),
        choice("set aside", "aside", {"work": ("in work", Q(a__status__set_aside="", b__status__set_aside=""))}),
        choice("time rule", "held", {"yes": ("held by it alone", _HELD)}),
        choice_of_value("origin", "origin", "independence", {o.value: name for o, name in INDEPENDENCE_NAMES.items()}),
    )
    ordering = ("-created_at", "id")
    search_fields = ("a__folded",)
    search_help_text = (
        f"Whole words of either claim, in the newest {SEARCHED:,} links that the filters leave, “words side by side” "
        "or the beginning of a word*; or the key of a link or of a claim. Accents, signs and case make no difference."
    )
    fields = (
        "first_claim",
        "second_claim",
        "state_now",
        "settled_as",
        "settled_when",
        "found",
        "ruled",
        "reopened",
        "put_forward",
    )
    deeds = DEEDS

    def visible_to(self, viewer: User) -> QuerySet[Link]:
        """Every link."""
        return Link.objects.all()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With their findings, which each row tells."""
        return super().get_queryset(request).prefetch_related("assessments__reviewer")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Links with these words on either side, or of this key."""
        asked = fold(search_term).strip()
        if not asked:
            return queryset, False
        try:
            key = UUID(asked)
        except ValueError:
            begun = queryset.order_by(*self.ordering).values_list("created_at", flat=True)
            oldest = next(iter(begun[SEARCHED : SEARCHED + 1]), None)
            newest = queryset.filter(created_at__gte=oldest) if oldest else queryset
            words = terms(asked)
            return newest.filter(holds(words, "a__") | holds(words, "b__")), False
        return queryset.filter(Q(pk=key) | Q(a=key) | Q(b=key)), False

    def view_on_site(self, obj: Link) -> str | None:
        """The link's own page, while the words of both claims are here."""
        withdrawn = any(claim.article.status.withdrawn_at for claim in (obj.a, obj.b))
        return None if withdrawn else reverse("link-page", args=[obj.pk])

    @admin.display(description="claims")
    def pair(self, link: Link) -> str:
        """The first words of both."""
        return called(link)

    @admin.display(description="state")
    def state_now(self, link: Link) -> str:
        """Where it stands."""
        return state_of(link)

    @admin.display(description="findings")
    def findings_in_words(self, link: Link) -> str:
        """What was ruled, else what each reviewer found."""
        if ruling := ruling_of(link):
            return f"ruled: {in_words(ruling)}"
        return "; ".join(f"{named(found.reviewer)}: {in_words(found)}" for found in given_to(link)) or NOTHING

    @admin.display(description="claim A")
    def first_claim(self, link: Link) -> str:
        """The one with the lower key."""
        return claim_link(link.a)

    @admin.display(description="claim B")
    def second_claim(self, link: Link) -> str:
        """The other one."""
        return claim_link(link.b)

    @admin.display(description="settled as")
    def settled_as(self, link: Link) -> str:
        """The relation that holds, and the signs of one origin that were named."""
        signs = signs_in_words(link.signs)
        return (in_words(link) + (f" ({signs})" if signs else "")) or NOTHING

    @admin.display(description="settled")
    def settled_when(self, link: Link) -> str:
        """When it was confirmed or rejected."""
        return moment(link.settled_at)

    @admin.display(description="put forward")
    def put_forward(self, link: Link) -> str:
        """When somebody first put the two side by side."""
        return moment(link.created_at)

    @admin.display(description="findings")
    def found(self, link: Link) -> str:
        """What each reviewer found, why, and whether they could see others' findings."""
        lines = [
            (
                named(one.reviewer),
                in_words(one),
                "blind" if one.blind else "after others’ could be seen",
                note_in_words(one.reason),
                note_in_words(one.basis),
            )
            for one in given_to(link)
        ]
        return format_html_join("", "<p><strong>{}</strong>: {} ({}). {} {}</p>", lines) or NOTHING

    @admin.display(description="ruling")
    def ruled(self, link: Link) -> str:
        """The ruling with its reason."""
        if (ruling := ruling_of(link)) is None:
            return NOTHING
        why = note_in_words(ruling.explanation)
        return format_html("<strong>{}</strong>: {}. {}", named(ruling.by), in_words(ruling), why)

    @admin.display(description="reopened")
    def reopened(self, link: Link) -> str:
        """How often, and how many findings there were the last time."""
        if link.reopened_with is None:
            return NOTHING
        return f"{link.reopenings} times, with {link.reopened_with} findings; it takes one more to settle"
