"""The claims that agreement is worked out from, and the groups that it is shown for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Generic, TypeVar
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from claims.agreement_filter import AgreementFilter
from claims.review.agreement import Agreement, Patterns, Ratings, agreement_of, one_against_rest
from claims.vocabulary import Aside, Label

Key = TypeVar("Key", bound=Hashable)

# A page reads no more assessments than this, the newest; the file has all.
MOST_READ: Final = 50_000
# The order in which labels are counted.
ORDER: Final = tuple(Label)
_NUMBER: Final = {str(label): number for number, label in enumerate(ORDER)}
# Fewer than two are no unit.
_FEWEST_RATINGS: Final = 2


@dataclass(frozen=True)
class Unit:
    """A claim with two blind assessments or more. `place` and `day` are the number and UTC day of the newest.

    The keys of claim and article are text, as the database gives it: few of them are ever looked up.
    """

    claim: str
    article: str
    place: int
    day: str
    # (number of the reviewer's account, place of the label in ORDER), the reviewers in the order of their numbers.
    ratings: Ratings


@dataclass(frozen=True)
class Found:
    """The units asked for, newest first; whether there are older assessments that were not read."""

    units: list[Unit]
    is_cut: bool


@dataclass(frozen=True)
class Groups(Generic[Key]):
    """The agreement within each group of units, and how many groups more there are."""

    shown: list[tuple[Key, Agreement]]
    more: int


def units_of(found: AgreementFilter) -> Found:
    """Every claim asked for that two people labelled blind; one query.

    Hidden claims are left out. Retired ones are not, nor those whose words an article has lost: their labels were given
    before that.
    """
    rows = (
        found.assessments.filter(blind=True, claim__status__set_aside__in=["", Aside.RETIRED, Aside.ORPHANED])
        .order_by("-pk")
        .values_list("pk", _as_text("claim_id"), _as_text("article_id"), "reviewer_id", "label", _as_text("created_at"))
    )
    read = list(rows[: MOST_READ + 1])
    of_claim: dict[str, list[tuple[int, str, str, int, str, str]]] = defaultdict(list)
    for row in read[:MOST_READ]:
        of_claim[row[1]].append(row)
    first, last = found.days() if found.is_valid() else ("", "")
    units = []
    for given in of_claim.values():
        place, claim, article, _, _, moment = given[0]
        if len(given) >= _FEWEST_RATINGS and first <= (day := moment[:10]) <= last:
            ratings = tuple(sorted([(reviewer, _NUMBER[label]) for _, _, _, reviewer, label, _ in given]))
            units.append(Unit(claim, article, place, day, ratings))
    return Found(units, len(read) > MOST_READ)


def agreement_in(units: Iterable[Unit]) -> Agreement:
    """The agreement of all of these together."""
    return agreement_of(_patterns(units), len(ORDER))


def by_label(units: Iterable[Unit]) -> list[tuple[Label, int, Agreement]]:
    """For each label how many units somebody gave it, and the agreement about it: this label, or any other."""
    patterns = _patterns(units)
    answer = []
    for number, label in enumerate(ORDER):
        narrowed = one_against_rest(patterns, number)
        given = sum(weight for ratings, weight in narrowed.items() if any(is_it for _, is_it in ratings))
        answer.append((label, given, agreement_of(narrowed, 2)))
    return answer


def by_article(units: Iterable[Unit], most: int) -> Groups[UUID]:
    """The agreement in each article, those with most units first."""
    found = _grouped(units, lambda unit: [(unit.article, unit.ratings)], most)
    return Groups([(UUID(key), figures) for key, figures in found.shown], found.more)


def by_pair(units: Iterable[Unit], most: int) -> Groups[tuple[int, int]]:
    """The agreement of each two reviewers about what both labelled, those with most units first."""

    def pairs(unit: Unit) -> list[tuple[tuple[int, int], Ratings]]:
        return [((one[0], other[0]), (one, other)) for one, other in combinations(unit.ratings, 2)]

    return _grouped(units, pairs, most)


def by_month(units: Iterable[Unit], most: int) -> Groups[str]:
    """The agreement in each month of the newest blind label ("2024-04"), the last months, the oldest of them first."""
    months = sorted({unit.day[:7] for unit in units}, reverse=True)
    kept = set(months[:most])
    found = _grouped((unit for unit in units if unit.day[:7] in kept), lambda u: [(u.day[:7], u.ratings)], most)
    return Groups(sorted(found.shown, key=lambda group: group[0]), len(months) - len(kept))


def confusion(units: Iterable[Unit], directed: Sequence[int] = ()) -> list[list[int]]:
    """How often each two labels met, a row and a column for each label in ORDER.

    With two reviewers' numbers in `directed` rows are the first one's labels. Without, every two ratings of a unit
    stand on both sides of the diagonal, and those that are equal once on it.
    """
    table = [[0] * len(ORDER) for _ in ORDER]
    for ratings, weight in _patterns(units).items():
        for row, column in _cells(ratings, directed):
            table[row][column] += weight
    return table


def behind(units: Iterable[Unit], row: Label, column: Label, directed: Sequence[int] = ()) -> list[Unit]:
    """The units that a cell of the confusion table counts."""
    cell = (ORDER.index(row), ORDER.index(column))
    return [unit for unit in units if cell in _cells(unit.ratings, directed)]


def _cells(ratings: Ratings, directed: Sequence[int]) -> list[tuple[int, int]]:
    """The cells of the confusion table that one unit adds to, row and column, one for each two of its ratings."""
    met = [
        (one, other) if not directed or one[0] == directed[0] else (other, one)
        for one, other in combinations(ratings, 2)
    ]
    cells = [(one[1], other[1]) for one, other in met]
    return cells if directed else [*cells, *((column, row) for row, column in cells if row != column)]


def _patterns(units: Iterable[Unit]) -> Patterns:
    return Counter(unit.ratings for unit in units)


def _grouped(units: Iterable[Unit], parts_of: Callable[[Unit], list[tuple[Key, Ratings]]], most: int) -> Groups[Key]:
    """The agreement in each group that a unit has a part in; those with most units first, then by key."""
    groups: dict[Key, Counter[Ratings]] = defaultdict(Counter)
    for unit in units:
        for key, ratings in parts_of(unit):
            groups[key][ratings] += 1
    largest = sorted(groups.items(), key=lambda group: (-group[1].total(), str(group[0])))
    return Groups([(key, agreement_of(found, len(ORDER))) for key, found in largest[:most]], max(0, len(groups) - most))


def _as_text(field: str) -> Cast:
    # Making objects of fifty thousand keys and times takes longer than all the rest.
    return Cast(field, CharField())
