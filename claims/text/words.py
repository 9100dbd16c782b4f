"""A sentence as words, with what is quoted in it taken as one word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from claims.text.quotations import Quotation

# Stands for every character of a quotation while rules look at the words around it: offsets stay those of the text.
QUOTED: Final = "\ue000"
_WORD: Final = re.compile(rf"{QUOTED}++|(?:[^\W\d_]\.){{2,6}}|\w++(?:[’&.-]\w++)*+|[^\w\s]")
# Rules are written with plain spaces and one apostrophe; texts are not. One character for one keeps the offsets.
_new: Final = tuple.__new__
_PLAIN: Final = str.maketrans({**dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n\r", " "), **dict.fromkeys("'‘`´", "’")})


class Word(NamedTuple):
    """One word or mark; `start` and `end` are offsets in the text, `lower` is it in lower case."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def quoted(self) -> bool:
        return self.text[0] == QUOTED

    @property
    def named(self) -> bool:
        return self.text[0].isupper()

    @property
    def plain(self) -> bool:
        return self.text[0].isalnum()


@dataclass(frozen=True)
class Sentence:
    """A sentence `text[start:end]` and the parts of quotations that lie in it."""

    text: str
    start: int
    end: int
    quotations: Sequence[Quotation]

    @cached_property
    def masked(self) -> str:
        """The sentence with its quotations, spaces and apostrophes replaced, one character for one."""
        parts: list[str] = []
        position = self.start
        for quotation in self.quotations:
            first, last = max(quotation.start, self.start), min(quotation.end, self.end)
            parts += (self.text[position:first], QUOTED * (last - first))
            position = last
        parts.append(self.text[position : self.end])
        return "".join(parts).translate(_PLAIN)

    @cached_property
    def lowered(self) -> str:
        """The masked sentence in lower case, where that keeps every offset."""
        lower = self.masked.lower()
        return lower if len(lower) == len(self.masked) else self.masked

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The sentence's words in lower case, without order."""
        return frozenset(word.lower for word in self.words)

    @cached_property
    def words(self) -> list[Word]:
        start, masked = self.start, self.masked
        lowered = masked.lower()
        if len(lowered) != len(masked):
            return [Word(m[0], m[0].lower(), start + m.start(), start + m.end()) for m in _WORD.finditer(masked)]
        # Reading makes more of these than of anything else, and the call of Word itself is a third of the time.
        return [
            _new(Word, (masked[begin:stop], lowered[begin:stop], start + begin, start + stop))
            for begin, stop in [match.span() for match in _WORD.finditer(masked)]
        ]

    @cached_property
    def quoted_share(self) -> float:
        """How much of the sentence is quotation, 0 to 1."""
        return self.masked.count(QUOTED) / max(1, self.end - self.start)

    def quoted_span(self) -> tuple[int, int] | None:
        """The quotations of this sentence from the first to the last, clipped to it."""
        if not self.quotations:
            return None
        return max(self.quotations[0].start, self.start), min(self.quotations[-1].end, self.end)
