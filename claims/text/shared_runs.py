"""Runs of words that two texts share, found in time near-linear in their length.

Words are compared folded: case, accents, kinds of spaces, dashes and quotation marks, and what stands between words
make no difference.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from claims.text import quotations
from claims.text.lines import lines_of
from claims.text.wording import Vocabulary

Span = tuple[int, int]

# A text is read up to here; no article is as long.
MOST_TEXT: Final = 2_000_000
# The same words are looked up in so many of their places: a text that repeats itself takes no longer.
_PLACES: Final = 8
# Scripts without spaces: each character is a word.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_INSIDE: Final = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_LETTERS: Final = rf"(?:(?![{_UNSPACED}])[^\W_]|[{_INSIDE}])+"
_WORD: Final = re.compile(rf"[{_UNSPACED}]|{_LETTERS}(?:['’‘`´]{_LETTERS})*")
# What may open a quotation. Most lines have none.
_MARK: Final = re.compile(r"[\"“”„«»‘']")
# Stands for words that are left out. Words have the characters from U+0100 on.
_GAPS: Final = ("\x00", "\x01")


@dataclass(frozen=True)
class Coded:
    """The words of a text, one character each: word n is `text[starts[n]:ends[n]]`, the same in both of two texts.

    A stretch that is left out is one character that is in no other text.
    """

    starts: list[int]
    ends: list[int]
    code: str

    def span(self, first: int, after: int) -> Span:
        """Where the words [first, after) stand."""
        return self.starts[first], self.ends[after - 1]


def read_words(text: str, vocabulary: Vocabulary) -> Coded:
    """The words of a text up to MOST_TEXT. Raises OverflowError where there are more of them than characters."""
    starts: list[int] = []
    ends: list[int] = []
    code: list[str] = []
    letter_of = vocabulary.letter
    for found in _WORD.finditer(text, 0, MOST_TEXT):
        letter = letter_of(found[0])
        if letter:
            starts.append(found.start())
            ends.append(found.end())
            code.append(letter)
    return Coded(starts, ends, "".join(code))


def kept(words: Coded, keep: Sequence[Span], side: int = 0) -> Coded:
    """The words that begin in these stretches, sorted and apart; a gap behind each, so that no run goes on.

    `side` is 0 for one of two texts that are compared and 1 for the other.
    """
    starts: list[int] = []
    ends: list[int] = []
    code: list[str] = []
    for start, end in keep:
        first, after = bisect_left(words.starts, start), bisect_left(words.starts, end)
        starts += words.starts[first:after]
        ends += words.ends[first:after]
        code += (words.code[first:after], _GAPS[side])
        starts.append(end)
        ends.append(end)
    return Coded(starts, ends, "".join(code))


def runs(a: Coded, b: Coded, least: int) -> list[tuple[Span, Span]]:
    """The runs of at least so many words that both have, as (first word, word after the last) in each, in b's order.

    No two share a word of b. Where words of b stand in several places of a, the longest run of the first few is taken.
    """
    places: dict[str, list[int]] = {}
    for at in range(len(a.code) - least + 1):
        known = places.setdefault(a.code[at : at + least], [])
        if len(known) < _PLACES:
            known.append(at)
    found: list[tuple[Span, Span]] = []
    at = 0
    while at <= len(b.code) - least:
        known = places.get(b.code[at : at + least], [])
        if not known:
            at += 1
            continue
        length, begin = max((_common(a.code, b.code, place, at), -place) for place in known)
        found.append(((-begin, -begin + length), (at, at + length)))
        at += length
    return found


def _common(a: str, b: str, mine: int, yours: int) -> int:
    """How many characters are the same from there on; compared in blocks that double."""
    length, block = 0, 16
    while a[mine + length : mine + length + block] == b[yours + length : yours + length + block]:
        if mine + length + block >= len(a) or yours + length + block >= len(b):
            break
        length += block
        block *= 2
    most = min(len(a) - mine, len(b) - yours, length + block)
    while length < most and a[mine + length] == b[yours + length]:
        length += 1
    return length


def shared_runs(a: str, b: str, least: int = 8, *, quoted: bool = False) -> list[tuple[Span, Span]]:
    """The runs of at least `least` words that both texts have, as spans in code points of each, in the order of b.

    Quotations are left out, and end a run, unless `quoted`: what somebody said, two texts may well have word for word.
    Of each text, the first MOST_TEXT code points are read.
    """
    vocabulary = Vocabulary()
    words: list[Coded] = []
    for side, text in enumerate((a, b)):
        whole = [(0, len(text))]
        keep = whole if quoted else unquoted(whole, quoted_in(text, whole))
        words.append(kept(read_words(text, vocabulary), keep, side))
    ours, theirs = words
    return [(ours.span(*mine), theirs.span(*yours)) for mine, yours in runs(ours, theirs, least)]


def quoted_in(text: str, keep: Iterable[Span]) -> list[Span]:
    """The quotations, with their marks, of these stretches of a text, in order; words in scare quotes are none."""
    found: list[quotations.Quotation] = []
    for start, end in keep:
        part = text[start : min(end, MOST_TEXT)]
        if not _MARK.search(part):
            continue
        for line in lines_of(part):
            open_before = bool(found) and not found[-1].closed and found[-1].end > start
            if open_before or _MARK.search(part, line.start, line.end):
                found += quotations.find(text, start + line.start, start + line.end, unclosed=open_before)
    return [(one.start, one.end) for one in found]


def unquoted(keep: Sequence[Span], quoted: Sequence[Span]) -> list[Span]:
    """What is left of these stretches without the quotations; both sorted and apart."""
    left: list[Span] = []
    starts = [start for start, _ in quoted]
    for start, end in keep:
        at = start
        for first, after in quoted[bisect_left(starts, start) : bisect_left(starts, end)]:
            left.append((at, first))
            at = after
        left.append((at, end))
    return [(start, end) for start, end in left if start < end]


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, in order."""
    return _WORD.findall(text)
