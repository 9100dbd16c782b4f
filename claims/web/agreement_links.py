"""How far reviewers agree about links: the page, and the rows that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.agreement_filter import AgreementFilter
from claims.coverage.link_units import MOST_READ, ORDER, LinkUnit, link_units_of
from claims.exchange.write_link_agreement_csv import link_agreement_blocks
from claims.link_agreement import links_by_pair, links_by_relation, patterns_of, relations_met
from claims.models import User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid
from claims.relations import RELATION_BY_VALUE
from claims.review.agreement import FEWEST_UNITS, RESAMPLES, Agreement, agreement_of
from claims.web.agreement import DEED
from claims.web.agreement_tables import PAIRS, Line, line_of, narrowed
from claims.web.asked import query_of
from claims.web.csv_answer import csv_answer
from claims.web.person import person

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
    patterns = patterns_of(units)
    pairs = links_by_pair(patterns)
    names = _names({person for both, _ in pairs for person in both})
    return LinkFigures(
        whole=line_of("All of them", agreement_of(patterns, len(ORDER))),
        relations=[_relation(number, *found) for number, found in enumerate(links_by_relation(patterns))],
        pairs=[
            line_of(
                f"{names[one]} and {names[other]}",
                agreement_of(found, len(ORDER)),
                narrowed(query, reviewer=names[one], other=names[other]),
            )
            for (one, other), found in pairs[:PAIRS]
        ],
        more_pairs=max(0, len(pairs) - PAIRS),
        met=_named(relations_met(patterns)),
    )


def _relation(number: int, given: int, agreement: Agreement) -> tuple[int, Line]:
    return given, line_of(NAMES[number], agreement)


def _named(table: list[list[int]]) -> list[tuple[str, list[tuple[str, int]]]]:
    """The table with the names of its rows and columns."""
    return [(name, list(zip(NAMES, row, strict=True))) for name, row in zip(NAMES, table, strict=True)]


def _names(people: Iterable[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "username"))
