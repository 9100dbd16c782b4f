"""After a claim was dated, its links are looked at again: no agreement stands between times that do not overlap."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from claims import audit
from claims.coverage.claim_times import TimeRule, time_rule, times_of
from claims.coverage.hold_linked import hold_linked
from claims.coverage.link_in_hand import restate, standing
from claims.models import Link, LinkAssessment, LinkRuling, User
from claims.permissions import check_can_link
from claims.vocabulary import EventKind


@transaction.atomic
def recheck_links(*, by: User, claims: Collection[UUID]) -> int:
    """Bring the states of these claims' links in line with their times of now; return how many changed.

    A door calls it in the transaction in which `by` dated the claims, or drew them, which dates them too. A few queries
    however many links there are; only those whose state changes are written. Raises NotAllowed.
    """
    check_can_link(by)
    hold_linked(claims)
    found = Link.objects.select_for_update(of=("self",)).filter(Q(a__in=claims) | Q(b__in=claims))
    links = list(found.order_by("pk"))
    given, rulings, rules = _given(links), LinkRuling.objects.in_bulk([link.pk for link in links]), _rules(links)
    changed = 0
    for link in links:
        before, ruling = _state_of(link), rulings.get(link.pk)
        if standing(link, given[link.pk], ruling, rules[link.pk]) == (link.state, link.held_by_time):
            continue
        restate(link, given[link.pk], ruling, rules[link.pk])
        audit.record(EventKind.LINK_RECHECKED, by=by, target=link, before=before, after=_state_of(link))
        changed += 1
    return changed


def _given(links: Sequence[Link]) -> dict[UUID, list[LinkAssessment]]:
    of_link: dict[UUID, list[LinkAssessment]] = defaultdict(list)
    for found in LinkAssessment.objects.filter(link__in=links).order_by("created_at", "pk"):
        of_link[found.link_id].append(found)
    return of_link


def _rules(links: Sequence[Link]) -> dict[UUID, TimeRule]:
    times = times_of({key for link in links for key in (link.a_id, link.b_id)})
    return {link.pk: time_rule(times[link.a_id], times[link.b_id]) for link in links}


def _state_of(link: Link) -> dict[str, Any]:
    return {"state": str(link.state), "held_by_time": link.held_by_time}
