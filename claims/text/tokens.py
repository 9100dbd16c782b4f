"""A text as the words that a reader can choose the borders of a span by."""

import re
from typing import Final

Span = tuple[int, int]

# Scripts that put no space between words: each character is one.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_ASTRAL: Final = "\U00020000-\U0003ffff"
_JOINED: Final = re.compile(
    # A character that others are joined to: its accents, and what a zero-width joiner ties to it.
    rf"[{_UNSPACED}{_ASTRAL}][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*"
    # A word: letters and digits with their marks, held together by apostrophes, hyphens, points within a number.
    rf"|(?:(?![{_UNSPACED}{_ASTRAL}])[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff])+"
    rf"(?:[’'‘.,·־‐-](?:(?![{_UNSPACED}{_ASTRAL}])\w)+)*[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]*"
    # Any other mark or symbol, with what is joined to it: a flag, a family, a skin tone.
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    r"|\S[\u0300-\u036f\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d\S[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the words and marks of `text[start:end]` stand: (start, end) in code points of `text`, end exclusive."""
    return [found.span() for found in _JOINED.finditer(text, start, len(text) if end is None else end)]


def snapped(text: str, start: int, end: int) -> Span:
    """The smallest span of whole words around `text[start:end]`, without spaces at its ends.

    Raises ValueError where the span holds nothing but space.
    """
    inside = [word for word in tokens(text, max(0, start - 200), min(len(text), end + 200)) if word[0] < end > start]
    inside = [word for word in inside if word[1] > start]
    if not inside:
        raise ValueError("There are no words between these borders.")
    return inside[0][0], inside[-1][1]
