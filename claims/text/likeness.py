"""How like two stretches of words are, and which word of one became which of the other."""

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final

from claims.text.wording import Span, Wording

# One stretch of words that became another: words [old[0], old[1]) became [new[0], new[1]).
Step = tuple[bool, Span, Span]

# Beyond these many pairs of words or characters nobody compares one by one.
_MOST_PAIRS: Final = 250_000
_MOST_LETTERS: Final = 90_000
_TOO_UNEQUAL: Final = 6
# Words that share fewer of their characters are other words.
_SAME_STEM: Final = 0.5


@dataclass
class Effort:
    """How many comparisons may still be made: a hostile text ends in doubt, not in hours."""

    left: int = 30_000_000

    def spend(self, cost: int) -> bool:
        """Take so much from what is left; tell whether there was enough."""
        self.left -= cost
        return self.left > 0


@dataclass(frozen=True)
class Likeness:
    """`letters`: the share of characters that both have. `weight`: the same of words, rare ones counting more."""

    letters: float
    weight: float


NONE: Final = Likeness(0.0, 0.0)


@dataclass
class Comparison:
    """Two texts whose stretches are compared with each other, within one effort."""

    old: Wording
    new: Wording
    effort: Effort = field(default_factory=Effort)
    _sizes: list[list[int]] = field(default_factory=list)
    _weights: list[list[float]] = field(default_factory=list)
    _known: dict[tuple[Span, Span], Likeness] = field(default_factory=dict)
    _steps: dict[tuple[Span, Span], list[Step]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Count how often each word occurs: a rare one says more."""
        counts = Counter(self.old.code)
        counts.update(self.new.code)
        rarity = {letter: 1.0 / (1.0 + number / 2) ** 0.5 for letter, number in counts.items()}
        self._sizes = [list(accumulate(map(len, side.words), initial=0)) for side in (self.old, self.new)]
        self._weights = [
            list(accumulate((rarity[letter] * len(word) for letter, word in pairs), initial=0.0))
            for pairs in (zip(side.code, side.words, strict=True) for side in (self.old, self.new))
        ]

    def size(self, old: Span, new: Span) -> int:
        """How many characters the words [old) and [new) have together."""
        ours, theirs = self._sizes
        return ours[old[1]] - ours[old[0]] + theirs[new[1]] - theirs[new[0]]

    def _weight(self, old: Span, new: Span) -> float:
        ours, theirs = self._weights
        return ours[old[1]] - ours[old[0]] + theirs[new[1]] - theirs[new[0]]

    def likeness(self, old: Span, new: Span) -> Likeness:
        """How like the words [old) and [new) are; 0 where they are too many to compare."""
        known = self._known.get((old, new))
        if known is None:
            known = self._known[old, new] = self._likeness(old, new)
        return known

    def _likeness(self, old: Span, new: Span) -> Likeness:
        ours, theirs = self.old.code[slice(*old)], self.new.code[slice(*new)]
        if ours == theirs:
            return Likeness(1.0, 1.0)
        if not ours or not theirs:
            return NONE
        whole = self.size(old, new)
        mine = self.size(old, (0, 0))
        if max(mine, whole - mine) > _TOO_UNEQUAL * min(mine, whole - mine):
            return NONE
        letters = weight = 0.0
        for same, ours_then, theirs_now in self.steps(old, new):
            part = 1.0 if same else self._stem(ours_then, theirs_now)
            if part:
                letters += part * self.size(ours_then, theirs_now)
                weight += part * self._weight(ours_then, theirs_now)
        return Likeness(letters / whole, weight / self._weight(old, new))

    def _stem(self, old: Span, new: Span) -> float:
        """How much replaced words share, where it is too much for chance."""
        ours, theirs = " ".join(self.old.words[slice(*old)]), " ".join(self.new.words[slice(*new)])
        if not ours or not theirs or len(ours) * len(theirs) > _MOST_LETTERS:
            return 0.0
        if 2 * min(len(ours), len(theirs)) < _SAME_STEM * (len(ours) + len(theirs)):
            return 0.0
        if not self.effort.spend(len(ours) * len(theirs)):
            return 0.0
        ratio = _ratio(ours, theirs)
        return ratio if ratio >= _SAME_STEM else 0.0

    def steps(self, old: Span, new: Span) -> list[Step]:
        """How the words [old) became [new): stretches in order, kept or replaced (one side may be empty)."""
        known = self._steps.get((old, new))
        if known is None:
            known = self._steps[old, new] = list(self._compare(old, new))
        return known

    def _compare(self, old: Span, new: Span) -> list[Step]:
        ours, theirs = self.old.code[slice(*old)], self.new.code[slice(*new)]
        cost = len(ours) * len(theirs)
        if cost <= _MOST_PAIRS:
            # Repetitive words take the matcher the cube of their number.
            counts = Counter(theirs)
            pairs = sum(counts[letter] for letter in ours)
            cost += pairs * pairs // (len(ours) + len(theirs))
        if cost > _MOST_PAIRS or not self.effort.spend(cost):
            return [(False, old, new)]
        steps: list[Step] = []
        for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            mine, their = (old[0] + a, old[0] + b), (new[0] + c, new[0] + d)
            steps.append((tag == "equal", mine, their))
        return steps


def _ratio(ours: str, theirs: str) -> float:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.quick_ratio() < _SAME_STEM:
        return 0.0
    return matcher.ratio()
