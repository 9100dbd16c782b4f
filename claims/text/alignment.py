"""Which words of an earlier text became which words of a later one, moved ones too, and where that is beyond doubt."""

from bisect import bisect_left
from dataclasses import dataclass

from claims.text.leftovers import pair_beside, stretches, words_of
from claims.text.likeness import Comparison, Likeness
from claims.text.pairing import in_order, paired
from claims.text.wording import Span


@dataclass(frozen=True)
class Link:
    """The words [old) became the words [new). `exact`: they are equal; `firm`: there is no doubt that it is they."""

    old: Span
    new: Span
    exact: bool
    firm: bool
    likeness: Likeness


@dataclass
class Alignment:
    """Links in the order of the old text; no two share a word of either text."""

    compared: Comparison
    links: list[Link]

    def __post_init__(self) -> None:
        """Remember where links begin, and which of the firm ones kept their order."""
        self._begins = [link.old[0] for link in self.links]
        firm = [link for link in self.links if link.firm]
        self._keepers = [firm[at] for at in in_order([link.new[0] for link in firm])]
        self._keeper_begins = [link.old[0] for link in self._keepers]
        self._by_new = sorted(self.links, key=lambda link: link.new)
        self._new_begins = [link.new[0] for link in self._by_new]

    def around(self, old: Span) -> list[Link]:
        """The links that share a word with the words [old)."""
        first = max(0, bisect_left(self._begins, old[0] + 1) - 1)
        return [link for link in self.links[first : bisect_left(self._begins, old[1])] if link.old[1] > old[0]]

    def strange(self, new: Span, old: Span) -> int:
        """How many of the words [new) are those of units that do not share a word with the words [old)."""
        first = max(0, bisect_left(self._new_begins, new[0] + 1) - 1)
        there = self._by_new[first : bisect_left(self._new_begins, new[1])]
        others = [link for link in there if link.old[1] <= old[0] or link.old[0] >= old[1]]
        return sum(max(0, min(link.new[1], new[1]) - max(link.new[0], new[0])) for link in others)

    def known(self, new: Span) -> bool:
        """Tell whether it is certain where the words [new) come from: firm links hold the first and the last."""
        found = [bisect_left(self._new_begins, word + 1) - 1 for word in (new[0], new[1] - 1)]
        links = [self._by_new[at] for at in found if at >= 0]
        ends = zip(links, (new[0], new[1] - 1), strict=False)
        return len(links) == 2 and all(link.firm and word < link.new[1] for link, word in ends)

    def in_place(self, links: list[Link], new: Span) -> bool:
        """Tell whether the words [new), to which these links lead, are between the neighbours that they had."""
        their = self.window((links[0].old[0], links[-1].old[1]))[1]
        if their[0] <= new[0] and new[1] <= their[1]:
            return True
        at = bisect_left(self._begins, links[0].old[0])
        before = self.links[at - 1] if at else None
        if before and before.firm and (before.old[1], before.new[1]) == (links[0].old[0], links[0].new[0]):
            return True
        at += len(links)
        after = self.links[at] if at < len(self.links) else None
        return bool(after and after.firm and (after.old[0], after.new[0]) == (links[-1].old[1], links[-1].new[1]))

    def lost(self, old: Span) -> list[Span]:
        """The whole units within the words [old) that are linked to nothing."""
        linked = {link.old for link in self.around(old)}
        units = self.compared.old.units
        first = bisect_left(units, (old[0], 0))
        return [
            unit for unit in units[first : bisect_left(units, (old[1], 0))] if unit not in linked and unit[1] <= old[1]
        ]

    def window(self, old: Span) -> tuple[Span, Span]:
        """The stretch around the words [old) up to the nearest firm neighbours that kept their order, in both texts."""
        at = bisect_left(self._keeper_begins, old[0] + 1)
        # A keeper that shares words with the stretch is no neighbour of it.
        before = next(
            (self._keepers[n] for n in range(at - 1, max(-1, at - 3), -1) if self._keepers[n].old[1] <= old[0]), None
        )
        at = bisect_left(self._keeper_begins, old[1])
        after = self._keepers[at] if at < len(self._keepers) else None
        mine = (before.old[1] if before else 0, after.old[0] if after else len(self.compared.old.code))
        their = (before.new[1] if before else 0, after.new[0] if after else len(self.compared.new.code))
        return mine, their


def align(compared: Comparison) -> Alignment:
    """Link the words of two texts, unit by unit."""
    pairs = paired(compared)
    pair_beside(pairs)
    ours, theirs = compared.old, compared.new
    links = []
    for old, new, firm in stretches(pairs):
        mine, their = words_of(pairs, old, new)
        exact = ours.code[slice(*mine)] == theirs.code[slice(*their)]
        like = Likeness(1.0, 1.0) if exact else compared.likeness(mine, their)
        links.append(Link(mine, their, exact, firm, like))
    return Alignment(compared, sorted(links, key=lambda link: link.old))
