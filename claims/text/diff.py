"""What became of a text, for people: paragraph by paragraph, and word by word within a changed one."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import Final

from claims.text.lines import paragraphs_of
from claims.text.pairing import in_order
from claims.text.tokens import tokens

Span = tuple[int, int]

# Beyond these many pairs of paragraphs or words nobody compares one by one: what was there went, what is there came.
_MOST_PAIRS: Final = 60_000
# Paragraphs that share fewer of their words are other paragraphs.
_LIKE: Final = 0.4
# A moved paragraph is told from a repeated line by its length, in words.
_TELLING: Final = 5
# From so many unchanged paragraphs in a row on, all but those next to a change can be folded away.
_LONG: Final = 4


class Kind(StrEnum):
    """What became of a paragraph, or of a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Run:
    """Words of a changed paragraph: same, added or removed. The side where they do not stand is empty."""

    kind: Kind
    old: Span
    new: Span


@dataclass(frozen=True)
class Piece:
    """One paragraph, or a stretch of unchanged ones: `old` and `new` in code points, None on the side it lacks.

    `runs` are the words of a changed paragraph, in order: together they cover it on both sides. `collapsible` marks a
    long unchanged stretch that a reader may fold away. A moved paragraph comes twice: where it stands now, and with
    `left` where it stood.
    """

    kind: Kind
    old: Span | None
    new: Span | None
    runs: tuple[Run, ...] = ()
    collapsible: bool = False
    left: bool = False


# Paragraphs of either text by number, in reading order: one of each is a pair, one alone went or came.
_Row = tuple[int | None, int | None]


def diff(old: str, new: str) -> list[Piece]:
    """Compare two texts: pieces in reading order that together hold all words of both.

    Kinds of space and of line break make no difference. A text that is too large or too repetitive to be compared word
    by word is compared by paragraphs.
    """
    ours, theirs = list(paragraphs_of(old)), list(paragraphs_of(new))
    keys = (
        [" ".join(old[slice(*span)].split()) for span in ours],
        [" ".join(new[slice(*span)].split()) for span in theirs],
    )
    rows = list(_rows(*keys))
    went = {keys[0][one]: one for one, other in rows if one is not None and other is None}
    came = {keys[1][other]: other for one, other in rows if one is None and other is not None}
    counts = Counter(keys[0]), Counter(keys[1])
    moved = {
        key
        for key in went.keys() & came.keys()
        if len(key.split()) >= _TELLING and counts[0][key] == 1 == counts[1][key]
    }
    pieces: list[Piece] = []
    for one, other in rows:
        key = keys[0][one] if one is not None else keys[1][other or 0]
        mine = None if one is None else ours[one]
        their = None if other is None else theirs[other]
        if key in moved and (mine is None or their is None):
            pieces.append(Piece(Kind.MOVED, ours[went[key]], theirs[came[key]], left=their is None))
        elif mine is None or their is None:
            pieces.append(Piece(Kind.ADDED if mine is None else Kind.REMOVED, mine, their))
        elif one is not None and other is not None and keys[0][one] == keys[1][other]:
            pieces.append(Piece(Kind.SAME, mine, their))
        else:
            pieces.append(Piece(Kind.CHANGED, mine, their, tuple(_runs(old, new, mine, their))))
    return list(_folded(pieces))


def _rows(ours: list[str], theirs: list[str]) -> Iterator[_Row]:
    """Lay the paragraphs side by side: those that each text has once first, then what lies between them."""
    counts = Counter(ours), Counter(theirs)
    at = {key: number for number, key in enumerate(theirs)}
    single = [(number, at[key]) for number, key in enumerate(ours) if counts[0][key] == 1 == counts[1][key]]
    kept = [single[number] for number in in_order([place for _, place in single])]
    for (one, other), (one_after, other_after) in pairwise([(-1, -1), *kept, (len(ours), len(theirs))]):
        if one >= 0:
            yield one, other
        yield from _between(ours, theirs, (one + 1, one_after), (other + 1, other_after))


def _between(ours: list[str], theirs: list[str], mine: Span, their: Span) -> Iterator[_Row]:
    """Lay two stretches side by side: what is equal at their ends, then in the middle, then what is alike."""
    while mine[0] < mine[1] and their[0] < their[1] and ours[mine[0]] == theirs[their[0]]:
        yield mine[0], their[0]
        mine, their = (mine[0] + 1, mine[1]), (their[0] + 1, their[1])
    ends = 0
    while (
        ends < min(mine[1] - mine[0], their[1] - their[0]) and ours[mine[1] - ends - 1] == theirs[their[1] - ends - 1]
    ):
        ends += 1
    inner = (mine[0], mine[1] - ends), (their[0], their[1] - ends)
    if (inner[0][1] - inner[0][0]) * (inner[1][1] - inner[1][0]) > _MOST_PAIRS:
        yield from _alone(*inner)
    else:
        matcher = SequenceMatcher(None, ours[slice(*inner[0])], theirs[slice(*inner[1])], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            one, other = (inner[0][0] + a, inner[0][0] + b), (inner[1][0] + c, inner[1][0] + d)
            if tag == "equal":
                yield from zip(range(*one), range(*other), strict=True)
            else:
                yield from _alike(ours, theirs, one, other)
    yield from zip(range(inner[0][1], mine[1]), range(inner[1][1], their[1]), strict=True)


def _alone(mine: Span, their: Span) -> Iterator[_Row]:
    yield from ((one, None) for one in range(*mine))
    yield from ((None, other) for other in range(*their))


def _alike(ours: list[str], theirs: list[str], mine: Span, their: Span) -> Iterator[_Row]:
    """Pair the paragraphs that share most of their words, each with the likeliest that is still free, in order."""
    words = {other: Counter(theirs[other].split()) for other in range(*their)}
    first = their[0]
    for one in range(*mine):
        own = Counter(ours[one].split())
        best, likeness = None, _LIKE
        for other in range(first, min(their[1], first + 20)):
            shared = 2 * sum((own & words[other]).values()) / max(1, own.total() + words[other].total())
            if shared > likeness:
                best, likeness = other, shared
        if best is None:
            yield one, None
            continue
        yield from ((None, other) for other in range(first, best))
        yield one, best
        first = best + 1
    yield from ((None, other) for other in range(first, their[1]))


def _runs(old: str, new: str, mine: Span, their: Span) -> Iterator[Run]:
    """The words of a changed paragraph; each run reaches up to where the next begins."""
    ours, theirs = tokens(old, *mine), tokens(new, *their)
    begins = (
        [mine[0], *(start for start, _ in ours[1:]), mine[1]],
        [their[0], *(start for start, _ in theirs[1:]), their[1]],
    )
    words = [old[slice(*word)] for word in ours], [new[slice(*word)] for word in theirs]
    for tag, a, b, c, d in _opcodes(*words):
        one, other = (begins[0][a], begins[0][b]), (begins[1][c], begins[1][d])
        if tag == "equal":
            yield Run(Kind.SAME, one, other)
            continue
        if b > a:
            yield Run(Kind.REMOVED, one, (other[0], other[0]))
        if d > c:
            yield Run(Kind.ADDED, (one[1], one[1]), other)


def _opcodes(ours: list[str], theirs: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(ours) * len(theirs) <= _MOST_PAIRS * 4:
        return SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    least = min(len(ours), len(theirs))
    head = next((at for at in range(least) if ours[at] != theirs[at]), least)
    tail = next((at for at in range(least - head) if ours[-at - 1] != theirs[-at - 1]), least - head)
    a, b, c, d = head, len(ours) - tail, head, len(theirs) - tail
    parts = [("equal", 0, head, 0, head), ("replace", a, b, c, d), ("equal", b, len(ours), d, len(theirs))]
    return [part for part in parts if part[2] > part[1] or part[4] > part[3]]


def _folded(pieces: list[Piece]) -> Iterator[Piece]:
    """Join what is unchanged in a row; of a long row, what is next to a change stays apart from what can be folded."""
    changes = [at for at, piece in enumerate(pieces) if piece.kind is not Kind.SAME]
    start = 0
    while start < len(pieces):
        if pieces[start].kind is not Kind.SAME:
            yield pieces[start]
            start += 1
            continue
        place = bisect_left(changes, start)
        end = changes[place] if place < len(changes) else len(pieces)
        first, last = start + (start > 0), end - (end < len(pieces))
        if last - first >= _LONG:
            for a, b in ((start, first), (first, last), (last, end)):
                if a < b:
                    yield _joined(pieces[a:b], collapsible=a == first and b == last)
        else:
            yield _joined(pieces[start:end], collapsible=False)
        start = end


def _joined(pieces: list[Piece], *, collapsible: bool) -> Piece:
    first, last = pieces[0], pieces[-1]
    return Piece(Kind.SAME, _across(first.old, last.old), _across(first.new, last.new), collapsible=collapsible)


def _across(first: Span | None, last: Span | None) -> Span | None:
    return None if first is None or last is None else (first[0], last[1])
