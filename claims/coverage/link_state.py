"""The state of a link as a pure function of what was found, of a ruling, and of the times."""

from collections.abc import Sequence

from claims.coverage.finding import shared_signs
from claims.models.link import Found, Link
from claims.relations import LINK_ASSESSMENTS_NEEDED, TIME_BOUND, Independence, LinkState, Relation


def link_state(
    given: Sequence[Found], ruling: Found | None, *, times_overlap: bool, reopened_with: int | None = None
) -> LinkState:
    """Settled by a ruling, else by enough equal findings; disputed where relation or direction differ.

    No agreement and no contradiction is confirmed, by whomever, unless the two times are known to overlap: it stays
    proposed. After a reopening it takes one more finding than the `reopened_with` that there were.
    """
    if ruling is not None:
        return _settled(ruling, times_overlap)
    if not given:
        return LinkState.OPEN
    if len({(found.relation, found.forward) for found in given}) > 1:
        return LinkState.DISPUTED
    if len(given) < enough(reopened_with):
        return LinkState.PROPOSED
    return _settled(given[0], times_overlap)


def enough(reopened_with: int | None) -> int:
    """How many equal findings settle a link."""
    return LINK_ASSESSMENTS_NEEDED if reopened_with is None else max(LINK_ASSESSMENTS_NEEDED, reopened_with + 1)


def _settled(found: Found, times_overlap: bool) -> LinkState:
    if found.relation == Relation.UNRELATED:
        return LinkState.REJECTED
    return LinkState.CONFIRMED if times_overlap or found.relation not in TIME_BOUND else LinkState.PROPOSED


def is_held_by_time(
    given: Sequence[Found], ruling: Found | None, *, times_overlap: bool, reopened_with: int | None = None
) -> bool:
    """Whether only the times keep the link from being confirmed."""
    allowed = link_state(given, ruling, times_overlap=True, reopened_with=reopened_with)
    return not times_overlap and allowed == LinkState.CONFIRMED and _of(given, ruling).relation in TIME_BOUND


def settle(link: Link, given: Sequence[Found], ruling: Found | None) -> None:
    """Give the link what it is settled as: the ruling, else what the equal findings have in common.

    Where findings of the origin differ it is unknown, and where kinds of contradiction differ there is none.
    """
    first = _of(given, ruling)
    sources = [ruling] if ruling is not None else list(given)
    subtypes = {found.subtype for found in sources if found.subtype}
    origins = {found.independence for found in sources}
    link.relation, link.forward = first.relation, first.forward
    link.subtype = subtypes.pop() if len(subtypes) == 1 else ""
    link.independence = origins.pop() if len(origins) == 1 else Independence.UNKNOWN
    link.signs = shared_signs(sources) if link.independence == Independence.SHARED else []


def unsettle(link: Link) -> None:
    """Take from the link what it was settled as."""
    link.relation, link.subtype, link.forward = "", "", None
    link.independence, link.signs, link.settled_at = Independence.UNKNOWN, [], None


def _of(given: Sequence[Found], ruling: Found | None) -> Found:
    return ruling if ruling is not None else given[0]
