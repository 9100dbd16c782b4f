"""How far reviewers agree about links: the figures of claims.review.agreement for the units of claims.coverage."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from claims.coverage.link_units import ORDER, LinkUnit
from claims.review.agreement import Agreement, Ratings, agreement_of, one_against_rest

Patterns = Counter[Ratings]


def patterns_of(units: Iterable[LinkUnit]) -> Patterns:
    """How many links have which ratings."""
    return Counter(unit.ratings for unit in units)


def links_by_relation(patterns: Patterns) -> list[tuple[int, Agreement]]:
    """For each of ORDER, how many links somebody gave it, and the agreement about it: this one, or any other."""
    found = []
    for number in range(len(ORDER)):
        either = one_against_rest(patterns, number)
        given = sum(weight for ratings, weight in either.items() if any(is_it for _, is_it in ratings))
        found.append((given, agreement_of(either, 2)))
    return found


def links_by_pair(patterns: Patterns) -> list[tuple[tuple[int, int], Patterns]]:
    """What each two reviewers found of the links that both judged, those with most links first."""
    groups: dict[tuple[int, int], Patterns] = defaultdict(Counter)
    for ratings, weight in patterns.items():
        for one, other in combinations(ratings, 2):
            groups[one[0], other[0]][one, other] += weight
    return sorted(groups.items(), key=lambda group: (-group[1].total(), group[0]))


def relations_met(patterns: Patterns) -> list[list[int]]:
    """How often each two relations met in a link, a row and a column for each of ORDER.

    Those that differ stand on both sides of the diagonal.
    """
    table = [[0] * len(ORDER) for _ in ORDER]
    for ratings, weight in patterns.items():
        for (_, one), (_, other) in combinations(ratings, 2):
            for row, column in {(one, other), (other, one)}:
                table[row][column] += weight
    return table
