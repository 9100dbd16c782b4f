"""The history of a link as a story: one sentence for each event, in the words of the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from claims import audit
from claims.coverage.link_words import in_words
from claims.models import Event, Link, User
from claims.permissions import can_moderate
from claims.relations import LINK_SETTLED, LINK_STATE_NAMES, LinkState
from claims.text.sanitise import for_editing
from claims.vocabulary import EventKind

# The newest events of a link that its page tells; the panel has the rest.
TOLD: Final = 200


@dataclass(frozen=True)
class Entry:
    """One event, told; `why` is the reason as it was said."""

    at: datetime
    by: str
    blocked: bool
    sentence: str
    why: str


@dataclass(frozen=True)
class History:
    """The newest entries, oldest first, and whether there are more before them."""

    entries: list[Entry]
    has_older: bool


def history_of(link: Link, viewer: User) -> History:
    """What happened to the link as far as the viewer may know.

    Until it is settled reviewers read what they did themselves, and that it was reopened: for then it was settled, and
    everybody knew.
    """
    events = audit.events_of(link).select_related("by")
    in_full = can_moderate(viewer) or link.state in LINK_SETTLED
    if not in_full:
        reopened = Q(kind=EventKind.LINK_REOPENED, before__state__in=[state.value for state in LINK_SETTLED])
        # Who dates a claim moves its links without seeing what others found of them.
        events = events.filter((Q(by=viewer) & ~Q(kind=EventKind.LINK_RECHECKED)) | reopened)
    newest = list(events[: TOLD + 1])
    return History([_entry(event, in_full=in_full) for event in newest[:TOLD]][::-1], len(newest) > TOLD)


def _entry(event: Event, *, in_full: bool) -> Entry:
    return Entry(
        at=event.at,
        by=event.by.username if event.by else "a reader",
        blocked=bool(event.by and not event.by.is_active),
        sentence=_sentence(EventKind(event.kind), event.before or {}, event.after or {}, in_full=in_full),
        why=for_editing(event.reason) if in_full else "",
    )


def _sentence(kind: EventKind, before: dict[str, Any], after: dict[str, Any], *, in_full: bool) -> str:
    match kind:
        case EventKind.LINK_ASSESSED:
            return _assessed(before, after) + (_brought(after) if in_full else "")
        case EventKind.LINK_RETRACTED:
            return f"took back “{in_words(before)}”" + (_brought(after) if in_full else "")
        case EventKind.LINK_RULED if before:
            return f"ruled anew: {in_words(after)}, where the ruling was “{in_words(before)}”"
        case EventKind.LINK_RULED:
            return f"ruled: {in_words(after)}"
        case EventKind.LINK_REOPENED if in_full:
            was = LINK_STATE_NAMES[LinkState(before["state"])].partition(":")[0]
            return f"reopened the link, which was {was}" + (f" as “{found}”" if (found := in_words(before)) else "")
        case EventKind.LINK_REOPENED:
            return "reopened the link"
        case EventKind.LINK_RECHECKED:
            return "dated one of the claims" + _brought(after, always=True)
    return str(kind)


def _assessed(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What a finding changed: nothing is repeated that stayed as it was."""
    new, old = in_words(after), in_words(before)
    if not before:
        return f"found that {new}"
    changes = [f"now finds that {new}, before “{old}”"] if new != old else []
    for name, word in (("reason", "the reason"), ("basis", "what the origin rests on"), ("signs", "the signs of it")):
        if before.get(name) != after.get(name):
            changes.append(f"changed {word}")
    return " and ".join(changes) or f"saved “{new}” again"


def _brought(after: dict[str, Any], *, always: bool = False) -> str:
    """Where the event brought the link, where that is worth telling."""
    state = after.get("state", "")
    told = always or state in {LinkState.DISPUTED, *LINK_SETTLED}
    held = " for the times alone" if after.get("held_by_time") else ""
    return f"; the link is {LINK_STATE_NAMES[LinkState(state)].partition(':')[0]}{held}" if told else ""
