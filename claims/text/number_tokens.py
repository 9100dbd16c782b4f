"""The words, digits and marks of a text, and how a run of them is read as one number."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from claims.text.number_words import MAGNITUDES, MONEY_MAGNITUDES, ONES, SIGNS, TENS

_LEXICON: Final = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<numeric>\d{1,2}(?P<stroke>[/.])\d{1,2}(?P=stroke)(?:\d{4}|\d{2})(?![\d/]))"
    r"|(?P<clock>\d{1,2}:[0-5]\d(?!\d))"
    r"|(?P<digits>\d{1,3}(?:[,\u202f]\d{3})+(?!\d)(?:\.\d{1,20})?|\d{1,20}(?:\.\d{1,20})?)"
    r"|(?P<word>[^\W\d_]+(?:\.[^\W\d_]\b)*)"
    r"|(?P<mark>[^\w\s])"
)
HYPHENS: Final = frozenset("-‐‑")
DASHES: Final = HYPHENS | frozenset("–—‒−")
# Numbers end here: 10 to the 30th is more than anybody counts.
_MOST: Final = Decimal(10) ** 30
_HALF: Final = Decimal("0.5")
# What may stand behind which part of a number in words, by the part before.
_BEFORE_UNITS: Final = frozenset(("", "hundred", "magnitude"))


class Token(NamedTuple):
    """A word, number or mark: its sort, as written, in lower case, and where it stands."""

    sort: str
    raw: str
    lower: str
    start: int
    end: int


class Cardinal(NamedTuple):
    """A number that was read: its value, the first token and the one after its last, and whether it was scaled."""

    value: Decimal
    first: int
    after: int
    scaled: bool


_NOTHING: Final = Token("", "", "", -9, -9)


class Tokens:
    """The tokens of a text; beyond both ends stand tokens of no sort."""

    def __init__(self, text: str) -> None:
        """Cut the text."""
        self.every: Sequence[Token] = [
            Token(found.lastgroup or "", found[0], found[0].lower(), found.start(), found.end())
            for found in _LEXICON.finditer(text)
        ]

    def __getitem__(self, at: int) -> Token:
        """Give a token, or one of no sort where there is none."""
        return self.every[at] if 0 <= at < len(self.every) else _NOTHING

    def __len__(self) -> int:
        """How many there are."""
        return len(self.every)

    def joined(self, at: int) -> bool:
        """Whether this token stands right behind the one before it."""
        return self[at].start == self[at - 1].end

    def cardinal(self, at: int) -> Cardinal | None:
        """The number that begins here, in digits or words; None where there is none."""
        token = self[at]
        if token.sort == "digits":
            return self._in_digits(at)
        return self._in_words(at) if token.sort == "word" else None

    def _in_digits(self, at: int) -> Cardinal:
        value = Decimal(self[at].raw.replace(",", "").replace("\u202f", ""))
        first, after, scaled = at, at + 1, False
        while value < _MOST:
            step = 1 if self[after].raw in HYPHENS else 0
            word = self[after + step].lower
            magnitude = MAGNITUDES.get(word)
            if word == "hundred":
                magnitude = Decimal(100)
            elif self.joined(after) and self[first - 1].raw in SIGNS:
                magnitude = MONEY_MAGNITUDES.get(word, magnitude)
            if magnitude is None or (word == "k" and not self.joined(after)):
                break
            value, after, scaled = value * magnitude, after + step + 1, True
        return Cardinal(value, first, after, scaled)

    def _in_words(self, at: int) -> Cardinal | None:
        total = group = Decimal(0)
        before, scaled, first, here = "", False, at, at
        if self[at].lower in {"hundred", "thousand", "million", "billion", "trillion", "dozen"}:
            if self[at - 1].lower not in {"a", "an"}:
                return None
            first = at - 1
        while total < _MOST:
            here += self._links(here, before)
            word = self[here].lower
            if word in ONES and (before in _BEFORE_UNITS or (before == "tens" and 0 < ONES[word] < 10)):
                group, before = group + ONES[word], "ones"
            elif word in TENS and before in _BEFORE_UNITS:
                group, before = group + TENS[word], "tens"
            elif word == "hundred" and before in {"", "ones"}:
                group, before, scaled = max(group, Decimal(1)) * 100, "hundred", True
            elif word == "dozen" and before in {"", "ones"}:
                group, before = max(group, Decimal(1)) * 12, "dozen"
            elif word in MAGNITUDES and len(word) > 3 and before != "dozen":
                total += max(group, Decimal(1)) * MAGNITUDES[word]
                group, before, scaled = Decimal(0), "magnitude", True
            elif word == "half" and before == "ones" and self[here - 1].lower == "a":
                group, before = group + _HALF, "half"
            else:
                break
            at = here = here + 1
        return Cardinal(total + group, first, at, scaled) if before else None

    def _links(self, at: int, before: str) -> int:
        """How many tokens stand between two parts of a number: a hyphen, “and”, “and a”."""
        if not before:
            return 0
        if self[at].raw in HYPHENS and self.joined(at) and self.joined(at + 1):
            return 1
        if self[at].lower != "and":
            return 0
        if self[at + 1].lower == "a" and self[at + 2].lower == "half":
            return 2
        more = self[at + 1].lower in ONES or self[at + 1].lower in TENS
        return 1 if more and before in {"hundred", "magnitude"} else 0
