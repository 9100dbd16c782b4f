"""The event log in the panel: to read, by kind, by person, by what it is about."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from claims.admin.history import NOBODY, Target, entry, page_of
from claims.admin.lists import choice_of_value
from claims.admin.panel import PanelAdmin
from claims.admin.words import NOTHING, named
from claims.models import Event, User
from claims.vocabulary import EventKind

# What events are about. The index is by type first: naming the types lets it be used for an id alone.
TARGET_TYPES = (
    "apitoken", "article", "claim", "correction", "correctionrequest", "link", "outlet", "source", "story", "user"
)  # fmt: skip


class EventAdmin(PanelAdmin):
    """Events, newest first by their number."""

    list_display = ("number", "at", "done_by", "kind", "target", "reason")
    list_select_related = ("by",)
    list_filter = (choice_of_value("kind", "kind", "kind", {kind.value: kind.value for kind in EventKind}),)
    ordering = ("-number",)
    search_fields = ("target_id",)
    search_help_text = "The key of what an event is about, or the name of who did it, in full."
    fields = ("number", "at", "done_by", "kind", "target", "changes", "reason", "previous_hash", "hash")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Events by one person, or about one thing."""
        asked = search_term.strip()
        if not asked:
            return queryset, False
        person = User.objects.filter(username=asked).first()
        if person is not None:
            return queryset.filter(by=person), False
        return queryset.filter(target_type__in=TARGET_TYPES, target_id=asked.lower()), False

    def history_targets(self, row: Event) -> list[Target]:
        """Everything that happened to the same thing."""
        return [Target(row.target_type, row.target_id)]

    @admin.display(description="who")
    def done_by(self, event: Event) -> str:
        """Who did it."""
        return named(event.by) if event.by else NOBODY

    @admin.display(description="about")
    def target(self, event: Event) -> str:
        """What it is about, with a link where the panel has a page for it."""
        name = f"{event.target_type} {event.target_id}"
        page = page_of(event)
        return format_html('<a href="{}">{}</a>', page, name) if page else name

    @admin.display(description="before and after")
    def changes(self, event: Event) -> str:
        """What changed."""
        return format_html_join("", "<p>{}: {} → <strong>{}</strong></p>", entry(event).changes) or NOTHING
