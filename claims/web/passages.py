"""Two passages next to each other: sentence opposite sentence, and in each what differs and what shows one origin.

Pure: texts and spans in, dataclasses out. Offsets are code points of the articles' texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.text.comparing import Mark, MarkKind, align, compare
from claims.text.sentences import split
from claims.text.surroundings import window

Span = tuple[int, int]

# Of a long paragraph, so many code points are shown on each side of a claim.
MOST_AROUND: Final = 1_500


@dataclass(frozen=True)
class Passage:
    """The paragraph of a claim with the one before and after it, `text[start:end]`, and the claim's place in `text`."""

    text: str
    start: int
    end: int
    claim: Span


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: whether it is the claim's, how it differs ("" where not), and whether it is evidence."""

    text: str
    in_claim: bool = False
    differs: str = ""
    is_evidence: bool = False

    @property
    def classes(self) -> str:
        """How it is marked."""
        return " ".join(filter(None, ["claimed" * self.in_claim, self.differs, "evidence" * self.is_evidence]))


@dataclass(frozen=True)
class Row:
    """Two sentences opposite each other; an empty side has none. `is_claims` marks the row of the two claims."""

    here: list[Piece]
    other: list[Piece]
    is_claims: bool

    @property
    def cells(self) -> tuple[list[Piece], list[Piece]]:
        """Both sides."""
        return self.here, self.other


@dataclass(frozen=True)
class Compared:
    """The rows in the order of both texts, and the differences between the two claims in sentences.

    `told` are the kinds of what differs that the sentences tell of.
    """

    rows: list[Row]
    differences: tuple[str, ...]
    told: frozenset[MarkKind]


def passage_of(text: str, start: int, end: int) -> Passage:
    """The words around a claim `text[start:end]` that are shown beside another's."""
    first, last = window(text, start, end)
    return Passage(text, max(first, start - MOST_AROUND), min(last, end + MOST_AROUND), (start, end))


def compared(here: Passage, other: Passage, evidence: tuple[Sequence[Span], Sequence[Span]] = ((), ())) -> Compared:
    """The passages sentence by sentence, the two claims opposite each other; `evidence` are spans of each text."""
    ours, theirs = _sentences(here), _sentences(other)
    rows = _rows((here, other), (ours[0], theirs[0]), evidence)
    found = compare(here.text[slice(*here.claim)], other.text[slice(*other.claim)])
    marks = _moved(found.a, here.claim[0]), _moved(found.b, other.claim[0])
    mine, yours = (
        _pieces(side, sentence, marked, shown)
        for side, sentence, marked, shown in zip((here, other), (ours[1], theirs[1]), marks, evidence, strict=True)
    )
    rows.append(Row(mine, yours, True))
    rows += _rows((here, other), (ours[2], theirs[2]), evidence)
    told = frozenset(mark.kind for mark in (*found.a, *found.b) if mark.differs)
    return Compared(rows, found.differences, told)


def _sentences(passage: Passage) -> tuple[list[Span], Span, list[Span]]:
    """The sentences before the claim's, the stretch of those that it lies in, and those after."""
    within = split(passage.text[passage.start : passage.end])
    spans = [(start + passage.start, end + passage.start) for start, end in within]
    start, end = passage.claim
    touched = [span for span in spans if span[0] < end and start < span[1]]
    whole = (min([start, *(a for a, _ in touched)]), max([end, *(b for _, b in touched)]))
    return [span for span in spans if span[1] <= whole[0]], whole, [span for span in spans if span[0] >= whole[1]]


def _rows(
    sides: tuple[Passage, Passage],
    spans: tuple[list[Span], list[Span]],
    evidence: tuple[Sequence[Span], Sequence[Span]],
) -> list[Row]:
    """Sentences opposite each other; what stands alone between two such pairs is one row."""
    words = [[side.text[start:end] for start, end in own] for side, own in zip(sides, spans, strict=True)]
    rows: list[Row] = []
    alone: tuple[list[Piece], list[Piece]] = ([], [])

    def close() -> None:
        nonlocal alone
        if any(alone):
            rows.append(Row(*alone, False))
        alone = ([], [])

    for pair in align(*words):
        marks: tuple[Sequence[Mark], Sequence[Mark]] = ((), ())
        if pair[0] is not None and pair[1] is not None:
            close()
            found = compare(words[0][pair[0]], words[1][pair[1]])
            marks = found.a, found.b
        for side, at in enumerate(pair):
            if at is not None:
                span = spans[side][at]
                gap = [Piece(" ")] if alone[side] else []
                alone[side].extend(gap + _pieces(sides[side], span, _moved(marks[side], span[0]), evidence[side]))
        if None not in pair:
            close()
    close()
    return rows


def _moved(marks: Iterable[Mark], by: int) -> list[tuple[int, int, str]]:
    """The marks of what differs, as spans of the whole text; and of every negation, whether it differs or not."""
    shown = [mark for mark in marks if mark.differs or mark.kind is MarkKind.NEGATION]
    return [(mark.start + by, mark.end + by, f"{'differs ' * mark.differs}{mark.kind}") for mark in shown]


def _pieces(passage: Passage, span: Span, marks: list[tuple[int, int, str]], evidence: Sequence[Span]) -> list[Piece]:
    """A stretch of the text cut at the borders of the claim, of what differs and of the evidence."""
    start, end = span
    inner = [*passage.claim, *(at for mark in marks for at in mark[:2]), *(at for shown in evidence for at in shown)]
    borders = sorted({start, end, *(at for at in inner if start < at < end)})
    return [
        Piece(
            passage.text[first:last],
            passage.claim[0] <= first < passage.claim[1],
            next((kind for begin, stop, kind in marks if begin <= first < stop), ""),
            any(begin <= first < stop for begin, stop in evidence),
        )
        for first, last in pairwise(borders)
    ]
