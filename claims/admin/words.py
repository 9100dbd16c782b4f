"""How the panel writes what several of its lists show."""

from typing import Protocol

from claims.text.sanitise import for_editing
from claims.vocabulary import LABEL_BY_VALUE, Label

WITHDRAWN = "(withdrawn)"


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
