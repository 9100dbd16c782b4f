"""The list of links, filtered in its address, and the same links as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.coverage.claim_times import ClaimTimes, times_of
from claims.exchange.write_links_csv import link_blocks
from claims.keyset import counted, page_of
from claims.link_filter import STATE_WORDS, LinkFilter
from claims.models import Claim, Link, User
from claims.models.link import LinkQuerySet
from claims.particulars import TIMELESS, UNKNOWN_TIME
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Invalid
from claims.relations import INDEPENDENCE_NAMES, LINK_SETTLED, RELATION_BY_VALUE, Independence, Relation
from claims.text import edtf
from claims.web.asked import address_of, asked_of, query_of
from claims.web.csv_answer import csv_answer
from claims.web.person import person

# Shown first; the others are folded away until one of them is asked for.
FIRST_FILTERS = ("q", "relation", "state", "story")
# How a row reads that begins with the claim that a relation goes to.
_PASSIVE = {Relation.UPDATES: "is updated by", Relation.QUALIFIES: "is qualified by"}
_PLACE = ("status", "article__outlet", "article__status")
_UNSHOWN = ("folded", "prefix", "suffix", "article__bases", "article__credits", "article__quality")


def _when(time: edtf.Time, before: str, unknown: str) -> str:
    if time.kind == UNKNOWN_TIME:
        return unknown
    return "holds at any time" if time.kind == TIMELESS else f"{before} {edtf.words(time.value)}"


@dataclass(frozen=True)
class Side:
    """One claim of a link, and when it holds."""

    claim: Claim
    times: ClaimTimes

    @property
    def when(self) -> str:
        """Its two times in words; "" where nobody gave one."""
        event, as_of = self.times.event, self.times.as_of
        told = [
            *([_when(event, "happened", "when it happened is not known")] if event else []),
            *([_when(as_of, "as of", "as of when is not known")] if as_of else []),
        ]
        return "; ".join(dict.fromkeys(told))


class Said(NamedTuple):
    """A finding in the words of the list. `whose` is "yours", "settled" or both, or the name of who found it."""

    verb: str
    subtype: str
    origin: str
    whose: str


@dataclass(frozen=True)
class Line:
    """One link of the list, with what the viewer may know of it: `first` is the side that the finding goes from."""

    link: Link
    first: Side
    second: Side
    said: list[Said]
    state: str


@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    """One page of the links that the filter in the address lets through."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = LinkFilter(request.GET, viewer=viewer)
    found.offer_choices()
    page = page_of(
        _with_findings(found.links), "created_at", request.GET.get("after", ""), request.GET.get("before", "")
    )
    query = query_of(found)
    fields = [field for field in found.form if field.name != "held" or can_moderate(viewer)]
    context = {
        "lines": lines_of(page.rows, viewer),
        "count": counted(found.links),
        "faults": found.faults(),
        "first_fields": [field for field in fields if field.name in FIRST_FILTERS],
        "more_fields": [field for field in fields if field.name not in FIRST_FILTERS],
        "more_asked": any(name not in FIRST_FILTERS for name in query),
        "asked": asked_of(found, query),
        "query": query.urlencode(),
        "previous": page.before and address_of(query, before=page.before),
        "following": page.after and address_of(query, after=page.after),
    }
    return render(request, "links/list.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same links as CSV. Raises Invalid where the filter makes no sense: half a filter is not what was asked."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = LinkFilter(request.GET, viewer=viewer)
    if not found.is_valid():
        raise Invalid(" ".join(found.faults()))
    blocks = link_blocks(found.links, viewer=viewer, base_url=request.build_absolute_uri("/"))
    return csv_answer(blocks, f"links-{timezone.localdate():%Y-%m-%d}", viewer)


def _with_findings(links: LinkQuerySet) -> LinkQuerySet:
    own = {f"own_{name}": F(f"own__{name}") for name in ("relation", "subtype", "forward", "independence")}
    return (
        links.annotate(**own)
        .select_related(*(f"{side}__{place}" for side in "ab" for place in _PLACE))
        .defer(*(f"{side}__{field}" for side in "ab" for field in _UNSHOWN))
    )


def lines_of(links: Sequence[Any], viewer: User) -> list[Line]:
    """Links as `_with_findings` gives them, in the words of the list.

    One query, for the times of their claims; two more for moderators, who read what each reviewer found.
    """
    times = times_of({key for link in links for key in (link.a_id, link.b_id)})
    if can_moderate(viewer):
        unsettled = [link for link in links if link.state not in LINK_SETTLED]
        prefetch_related_objects(unsettled, "assessments__reviewer")
    return [_line(link, times, told=can_moderate(viewer)) for link in links]


def _line(link: Any, times: dict[UUID, ClaimTimes], *, told: bool) -> Line:
    """`told` says that the viewer reads every finding, also before it is settled."""
    settled = link.state in LINK_SETTLED
    forward = link.forward if settled else link.own_forward
    sides = [Side(link.a, times[link.a_id]), Side(link.b, times[link.b_id])]
    first, second = sides[::-1] if forward is False else sides
    turned = forward is False
    if told and not settled:
        given = sorted(link.assessments.all(), key=lambda found: (found.created_at, found.pk))
        said = [
            _said(found.relation, found.subtype, found.independence, found.forward, turned, found.reviewer.username)
            for found in given
        ]
    else:
        said = _settled_and_yours(link, turned)
    return Line(link, first, second, said, STATE_WORDS[link.seen_state])


def _settled_and_yours(link: Any, turned: bool) -> list[Said]:
    settled = (link.relation, link.subtype, link.independence, link.forward)
    yours = (link.own_relation, link.own_subtype, link.own_independence, link.own_forward)
    if link.relation and settled == yours:
        return [_said(*settled, turned, "yours and settled")]
    return [_said(*found, turned, whose) for found, whose in ((settled, "settled"), (yours, "yours")) if found[0]]


def _said(relation: str, subtype: str, independence: str, forward: bool | None, turned: bool, whose: str) -> Said:
    """`turned` says that the row begins with the link's second claim."""
    backwards = forward is not None and forward == turned
    verb = _PASSIVE[Relation(relation)] if backwards else RELATION_BY_VALUE[Relation(relation)].verb
    unknown = independence == Independence.UNKNOWN
    return Said(verb, subtype, "" if unknown else INDEPENDENCE_NAMES[Independence(independence)], whose)
