"""The desk's page of a story: contradictions first, who says what, when, and on whom it rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from claims.coverage.claim_times import times_of
from claims.coverage.clashes import clashes_of, nearby_of
from claims.coverage.lonely_claims import lonely_claims
from claims.coverage.matrix import MOST_COLUMNS, Matrix, alone, matrix_of, partners
from claims.coverage.matters import MOST_LINKS, Matter, matters
from claims.coverage.roots import Roots, roots_of
from claims.coverage.sayings import Saying, sayings_of, told
from claims.coverage.story_articles import Telling, articles_of, coverage_of
from claims.coverage.story_links import story_links
from claims.keyset import Page, counted, page_of
from claims.models import Link, LinkRuling, Story, User
from claims.permissions import can_moderate
from claims.relations import LinkState, Relation
from claims.web.numbered import Numbered, numbered, page_number
from claims.web.story_drawings import choose, drawn

ROWS: Final = 25
CLASHES: Final = 10
NEARBY: Final = 20
# The first line says on how many roots matters rest as long as they are no more than these.
MOST_FIGURED: Final = 200


@dataclass(frozen=True)
class Shown:
    """What one page of a story shows: its links in their kinds, its matters with their figures, page by page."""

    links: Sequence[Link]
    matters: Sequence[Matter]
    roots: dict[UUID, Roots]
    rows: Numbered[Matter]
    clashes: Numbered[Link]
    nearby: Numbered[Link]
    column_page: int


def story_pictures(request: HttpRequest, story: Story, viewer: User) -> dict[str, Any]:
    """What the template shows above the articles of the story; as many queries for a long one as for a short one."""
    tellings = articles_of(story)
    shown = _shown(request, story_links(story, viewer))
    lonely = _lonely(request, story, viewer) if request.GET.get("rows") == "alone" or not shown.matters else None
    rows = [alone(claim.pk) for claim in lonely.rows] if lonely else shown.rows.rows
    updates = partners(rows, shown.links)
    chosen = choose(request, story, shown.links, tellings)
    further = {claim for partner in updates.values() for claim, _, _ in partner}
    known = sayings_of(_keys(shown) | further | chosen.claims, viewer) | told(lonely.rows if lonely else ())
    roots = roots_of(rows) if lonely else shown.roots
    matrix = matrix_of(rows, known, tellings, roots=roots, updates=updates, page=shown.column_page)
    return {
        "coverage": coverage_of(list(tellings.values())),
        "roots_told": _roots_told(shown),
        "is_cut": len(shown.links) >= MOST_LINKS,
        **{"matrix": matrix, "rows": shown.rows, "lonely": lonely, "columns": _columns(request, matrix)},
        **_links_told(shown, known, tellings),
        **drawn(request, story, chosen, known, tellings),
        **({"waiting": _waiting(story, viewer)} if can_moderate(viewer) else {}),
    }


def _shown(request: HttpRequest, links: list[Link]) -> Shown:
    """The pages of each kind that the address asks for."""
    found = matters(links)
    clashing = [link for link in links if link.relation == Relation.CONTRADICTS]
    others = [link for link in links if link.relation not in {Relation.CONTRADICTS, Relation.CORROBORATES}]
    rows = numbered(request, "page", found, ROWS, "matrix")
    return Shown(
        links=links,
        matters=found,
        roots=roots_of(found) if len(found) <= MOST_FIGURED else roots_of(rows.rows),
        rows=rows,
        clashes=numbered(request, "clashes", clashing, CLASHES, "contradictions"),
        nearby=numbered(request, "nearby", others, NEARBY, "nearby"),
        column_page=page_number(request.GET.get("columns", "")),
    )


def _lonely(request: HttpRequest, story: Story, viewer: User) -> Page[Any]:
    return page_of(
        lonely_claims(story, viewer),
        "status__opened_at",
        request.GET.get("alone_after", ""),
        request.GET.get("alone_before", ""),
        key="status__claim",
        size=ROWS,
    )


def _keys(shown: Shown) -> set[UUID]:
    """The claims whose words the page shows because of their links."""
    keys = {key for link in (*shown.clashes.rows, *shown.nearby.rows) for key in (link.a_id, link.b_id)}
    return keys | {claim for matter in shown.rows.rows for claim in matter.claims}


def _links_told(shown: Shown, known: dict[UUID, Saying], tellings: dict[UUID, Telling]) -> dict[str, Any]:
    """The contradictions and the other links of this page, with the times of their claims."""
    links = [*shown.clashes.rows, *shown.nearby.rows]
    times = times_of({key for link in links for key in (link.a_id, link.b_id)})
    rulings = LinkRuling.objects.filter(link__in=[link.pk for link in shown.clashes.rows])
    ruled = set(rulings.values_list("pk", flat=True))
    return {
        "clashes": shown.clashes,
        "clashing": clashes_of(shown.clashes.rows, known, tellings, times, ruled),
        "others": shown.nearby,
        "nearby": nearby_of(shown.nearby.rows, known, tellings, times),
    }


def _columns(request: HttpRequest, matrix: Matrix) -> Numbered[int]:
    """The pages of columns: as many as articles speak of the matters of this page of rows."""
    return numbered(request, "columns", range(len(matrix.columns) + matrix.further), MOST_COLUMNS, "matrix")


def _roots_told(shown: Shown) -> str:
    """On how many roots the story's matters rest, for its first line; "" where none is or too many are."""
    if not shown.matters or len(shown.roots) < len(shown.matters):
        return ""
    several = sum(figure.roots > 1 for figure in shown.roots.values())
    if not several:
        return "no matter here rests on more than one root"
    return f"{several} of {len(shown.matters)} matters rest{'s' if several == 1 else ''} on more than one root"


def _waiting(story: Story, viewer: User) -> str:
    """How many links of the story are put forward and not settled, for those who settle them."""
    unsettled = Link.objects.visible_to(viewer).in_work().of_story(story)
    return counted(unsettled.filter(state__in=[LinkState.PROPOSED, LinkState.DISPUTED]))
