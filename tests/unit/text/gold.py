"""The labelled news texts in `data/gold`: their markup read into text, sentences and attributions with spans.

A span is (start, end) in code points of `text`, end exclusive. `data/gold/README.md` describes the markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

GOLD = Path(__file__).parent / "data" / "gold"
SPLITS = ("dev", "test")
Span = tuple[int, int]

# The word before a sentence: label, strength and reason in the terms of the reviewing scheme.
LABELS: dict[str, tuple[str, int | None, str | None]] = {
    "sourced": ("SOURCED", None, None),
    "bare": ("UNSOURCED", 0, "bare"),
    "hedge": ("UNSOURCED", 0, "hedge"),
    "background": ("UNSOURCED", 0, "background"),
    "presupposed": ("UNSOURCED", 0, "presupposed"),
    "passive": ("UNSOURCED", 0, "passive"),
    "vague": ("UNSOURCED", 1, "vague"),
    "opinion": ("OPINION", None, None),
    "none": ("NOT_A_CLAIM", None, None),
}
_LABEL = "|".join(LABELS)
_MARK = re.compile(rf"(?:^| )(?P<label>{_LABEL}): |\{{(?P<part>[SCT])(?P<numbers>\d+(?:,\d+)*)\||(?P<close>\}})")


class GoldError(ValueError):
    """A text is not marked as the README says."""


@dataclass(frozen=True)
class GoldSentence:
    """One sentence; `paragraph` counts from 0, the headline's."""

    start: int
    end: int
    label: str
    strength: int | None
    reason: str | None
    paragraph: int


@dataclass
class GoldAttribution:
    """One attribution, each part as the pieces that the text has of it; a hedge has no source."""

    number: int
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)

    def part(self, letter: str) -> list[Span]:
        """The pieces of the part that the markup calls S, C or T."""
        return {"S": self.source, "C": self.cue, "T": self.content}[letter]


@dataclass(frozen=True)
class GoldArticle:
    """A labelled text, as a page would give it: paragraphs apart by an empty line, the headline first."""

    name: str
    split: str
    genre: str
    text: str
    sentences: tuple[GoldSentence, ...]
    attributions: tuple[GoldAttribution, ...]


@cache
def gold(split: str) -> tuple[GoldArticle, ...]:
    """The articles of a split, by name. Raises GoldError where one is not marked as it should be."""
    return tuple(read(path, split) for path in sorted((GOLD / split).glob("*.txt")))


def read(path: Path, split: str) -> GoldArticle:
    """One marked text. Raises GoldError where it is not marked as it should be."""
    first, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    reader = _Reader(path.name)
    for number, paragraph in enumerate(body.strip().split("\n\n")):
        reader.paragraph(paragraph, number)
    return GoldArticle(
        name=path.stem,
        split=split,
        genre=first.removeprefix("= ").strip(),
        text=reader.text,
        sentences=tuple(reader.sentences),
        attributions=tuple(reader.attributions[number] for number in sorted(reader.attributions)),
    )


@dataclass
class _Reader:
    """The text so far, and what was marked in it."""

    name: str
    text: str = ""
    sentences: list[GoldSentence] = field(default_factory=list)
    attributions: dict[int, GoldAttribution] = field(default_factory=dict)

    def paragraph(self, marked: str, number: int) -> None:
        """Read one paragraph and add it."""
        self.text += "\n\n" if self.text else ""
        first = len(self.text)
        label, start = "", first
        opened: list[tuple[str, str, int]] = []
        for piece in self._pieces(marked):
            if isinstance(piece, str):
                self.text += piece
            elif piece["label"]:
                if len(self.text) > first:
                    self._end(label, start, opened, number)
                    self.text += " "
                label, start = piece["label"], len(self.text)
            elif piece["close"]:
                self._close(opened)
            else:
                opened.append((piece["part"], piece["numbers"], len(self.text)))
        self._end(label, start, opened, number)

    def _pieces(self, marked: str) -> Iterator[str | re.Match[str]]:
        place = 0
        for mark in _MARK.finditer(marked):
            if mark.start() > place:
                yield marked[place : mark.start()]
            yield mark
            place = mark.end()
        if place < len(marked):
            yield marked[place:]

    def _close(self, opened: list[tuple[str, str, int]]) -> None:
        if not opened:
            raise GoldError(f"{self.name}: a brace too many after … {self.text[-60:]}")
        part, numbers, start = opened.pop()
        for number in map(int, numbers.split(",")):
            attribution = self.attributions.setdefault(number, GoldAttribution(number))
            attribution.part(part).append((start, len(self.text)))

    def _end(self, label: str, start: int, opened: list[tuple[str, str, int]], number: int) -> None:
        """End the sentence at this place."""
        if opened:
            raise GoldError(f"{self.name}: a piece runs over the end of its sentence: … {self.text[-60:]}")
        if not label:
            raise GoldError(f"{self.name}: no label before … {self.text[-60:]}")
        self.sentences.append(GoldSentence(start, len(self.text), *LABELS[label], number))
