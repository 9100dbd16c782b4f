"""Where words stand that somebody quoted from a text: by the quote first, by a count of characters only to break ties.

The counts may be code points or, against the model they follow, UTF-16 units: browsers count so.
"""

import re
from itertools import islice
from typing import Final

Span = tuple[int, int]
MAX_QUOTE: Final = 20_000
MOST_PLACES: Final = 1_000
_SPACES: Final = re.compile(r"\s+")
_SAME: Final = ("‘’‚‛′'`´", '“”„‟″"«»', "‐‑‒–—−-")
_CLASS_OF: Final = {sign: f"[{re.escape(signs)}]" for signs in _SAME for sign in signs}


class Unplaced(ValueError):
    """Words that cannot be found in the text, or not told apart; `str()` of it is a sentence that says why."""


def quoted_place(
    text: str, *, exact: str, prefix: str = "", suffix: str = "", start: int | None = None, end: int | None = None
) -> Span:
    """The place of a quote in code points, end exclusive.

    Of several places the one with the most of `prefix` before and `suffix` behind it, then the one nearest to `start`.
    Without a quote `start` and `end` are taken as they are. Raises Unplaced where nothing or no one place fits.
    """
    if not exact.strip():
        return _counted(text, start, end)
    places = _places(text, exact)
    if not places:
        raise Unplaced("its words do not stand in the text that is in force")
    fits = [_fit(text, place, prefix, suffix) for place in places]
    most = max(fits)
    best = [place for place, fit in zip(places, fits, strict=True) if fit == most]
    if len(best) > 1 and start is not None:
        as_points = min(_points(text, start), start)
        return min(best, key=lambda place: min(abs(place[0] - start), abs(place[0] - as_points)))
    if len(best) > 1:
        raise Unplaced(f"its words stand {len(best)} times in the text, and nothing tells which place is meant")
    return best[0]


def _places(text: str, exact: str) -> list[Span]:
    """Where the quote stands; the very characters first, else with other spaces, quotation marks and dashes."""
    if len(exact) > MAX_QUOTE:
        raise Unplaced(f"its quote is longer than {MAX_QUOTE:,} characters")
    found = [match.span() for match in islice(re.finditer(f"(?={re.escape(exact)})", text), MOST_PLACES)]
    if found:
        return [(start, start + len(exact)) for start, _ in found]
    words = [_loose(word) for word in _SPACES.split(exact.strip())]
    return [match.span() for match in islice(re.finditer(r"\s+".join(words), text), MOST_PLACES)]


def _loose(word: str) -> str:
    return "".join(_CLASS_OF.get(sign) or re.escape(sign) for sign in word)


def _fit(text: str, place: Span, prefix: str, suffix: str) -> int:
    """How many characters of the context stand there, spaces alike, counted from the quote outwards."""
    before = _SPACES.sub(" ", text[max(0, place[0] - 2 * len(prefix)) : place[0]])[::-1]
    after = _SPACES.sub(" ", text[place[1] : place[1] + 2 * len(suffix)])
    return _common(before, _SPACES.sub(" ", prefix)[::-1]) + _common(after, _SPACES.sub(" ", suffix))


def _common(ours: str, theirs: str) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


def _counted(text: str, start: int | None, end: int | None) -> Span:
    """A place given by counts alone: code points, unless only UTF-16 units give whole words."""
    if start is None or end is None:
        raise Unplaced("it says neither which words it is about nor where they stand")
    if not 0 <= start < end:
        raise Unplaced(f"{start} to {end} is no stretch of a text")
    span = (start, end)
    units = (_points(text, start), _points(text, end))
    if units != span and not _is_whole(text, span) and _is_whole(text, units):
        span = units
    if span[1] > len(text):
        raise Unplaced(f"{start} to {end} lies beyond the end of the text")
    return span


def _is_whole(text: str, span: Span) -> bool:
    """Whether no word is cut at either border."""
    start, end = span
    if not 0 <= start < end <= len(text):
        return False
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not cut_before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def _points(text: str, unit: int) -> int:
    """A place in code points, from one in UTF-16 units; inside a pair, behind it."""
    seen = 0
    for point, sign in enumerate(text):
        if seen >= unit:
            return point
        seen += 1 + (sign > "\uffff")
    return len(text) + unit - seen
