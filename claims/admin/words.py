"""How the panel writes what several of its lists show."""

from datetime import datetime
from typing import Protocol

from django.utils.formats import date_format
from django.utils.timezone import localtime

from claims.text.sanitise import for_editing
from claims.vocabulary import LABEL_BY_VALUE, Label

WITHDRAWN = "(withdrawn)"
# Stands where there is nothing to show.
NOTHING = "–"


class Judged(Protocol):
    """An assessment, a ruling or a proposal."""

    label: str
    strength: int | None
    reason: str


def judged(one: Judged) -> str:
    """A judgement in words."""
    parts = [LABEL_BY_VALUE[Label(one.label)].name]
    if one.strength is not None:
        parts.append(f"strength {one.strength}")
    if one.reason:
        parts.append(one.reason)
    return ", ".join(parts)


def note_in_words(note: str) -> str:
    """A note as plain text. Tags are shown as they are stored: the panel puts nobody's HTML on its pages."""
    return for_editing(note)


def moment(at: datetime | None) -> str:
    """A time as Django's own columns show it."""
    return date_format(localtime(at), "DATETIME_FORMAT") if at else NOTHING


def shortened(text: str, most: int) -> str:
    """The first words of a text."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
