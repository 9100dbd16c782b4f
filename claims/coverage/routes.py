"""The drawing of who rests on whom: roots at the left, what passed them on in the middle, articles at the right.

Nodes of a layer stand in the order of those that they come from, so that few curves cross, and the same routes always
give the same drawing. Nothing here is read from the database.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from uuid import UUID

from claims.coverage.drawing import curve, fitted
from claims.coverage.story_articles import Telling
from claims.coverage.story_routes import Route, Step

WIDTH: Final = 1120
TOP: Final = 34
MOST_ROOTS: Final = 16
MOST_ROUTES: Final = 32
MOST_MIDDLES: Final = 3
_BOX: Final = 24
_LINE: Final = 32
_BEND: Final = 12
_INSET: Final = 8
_THICKEST: Final = 6
BEND: Final = "bend"


@dataclass(frozen=True)
class Box:
    """One root, step or article; `kind` is "root", "step", "article" or BEND, `title` its whole name."""

    x: float
    y: float
    width: float
    kind: str
    text: str
    title: str
    source: UUID | None
    article: UUID | None

    height = _BOX
    inset = _INSET


@dataclass(frozen=True)
class Flow:
    """A curve from one box to the next, as thick as it carries claims; `title` says how many."""

    path: str
    thickness: int
    title: str


@dataclass(frozen=True)
class Layer:
    """The heading of one layer."""

    x: float
    name: str


@dataclass(frozen=True)
class Routes:
    """Everything that is drawn; `further` routes are not."""

    height: float
    layers: tuple[Layer, ...]
    boxes: tuple[Box, ...]
    flows: tuple[Flow, ...]
    further: int

    width = WIDTH


@dataclass(frozen=True)
class Passing:
    """Where a route passes by a layer in which it has no step: a bend of its curve, in a line of its own."""

    after: Step
    article: UUID


# A box by its layer and what stands in it.
Place = tuple[int, Step | UUID | Passing]


def drawn_routes(routes: Sequence[Route], tellings: Mapping[UUID, Telling]) -> Routes:
    """The drawing of the routes of most claims, at most MOST_ROUTES of MOST_ROOTS roots."""
    chosen = _chosen([route for route in routes if route.article in tellings])
    middles = max((min(len(route.steps) - 1, MOST_MIDDLES) for route in chosen), default=0)
    weight: dict[tuple[Place, Place], int] = defaultdict(int)
    size: dict[Place, int] = defaultdict(int)
    for route in chosen:
        places = _places(route, middles + 1)
        for place in places:
            size[place] += len(route.claims)
        for pair in pairwise(places):
            weight[pair] += len(route.claims)
    heights = _heights(size, weight, middles + 1, tellings)
    boxes = {place: _box(place, y, middles + 1, tellings) for place, y in heights.items()}
    return Routes(
        height=max((box.y for box in boxes.values()), default=0) + _BOX + 8,
        layers=tuple(_layers(middles + 1)) if chosen else (),
        boxes=tuple(box for box in boxes.values() if box.kind != BEND),
        flows=tuple(_flow(boxes[a], boxes[b], claims) for (a, b), claims in weight.items()),
        further=len(routes) - len(chosen),
    )


def _chosen(routes: Sequence[Route]) -> list[Route]:
    claims: dict[Step, int] = defaultdict(int)
    for route in routes:
        claims[route.steps[0]] += len(route.claims)
    roots = set(sorted(claims, key=lambda step: (-claims[step], step.name, str(step.source)))[:MOST_ROOTS])
    return [route for route in routes if route.steps[0] in roots][:MOST_ROUTES]


def _places(route: Route, last: int) -> list[Place]:
    """The boxes that a route leads through; of a long one the first steps."""
    steps: list[Place] = [(layer, step) for layer, step in enumerate(route.steps[: MOST_MIDDLES + 1])]
    bend = Passing(route.steps[len(steps) - 1], route.article)
    return [*steps, *((layer, bend) for layer in range(len(steps), last)), (last, route.article)]


def _heights(
    size: Mapping[Place, int], weight: Mapping[tuple[Place, Place], int], last: int, tellings: Mapping[UUID, Telling]
) -> dict[Place, float]:
    """How high each box stands: roots by their claims, the others by the middle of those that they come from."""
    before: dict[Place, list[Place]] = defaultdict(list)
    for a, b in weight:
        before[b].append(a)
    found: dict[Place, float] = {}
    for layer in range(last + 1):
        here = [place for place in size if place[0] == layer]
        wanted = {place: _mean([found[one] for one in before[place]]) for place in here}
        # Roots come from nowhere: those of most claims first.
        by_size = {place: 0 if layer else -size[place] for place in here}
        here.sort(key=lambda place: (wanted[place], by_size[place], _name(place, tellings), str(place)))
        y = float(TOP)
        for place in here:
            found[place] = y
            y += _BEND if isinstance(place[1], Passing) else _LINE
    return found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _name(place: Place, tellings: Mapping[UUID, Telling]) -> str:
    what = place[1]
    if isinstance(what, Passing):
        return tellings[what.article].name
    return what.name if isinstance(what, Step) else tellings[what].name


def _x(layer: int, last: int) -> float:
    return round(layer * (WIDTH - _width(last)) / max(1, last), 1)


def _width(last: int) -> float:
    """Wide enough for names where there are few layers, and never so wide that no room is left for curves."""
    return {1: 420, 2: 270, 3: 200}.get(last, 160)


def _box(place: Place, y: float, last: int, tellings: Mapping[UUID, Telling]) -> Box:
    layer, what = place
    x, width = _x(layer, last), _width(last)
    if isinstance(what, Passing):
        return Box(x, y - _BOX / 2 + _BEND / 2, width, BEND, "", what.after.name, None, None)
    if isinstance(what, Step):
        kind, title, source, article = "step" if layer else "root", what.name, what.source, None
    else:
        telling = tellings[what]
        title = telling.name + (f", {telling.when}" if telling.published else "")
        kind, source, article = "article", None, what
    return Box(x, y, width, kind, fitted(title, width - 2 * _INSET), title, source, article)


def _flow(a: Box, b: Box, claims: int) -> Flow:
    middle = _BOX / 2
    path = curve(a.x + a.width, a.y + middle, b.x, b.y + middle) + (f"h{b.width:g}" if b.kind == BEND else "")
    return Flow(path, min(_THICKEST, claims), f"{a.title} → {b.title}: {claims} claim{'' if claims == 1 else 's'}")


def _layers(last: int) -> list[Layer]:
    names = ["Roots", *["Passed on by"] * (last - 1), "Articles"]
    return [Layer(_x(layer, last), name) for layer, name in enumerate(names)]
