"""What follows from a place in a text alone: the words that stand there, those around them, and their zone."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from claims.text.context import around
from claims.text.search_words import searchable
from claims.vocabulary import COVERAGE_ZONES, ZoneKind


@dataclass(frozen=True)
class Words:
    """The words of a span, exactly and as a search sees them, and up to 32 code points on each side."""

    exact: str
    prefix: str
    suffix: str
    folded: str


class Stretch(Protocol):
    """A zone, as reading finds it or as it is stored; `kind` is one of ZoneKind. Offsets are code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


def words_at(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`. Raises ValueError where the span does not lie in the text."""
    prefix, suffix = around(text, start, end)
    exact = text[start:end]
    return Words(exact, prefix, suffix, searchable(exact))


def coverage_at(zones: Sequence[Stretch], start: int, end: int) -> ZoneKind | None:
    """The zone that a span begins in, where all of it lies in headline and body; else None.

    `zones` tile the text in reading order.
    """
    starts = [zone.start for zone in zones]
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1
    kinds = [ZoneKind(zone.kind) for zone in zones[max(0, first) : last + 1]]
    return kinds[0] if kinds and COVERAGE_ZONES.issuperset(kinds) else None
