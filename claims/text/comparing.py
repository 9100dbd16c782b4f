"""What two claims or passages have in common and where they differ, so that a page can mark it in both."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from claims.text import polarity_words as cues
from claims.text.fold import fold
from claims.text.lexicon import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS
from claims.text.name_marks import Name, known_names, names_in, same_name
from claims.text.number_words import NUMBERED_WITH_CAPITAL
from claims.text.quantities import Quantity, QuantityKind, clash, quantities, same
from claims.text.sentence_pairs import align
from claims.text.stems import stem

__all__ = ["Comparison", "Mark", "MarkKind", "align", "compare"]

Span = tuple[int, int]

# A passage is a claim with a paragraph around it: of what is longer, only so much is compared.
MOST_TEXT: Final = 20_000
# Beyond these many of a kind nobody reads the list.
_MOST_MARKS: Final = 200
_MOST_NAMED: Final = 6
_LONGEST_QUOTED: Final = 60
_TIMES: Final = frozenset((QuantityKind.DATE, QuantityKind.TIME))
_WORD: Final = re.compile(r"[^\W_]+(?:[’'‘][^\W\d_]+)*")
_SMALL: Final = (
    AUXILIARIES
    | DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | {"of", "and", "or", "but", "that", "who", "which", "up", "out"}
)


class MarkKind(StrEnum):
    """What a marked stretch is."""

    NUMBER = "number"
    TIME = "time"
    NAME = "name"
    NEGATION = "negation"
    SHARED = "shared"


@dataclass(frozen=True)
class Mark:
    """A stretch of one of the texts, in code points; `differs` says that the other text has nothing that equals it."""

    start: int
    end: int
    kind: MarkKind
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """The marks of both texts, sorted and without overlap, and the differences in sentences for reviewers.

    The sentences quote the texts: they are for showing, not for storing.
    """

    a: tuple[Mark, ...]
    b: tuple[Mark, ...]
    differences: tuple[str, ...]


def compare(a: str, b: str) -> Comparison:
    """Compare two claims or passages; of each, the first MOST_TEXT code points.

    Equal values are not different, however they are written: “six-week” and “six weeks”, “Sept. 12” and “12 September”.
    """
    return _Comparing(a[:MOST_TEXT], b[:MOST_TEXT]).compared()


class _Comparing:
    """Two texts, and the marks found so far; `taken` has a 1 for each code point that is marked."""

    def __init__(self, a: str, b: str) -> None:
        """Begin with nothing marked."""
        self.texts = (a, b)
        self.taken = (bytearray(len(a)), bytearray(len(b)))
        self.marks: tuple[list[Mark], list[Mark]] = ([], [])
        self.differences: list[str] = []

    def compared(self) -> Comparison:
        """Look for everything."""
        read = [quantities(text)[:_MOST_MARKS] for text in self.texts]
        found = [[one for one in side if not _is_name(one)] for side in read]
        self._negations()
        for kind, noun in ((MarkKind.NUMBER, "numbers"), (MarkKind.TIME, "times")):
            ours, theirs = ([one for one in side if (one.kind in _TIMES) == (kind is MarkKind.TIME)] for side in found)
            self._quantities(ours, theirs, kind, noun)
        self._names([[one for one in side if one.kind in _TIMES or _is_name(one)] for side in read])
        self._shared()
        a, b = (tuple(sorted(side, key=lambda mark: mark.start)) for side in self.marks)
        return Comparison(a, b, tuple(self.differences))

    def _mark(self, side: int, span: Span, kind: MarkKind, differs: bool) -> None:
        """Put a mark where there is none yet: what was found first keeps its place."""
        start, end = span
        if not any(self.taken[side][start:end]):
            self.taken[side][start:end] = b"\1" * (end - start)
            self.marks[side].append(Mark(start, end, kind, differs))

    def _words(self, side: int, span: Span) -> str:
        words = " ".join(self.texts[side][span[0] : span[1]].split())
        return f"“{words[:_LONGEST_QUOTED]}{'…' if len(words) > _LONGEST_QUOTED else ''}”"

    def _only(self, side: int, spans: Sequence[Span], noun: str) -> None:
        """Say what only one of the two has."""
        words = list(dict.fromkeys(self._words(side, span) for span in spans))
        if words:
            more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
            which = ("first", "second")[side]
            self.differences.append(f"{noun} only in the {which}: {', '.join(words[:_MOST_NAMED])}{more}")

    def _negations(self) -> None:
        found = [_negations_in(text) for text in self.texts]
        alone = bool(found[0]) != bool(found[1])
        for side, spans in enumerate(found):
            for span in spans:
                self._mark(side, span, MarkKind.NEGATION, alone)
            if spans and alone:
                words = ", ".join(dict.fromkeys(self._words(side, span) for span in spans[:_MOST_NAMED]))
                self.differences.append(f"only the {('first', 'second')[side]} is negated: {words}")

    def _quantities(self, ours: list[Quantity], theirs: list[Quantity], kind: MarkKind, noun: str) -> None:
        left = [one for one in ours if not any(same(one, other) for other in theirs)]
        right = [other for other in theirs if not any(same(one, other) for one in ours)]
        for side, (every, different) in enumerate(((ours, left), (theirs, right))):
            for one in every:
                self._mark(side, (one.start, one.end), kind, one in different)
        for wanted, words in ((True, f"{noun} differ"), (False, f"{noun} differ, and both can hold")):
            for one in list(left):
                other = next((other for other in right if clash(one, other) is wanted), None)
                if other is not None:
                    left.remove(one)
                    right.remove(other)
                    mine, yours = self._words(0, (one.start, one.end)), self._words(1, (other.start, other.end))
                    self.differences.append(f"{words}: {mine} against {yours}")
        for side, alone in enumerate((left, right)):
            self._only(side, [(one.start, one.end) for one in alone], noun)

    def _names(self, beside: Sequence[Sequence[Quantity]]) -> None:
        """Names; `beside` are the times, whose capitals make no name, and numbers that are part of one: France 24."""
        known = known_names(self.texts[0]) | known_names(self.texts[1])
        found: list[list[Name]] = []
        for text, quantities_there in zip(self.texts, beside, strict=True):
            names = names_in(text, known, skip=[(one.start, one.end) for one in quantities_there])
            numbered = [one for one in quantities_there if _is_name(one)]
            names += [Name(one.start, one.end, (one.unit, f"{one.value}")) for one in numbered]
            found.append(names[:_MOST_MARKS])
        for side in (0, 1):
            alone: list[Span] = []
            for name in found[side]:
                differs = not any(same_name(name, other) for other in found[1 - side])
                self._mark(side, (name.start, name.end), MarkKind.NAME, differs)
                if differs:
                    alone.append((name.start, name.end))
            self._only(side, alone, "names")

    def _shared(self) -> None:
        """Words that both have, but for the small ones; neighbours are one stretch."""
        found = [list(_stems_in(text)) for text in self.texts]
        both = {root for _, root in found[0]} & {root for _, root in found[1]}
        for side, words in enumerate(found):
            spans: list[list[int]] = []
            for (start, end), root in words:
                if root not in both or any(self.taken[side][start:end]):
                    continue
                if spans and self.texts[side][spans[-1][1] : start].isspace():
                    spans[-1][1] = end
                else:
                    spans.append([start, end])
            for start, end in spans:
                self._mark(side, (start, end), MarkKind.SHARED, False)


def _is_name(one: Quantity) -> bool:
    """Whether a number is only part of a name: France 24, but not Article 5."""
    return one.kind is QuantityKind.REFERENCE and one.unit not in NUMBERED_WITH_CAPITAL


def _stems_in(text: str) -> Iterable[tuple[Span, str]]:
    for word in _WORD.finditer(text):
        folded = fold(word[0]).removesuffix("'s")
        if folded and folded not in _SMALL:
            yield word.span(), stem(folded)


def _negations_in(text: str) -> list[Span]:
    """Where words deny what stands behind them; neighbours are one stretch, as in “cannot rule out”."""
    words = [(word.span(), fold(word[0])) for word in _WORD.finditer(text)]
    found: list[Span] = []
    for at, (span, word) in enumerate(words):
        after = words[at + 1][1] if at + 1 < len(words) else ""
        denies = word.endswith("n't") or word in cues.DENYING or (word in cues.RULING_OUT and after == "out")
        needed = cues.DENYING_WITH.get(word)
        if denies and after not in cues.NOT_DENYING.get(word, ()) and (needed is None or after in needed):
            end = words[at + 1][0][1] if word in cues.RULING_OUT else span[1]
            if found and text[found[-1][1] : span[0]].isspace():
                found[-1] = (found[-1][0], end)
            else:
                found.append((span[0], end))
    return found[:_MOST_MARKS]
