"""Pair the units of two texts: equal ones first, outwards from those that occur once; then like ones, in order.

A pair is firm where no other unit could as well be meant.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from claims.text.likeness import Comparison, Likeness

# A unit of fewer words proves nothing by occurring once.
_TELLING: Final = 5
# From these shares of equal characters, and of equal words, on a unit is an edited one and no other.
LIKE: Final = 0.58
LIKE_IN_WEIGHT: Final = 0.45
# What is less like is not even a candidate.
_SOMEWHAT: Final = 0.3
# A unit like this where another stood may be the other one, edited.
_REPLACED: Final = 0.7
# Another unit that is nearly as like makes a link doubtful.
_MARGIN: Final = 0.1
# In a stretch of more pairs, only units that share rare words are compared.
_ALL_PAIRS: Final = 400
_RARE: Final = 6
_COMMON: Final = 60
# A unit that changed no more than this is known by itself.
_VERY_LIKE: Final = 0.88
_MOST_RIVALS: Final = 5


def in_order(places: list[int]) -> list[int]:
    """Which of the places to take, by number, so that they rise and are the most that can."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [number]
    chain: list[int] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(number)
        number = before[number]
    return chain[::-1]


@dataclass
class Pairs:
    """Units by number: `to[i]` is the new unit of the old unit i, `back[j]` the other way, -1 for none."""

    compared: Comparison
    mine: list[str]
    theirs: list[str]
    to: list[int]
    back: list[int]
    firm: set[int] = field(default_factory=set)
    holders: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.free = Counter(self.mine), Counter(self.theirs)

    def join(self, old: int, new: int, *, firm: bool) -> None:
        self.to[old], self.back[new] = new, old
        self.free[0][self.mine[old]] -= 1
        self.free[1][self.theirs[new]] -= 1
        if firm:
            self.firm.add(old)

    def resembles_another(self, old: int, new: int, like: Likeness) -> bool:
        """Tell whether a new unit that is not very like an old one is as like to some other: then it proves nothing."""
        if like.letters >= _VERY_LIKE:
            return False
        if not self.holders:
            for unit, key in enumerate(self.mine):
                for letter in set(key):
                    self.holders.setdefault(letter, []).append(unit)
        shared: Counter[int] = Counter()
        for letter in set(self.theirs[new]):
            units = self.holders.get(letter, ())
            if len(units) <= _COMMON:
                shared.update(units)
        del shared[old]
        return any(
            self.mine[other] != self.mine[old] and self.like(other, new).letters >= like.letters
            for other, _ in shared.most_common(_MOST_RIVALS)
        )

    def like(self, old: int, new: int) -> Likeness:
        return self.compared.likeness(self.compared.old.units[old], self.compared.new.units[new])

    def keepers(self) -> list[tuple[int, int]]:
        """The firmly linked units that kept their order, the most there can be."""
        firm = sorted(self.firm)
        return [(firm[at], self.to[firm[at]]) for at in in_order([self.to[old] for old in firm])]


def paired(compared: Comparison) -> Pairs:
    """Pair the units of the two texts."""
    old, new = compared.old, compared.new
    mine = [old.code[slice(*unit)] for unit in old.units]
    theirs = [new.code[slice(*unit)] for unit in new.units]
    pairs = Pairs(compared, mine, theirs, [-1] * len(mine), [-1] * len(theirs))
    _equal(pairs)
    for ours, their in _gaps(pairs):
        _pair(pairs, ours, their)
    for ours, their in _gaps_in_order(pairs):
        _pair(pairs, ours, their)
    _doubt_lone_movers(pairs)
    return pairs


def _equal(pairs: Pairs) -> None:
    """Link the equal units: single ones wherever they are, then those beside them."""
    ours, their = Counter(pairs.mine), Counter(pairs.theirs)
    at = {key: number for number, key in enumerate(pairs.theirs)}
    for number, key in enumerate(pairs.mine):
        if len(key) >= _TELLING and ours[key] == 1 == their[key]:
            pairs.join(number, at[key], firm=True)
    forward = _spread(pairs, 1)
    backward = _spread(pairs, -1)
    claimed = {new: old for old, new in backward.items()}
    one_sided: dict[int, int] = {}
    for old, new in forward.items():
        if backward.get(old) == new:
            pairs.join(old, new, firm=True)
        elif old in backward or new in claimed:
            # From one side it is this one, from the other side another: nobody can tell.
            pairs.join(old, new, firm=False)
        else:
            one_sided[old] = new
    for old, new in backward.items():
        if pairs.to[old] < 0 and pairs.back[new] < 0:
            one_sided.setdefault(old, new)
    _settle(pairs, one_sided)


def _spread(pairs: Pairs, step: int) -> dict[int, int]:
    """Follow equal units onwards from each linked one, and from the edge of the texts; step 1 forwards, -1 back."""
    reached: dict[int, int] = {}
    last_old, last_new = len(pairs.mine) - 1, len(pairs.theirs) - 1
    seeds = [(-1, -1) if step > 0 else (last_old + 1, last_new + 1)]
    seeds.extend((old, new) for old, new in enumerate(pairs.to) if new >= 0)
    for seed, seed_new in seeds:
        old, new = seed + step, seed_new + step
        while 0 <= old <= last_old and 0 <= new <= last_new and pairs.to[old] < 0 > pairs.back[new]:
            if pairs.mine[old] != pairs.theirs[new]:
                break
            reached[old] = new
            old, new = old + step, new + step
    return reached


def _settle(pairs: Pairs, one_sided: dict[int, int]) -> None:
    """Link what is beside a linked unit on one side only; in doubt where the gap on the other side has its equal."""
    for old, new in one_sided.items():
        pairs.join(old, new, firm=True)
    free_old = _beside(pairs.mine, pairs.to, one_sided)
    back = {new: old for old, new in one_sided.items()}
    free_new = _beside(pairs.theirs, pairs.back, back)
    for old, new in one_sided.items():
        key = pairs.mine[old]
        if any(key in gap for gap in (*free_old[old], *free_new[new])):
            pairs.firm.discard(old)


def _beside(keys: list[str], linked: list[int], chain: dict[int, int]) -> dict[int, tuple[set[str], set[str]]]:
    """For each unit of a chain, the unlinked units that stand before and after the chain."""
    found: dict[int, list[set[str]]] = {unit: [] for unit in chain}
    for units in (range(len(keys)), range(len(keys) - 1, -1, -1)):
        gap: set[str] = set()
        closed = False
        for unit in units:
            if linked[unit] < 0:
                if closed:
                    gap, closed = set(), False
                gap.add(keys[unit])
            elif unit in chain:
                closed = True
                found[unit].append(gap)
            else:
                gap, closed = set(), False
    return {unit: (gaps[0], gaps[1]) for unit, gaps in found.items()}


def _gaps(pairs: Pairs) -> list[tuple[list[int], list[int]]]:
    """Unlinked stretches of both texts between two units that are neighbours in both, wherever that is."""
    gaps = []
    last = -1
    for unit in range(len(pairs.to) + 1):
        linked = unit == len(pairs.to) or pairs.to[unit] >= 0
        if not linked:
            continue
        begin = pairs.to[last] if last >= 0 else -1
        end = pairs.to[unit] if unit < len(pairs.to) else len(pairs.back)
        if unit - last > 1 and end - begin > 1 and (begin >= 0 or last < 0):
            free = range(begin + 1, end)
            if end - begin <= 4 * (unit - last) + 40 and all(pairs.back[new] < 0 for new in free):
                gaps.append((list(range(last + 1, unit)), list(free)))
        last = unit
    return gaps


def _gaps_in_order(pairs: Pairs) -> list[tuple[list[int], list[int]]]:
    """What is unlinked still, between firm links that kept their order; moved units between them are passed over."""
    borders = [(-1, -1), *pairs.keepers(), (len(pairs.to), len(pairs.back))]
    gaps = []
    for (old, new), (old_after, new_after) in pairwise(borders):
        ours = [unit for unit in range(old + 1, old_after) if pairs.to[unit] < 0]
        their = [unit for unit in range(new + 1, new_after) if pairs.back[unit] < 0]
        if ours and their:
            gaps.append((ours, their))
    return gaps


def _pair(pairs: Pairs, ours: list[int], their: list[int]) -> None:
    """Link the units of a gap by likeness, in order, so that as much as can be is linked."""
    rivals = {
        (old, new): like
        for old, new in _worth_comparing(pairs, ours, their)
        if (like := pairs.like(old, new)).letters >= _SOMEWHAT
    }
    chain = _heaviest(rivals)
    partner = dict(chain)
    taken = {new: old for old, new in chain}
    count = Counter(pairs.mine[old] for old in ours), Counter(pairs.theirs[new] for new in their)
    doubtful = _doubtful(rivals, partner, taken)
    # Units outside this gap that are equal to one in it: it may be they that moved here, or went from here.
    came = {new for _, new in chain if pairs.free[0][pairs.theirs[new]] > count[0][pairs.theirs[new]]}
    went = {old for old, _ in chain if pairs.free[1][pairs.mine[old]] > count[1][pairs.mine[old]]}
    for old, new in chain:
        like = rivals[old, new]
        if like.letters == 1.0:
            key = pairs.mine[old]
            alone = count[0][key] == 1 == count[1][key]
            firm = alone or all(
                partner.get(old + step) == new + step and rivals[old + step, new + step].letters >= LIKE
                for step in (-1, 1)
            )
        else:
            firm = like.letters >= LIKE and like.weight >= LIKE_IN_WEIGHT and old not in doubtful
            firm = firm and new not in came and old not in went and not pairs.resembles_another(old, new, like)
        pairs.join(old, new, firm=firm)


def _doubt_lone_movers(pairs: Pairs) -> None:
    """Doubt a unit that went elsewhere alone while its like came where it stood: it may be edited, and repeated."""
    movers = set(pairs.firm) - {old for old, _ in pairs.keepers()}
    for old in sorted(movers):
        new = pairs.to[old]
        if any(0 <= old + step < len(pairs.to) and pairs.to[old + step] == new + step for step in (-1, 1)):
            continue
        left = pairs.to[old - 1] if old else -1
        right = pairs.to[old + 1] if old + 1 < len(pairs.to) else len(pairs.back)
        near = {*range(left + 1, min(left + 4, len(pairs.back))), *range(max(0, right - 3), max(right, 0))}
        if any(pairs.back[rival] < 0 and pairs.like(old, rival).letters >= _REPLACED for rival in near):
            pairs.firm.discard(old)


def _doubtful(rivals: dict[tuple[int, int], Likeness], partner: dict[int, int], taken: dict[int, int]) -> set[int]:
    """The old units whose new one is nearly as like to another that stayed alone, or more like to another."""
    doubtful = set()
    for (old, new), like in rivals.items():
        chosen, holder = partner.get(old), taken.get(new)
        if holder is not None and holder != old:
            bar = rivals[holder, new].letters + (_MARGIN / 2 if chosen is not None else -_MARGIN)
            if like.letters >= bar:
                doubtful.add(holder)
        if chosen is not None and chosen != new:
            bar = rivals[old, chosen].letters + (_MARGIN / 2 if holder is not None else -_MARGIN)
            if like.letters >= bar:
                doubtful.add(old)
    return doubtful


def _worth_comparing(pairs: Pairs, ours: list[int], their: list[int]) -> list[tuple[int, int]]:
    """All pairs of a small gap; of a large one those that share rare words."""
    if len(ours) * len(their) <= _ALL_PAIRS:
        return [(old, new) for old in ours for new in their]
    holders: dict[str, list[int]] = {}
    for new in their:
        for letter in set(pairs.theirs[new]):
            holders.setdefault(letter, []).append(new)
    count = Counter(letter for old in ours for letter in set(pairs.mine[old]))
    holders = {letter: units for letter, units in holders.items() if len(units) <= _RARE and count[letter] <= _RARE}
    chosen: list[tuple[int, int]] = []
    for old in ours:
        shared: Counter[int] = Counter()
        for letter in set(pairs.mine[old]):
            shared.update(holders.get(letter, ()))
        if shared:
            chosen.extend((old, new) for new, _ in shared.most_common(_MOST_RIVALS))
    return chosen


def _heaviest(rivals: dict[tuple[int, int], Likeness]) -> list[tuple[int, int]]:
    """The pairs that follow each other in both texts and are the most alike together."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}
    # The heaviest chain that ends at a new unit or before it, by a tree of maxima.
    news = sorted({new for _, new in rivals})
    rank = {new: number + 1 for number, new in enumerate(news)}
    tree: list[tuple[float, tuple[int, int] | None]] = [(0.0, None)] * (len(news) + 1)
    top: tuple[float, tuple[int, int] | None] = (0.0, None)
    waiting: list[tuple[int, tuple[float, tuple[int, int]]]] = []
    row = None
    for pair in sorted(rivals):
        if pair[0] != row:
            _raise(tree, waiting)
            waiting, row = [], pair[0]
        weight, before = 0.0, None
        at = rank[pair[1]] - 1
        while at:
            weight, before = max((weight, before), tree[at], key=lambda entry: entry[0])
            at -= at & -at
        best[pair] = (weight + rivals[pair].letters ** 2, before)
        waiting.append((rank[pair[1]], (best[pair][0], pair)))
        top = max(top, (best[pair][0], pair), key=lambda entry: entry[0])
    chain = []
    pair_or_none = top[1]
    while pair_or_none is not None:
        chain.append(pair_or_none)
        pair_or_none = best[pair_or_none][1]
    return chain[::-1]


def _raise(
    tree: list[tuple[float, tuple[int, int] | None]], ends: list[tuple[int, tuple[float, tuple[int, int]]]]
) -> None:
    for rank, entry in ends:
        at = rank
        while at < len(tree):
            if tree[at][0] < entry[0]:
                tree[at] = entry
            at += at & -at
