"""After work was brought in the states of its links are worked out anew: nothing is settled because a file says so."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from claims import audit
from claims.coverage.claim_times import time_rule, times_of
from claims.coverage.link_in_hand import restate, standing
from claims.coverage.link_state import settle
from claims.models import Link, LinkAssessment, LinkRuling, User
from claims.permissions import check_is_operator
from claims.relations import LINK_SETTLED
from claims.vocabulary import EventKind

_SETTLED_AS = ("relation", "subtype", "forward", "independence", "signs")


@transaction.atomic
def restate_links(
    *,
    by: User,
    links: Collection[UUID] = (),
    dated: Collection[UUID] = (),
    settled_at: Mapping[UUID, datetime] = MappingProxyType({}),
) -> int:
    """Bring these links, and those of claims that were dated, in line with what was found; return how many changed.

    Those that are in line stay as they are, with their versions. `settled_at` says of links that come out settled, and
    were not, when that was; others are settled now. A few queries however many there are. Raises NotAllowed.
    """
    check_is_operator(by, "work out the states of links anew")
    asked = Q(pk__in=links) | Q(a__in=dated) | Q(b__in=dated)
    found = list(Link.objects.select_for_update(of=("self",)).filter(asked).order_by("pk"))
    given: dict[UUID, list[LinkAssessment]] = defaultdict(list)
    for finding in LinkAssessment.objects.filter(link__in=found).order_by("created_at", "pk"):
        given[finding.link_id].append(finding)
    rulings = LinkRuling.objects.in_bulk([link.pk for link in found])
    times = times_of({key for link in found for key in (link.a_id, link.b_id)})
    changed = 0
    for link in found:
        rule, ruling = time_rule(times[link.a_id], times[link.b_id]), rulings.get(link.pk)
        if _is_in_line(link, given[link.pk], ruling, standing(link, given[link.pk], ruling, rule)):
            continue
        before = _told(link)
        link.settled_at = link.settled_at or settled_at.get(link.pk)
        restate(link, given[link.pk], ruling, rule)
        audit.record(EventKind.LINK_RECHECKED, by=by, target=link, before=before, after=_told(link))
        changed += 1
    return changed


def _is_in_line(link: Link, given: list[LinkAssessment], ruling: LinkRuling | None, stands: tuple[str, bool]) -> bool:
    if (link.state, link.held_by_time) != stands or link.given != len(given):
        return False
    if link.state not in LINK_SETTLED:
        return True
    follows = Link()
    settle(follows, given, ruling)
    same = all(getattr(link, name) == getattr(follows, name) for name in _SETTLED_AS)
    return same and link.was_settled


def _told(link: Link) -> dict[str, Any]:
    return {"state": str(link.state), "held_by_time": link.held_by_time}
