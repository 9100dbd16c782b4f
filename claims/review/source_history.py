"""The history of a source: who described it how, and what it was merged with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from claims import audit
from claims.models import Event, Source, User
from claims.particulars import PARTY_NAMES, SOURCE_KIND_NAMES, Party, SourceKind
from claims.permissions import can_moderate
from claims.text.context import clip
from claims.vocabulary import EventKind

# The newest events that a page tells; the panel has the rest.
TOLD: Final = 100
_LONGEST: Final = 120
_MERGES: Final = (EventKind.SOURCE_MERGED, EventKind.SOURCE_UNMERGED)


@dataclass(frozen=True)
class Entry:
    """One event, told. `by` is "" for a colleague whose name would tell who is attributing what just now."""

    at: datetime
    to_the_minute: bool
    by: str
    sentence: str
    why: str


def source_history(source: Source, viewer: User) -> tuple[list[Entry], bool]:
    """The newest events of the source, oldest first, and whether there are more before them; two queries.

    Sources come into the registry while claims are attributed, which is blind: reviewers read of others' entries the
    day and what was written, moderators all.
    """
    newest = list(audit.events_of(source).select_related("by")[: TOLD + 1])
    others = Source.objects.in_bulk({key for event in newest[:TOLD] for key in _named(event)})
    names = {str(key): other.name for key, other in others.items()}
    return [_entry(event, viewer, names) for event in newest[:TOLD]][::-1], len(newest) > TOLD


def _named(event: Event) -> set[UUID]:
    """The other sources that an event names."""
    said = {**(event.before or {}), **(event.after or {})}
    into = (event.before or {}).get("into"), (event.after or {}).get("into")
    return {UUID(key) for key in (*into, said.get("took_in"), said.get("let_go")) if key}


def _entry(event: Event, viewer: User, names: dict[str, str]) -> Entry:
    kind = EventKind(event.kind)
    is_open = can_moderate(viewer) or event.by_id == viewer.pk or kind in _MERGES
    by = event.by.username if event.by and is_open else ""
    return Entry(event.at, is_open, by, _sentence(kind, event.before or {}, event.after or {}, names), event.reason)


def _sentence(kind: EventKind, before: dict[str, Any], after: dict[str, Any], names: dict[str, str]) -> str:
    def name_of(key: str) -> str:
        return f"“{names.get(key, 'a source that is gone')}”"

    match kind:
        case EventKind.SOURCE_CREATED:
            return f"put it into the registry as “{after['name']}”, {SOURCE_KIND_NAMES[SourceKind(after['kind'])]}"
        case EventKind.SOURCE_DESCRIBED:
            return _described(before, after)
        case EventKind.SOURCE_MERGED if "took_in" in after:
            return f"merged {name_of(after['took_in'])} into it"
        case EventKind.SOURCE_MERGED:
            return f"merged it into {name_of(after['into'])}{_with(after)}"
        case EventKind.SOURCE_UNMERGED if "let_go" in after:
            return f"took {name_of(after['let_go'])} out of it again"
        case EventKind.SOURCE_UNMERGED:
            return f"took it out of {name_of(before['into'])} again{_with(after)}"
    return str(kind)


def _with(after: dict[str, Any]) -> str:
    count = len(after["followed"])
    return f", with {count} name{'s' * (count != 1)} of its own" if count else ""


def _described(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What was changed; nothing is repeated that stayed as it was."""
    changes = []
    for field in ("name", "kind", "role", "party", "note"):
        old, new = (_shown(field, said[field]) for said in (before, after))
        if before[field] == after[field]:
            continue
        if not after[field]:
            changes.append(f"the {field} to nothing, which was “{old}”")
        else:
            changes.append(f"the {field} from “{old}” to “{new}”" if before[field] else f"the {field} to “{new}”")
    return "changed " + ", ".join(changes) if changes else "saved it again as it was"


def _shown(field: str, value: str) -> str:
    if field == "kind":
        return SOURCE_KIND_NAMES[SourceKind(value)]
    return PARTY_NAMES[Party(value)] if field == "party" else clip(value, _LONGEST)
