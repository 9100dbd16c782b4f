"""The drawings on a story's page, each with its table: all at once for a small story, one at a time for a large one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from claims.coverage.graph import Group, graph_of, groups_of
from claims.coverage.routes import drawn_routes
from claims.coverage.sayings import Saying
from claims.coverage.story_articles import Telling
from claims.coverage.story_routes import routes_of
from claims.coverage.story_times import Dated, dated_claims
from claims.coverage.timeline import timeline_of
from claims.models import Link, Story
from claims.relations import RELATION_BY_VALUE, Relation
from claims.web.numbered import Numbered, numbered

TIMELINE, GRAPH, ROUTES = "timeline", "graph", "routes"
DRAWINGS: Final = (TIMELINE, GRAPH, ROUTES)
# A story of more articles shows the drawing that is asked for: each takes about as long as all the rest of the page.
ALL_AT_ONCE: Final = 40
GROUPS: Final = 10
# The tables show so many lines of a page.
DATES: Final = 40
WAYS: Final = 40
MOST_LINES: Final = 100

Known = Mapping[UUID, Saying]
Tellings = Mapping[UUID, Telling]


@dataclass(frozen=True)
class Chosen:
    """What is to be drawn, before the words of the claims in it are read."""

    names: frozenset[str]
    dated: Sequence[Dated]
    dates: Numbered[Dated]
    groups: Numbered[Group]

    @property
    def claims(self) -> set[UUID]:
        """The claims whose words are shown."""
        return {one.claim for one in self.dates.rows} | {claim for group in self.groups.rows for claim in group.claims}


def choose(request: HttpRequest, story: Story, links: Sequence[Link], tellings: Tellings) -> Chosen:
    """What the address asks to be drawn of these links and of the story's times; one query where times are."""
    asked = [request.GET.get("drawing", "")] if len(tellings) > ALL_AT_ONCE else DRAWINGS
    names = frozenset(asked) & frozenset(DRAWINGS)
    dated = dated_claims(story) if TIMELINE in names else []
    groups = groups_of(links) if GRAPH in names else []
    return Chosen(
        names,
        dated,
        numbered(request, "dates", dated, DATES, TIMELINE),
        numbered(request, "groups", groups, GROUPS, GRAPH),
    )


def drawn(request: HttpRequest, story: Story, chosen: Chosen, known: Known, tellings: Tellings) -> dict[str, Any]:
    """The chosen drawings as the template shows them, and which can be asked for."""
    context: dict[str, Any] = {"one_drawing": len(tellings) > ALL_AT_ONCE}
    if TIMELINE in chosen.names:
        context |= _timeline(chosen, known, tellings)
    if GRAPH in chosen.names:
        context["graph"] = graph_of(chosen.groups.rows, known, tellings)
        context |= {"groups": chosen.groups, "told_links": _told_links(chosen.groups.rows, known, tellings)}
    if ROUTES in chosen.names:
        context |= _routes(request, story, tellings)
    return context


def _timeline(chosen: Chosen, known: Known, tellings: Tellings) -> dict[str, Any]:
    rows = [one for one in chosen.dates.rows if one.claim in known and one.article in tellings]
    return {
        "timeline": timeline_of(chosen.dated, tellings, {key: saying.claim.exact for key, saying in known.items()}),
        "dates": chosen.dates,
        "dated": [(one, known[one.claim], tellings[one.article]) for one in rows],
        "first_tellings": list(tellings.values())[:DATES],
        "further_tellings": max(0, len(tellings) - DATES),
    }


def _told_links(
    groups: Sequence[Group], known: Known, tellings: Tellings
) -> list[tuple[Saying, Telling, str, Saying, Telling]]:
    """The links of these groups as lines of a table, from where each goes from."""
    lines = []
    for link in (link for group in groups for link in group.links):
        ends = (link.b_id, link.a_id) if link.forward is False else (link.a_id, link.b_id)
        a, b = (known.get(key) for key in ends)
        if a and b and {a.claim.article_id, b.claim.article_id} <= tellings.keys():
            verb = RELATION_BY_VALUE[Relation(link.relation)].verb
            lines.append((a, tellings[a.claim.article_id], verb, b, tellings[b.claim.article_id]))
    return lines[:MOST_LINES]


def _routes(request: HttpRequest, story: Story, tellings: Tellings) -> dict[str, Any]:
    """Who rests on whom, drawn and as lines of the table. One query."""
    routes = [route for route in routes_of(story) if route.article in tellings]
    ways = numbered(request, "ways", routes, WAYS, ROUTES)
    return {
        "routes": drawn_routes(routes, tellings),
        "ways": ways,
        "told_ways": [(route, tellings[route.article]) for route in ways.rows],
    }
