"""Sentences with their source, cue and content marked by hand: “[S Dana Holt] [C said] [T it would fail].”."""

import re
from dataclasses import dataclass

from claims.text import quotations
from claims.text.attribution import Attribution, attributions
from claims.text.sources import Memory
from claims.text.words import Sentence
from tests.unit.text.corpus import DATA

_MARKED = re.compile(r"\[(?P<part>[SCT]) ?(?P<words>[^\]]*)\]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Marked:
    """A sentence without its marks; `spans` are (part, start, end) with part S, C or T."""

    text: str
    spans: tuple[tuple[str, int, int], ...]


def marked_sentences(name: str) -> list[Marked]:
    """The sentences of a file, one a line."""
    return [_unmark(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def _unmark(line: str) -> Marked:
    pieces: list[str] = []
    spans = []
    length = at = 0
    for match in _MARKED.finditer(line):
        before = line[at : match.start()]
        start = length + len(before)
        spans.append((match["part"], start, start + len(match["words"])))
        pieces += (before, match["words"])
        length = spans[-1][2]
        at = match.end()
    return Marked("".join([*pieces, line[at:]]), tuple(spans))


def read(text: str, memory: Memory | None = None) -> list[Attribution]:
    """The attributions of a text that is one sentence."""
    found = quotations.find(text, 0, len(text))
    return attributions(Sentence(text, 0, len(text), found), memory or Memory())


def parts_of(found: list[Attribution]) -> list[tuple[str, int, int]]:
    """All spans of attributions, as (part, start, end)."""
    return [
        (part, *span)
        for one in found
        for part, spans in (("S", [one.source.span] if one.source else []), ("C", [one.cue]), ("T", one.contents))
        for span in spans
    ]


def words_of(marked: Marked, spans: list[tuple[str, int, int]], part: str) -> set[int]:
    """Where the words of a part begin; a word that more than one part holds belongs to the first in `spans`."""
    taken: dict[int, str] = {}
    for name, start, end in spans:
        for word in _WORD.finditer(marked.text, start, end):
            taken.setdefault(word.start(), name)
    return {at for at, name in taken.items() if name == part}
