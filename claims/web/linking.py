"""The page on which a claim is linked: itself in context, candidates beside it, one form for the one at hand."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.coverage.candidates import PUT_FORWARD, Candidate, candidates_for, search_claims
from claims.filters import MAX_QUERY
from claims.models import Claim, User
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Gone
from claims.relations import RELATION_BY_VALUE, Relation
from claims.text.similarity import Reason, explain
from claims.web.claim_page import claim_for
from claims.web.claim_side import Side, sides_of
from claims.web.link_form import CHOICES, Pair, is_reworded, links_seen, pair_of, state_words
from claims.web.person import person

MOST_CANDIDATES: Final = 20
MOST_LINKS: Final = 50
# Of a claim with more links than these the oldest are in the list of links alone.
MOST_READ: Final = 200


@dataclass(frozen=True)
class Row:
    """One candidate: the pair, why it is here, and whether somebody put it forward to compare."""

    pair: Pair
    reasons: list[str]
    is_put_forward: bool


@dataclass(frozen=True)
class Known:
    """A link of the claim as the viewer may know it: the other side, and the finding as a sentence between the two."""

    link: Any
    other: Side
    verb: str
    is_from_other: bool
    subtype: str
    is_own: bool
    state: str
    is_reworded: bool


@require_safe
def linking(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Candidates for links of one claim; `?q=` claims that hold these words instead."""
    check_can_see_desk(request.user)
    viewer = person(request)
    claim = claim_for(viewer, claim_id)
    query = request.GET.get("q", "")[:MAX_QUERY].strip()
    candidates = _found(claim, viewer, query)
    links = _links_of(claim, viewer)
    told = [link for link in links.values() if link.own_relation or link.relation][:MOST_LINKS]
    keys = {claim.pk, *(one.claim.pk for one in candidates), *(link.other(claim.pk) for link in told)}
    sides = sides_of(keys, viewer)
    if claim.pk not in sides:
        raise Gone("There is no such claim here any more: it was hidden or withdrawn a moment ago.")
    rows = [_row(sides, claim, one, links) for one in candidates if one.claim.pk in sides]
    context = {
        "here": sides[claim.pk],
        "rows": rows,
        "known": [_known(link, claim.pk, sides) for link in told if link.other(claim.pk) in sides],
        "query": query,
        "max_query": MAX_QUERY,
        "choices": CHOICES,
        "moderates": can_moderate(viewer),
        "script_data": {"user": viewer.pk, "claim": str(claim.pk), "pairs": [row.pair.for_script() for row in rows]},
    }
    return render(request, "links/linking.html", context)


def _found(claim: Claim, viewer: User, query: str) -> list[Candidate]:
    if not query:
        return candidates_for(claim, viewer, MOST_CANDIDATES)
    found = search_claims(query, claim, viewer, MOST_CANDIDATES)
    return [Candidate(one, 0.0, explain(claim.exact, one.exact)) for one in found]


def _row(sides: dict[UUID, Side], claim: Claim, one: Candidate, links: dict[UUID, Any]) -> Row:
    pair = pair_of(sides[claim.pk], sides[one.claim.pk], links.get(one.claim.pk), one.reasons)
    return Row(pair, sentences(one.reasons), one.link_state == PUT_FORWARD)


def sentences(reasons: list[Reason]) -> list[str]:
    """Why two claims are put side by side, as lines of a list."""
    return [reason.sentence[:1].upper() + reason.sentence[1:] for reason in reasons]


def _links_of(claim: Claim, viewer: User) -> dict[UUID, Any]:
    """The claim's newest links as the viewer may know them, by the key of the other claim. One query."""
    links = links_seen(viewer).of_claim(claim.pk).newest_first()
    return {link.other(claim.pk): link for link in links[:MOST_READ]}


def _known(link: Any, claim: UUID, sides: dict[UUID, Side]) -> Known:
    is_own = bool(link.own_relation) and not link.relation
    relation = link.own_relation if is_own else link.relation
    forward = link.own_forward if is_own else link.forward
    starts = None if forward is None else link.a_id if forward else link.b_id
    return Known(
        link=link,
        other=sides[link.other(claim)],
        verb=RELATION_BY_VALUE[Relation(relation)].verb,
        is_from_other=starts is not None and starts != claim,
        subtype=link.own_subtype if is_own else link.subtype,
        is_own=is_own,
        state=state_words(link),
        is_reworded=any(is_reworded(link, sides[key]) for key in (link.a_id, link.b_id)),
    )
