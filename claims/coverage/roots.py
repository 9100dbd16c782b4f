"""On how many roots a matter rests: first sources, never articles.

Of a matter's claims those that are settled as sourced are joined where they have the same first source, or where a
confirmed link between them found a shared origin. What remains apart is not yet known to be independent: groups count
as roots of their own only where a confirmed link between them found that they are. Only settled labels, and what was
attributed at settled claims, count, so that the figure is the same for everybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.coverage.matters import Matter, joined
from claims.models import Claim, Hop
from claims.relations import Independence, Relation
from claims.vocabulary import SETTLED, Label

# With more groups than these that are found independent of some other, they are taken as they come.
_MOST_TRIED: Final = 12


@dataclass(frozen=True)
class Root:
    """The first source of a settled claim, as attributed: the source in force, and its name."""

    source: UUID
    name: str


@dataclass(frozen=True)
class Roots:
    """What a matter rests on.

    `articles`: how many articles it is told in. `roots`: how many origins are established, each at least once by a
    sourced claim, and known to be different. `not_established`: how many articles add none of these, so far as is
    known. `unsourced`: no settled claim of it names a source. `sides`: where claims contradict, the roots of each group
    of claims that agree, most first; empty where nothing contradicts. `unsettled`: how many of its claims are open.
    """

    articles: int
    roots: int
    not_established: int
    unsourced: bool
    sides: tuple[int, ...] = ()
    unsettled: int = 0

    @property
    def figure(self) -> str:
        """As in "3 articles, 1 root, 2 not established"; where claims contradict "2 articles, 1 root against none"."""
        articles = _counted(self.articles, "article")
        if self.sides:
            first, *others = self.sides
            against = [str(roots) if roots else "none" for roots in others]
            return " against ".join([f"{articles}, {_counted(first, 'root')}", *against])
        parts = [articles, _counted(self.roots, "root")]
        if self.not_established and not self.unsourced:
            parts.append(f"{self.not_established} not established")
        return ", ".join(parts)

    @property
    def sentence(self) -> str:
        """What the figure means, for readers; empty where the figure says it all."""
        if self.unsettled:
            return f"{_counted(self.unsettled, 'label')} not settled yet"
        if self.sides:
            return "no side names a source" if self.unsourced else ""
        if self.unsourced:
            return "agreement without a source: it adds nothing" if self.articles > 1 else "no source is named"
        if self.articles > 1 and self.roots == 1 and not self.not_established:
            return "all of it rests on one origin"
        return ""


@dataclass(frozen=True)
class Standing:
    """Where a claim stands for the figure: in which article, and whether it is settled, and as sourced."""

    article: UUID
    is_sourced: bool
    is_settled: bool = True


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def roots_of(matters: Sequence[Matter]) -> dict[UUID, Roots]:
    """The figure of each matter, by its key. Two queries, however many matters there are."""
    keys = [claim for matter in matters for claim in matter.claims]
    sourced = sourced_of(keys)
    first = first_sources([claim for claim, standing in sourced.items() if standing.is_sourced])
    return {matter.key: count_roots(matter, sourced, first) for matter in matters}


def sourced_of(claims: Iterable[UUID]) -> dict[UUID, Standing]:
    """Where each of these claims stands. One query."""
    rows = Claim.objects.filter(pk__in=list(claims)).values_list(
        "pk", "article_id", "status__state", "status__settled_label"
    )
    return {
        claim: Standing(article, state in SETTLED and label == Label.SOURCED, state in SETTLED)
        for claim, article, state, label in rows
    }


def first_sources(claims: Iterable[UUID]) -> dict[UUID, list[Root]]:
    """The first sources that reviewers attributed these claims to, where a claim is settled. One query.

    The first source of a route is its root, also where an occasion stands before it. A source that was merged counts
    as the one that it was merged into.
    """
    hops = (
        Hop.objects.filter(
            source__isnull=False,
            attribution__claim__in=list(claims),
            attribution__claim__status__state__in=SETTLED,
        )
        .order_by("attribution__claim", "attribution", "position")
        .values_list(
            "attribution",
            "attribution__claim",
            "source",
            "source__name",
            "source__merged_into",
            "source__merged_into__name",
        )
    )
    seen: set[int] = set()
    found: dict[UUID, list[Root]] = defaultdict(list)
    for attribution, claim, source, name, merged, merged_name in hops:
        if attribution in seen:
            continue
        seen.add(attribution)
        root = Root(merged or source, merged_name or name)
        if root not in found[claim]:
            found[claim].append(root)
    return dict(found)


def count_roots(matter: Matter, sourced: Mapping[UUID, Standing], first: Mapping[UUID, Sequence[Root]]) -> Roots:
    """The figure of one matter. `sourced` and `first` are those of `sourced_of` and `first_sources`."""
    here = {claim: sourced[claim] for claim in matter.claims if claim in sourced}
    named = [claim for claim, standing in here.items() if standing.is_sourced]
    group = _groups(matter, named, first)
    established = _independent(matter, {claim: group[claim] for claim in named})
    known = {standing.article for claim, standing in here.items() if group[claim] in established}
    articles = {standing.article for standing in here.values()}
    unsettled = sum(not standing.is_settled for standing in here.values())
    return Roots(
        len(articles), len(established), len(articles - known), not named, _sides(matter, named, group), unsettled
    )


def _sides(matter: Matter, named: Sequence[UUID], group: Mapping[UUID, UUID]) -> tuple[int, ...]:
    """The roots of each group of claims that agree with each other, where others contradict them."""
    if not matter.contradictions:
        return ()
    pairs = [(claim, claim) for claim in matter.claims]
    pairs += [(link.a_id, link.b_id) for link in matter.links if link.relation == Relation.CORROBORATES]
    side = joined(pairs)
    of_side: dict[UUID, dict[UUID, UUID]] = {key: {} for key in set(side.values())}
    for claim in named:
        of_side[side[claim]][claim] = group[claim]
    return tuple(sorted((len(_independent(matter, groups)) for groups in of_side.values()), reverse=True))


def _groups(matter: Matter, named: Sequence[UUID], first: Mapping[UUID, Sequence[Root]]) -> dict[UUID, UUID]:
    """The group of each claim, by its lowest key."""
    pairs = [(claim, claim) for claim in matter.claims]
    of_source: dict[UUID, UUID] = {}
    for claim in named:
        pairs += [(of_source.setdefault(root.source, claim), claim) for root in first.get(claim, ())]
    # Also through a claim without a source: both ends of a chain of shared origins have one origin.
    pairs += [(link.a_id, link.b_id) for link in matter.links if link.independence == Independence.SHARED]
    return joined(pairs)


def _independent(matter: Matter, group: Mapping[UUID, UUID]) -> set[UUID]:
    """The most groups that are found independent, each of each; one where there is any; ties by number of claims."""
    size: dict[UUID, int] = defaultdict(int)
    for key in group.values():
        size[key] += 1
    apart: dict[UUID, set[UUID]] = defaultdict(set)
    for link in matter.links:
        ours, theirs = group.get(link.a_id), group.get(link.b_id)
        if link.independence == Independence.INDEPENDENT and ours and theirs and ours != theirs:
            apart[ours].add(theirs)
            apart[theirs].add(ours)
    order = sorted(apart, key=lambda key: (-len(apart[key]), -size[key], key))
    if not order:
        return {min(size, key=lambda key: (-size[key], key))} if size else set()
    if len(order) <= _MOST_TRIED:
        return _largest(order, apart, size)
    chosen: set[UUID] = set()
    for key in order:
        if chosen <= apart[key]:
            chosen.add(key)
    return chosen


def _largest(order: Sequence[UUID], apart: Mapping[UUID, set[UUID]], size: Mapping[UUID, int]) -> set[UUID]:
    best: set[UUID] = set()

    def weight(chosen: set[UUID]) -> tuple[int, int]:
        return len(chosen), sum(size[key] for key in chosen)

    def extend(chosen: set[UUID], left: Sequence[UUID]) -> None:
        nonlocal best
        if weight(chosen) > weight(best):
            best = chosen
        for place, key in enumerate(left):
            extend(chosen | {key}, [other for other in left[place + 1 :] if other in apart[key]])

    extend(set(), order)
    return best
