"""How far reviewers agree: the page, the claims behind a cell of its table, and the rows that it rests on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.agreement_filter import AgreementFilter
from claims.exchange.write_agreement_csv import agreement_blocks
from claims.keyset import SIZE
from claims.models import Claim, User
from claims.permissions import check_can_moderate
from claims.refusals import Invalid
from claims.review.agreement_units import MOST_READ, Unit, behind, units_of
from claims.vocabulary import LABEL_BY_VALUE, STATE_NAMES, Label
from claims.web.agreement_tables import figures_of, names_of, narrowed
from claims.web.asked import query_of
from claims.web.csv_answer import csv_answer
from claims.web.person import person

DEED = "see agreement figures"
# No place in the list has more digits.
_LONGEST_PLACE = 18


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """Every figure for the claims that the filter in the address asks for."""
    check_can_moderate(request.user, DEED)
    found = AgreementFilter(request.GET, viewer=person(request))
    found.offer_choices()
    read = units_of(found)
    query = query_of(found)
    context = {
        "fields": list(found.form),
        "faults": found.faults(),
        "query": query.urlencode(),
        "tab": "claims",
        "is_cut": read.is_cut,
        "most_read": MOST_READ,
        "figures": figures_of(read.units, _people(found), query),
    }
    return render(request, "agreement/agreement.html", context)


@require_safe
def claims_behind(request: HttpRequest) -> HttpResponse:
    """One page of the claims that a cell of the confusion table counts, the newest labels first."""
    check_can_moderate(request.user, DEED)
    found = AgreementFilter(request.GET, viewer=person(request))
    row, column = _label(request, "row"), _label(request, "column")
    people = _people(found)
    counted = behind(units_of(found).units, row, column, [people[name] for name in found.pair or ()])
    before = _place(request.GET.get("after", ""))
    rest = [unit for unit in counted if before is None or unit.place < before]
    context = {
        "lines": _lines(rest[:SIZE], person(request)),
        "count": len(counted),
        "pair": found.pair,
        "labels": (LABEL_BY_VALUE[row], LABEL_BY_VALUE[column]),
        "faults": found.faults(),
        "back": query_of(found).urlencode(),
        "following": narrowed(query_of(found), row=row.value, column=column.value, after=rest[SIZE - 1].place)
        if len(rest) > SIZE
        else "",
    }
    return render(request, "agreement/claims.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The rows as CSV. Raises Invalid where the filter makes no sense: half a filter is not what was asked."""
    check_can_moderate(request.user, DEED)
    found = AgreementFilter(request.GET, viewer=person(request))
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    return csv_answer(agreement_blocks(found), f"agreement-{timezone.localdate():%Y-%m-%d}", request.user)


def _people(found: AgreementFilter) -> dict[str, int]:
    """The numbers of the two accounts that are asked for, by name, the first one's first; nobody where it is not two.

    A name that nobody has gets the number 0.
    """
    if not found.is_valid() or found.pair is None:
        return {}
    numbers = dict(User.objects.filter(username__in=found.pair).values_list("username", "pk"))
    return {name: numbers.get(name, 0) for name in found.pair}


def _lines(units: list[Unit], viewer: User) -> list[dict[str, Any]]:
    """Each claim with its text, its state, and who gave it which label blind."""
    texts = (
        Claim.objects.visible_to(viewer)
        .select_related("status", "article__status")
        .defer("folded", "prefix", "suffix", "article__bases", "article__credits", "article__quality")
        .in_bulk([UUID(unit.claim) for unit in units])
    )
    names = names_of(units)
    return [
        {
            "claim": claim,
            "state": STATE_NAMES[claim.status.state],
            "given": [(names[who], LABEL_BY_VALUE[list(Label)[label]]) for who, label in unit.ratings],
        }
        for unit in units
        if (claim := texts.get(UUID(unit.claim)))
    ]


def _label(request: HttpRequest, name: str) -> Label:
    try:
        return Label(request.GET.get(name, ""))
    except ValueError as wrong:
        raise Invalid("Choose a cell of the table of labels: its link leads to the claims behind it.") from wrong


def _place(asked: str) -> int | None:
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_PLACE):
        raise Invalid("This page of the list is not known. Start again from its first page.")
    return int(asked)
