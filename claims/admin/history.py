"""The event log as the panel tells it: newest first, capped, with what was before beside what came after."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from claims.admin.words import NOTHING, named
from claims.models import Event

MOST_ENTRIES = 200
NEWEST = 10
NOBODY = "a reader"


@dataclass(frozen=True)
class Target:
    """What an event is about, as the log names it."""

    type: str
    id: str


@dataclass(frozen=True)
class Entry:
    """An event with its changes, one for each thing that it names: (what, before, after)."""

    event: Event
    changes: list[tuple[str, str, str]]

    @property
    def by(self) -> str:
        """Who did it; readers have no account."""
        return named(self.event.by) if self.event.by else NOBODY


def entries_of(targets: Iterable[Target]) -> tuple[list[Entry], bool]:
    """The newest events about these things, and whether there are older ones."""
    about = Q(pk__in=[])
    for target in targets:
        about |= Q(target_type=target.type, target_id=target.id)
    events = list(Event.objects.filter(about).select_related("by").order_by("-number")[: MOST_ENTRIES + 1])
    return [entry(event) for event in events[:MOST_ENTRIES]], len(events) > MOST_ENTRIES


def newest_entries() -> list[Entry]:
    """The newest events of all."""
    return [entry(event) for event in Event.objects.select_related("by").order_by("-number")[:NEWEST]]


def entry(event: Event) -> Entry:
    """An event with its changes; what is the same before and after is none."""
    before, after = event.before or {}, event.after or {}
    names = list(dict.fromkeys([*before, *after]))
    pairs = [(name, in_words(before.get(name)), in_words(after.get(name))) for name in names]
    return Entry(event, [(name, old, new) for name, old, new in pairs if old != new])


def in_words(value: Any) -> str:
    """A value of the log as text; what is empty shows as a dash."""
    if value is None or value == "":
        return NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def page_of(event: Event) -> str:
    """The address of the page of what the event is about, "" where the panel has none."""
    try:
        return reverse(f"admin:claims_{event.target_type}_change", args=[event.target_id])
    except NoReverseMatch:
        return ""
