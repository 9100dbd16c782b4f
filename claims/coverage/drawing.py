"""What every drawing needs: words that fit their place, and columns and curves in whole pixels.

Nothing here knows of a page or of a database. Widths are in the drawing's own units, which are CSS pixels.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final, TypeVar

from claims.text.context import clip

Item = TypeVar("Item")

# The mean width of a character of a sans-serif face as a share of its size, taken wide, so that nothing runs over.
_WIDTH_OF_CHARACTER: Final = 0.56
_WIDE: Final = frozenset("WF")


def text_width(text: str, size: float = 12) -> float:
    """About how wide a text stands; full-width characters count twice, combining ones nothing."""
    units = sum(2 if unicodedata.east_asian_width(c) in _WIDE else not unicodedata.combining(c) for c in text)
    return units * size * _WIDTH_OF_CHARACTER


def fitted(text: str, width: float, size: float = 12) -> str:
    """The text, or as much of it as fits into `width`, with “…” where something was left out; "" where nothing does."""
    text = " ".join(text.split())
    if text_width(text, size) <= width:
        return text
    most = int(width / (size * _WIDTH_OF_CHARACTER))
    while most > 1 and text_width(short := clip(text, most), size) > width:
        most -= max(1, (len(short) + 1) // 8)
    return clip(text, most) if most > 1 else ""


def curve(x: float, y: float, to_x: float, to_y: float, *, upright: bool = False) -> str:
    """The path of a curve between two points that leaves and arrives level, or upright."""
    if upright:
        middle = round((y + to_y) / 2)
        return f"M{x:g} {y:g}C{x:g} {middle} {to_x:g} {middle} {to_x:g} {to_y:g}"
    middle = round((x + to_x) / 2)
    return f"M{x:g} {y:g}C{middle} {y:g} {middle} {to_y:g} {to_x:g} {to_y:g}"


def first(items: Sequence[Item], most: int) -> tuple[list[Item], int]:
    """The first of these, at most so many, and how many are left."""
    return list(items[:most]), max(0, len(items) - most)
