"""Which sentence of one passage stands opposite which of another, in the order of both."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest
from math import log
from typing import Final

from claims.text.fold import fold
from claims.text.lexicon import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS
from claims.text.stems import stem

_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = AUXILIARIES | DETERMINERS | PREPOSITIONS | PRONOUNS | {"of", "and", "or", "but", "that", "not"}
# More sentences than these are left where they stand, each alone; and of a sentence, so many words are compared.
MOST_SENTENCES: Final = 5_000
_MOST_WORDS: Final = 200
# A word that stands in so many sentences tells none of them; a sentence is compared with so many others.
_COMMON: Final = 60
_CANDIDATES: Final = 12
# Sentences that share less are not opposite each other.
_LIKE: Final = 0.3

Pair = tuple[int | None, int | None]


def align(a: list[str], b: list[str]) -> list[Pair]:
    """Pair the sentences of two passages without crossing; what has no partner stands alone, in its place.

    Returns (index in a, index in b) in order, None where there is none: every sentence stands once. Sentences are
    opposite each other by the rare words that they share; of all ways to pair them, the one that shares most is taken.
    Near-linear in the number of sentences; those after the first MOST_SENTENCES stand alone.
    """
    kept = _heaviest(_likely(a[:MOST_SENTENCES], b[:MOST_SENTENCES]))
    pairs: list[Pair] = []
    mine = yours = 0
    for one, other in [*kept, (len(a), len(b))]:
        pairs += [(at, None) for at in range(mine, one)]
        pairs += [(None, at) for at in range(yours, other)]
        if one < len(a):
            pairs.append((one, other))
        mine, yours = one + 1, other + 1
    return pairs


def _likely(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs that share enough, with how much."""
    ours, theirs = [_stems(one) for one in a], [_stems(one) for one in b]
    counts = Counter(word for stems in (*ours, *theirs) for word in stems)
    weight = {word: log(1 + (len(a) + len(b)) / count) for word, count in counts.items()}
    where: dict[str, list[int]] = defaultdict(list)
    for at, stems in enumerate(theirs):
        for word in stems:
            where[word].append(at)
    sums = [sum(weight[word] for word in stems) for stems in theirs]
    found: list[tuple[int, int, float]] = []
    for at, stems in enumerate(ours):
        shared: dict[int, float] = defaultdict(float)
        for word in stems:
            if len(where[word]) <= _COMMON:
                for other in where[word]:
                    shared[other] += weight[word]
        mine = sum(weight[word] for word in stems)
        for other, both in nlargest(_CANDIDATES, shared.items(), key=lambda pair: pair[1]):
            likeness = 2 * both / (mine + sums[other])
            if likeness >= _LIKE:
                found.append((at, other, likeness))
    return found


def _stems(sentence: str) -> frozenset[str]:
    words = _WORD.findall(fold(sentence))[:_MOST_WORDS]
    return frozenset(stem(word) for word in words if word not in _SMALL)


def _heaviest(found: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs that weigh most of those that do not cross: a heaviest increasing run, by Fenwick's tree of maxima."""
    columns = sorted({other for _, other, _ in found})
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(columns) + 1)
    came: list[int] = []
    row: list[tuple[int, float, int]] = []
    best = (0.0, -1)

    def put(rows: list[tuple[int, float, int]]) -> None:
        for place, total, index in rows:
            while place < len(tree):
                tree[place] = max(tree[place], (total, index))
                place += place & -place

    for index, (one, other, weight) in enumerate(found):
        if index and found[index - 1][0] != one:
            put(row)
            row = []
        place = bisect_left(columns, other) + 1
        before, under = (0.0, -1), place - 1
        while under:
            before = max(before, tree[under])
            under -= under & -under
        came.append(before[1])
        row.append((place, before[0] + weight, index))
        best = max(best, (before[0] + weight, index))
    kept: list[tuple[int, int]] = []
    at = best[1]
    while at >= 0:
        kept.append(found[at][:2])
        at = came[at]
    return kept[::-1]
