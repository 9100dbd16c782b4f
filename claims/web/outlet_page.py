"""The page of an outlet: what is known of it, what its settled claims are, and how they stand to those of others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.coverage.outlet_figures import (
    MOST_ARTICLES,
    MOST_CLAIMS,
    Beside,
    NearCopy,
    Sample,
    Shares,
    beside_others,
    near_copies,
    sample_of,
    shares_of,
)
from claims.filters import ANY_LABEL, NO_LABEL
from claims.keyset import SIZE, page_of
from claims.models import Article, Outlet, User
from claims.permissions import check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.relations import DIRECTED, RELATION_BY_VALUE, RELATIONS, Relation
from claims.review.progress import done_at_outlets, progress_in
from claims.vocabulary import LABEL_BY_VALUE, LABELS, STRENGTHS, Label, LabelDefinition
from claims.web.person import person

# Other outlets that the page lists: those with the most links.
OUTLETS_SHOWN: Final = 50
_LONGEST_HOST: Final = 255
# Two claims that are found to have nothing to do with each other say nothing about their outlets.
_SHOWN: Final = tuple(one for one in RELATIONS if one.relation != Relation.UNRELATED)
_WITH_STRENGTH: Final = (Label.SOURCED, Label.UNSOURCED)


@dataclass(frozen=True)
class Figure:
    """A number with what it is of, the address of what it counts, and the words that it is shown under.

    `percent` is the share of `of` as a whole number, `at` where its part of a bar begins, both 0 to 100.
    """

    name: str
    count: int
    of: int
    url: str
    at: float = 0
    label: LabelDefinition | None = None
    note: str = ""

    @property
    def percent(self) -> int:
        """The share in percent, rounded."""
        return round(100 * self.count / self.of) if self.of else 0

    @property
    def width(self) -> float:
        """The share in percent, to two places, for a drawing."""
        return round(100 * self.count / self.of, 2) if self.of else 0


@dataclass(frozen=True)
class Other:
    """One other outlet and how this one's claims stand to its claims: a figure for each relation that is shown."""

    outlet: Outlet | None
    is_itself: bool
    figures: tuple[Figure, ...]
    shared: Figure
    total: Figure


@require_safe
def outlet_list(request: HttpRequest) -> HttpResponse:
    """Every outlet, by its host."""
    check_can_see_desk(request.user)
    viewer, after = person(request), request.GET.get("after", "")
    if len(after) > _LONGEST_HOST or "\x00" in after:
        raise Invalid("This page of the list is not known. Start again from its first page.")
    found = Outlet.objects.visible_to(viewer).select_related("status").filter(host__gt=after).order_by("host")
    rows = list(found[: SIZE + 1])
    done = done_at_outlets(rows[:SIZE], viewer)
    context = {
        "outlets": [(outlet, done[outlet.pk]) for outlet in rows[:SIZE]],
        "after": rows[SIZE - 1].host if len(rows) > SIZE else "",
        "is_first": not after,
    }
    return render(request, "outlets/list.html", context)


@require_safe
def outlet(request: HttpRequest, outlet_id: UUID) -> HttpResponse:
    """One outlet: figures with what they are of, and no rating."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = Outlet.objects.visible_to(viewer).select_related("status").filter(pk=outlet_id).first()
    if found is None:
        raise Gone("There is no such outlet here. Look for it in the list of outlets.")
    sample = sample_of(found)
    shares = shares_of(sample)
    others = beside_others(sample)
    context = {
        "outlet": found,
        "sample": sample,
        "most_articles": MOST_ARTICLES,
        "most_claims": MOST_CLAIMS,
        "settled": Figure("settled", shares.settled, shares.settled, _claims(found, settled=ANY_LABEL)),
        "labels": _labels(found, shares),
        "strengths": _strengths(found, shares),
        "relations": [one.name for one in _SHOWN],
        "others": _others(found, others[:OUTLETS_SHOWN]),
        "not_shown": max(0, len(others) - OUTLETS_SHOWN),
        "copies": _copies(found, sample),
    }
    return render(request, "outlets/outlet.html", context | _articles(found, viewer, request.GET.get("after", "")))


def _articles(outlet: Outlet, viewer: User, after: str) -> dict[str, Any]:
    placed = Article.objects.visible_to(viewer).filter(outlet=outlet).select_related("status", "outlet")
    page = page_of(placed, "received_at", after)
    progress = progress_in(page.rows, viewer)
    return {"articles": [(article, progress[article.pk]) for article in page.rows], "after": page.after}


def _claims(outlet: Outlet, **asked: object) -> str:
    return f"{reverse('claim-list')}?{urlencode({'outlet': outlet.pk} | asked)}"


def _links(outlet: Outlet, other: UUID | None, **asked: object) -> str:
    """The list of links between the two; "" where the other outlet is not stated, which no filter asks for."""
    query = {"outlet": outlet.pk, "other": other} | asked
    return f"{reverse('link-list')}?{urlencode(query)}" if other else ""


def _labels(outlet: Outlet, shares: Shares) -> list[Figure]:
    figures: list[Figure] = []
    at = 0.0
    for one in LABELS:
        figure = Figure(
            one.name, shares.labels[one.label], shares.settled, _claims(outlet, settled=one.label), round(at, 2), one
        )
        at += figure.width
        figures.append(figure)
    return figures


def _strengths(outlet: Outlet, shares: Shares) -> list[Figure]:
    """How many of the sourced and unsourced claims have which strength."""
    figures = []
    for label in _WITH_STRENGTH:
        for strength in sorted(STRENGTHS, reverse=True):
            count = shares.strengths.get((label, strength), 0)
            if not count:
                continue
            url = _claims(outlet, settled=label, settled_strength=strength)
            of = shares.labels[label]
            name = f"{strength}: {STRENGTHS[strength]}"
            figures.append(Figure(name, count, of, url, label=LABEL_BY_VALUE[label]))
        if none := shares.strengths.get((label, None), 0):
            url = _claims(outlet, settled=label, settled_strength=NO_LABEL)
            of = shares.labels[label]
            figures.append(Figure("no strength given", none, of, url, label=LABEL_BY_VALUE[label]))
    return figures


def _others(outlet: Outlet, found: list[Beside]) -> list[Other]:
    hosts = Outlet.objects.in_bulk([one.outlet for one in found if one.outlet])
    return [
        Other(
            outlet=hosts.get(one.outlet) if one.outlet else None,
            is_itself=one.outlet == outlet.pk,
            figures=tuple(_figure(outlet, one, definition.relation) for definition in _SHOWN),
            shared=Figure(
                "shared origin",
                one.shared,
                one.total,
                _links(outlet, one.outlet, state="confirmed", independence="shared_origin"),
            ),
            total=Figure("links", one.total, one.total, _links(outlet, one.outlet, state="confirmed")),
        )
        for one in found
    ]


def _figure(outlet: Outlet, beside: Beside, relation: Relation) -> Figure:
    count = beside.relations.get(relation, 0)
    note = ""
    if count and relation in DIRECTED and beside.outlet != outlet.pk:
        here = beside.from_here[relation]
        note = f"{here} from here, {count - here} from there"
    url = _links(outlet, beside.outlet, settled=relation)
    return Figure(RELATION_BY_VALUE[relation].name, count, beside.total, url, note=note)


def _copies(outlet: Outlet, sample: Sample) -> list[tuple[Article, Article, int]]:
    """Each pair of near-copies with how much of them is the same, in percent."""
    found: Iterable[NearCopy] = near_copies(outlet, sample)
    pairs = list(found)
    keys = {key for pair in pairs for key in (pair.article, pair.other)}
    articles = Article.objects.select_related("status", "outlet").in_bulk(keys)
    return [(articles[pair.article], articles[pair.other], round(100 * pair.share)) for pair in pairs]
