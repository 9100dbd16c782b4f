"""What is here already of what comes in, as the lines that an export would write for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claims.exchange.entries import Entry
from claims.exchange.kinds import Kind
from claims.exchange.lines_of import Author, Line, lines_of


class Known:
    """The rows of one kind that some entries may be. `meet` gives those that one of them is."""

    def __init__(self, kind: Kind, entries: Sequence[Entry]) -> None:
        self._kind = kind
        self._of: dict[tuple[str, ...], list[Line]] = defaultdict(list)
        first = kind.key
        keys = {entry.values[first.name] for entry in entries}
        rows = kind.model._default_manager.filter(**{f"{first.field}__in": keys})
        for line in lines_of(kind, rows, everything=True):
            for identity in _identities(kind, line):
                self._of[identity].append(line)

    def meet(self, entry: Entry) -> list[Line]:
        """The rows that the entry may be: more than one where people of one name said something of the same claim."""
        return self._of.get(entry.identity, [])

    def keep(self, entry: Entry) -> None:
        """Count the entry among what is here from now on."""
        self._of[entry.identity].append(entry.said)


def _identities(kind: Kind, line: Line) -> Iterator[tuple[str, ...]]:
    yield tuple(str(line[name]) for name in kind.identity)
    author = line.get("by")
    if "by" in kind.identity and isinstance(author, Author) and author.written != author:
        yield tuple(author.written if name == "by" else str(line[name]) for name in kind.identity)


def unequal(entry: Entry, lines: Iterable[Line]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """None where one of the lines says what the entry says; else how the first of them differs, here and there."""
    found = [entry.differs_from(line) for line in lines]
    return None if any(not here for here, _ in found) else found[0]
