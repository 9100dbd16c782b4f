"""A text as a row of words to compare: folded, each a single character of a code, cut into short units."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

from claims.text import abbreviations as short
from claims.text.fold import fold
from claims.text.lines import paragraphs_of

Span = tuple[int, int]

# Scripts that put no space between words: each character is one.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# What belongs to the letter before it: accents, vowel signs, and what nobody sees.
_JOINED: Final = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u3099\u309a"
_UNSEEN: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_QUOTES: Final = "\"'‘’‚‛′‵ʹʻʼʽˈ`´＇‹›“”„‟″‶«»〝〞〟＂"
_DASHES: Final = "\\-‐‑‒–—―−﹘﹣－⁃"
_WORD: Final = re.compile(
    rf"[{_UNSPACED}][{_JOINED}]*|(?:(?![{_UNSPACED}{_QUOTES}])[\w{_JOINED}{_UNSEEN}])+"
    rf"|[.…]+|''|``|,,|[{_QUOTES}]|[{_DASHES}]+|\S"
)
_STOPS: Final = frozenset(".!?。！？｡؟۔।")
_FULL_WIDTH: Final = frozenset("。！？｡")
_CLOSERS: Final = frozenset('")]}*')

# Where nothing ends a sentence, a unit ends at a word whose sum is divisible: the same words are cut at the same place.
_LONG: Final = 60
_LONGEST: Final = 160
_DIVISOR: Final = 8
# Characters to write words with: all there are but the surrogates.
MOST_WORDS: Final = 0x110000 - 0x900


@dataclass
class Vocabulary:
    """Which character stands for which folded word; shared by the texts that are compared."""

    letters: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def letter(self, word: str) -> str:
        """The character that stands for a word as it is written, or nothing for a word that nobody sees."""
        known = self.seen.get(word)
        if known is None:
            known = self.seen[word] = self._letter_of(_bare(word))
        return known

    def _letter_of(self, bare: str) -> str:
        if not bare:
            return ""
        number = len(self.letters)
        if bare not in self.letters and number >= MOST_WORDS:
            raise OverflowError("There are more different words than characters to count them with.")
        return self.letters.setdefault(bare, chr(0x100 + number + (0x800 if number >= 0xD700 else 0)))


@dataclass(frozen=True)
class Wording:
    """The words and marks of a text: word n is `text[starts[n]:ends[n]]`, folded `words[n]`, in code `code[n]`.

    `units` are sentences or shorter, as (first word, word after the last), and together hold every word.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    code: str
    units: list[Span]

    def within(self, start: int, end: int) -> Span:
        """The words that reach into `text[start:end]`, as (first, after the last)."""
        first = bisect_left(self.ends, start + 1)
        return first, max(first, bisect_left(self.starts, end))

    def gap(self, word: int) -> str:
        """What stands before a word, or after the last one: spaces, and what nobody sees."""
        begin = self.ends[word - 1] if word else 0
        return self.text[begin : self.starts[word] if word < len(self.starts) else len(self.text)]


def wording_of(text: str, vocabulary: Vocabulary) -> Wording:
    """Read a text. Raises OverflowError where it has more different words than there are characters."""
    starts, ends, words, code = [], [], [], []
    for found in _WORD.finditer(text):
        letter = vocabulary.letter(found[0])
        if letter:
            starts.append(found.start())
            ends.append(found.end())
            code.append(letter)
    bare = {letter: word for word, letter in vocabulary.letters.items()}
    words = [bare[letter] for letter in code]
    return Wording(text, starts, ends, words, "".join(code), _units(text, starts, ends, words))


def _bare(word: str) -> str:
    if word[0] in _QUOTES or word == ",,":
        return '"'
    bare = fold(word)
    return "-" if bare.startswith("-") else bare.strip()


def _units(text: str, starts: list[int], ends: list[int], words: list[str]) -> list[Span]:
    units: list[Span] = []
    first = 0
    for _, stop in paragraphs_of(text):
        after = bisect_left(starts, stop, first)
        while first < after:
            border = _border(starts, ends, words, (first, after))
            units.append((first, border))
            first = border
    if first < len(words):
        units.append((first, len(words)))
    return units


def _short(word: str, distance: int) -> bool:
    """Tell a word whose full stop, so far away, is no end of a sentence: an initial, a title."""
    return distance == 0 and ((word.isalpha() and len(word) == 1) or word in short.TITLES or word in short.NEVER_LAST)


def _border(starts: list[int], ends: list[int], words: list[str], paragraph: Span) -> int:
    """Where the unit ends that begins with the first word of what is left of a paragraph."""
    first, after = paragraph
    for word in range(first, after):
        written = words[word]
        if written[0] in _STOPS and not (word > first and _short(words[word - 1], starts[word] - ends[word - 1])):
            border = word + 1
            while border < after and words[border] in _CLOSERS and starts[border] == ends[border - 1]:
                border += 1
            if border == after or starts[border] > ends[border - 1] or written in _FULL_WIDTH:
                return border
        length = word + 1 - first
        if length >= _LONGEST or (length >= _LONG and crc32(written.encode()) % _DIVISOR == 0):
            return word + 1
    return after
