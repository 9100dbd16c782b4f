"""A text as the words that a reader can choose the borders of a span by."""

import re
import unicodedata
from typing import Final

Span = tuple[int, int]

# Scripts that put no space between words: each character is one.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# What is written over, under or around the character before it: accents, vowel signs, variants.
_MARKS: Final = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code))[0] == "M")
_LETTER: Final = rf"(?:(?![{_UNSPACED}])\w)"
_SKIN: Final = "\U0001f3fb-\U0001f3ff"
# What is not seen and only steers how its neighbours are shown is no word by itself.
_UNSEEN: Final = "\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_JOINED: Final = re.compile(
    rf"[{_UNSPACED}][{_MARKS}]*"
    # A word: letters and digits with their marks, held together by apostrophes, hyphens, points within a number.
    rf"|{_LETTER}(?:{_LETTER}|[{_MARKS}])*(?:[’'‘.,·־‐‑\u00ad\u200c\u200d-]{_LETTER}(?:{_LETTER}|[{_MARKS}])*)*"
    # Any other mark or symbol, with what is joined to it: a flag, a family, a skin tone.
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|(?![{_UNSEEN}])\S[{_MARKS}{_SKIN}]*(?:\u200d(?![{_UNSEEN}])\S[{_MARKS}{_SKIN}]*)*"
)
# How far around a span is looked for the ends of its words.
_NEAR: Final = 200


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the words and marks of `text[start:end]` stand: (start, end) in code points of `text`, end exclusive."""
    return [found.span() for found in _JOINED.finditer(text, start, len(text) if end is None else end)]


def snapped(text: str, start: int, end: int) -> Span:
    """The smallest span of whole words around `text[start:end]`, without spaces at its ends.

    Raises ValueError where the span holds nothing but space.
    """
    first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
    while first > 0 and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    inside = [word for word in tokens(text, first, last) if word[0] < end and word[1] > start]
    if not inside:
        raise ValueError("There are no words between these borders.")
    return inside[0][0], inside[-1][1]
