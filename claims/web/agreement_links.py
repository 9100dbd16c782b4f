"""How far reviewers agree about links: the page, and the rows that it rests on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.agreement_filter import AgreementFilter
from claims.coverage.link_units import MOST_READ, ORDER, LinkUnit, link_units_of
from claims.exchange.write_link_agreement_csv import link_agreement_blocks
from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid
from claims.relations import RELATION_BY_VALUE
from claims.review.agreement import FEWEST_UNITS, RESAMPLES, Ratings, agreement_of, one_against_rest
from claims.web.agreement import DEED
from claims.web.agreement_tables import PAIRS, Line, line_of, narrowed
from claims.web.asked import query_of
from claims.web.csv_answer import csv_answer
from claims.web.person import person

Patterns = Counter[Ratings]
NAMES: Final = tuple(RELATION_BY_VALUE[relation].name for relation in ORDER)


@dataclass(frozen=True)
class LinkFigures:
    """All that the page shows of the links asked for. `met` counts each two relations of a link, row by row."""

    whole: Line
    relations: list[tuple[int, Line]]
    pairs: list[Line]
    more_pairs: int
    met: list[tuple[str, list[tuple[str, int]]]]
    names: tuple[str, ...] = NAMES
    fewest: int = FEWEST_UNITS
    resamples: int = RESAMPLES


@require_safe
def agreement_links(request: HttpRequest) -> HttpResponse:
    """Every figure for the links that the filter in the address asks for."""
    check_can_moderate(request.user, DEED)
    found = AgreementFilter(request.GET, viewer=person(request))
    found.offer_choices()
    read = link_units_of(found)
    query = query_of(found)
    context = {
        "fields": list(found.form),
        "faults": found.faults(),
        "query": query.urlencode(),
        "tab": "links",
        "is_cut": read.is_cut,
        "most_read": MOST_READ,
        "figures": figures_of(read.units, query),
    }
    return render(request, "agreement/links.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The rows as CSV. Raises Invalid where the filter makes no sense: half a filter is not what was asked."""
    check_can_moderate(request.user, DEED)
    found = AgreementFilter(request.GET, viewer=person(request))
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return csv_answer(link_agreement_blocks(found), f"agreement-links-{timezone.localdate():%Y-%m-%d}", request.user)


def figures_of(units: Sequence[LinkUnit], query: QueryDict) -> LinkFigures:
    """Work out every table for these units; one query, for the names of people. `query` is what the page was asked."""
    patterns: Patterns = Counter(unit.ratings for unit in units)
    pairs = _by_pair(patterns)
    names = _names({person for both, _ in pairs for person in both})
    return LinkFigures(
        whole=line_of("All of them", agreement_of(patterns, len(ORDER))),
        relations=[_against_rest(patterns, number) for number in range(len(ORDER))],
        pairs=[
            line_of(
                f"{names[one]} and {names[other]}",
                agreement_of(found, len(ORDER)),
                narrowed(query, reviewer=names[one], other=names[other]),
            )
            for (one, other), found in pairs[:PAIRS]
        ],
        more_pairs=max(0, len(pairs) - PAIRS),
        met=_met(patterns),
    )


def _against_rest(patterns: Patterns, number: int) -> tuple[int, Line]:
    """How many links somebody gave this relation, and the agreement about it: this one, or any other."""
    either = one_against_rest(patterns, number)
    given = sum(weight for ratings, weight in either.items() if any(is_it for _, is_it in ratings))
    return given, line_of(NAMES[number], agreement_of(either, 2))


def _by_pair(patterns: Patterns) -> list[tuple[tuple[int, int], Patterns]]:
    """What each two reviewers found of the links that both judged, those with most links first."""
    groups: dict[tuple[int, int], Patterns] = defaultdict(Counter)
    for ratings, weight in patterns.items():
        for one, other in combinations(ratings, 2):
            groups[one[0], other[0]][one, other] += weight
    return sorted(groups.items(), key=lambda group: (-group[1].total(), group[0]))


def _met(patterns: Patterns) -> list[tuple[str, list[tuple[str, int]]]]:
    """How often each two relations met in a link; those that differ stand on both sides of the diagonal."""
    table: Counter[tuple[int, int]] = Counter()
    for ratings, weight in patterns.items():
        for (_, one), (_, other) in combinations(ratings, 2):
            for cell in {(one, other), (other, one)}:
                table[cell] += weight
    return [
        (NAMES[row], [(NAMES[column], table[row, column]) for column in range(len(ORDER))]) for row in range(len(ORDER))
    ]


def _names(people: Iterable[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "username"))
