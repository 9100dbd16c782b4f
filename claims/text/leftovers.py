"""What is left when units are paired: an edited unit beside a moved one, and units that an edit cut or joined."""

from typing import Final

from claims.text.pairing import LIKE, LIKE_IN_WEIGHT, Pairs
from claims.text.wording import Span

# With a neighbour on one side only, a unit must be liker than between two to be the same.
_LIKE_BESIDE: Final = 0.7
_GAIN: Final = 0.05


def pair_beside(pairs: Pairs) -> None:
    """Pair an unpaired unit with the one that stands where it stood beside a firm neighbour, outwards from there."""
    for step in (1, -1):
        units = range(len(pairs.to)) if step > 0 else range(len(pairs.to) - 1, -1, -1)
        for old in units:
            before = old - step
            if pairs.to[old] >= 0 or before not in pairs.firm:
                continue
            new = pairs.to[before] + step
            if 0 <= new < len(pairs.back) and pairs.back[new] < 0 and _is_it(pairs, old, new):
                pairs.join(old, new, firm=True)


def _is_it(pairs: Pairs, old: int, new: int) -> bool:
    like = pairs.like(old, new)
    if like.letters < _LIKE_BESIDE or like.weight < LIKE_IN_WEIGHT or pairs.resembles_another(old, new, like):
        return False
    # Its very words stand elsewhere, or these stood elsewhere: it may be that they moved.
    return pairs.free[1][pairs.mine[old]] <= 0 and pairs.free[0][pairs.theirs[new]] <= 0


def stretches(pairs: Pairs) -> list[tuple[Span, Span, bool]]:
    """The pairs as stretches of units (old, new, firm), with an unpaired neighbour where that makes them liker."""
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for unit, to in enumerate(pairs.to):
        if to < 0:
            continue
        old, new = (unit, unit + 1), (to, to + 1)
        firm = unit in pairs.firm
        if pairs.mine[unit] != pairs.theirs[to]:
            old, new = _widened(pairs, old, new, taken)
            if old[1] - old[0] + new[1] - new[0] > 2:
                like = pairs.compared.likeness(*words_of(pairs, old, new))
                firm = firm or (like.letters >= _LIKE_BESIDE and like.weight >= LIKE_IN_WEIGHT)
                taken[0].update(range(*old))
                taken[1].update(range(*new))
        found.append((old, new, firm))
    return found


def _widened(pairs: Pairs, old: Span, new: Span, taken: tuple[set[int], set[int]]) -> tuple[Span, Span]:
    """Take in the neighbours of a pair that are paired with nothing, on either side, while that gains."""
    likeness = pairs.compared.likeness(*words_of(pairs, old, new)).letters
    none = (0, 0)
    for beside in ((new[1], new[1] + 1), (new[0] - 1, new[0])):
        if _free(pairs, none, beside, taken):
            wider_new = min(new[0], beside[0]), max(new[1], beside[1])
            if pairs.compared.likeness(*words_of(pairs, old, wider_new)).letters >= max(LIKE, likeness + _GAIN):
                return old, wider_new
    for beside in ((old[1], old[1] + 1), (old[0] - 1, old[0])):
        if _free(pairs, beside, none, taken):
            wider_old = min(old[0], beside[0]), max(old[1], beside[1])
            if pairs.compared.likeness(*words_of(pairs, wider_old, new)).letters >= max(LIKE, likeness + _GAIN):
                return wider_old, new
    return old, new


def _free(pairs: Pairs, old: Span, new: Span, taken: tuple[set[int], set[int]]) -> bool:
    """Tell whether these units are there and neither paired nor taken; empty stretches are."""
    ours, theirs = range(*old), range(*new)
    return all(0 <= unit < len(pairs.to) and pairs.to[unit] < 0 and unit not in taken[0] for unit in ours) and all(
        0 <= unit < len(pairs.back) and pairs.back[unit] < 0 and unit not in taken[1] for unit in theirs
    )


def words_of(pairs: Pairs, old: Span, new: Span) -> tuple[Span, Span]:
    """The words of stretches of units."""
    ours, theirs = pairs.compared.old.units, pairs.compared.new.units
    return (ours[old[0]][0], ours[old[1] - 1][1]), (theirs[new[0]][0], theirs[new[1] - 1][1])
