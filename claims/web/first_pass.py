"""How the first pass does by the desk's decisions: the page, the claims that it got wrong, and the rows as CSV."""

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.exchange.write_first_pass_csv import first_pass_blocks
from claims.keyset import page_of
from claims.models import Outlet
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid
from claims.review.proposal_figures import MOST_COUNTED, MOST_OF_MONTH, count, outcomes_of, overruled_of
from claims.vocabulary import LABEL_BY_VALUE, Label
from claims.web.csv_answer import csv_answer
from claims.web.first_pass_tables import figures_of, rule_name
from claims.web.person import person
from claims.web.reading_page import how_sure

DEED: Final = "see how the first pass does"
_LONGEST_RULE: Final = 40


@require_safe
def first_pass(request: HttpRequest) -> HttpResponse:
    """The figures, of all decisions or of the rule and the outlet in the address."""
    check_can_moderate(request.user, DEED)
    rule, outlet = _rule(request), _outlet(request)
    counted = count(outcomes_of(person(request), rule, outlet.pk if outlet else None))
    context = {
        "rule": rule,
        "rule_name": rule_name(rule),
        "outlet": outlet,
        "figures": figures_of(counted, rule, outlet),
        "is_cut": counted.is_cut,
        "most_counted": f"{MOST_COUNTED:,}",
        "most_of_month": f"{MOST_OF_MONTH:,}",
        "asked": _query(rule, outlet),
        "tab": "first pass",
    }
    return render(request, "first_pass/first_pass.html", context)


@require_safe
def overruled(request: HttpRequest) -> HttpResponse:
    """One page of the claims whose proposal the desk overruled, the newest decisions first."""
    check_can_moderate(request.user, DEED)
    rule, outlet = _rule(request), _outlet(request)
    found = overruled_of(person(request), rule, outlet.pk if outlet else None)
    page = page_of(found, "decided_at", request.GET.get("after", ""), request.GET.get("before", ""))
    names = [(LABEL_BY_VALUE[Label(one.proposed)], LABEL_BY_VALUE[Label(one.decided)]) for one in page.rows]
    sure = [how_sure(one.claim.proposal) for one in page.rows]
    query = _query(rule, outlet)
    context = {
        "lines": list(zip(page.rows, names, sure, strict=True)),
        "rule_name": rule_name(rule),
        "outlet": outlet,
        "asked": query,
        "newer": "&".join(filter(None, [query, urlencode({"before": page.before})])) if page.before else "",
        "older": "&".join(filter(None, [query, urlencode({"after": page.after})])) if page.after else "",
    }
    return render(request, "first_pass/overruled.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The decisions as CSV, a row for each claim."""
    check_can_moderate(request.user, DEED)
    rule, outlet = _rule(request), _outlet(request)
    blocks = first_pass_blocks(outcomes_of(person(request), rule, outlet.pk if outlet else None))
    return csv_answer(blocks, f"first-pass-{timezone.localdate():%Y-%m-%d}", request.user)


def _rule(request: HttpRequest) -> str:
    """The rule asked for, "" for all. Raises Invalid for what cannot be one."""
    rule = request.GET.get("rule", "")
    if len(rule) > _LONGEST_RULE or "\0" in rule:
        raise Invalid("This is not the name of a rule. Choose one from the table.")
    return rule


def _outlet(request: HttpRequest) -> Outlet | None:
    """The outlet asked for, None for all. Raises Invalid for what is no key, Gone where there is no such outlet."""
    if not (asked := request.GET.get("outlet", "")):
        return None
    try:
        found = Outlet.objects.visible_to(request.user).filter(pk=UUID(asked)).first()
    except ValueError as wrong:
        raise Invalid("This is not the key of an outlet. Choose one from the table.") from wrong
    if found is None:
        raise Gone("There is no such outlet here. Choose one from the table.")
    return found


def _query(rule: str, outlet: Outlet | None) -> str:
    return urlencode(
        {name: value for name, value in (("rule", rule), ("outlet", outlet.pk if outlet else None)) if value}
    )
