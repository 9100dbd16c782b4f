"""The links that agreement is worked out from: those that two people or more judged, each on their own."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField
from django.db.models.functions import Cast

from claims.agreement_filter import AgreementFilter
from claims.relations import Relation
from claims.vocabulary import Aside

# A page reads no more findings than this, the newest; the file has all.
MOST_READ: Final = 50_000
# The order in which relations are counted; UNRELATED is one of them.
ORDER: Final = tuple(Relation)
_NUMBER: Final = {str(relation): number for number, relation in enumerate(ORDER)}
# Fewer than two are no unit.
_FEWEST_FINDINGS: Final = 2
_COUNTED: Final = ["", Aside.RETIRED, Aside.ORPHANED]


@dataclass(frozen=True)
class LinkUnit:
    """A link with two blind findings or more; `day` is the UTC day of the newest."""

    link: str
    day: str
    # (number of the reviewer's account, place of the relation in ORDER), the reviewers in the order of their numbers.
    ratings: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class FoundLinks:
    """The units asked for, newest first; whether there are older findings that were not read."""

    units: list[LinkUnit]
    is_cut: bool


def link_units_of(found: AgreementFilter) -> FoundLinks:
    """Every link asked for that two people judged blind; one query.

    Relations are what is compared: neither the direction nor the kind of a contradiction. Links of hidden claims are
    left out; those of retired claims, and of claims whose words an article has lost, are not.
    """
    rows = (
        found.findings.filter(blind=True, link__a__status__set_aside__in=_COUNTED)
        .filter(link__b__status__set_aside__in=_COUNTED)
        .order_by("-pk")
        .values_list(Cast("link_id", CharField()), "reviewer_id", "relation", Cast("created_at", CharField()))
    )
    read = list(rows[: MOST_READ + 1])
    of_link: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for link, reviewer, relation, moment in read[:MOST_READ]:
        of_link[link].append((reviewer, relation, moment))
    first, last = found.days() if found.is_valid() else ("", "")
    units = [
        LinkUnit(link, day, tuple(sorted((reviewer, _NUMBER[relation]) for reviewer, relation, _ in given)))
        for link, given in of_link.items()
        if len(given) >= _FEWEST_FINDINGS and first <= (day := given[0][2][:10]) <= last
    ]
    return FoundLinks(units, len(read) > MOST_READ)
