"""What an outlet's settled claims are, and how they stand to those of other outlets. Nothing here rates an outlet.

Only what is settled counts, so that the figures are the same for everybody and tell of nobody's blind work.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count

from claims.models import Article, Claim, Link, Outlet, Shingle
from claims.models.link import LinkQuerySet
from claims.relations import DIRECTED, Independence, LinkState, Relation
from claims.text.shingles import resemblance
from claims.vocabulary import Label

# Figures are of the newest articles, up to so many of them and about so many claims; a page says so.
MOST_ARTICLES: Final = 2_000
MOST_CLAIMS: Final = 20_000
# Of so many of the newest articles near-copies are looked for, and so much of two texts is then the same.
MOST_COMPARED: Final = 50
NEARLY_COPIED: Final = 0.5
_MOST_SHINGLES: Final = 20_000


@dataclass(frozen=True)
class Sample:
    """The articles that figures are of, newest first, and how many claims they have; `is_all` where it is each one."""

    articles: tuple[UUID, ...]
    claims: int
    is_all: bool


@dataclass(frozen=True)
class Shares:
    """How many of the settled claims have which label, and which strength with it; None is one without a strength."""

    settled: int
    labels: dict[Label, int]
    strengths: dict[tuple[Label, int | None], int]


@dataclass(frozen=True)
class Beside:
    """How claims of an outlet stand to those of another, itself, or none that is stated (None).

    `relations` counts confirmed links; `from_here` those of them that go from a claim of this outlet to one of the
    other, as an update does from the newer one; `shared` how many agreements have a shared origin.
    """

    outlet: UUID | None
    relations: dict[Relation, int]
    from_here: dict[Relation, int]
    shared: int

    @property
    def total(self) -> int:
        """How many links there are."""
        return sum(self.relations.values())


@dataclass(frozen=True)
class NearCopy:
    """Two articles that are nearly copies of each other: one of the outlet, one of another; `share` is 0 to 1."""

    article: UUID
    other: UUID
    share: float


def sample_of(outlet: Outlet) -> Sample:
    """The outlet's newest articles, up to the caps. One query."""
    rows = list(
        Article.objects.opened()
        .filter(outlet=outlet, status__withdrawn_at__isnull=True)
        .newest_first()
        .values_list("pk", "status__claims_count")[: MOST_ARTICLES + 1]
    )
    taken: list[UUID] = []
    claims = 0
    for article, count in rows[:MOST_ARTICLES]:
        if taken and claims + count > MOST_CLAIMS:
            break
        taken.append(article)
        claims += count
    return Sample(tuple(taken), claims, len(taken) == len(rows))


def shares_of(sample: Sample) -> Shares:
    """The labels and strengths of the settled claims in work. One query."""
    rows = (
        Claim.objects.in_work()
        .filter(article__in=sample.articles, status__settled_label__gt="")
        .order_by()
        .values_list("status__settled_label", "status__settled_strength")
        .annotate(count=Count("pk"))
    )
    strengths = {(Label(label), strength): count for label, strength, count in rows}
    labels: Counter[Label] = Counter()
    for (label, _), count in strengths.items():
        labels[label] += count
    return Shares(labels.total(), {label: labels[label] for label in Label}, strengths)


def beside_others(sample: Sample) -> list[Beside]:
    """How the outlet's claims stand to those of each outlet, most links first. Two queries."""
    found: dict[UUID | None, list[tuple[Relation, bool | None, bool, int]]] = {}
    confirmed = Link.objects.in_work().filter(
        state=LinkState.CONFIRMED,
        a__article__status__withdrawn_at__isnull=True,
        b__article__status__withdrawn_at__isnull=True,
    )
    # As a subquery: joined, SQLite would look through all links once for each article.
    claims = Claim.objects.filter(article__in=sample.articles).order_by().values("pk")
    ours_first = confirmed.filter(a__in=claims)
    theirs_first = confirmed.filter(b__in=claims).exclude(a__in=claims)
    for other, relation, from_here, is_shared, count in (*_rows(ours_first, "a"), *_rows(theirs_first, "b")):
        found.setdefault(other, []).append((relation, from_here, is_shared, count))
    return sorted(
        (_beside(other, rows) for other, rows in found.items()),
        key=lambda one: (-one.total, str(one.outlet)),
    )


def _rows(links: LinkQuerySet, ours: str) -> Iterator[tuple[UUID | None, Relation, bool | None, bool, int]]:
    theirs = "b" if ours == "a" else "a"
    rows: Iterable[Any] = (
        links.order_by()
        .values_list(f"{theirs}__article__outlet", "relation", "forward", "independence")
        .annotate(count=Count("pk"))
    )
    for other, relation, forward, independence, count in rows:
        from_here = None if forward is None else forward == (ours == "a")
        yield other, Relation(relation), from_here, independence == Independence.SHARED, count


def _beside(other: UUID | None, rows: Iterable[tuple[Relation, bool | None, bool, int]]) -> Beside:
    relations: Counter[Relation] = Counter()
    from_here: Counter[Relation] = Counter()
    shared = 0
    for relation, goes_from_here, is_shared, count in rows:
        relations[relation] += count
        from_here[relation] += count * bool(goes_from_here)
        shared += count * is_shared
    directed = {relation: from_here[relation] for relation in DIRECTED if relations[relation]}
    return Beside(other, dict(relations), directed, shared)


def near_copies(outlet: Outlet, sample: Sample) -> list[NearCopy]:
    """Articles of other outlets that are nearly copies of the newest of this one, most alike first. Three queries.

    They are found by their sketches (claims.text.shingles), which an article has once it is in the coverage index.
    """
    newest = sample.articles[:MOST_COMPARED]
    ours = _sketches(newest)
    hashes = {one for sketch in ours.values() for one in sketch}
    sharing = Shingle.objects.filter(hash__in=hashes, article__status__withdrawn_at__isnull=True)
    others = list(sharing.exclude(article__outlet=outlet).values_list("article", "hash")[:_MOST_SHINGLES])
    common: dict[UUID, set[int]] = {}
    for article, one in others:
        common.setdefault(article, set()).add(one)
    # Whose shared hashes are too few cannot be a near-copy: their sketches are not even read.
    least = min((len(sketch) for sketch in ours.values()), default=0) * NEARLY_COPIED
    theirs = _sketches([article for article, shared in common.items() if len(shared) >= least])
    pairs = (
        NearCopy(article, other, share)
        for article, sketch in ours.items()
        for other, against in theirs.items()
        if (share := resemblance(sketch, against)) >= NEARLY_COPIED
    )
    return sorted(pairs, key=lambda pair: (-pair.share, pair.article, pair.other))[:MOST_COMPARED]


def _sketches(articles: Iterable[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    for article, one in Shingle.objects.filter(article__in=list(articles)).values_list("article", "hash"):
        found.setdefault(article, []).append(one)
    return found
