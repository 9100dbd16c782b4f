"""Where the spans of an earlier text stand in a later one, and how sure that is.

Units of both texts are linked (`alignment`); a span's borders follow the links; and what came out is compared with the
span's own words. What the links leave open is looked for by its words, in the stretch where it must be.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.text.alignment import Alignment, Link, align
from claims.text.best_places import Candidate, candidates
from claims.text.likeness import Comparison
from claims.text.pairing import LIKE
from claims.text.wording import Span, Vocabulary, wording_of

__all__ = ["SURE", "Anchored", "Candidate", "candidates", "reanchor"]

# From this confidence on an anchor is taken without asking anybody.
SURE: Final = 0.8

_DOUBTFUL: Final = 0.6
# So many words in a row that occur once in each text are the same words, wherever they stand now; and so many where
# a stretch is bounded by firm neighbours.
_LONG_RUN: Final = 12
_SHORT_RUN: Final = 4
_MOST_PLACES: Final = 8
# The share of a span's words that may have gone elsewhere, or come from elsewhere.
_STRANGE: Final = 0.1

Anchored = tuple[int, int, float]


@dataclass(frozen=True)
class _Place:
    """Words of the new text that a span's words may have become. `firm`: both borders are where they must be."""

    new: Span
    firm: bool


def reanchor(old: str, new: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, float] | None]:
    """Find each span of the old text in the new one: (start, end, confidence 0 to 1), or None where it is gone.

    Offsets are code points, end exclusive. From SURE on, an anchor is the span and no other: where the same words or
    nearly the same stand elsewhere and nothing tells which they are, the confidence stays below.

    Raises ValueError for a span that does not lie in the old text.
    """
    for start, end in spans:
        if not 0 <= start <= end <= len(old):
            raise ValueError(f"The span {start} to {end} does not lie in a text of {len(old)} characters.")
    if old == new:
        return [(start, end, 1.0) for start, end in spans]
    vocabulary = Vocabulary()
    try:
        compared = Comparison(wording_of(old, vocabulary), wording_of(new, vocabulary))
    except OverflowError:
        return [None for _ in spans]
    aligned = align(compared)
    known = {span: _anchor(aligned, span) for span in set(spans)}
    return [known[span] for span in spans]


def _anchor(aligned: Alignment, span: Span) -> Anchored | None:
    old = aligned.compared.old
    words = old.within(*span)
    if words[0] == words[1]:
        return _wordless(aligned, span)
    links = aligned.around(words)
    moved = _shifted(links, words)
    if moved is not None:
        firm = links[0].firm and links[-1].firm
        return _outlined(aligned, span, words, moved, 0.99 if firm else _DOUBTFUL)
    place = _mapped(aligned, links, words)
    if place is not None and _equal(aligned, words, place.new):
        if _stands(aligned, links, words, place) or _by_words(aligned, words) == place.new:
            return _outlined(aligned, span, words, place.new, 0.95)
        return _outlined(aligned, span, words, place.new, _DOUBTFUL)
    found = _by_words(aligned, words)
    if found is not None:
        return _outlined(aligned, span, words, found, 0.85)
    return None if place is None else _edited(aligned, span, links, words, place)


def _wordless(aligned: Alignment, span: Span) -> Anchored | None:
    """A span without words is where the words around it are, if they are neighbours still."""
    old, new = aligned.compared.old, aligned.compared.new
    after = old.within(*span)[0]
    begin = old.ends[after - 1] if after else 0
    left = _shifted(aligned.around((after - 1, after)), (after - 1, after)) if after else (0, 0)
    right = (len(new.code), len(new.code))
    if after < len(old.code):
        found = _shifted(aligned.around((after, after + 1)), (after, after + 1))
        right = (-1, -1) if found is None else found
    if left is None or left[1] != right[0] or old.gap(after) != new.gap(right[0]):
        return None
    start = (new.ends[left[1] - 1] if left[1] else 0) + span[0] - begin
    return start, start + span[1] - span[0], 0.9


def _shifted(links: list[Link], words: Span) -> Span | None:
    """Where the words stand if all their units are unchanged and follow each other still."""
    if not links or not all(link.exact for link in links):
        return None
    if links[0].old[0] > words[0] or links[-1].old[1] < words[1]:
        return None
    if any(one.old[1] != two.old[0] or one.new[1] != two.new[0] for one, two in pairwise(links)):
        return None
    by = links[0].new[0] - links[0].old[0]
    return words[0] + by, words[1] + by


def _equal(aligned: Alignment, words: Span, place: Span) -> bool:
    return aligned.compared.old.code[slice(*words)] == aligned.compared.new.code[slice(*place)]


def _mapped(aligned: Alignment, links: list[Link], words: Span) -> _Place | None:
    """Follow the span's first and last word through the links."""
    if not links:
        return None
    first, firm_first = _border(aligned, links[0], max(words[0], links[0].old[0]), first=True)
    last, firm_last = _border(aligned, links[-1], min(words[1], links[-1].old[1]), first=False)
    return _Place((first, last), firm_first and firm_last) if first < last else None


def _border(aligned: Alignment, link: Link, border: int, *, first: bool) -> tuple[int, bool]:
    """Where a border before a word of the old text lies in the new one, and whether that is certain.

    What was inserted at the border stays outside the span: `first` tells on which side that is.
    """
    if link.exact:
        return border - link.old[0] + link.new[0], True
    steps = aligned.compared.steps(link.old, link.new)
    for same, mine, their in steps if first else reversed(steps):
        if not (mine[0] <= border < mine[1] if first else mine[0] < border <= mine[1]):
            continue
        if same or mine[1] - mine[0] == their[1] - their[0]:
            return border - mine[0] + their[0], True
        if border == (mine[0] if first else mine[1]):
            return their[0 if first else 1], True
        # Somewhere in what was replaced: as far in as it was.
        share = (border - mine[0]) / (mine[1] - mine[0])
        return their[0] + round(share * (their[1] - their[0])), False
    return link.new[0 if first else 1], False


def _stands(aligned: Alignment, links: list[Link], words: Span, place: _Place) -> bool:
    """Tell whether equal words within edited units are the span's own: those units are sure, and hold them once."""
    if not all(link.firm for link in (links[0], links[-1])) or not place.firm:
        return False
    old, new = aligned.compared.old.code, aligned.compared.new.code
    sought = old[slice(*words)]
    mine = old[links[0].old[0] : links[-1].old[1]]
    their = new[links[0].new[0] : links[-1].new[1]]
    ours, theirs = _all_of(sought, mine), _all_of(sought, their)
    if len(ours) == 1 == len(theirs):
        return True
    left = _reach(old, new, words[0] - 1, place.new[0] - 1, -1)
    right = _reach(old, new, words[1], place.new[1], 1)
    if left > 0 and right > 0:
        return True
    return (
        left + right > 0
        and len(ours) == len(theirs) < _MOST_PLACES
        and (ours.index(words[0] - links[0].old[0]) == theirs.index(place.new[0] - links[0].new[0]))
    )


def _reach(old: str, new: str, mine: int, their: int, step: int) -> int:
    """How many words are equal from these two on, at most as many as tell a place."""
    count = 0
    while 0 <= mine < len(old) and 0 <= their < len(new) and old[mine] == new[their] and count < _LONG_RUN:
        count, mine, their = count + 1, mine + step, their + step
    return count


def _by_words(aligned: Alignment, words: Span) -> Span | None:
    """Where the span's words stand if they stand there only, as one long run or where its neighbours leave room."""
    old, new = aligned.compared.old.code, aligned.compared.new.code
    sought = old[slice(*words)]
    if len(sought) < _SHORT_RUN:
        return None
    mine, their = aligned.window(words)
    ours, theirs = _all_of(sought, old[slice(*mine)]), _all_of(sought, new[slice(*their)])
    if len(ours) == 1 == len(theirs):
        start = their[0] + theirs[0]
        place = start, start + len(sought)
        return None if aligned.strange(place, words) else place
    return None


def _all_of(sought: str, within: str) -> list[int]:
    """Where a row of words occurs, overlapping too; the first few places."""
    found: list[int] = []
    at = within.find(sought)
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append(at)
        at = within.find(sought, at + 1)
    return found


def _edited(aligned: Alignment, span: Span, links: list[Link], words: Span, place: _Place) -> Anchored | None:
    """An anchor for words that changed: sure where the units around them are, and enough of the words is left."""
    like = _likeness(aligned, links, words, place.new)
    if like <= 0:
        return None
    sure = place.firm and like >= LIKE and links[0].firm and links[-1].firm and aligned.in_place(links, place.new)
    strange = aligned.strange(place.new, words) + _astray(aligned, links, words, place.new)
    sure = sure and strange <= _STRANGE * (words[1] - words[0]) and not _stands_elsewhere(aligned, words)
    confidence = SURE + 0.15 * (like - LIKE) / (1 - LIKE) if sure else min(0.75, like * 0.75)
    return _outlined(aligned, span, words, place.new, confidence)


def _likeness(aligned: Alignment, links: list[Link], words: Span, place: Span) -> float:
    """How like the place is to the words; of long ones, summed over their units."""
    compared = aligned.compared
    if len(links) < 3:
        return compared.likeness(words, place).letters
    shared = 0.0
    for link in links:
        mine = max(link.old[0], words[0]), min(link.old[1], words[1])
        their = max(link.new[0], place[0]), min(link.new[1], place[1])
        if their[0] < their[1]:
            like = link.likeness if (mine, their) == (link.old, link.new) else compared.likeness(mine, their)
            shared += like.letters * compared.size(mine, their)
    return shared / compared.size(words, place)


def _stands_elsewhere(aligned: Alignment, words: Span) -> bool:
    """Tell whether the span's very words stand in the new text, other than where an equal of it stood before."""
    sought = aligned.compared.old.code[slice(*words)]
    places = _all_of(sought, aligned.compared.new.code)
    if len(places) < _MOST_PLACES:
        return any(not aligned.known((at, at + len(sought))) for at in places)
    return aligned.compared.new.code.count(sought) >= aligned.compared.old.code.count(sought)


def _astray(aligned: Alignment, links: list[Link], words: Span, place: Span) -> int:
    """How many of the span's words are linked to other places than this, or are gone from it and stand somewhere."""
    old, new = aligned.compared.old.code, aligned.compared.new.code
    away = sum(link.old[1] - link.old[0] for link in links if link.new[1] <= place[0] or link.new[0] >= place[1])
    gone = aligned.lost(words)
    return away + sum(unit[1] - unit[0] for unit in gone if new.find(old[slice(*unit)]) >= 0)


def _outlined(aligned: Alignment, span: Span, words: Span, place: Span, confidence: float) -> Anchored:
    """The place in code points: the span's borders within its words, and the space that it had at its ends."""
    old, new = aligned.compared.old, aligned.compared.new
    first, last = words[0], words[1] - 1
    into = span[0] - old.starts[first]
    start = new.starts[place[0]]
    if into > 0:
        start += into if old.words[first] == new.words[place[0]] else 0
    elif into < 0:
        start -= _common(old.gap(first)[into:][::-1], new.gap(place[0])[::-1])
    out = old.ends[last] - span[1]
    end = new.ends[place[1] - 1]
    if out > 0:
        end -= out if old.words[last] == new.words[place[1] - 1] else 0
    elif out < 0:
        end += _common(old.gap(last + 1)[:-out], new.gap(place[1]))
    if start >= end:
        return new.starts[place[0]], new.ends[place[1] - 1], min(confidence, _DOUBTFUL)
    return start, end, confidence


def _common(ours: str, theirs: str) -> int:
    """How many characters two texts begin with alike."""
    count = 0
    while count < min(len(ours), len(theirs)) and ours[count] == theirs[count]:
        count += 1
    return count
