"""The drawing of claims and the links between them: a band for each group that links join, a column for each article.

Claims are circles with their settled letter, links are curves that bow over what lies between. The order is that
of the matters and of the articles, so that the same links always give the same drawing. Nothing is read here.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.coverage.drawing import fitted
from claims.coverage.matters import joined
from claims.coverage.sayings import Saying
from claims.coverage.story_articles import Telling
from claims.models import Link
from claims.relations import RELATION_BY_VALUE, Relation

LEFT: Final = 330
TOP: Final = 124
MOST_COLUMNS: Final = 40
# Claims of one article in one band that are drawn; the number of the others stands below.
MOST_STACKED: Final = 3
_WIDEST, _NARROWEST, _ROOM = 150, 22, 740
_LINE: Final = 24
_PADDING: Final = 16
_RADIUS: Final = 9
_BOW: Final = 9
_WORDS: Final = 300


@dataclass(frozen=True)
class Group:
    """Claims that confirmed links of any kind join, with those links."""

    key: UUID
    claims: tuple[UUID, ...]
    links: tuple[Link, ...]

    @property
    def contradictions(self) -> int:
        """How many of its links contradict."""
        return sum(link.relation == Relation.CONTRADICTS for link in self.links)


@dataclass(frozen=True)
class Node:
    """One claim: where it stands, and what is settled of it."""

    x: float
    y: float
    saying: Saying
    title: str
    radius: int = _RADIUS


@dataclass(frozen=True)
class Edge:
    """One link: its curve, the middle of it, and the kind as a word for its class."""

    link: Link
    path: str
    x: float
    y: float
    kind: str
    verb: str


@dataclass(frozen=True)
class Band:
    """One group: its upper border, its height, and the words that name it with the line that they stand on.

    `hidden` claims of it have no room.
    """

    y: float
    height: float
    line: float
    text: str
    title: str
    hidden: int


@dataclass(frozen=True)
class Column:
    """One article: where its column stands, and its name as far as there is room."""

    x: float
    text: str
    telling: Telling


@dataclass(frozen=True)
class Graph:
    """Everything that is drawn; `further` articles of these groups have no column."""

    width: float
    height: float
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    further: int

    top = TOP


def groups_of(links: Sequence[Link]) -> list[Group]:
    """The groups that these links join: most contradictions first, then most claims; near-linear."""
    group = joined((link.a_id, link.b_id) for link in links)
    links_of: dict[UUID, list[Link]] = defaultdict(list)
    claims_of: dict[UUID, list[UUID]] = defaultdict(list)
    for link in links:
        links_of[group[link.a_id]].append(link)
    for claim, key in group.items():
        claims_of[key].append(claim)
    found = [Group(key, tuple(sorted(claims)), tuple(links_of[key])) for key, claims in claims_of.items()]
    return sorted(found, key=lambda one: (-one.contradictions, -len(one.claims), one.key))


def graph_of(groups: Sequence[Group], known: Mapping[UUID, Saying], tellings: Mapping[UUID, Telling]) -> Graph:
    """The drawing of these groups in their order."""
    cells = [_cells(group, known, tellings) for group in groups]
    often = Counter(article for row in cells for article in row)
    order = {key: place for place, key in enumerate(tellings)}
    shown = set(sorted(often, key=lambda key: (-often[key], order[key]))[:MOST_COLUMNS])
    articles = [key for key in tellings if key in shown]
    step = min(_WIDEST, max(_NARROWEST, _ROOM / max(1, len(articles))))
    x_of = {key: round(LEFT + step * (place + 0.5), 1) for place, key in enumerate(articles)}
    bands: list[Band] = []
    nodes: list[Node] = []
    edges: list[Edge] = []
    y = float(TOP)
    for group, row in zip(groups, cells, strict=True):
        if band := _band(group, row, x_of, y):
            drawn, height, hidden = band
            title = _title(row)
            line = min(node.y for node in drawn.values()) + 4
            bands.append(Band(y, height, line, fitted(title, _WORDS), title, hidden))
            nodes += drawn.values()
            edges += _edges(group, drawn, y)
            y += height
    columns = [Column(x_of[key], fitted(tellings[key].name, 150), tellings[key]) for key in articles]
    width = LEFT + step * len(articles) + max(16, 110 - step / 2)
    return Graph(width, y + 4, tuple(columns), tuple(bands), tuple(nodes), tuple(edges), len(often) - len(articles))


def _cells(group: Group, known: Mapping[UUID, Saying], tellings: Mapping[UUID, Telling]) -> dict[UUID, list[Saying]]:
    """What is known of the group's claims, by article, in reading order."""
    found: dict[UUID, list[Saying]] = defaultdict(list)
    said = (known[key] for key in group.claims if key in known)
    for saying in sorted(said, key=lambda one: (one.claim.start, one.key)):
        if saying.claim.article_id in tellings:
            found[saying.claim.article_id].append(saying)
    return dict(found)


def _title(row: Mapping[UUID, Sequence[Saying]]) -> str:
    """The words that name a group: those of its shortest claim."""
    words = [" ".join(saying.claim.exact.split()) for told in row.values() for saying in told]
    return min(words, key=lambda one: (len(one), one))


def _band(
    group: Group, row: Mapping[UUID, Sequence[Saying]], x_of: Mapping[UUID, float], y: float
) -> tuple[dict[UUID, Node], float, int] | None:
    """The group's claims in their columns, how high they stand, and how many have no room; None without any."""
    drawn: dict[UUID, Node] = {}
    places = {key: place for place, key in enumerate(x_of)}
    reach = max(
        (places[one] - places[other] for one in row for other in row if one in places and other in places), default=0
    )
    top = y + _PADDING + min(5, max(0, reach - 1)) * _BOW + _RADIUS
    for article, told in row.items():
        for place, saying in enumerate(told[:MOST_STACKED] if article in x_of else ()):
            title = f"{' '.join(saying.claim.exact.split())} ({saying.words})"
            drawn[saying.key] = Node(x_of[article], top + place * _LINE, saying, title)
    if not drawn:
        return None
    lowest = max(node.y for node in drawn.values())
    hidden = sum(map(len, row.values())) - len(drawn)
    return drawn, max(lowest + _RADIUS + _PADDING - y, 52 if hidden else 44), hidden


def _edges(group: Group, drawn: Mapping[UUID, Node], top: float) -> list[Edge]:
    found = []
    for link in group.links:
        a, b = drawn.get(link.a_id), drawn.get(link.b_id)
        if a and b:
            start, end = (b, a) if link.forward is False else (a, b)
            path, x, y = _arc(start, end, top)
            relation = Relation(link.relation)
            found.append(Edge(link, path, x, y, relation.value.lower(), RELATION_BY_VALUE[relation].verb))
    return found


def _arc(a: Node, b: Node, top: float) -> tuple[str, float, float]:
    """A curve from one circle to the other that bows upwards, the more the further apart they are; and its middle."""
    if a.x == b.x:
        side, middle = a.x + 5 * _RADIUS, (a.y + b.y) / 2
        path = f"M{a.x + _RADIUS:g} {a.y:g}Q{side:g} {middle:g} {b.x + _RADIUS:g} {b.y:g}"
        return path, (side + a.x + _RADIUS) / 2, middle
    left, right = (1, -1) if a.x < b.x else (-1, 1)
    x, to_x = a.x + left * _RADIUS, b.x + right * _RADIUS
    bow = min(5, max(0, abs(a.x - b.x) / _WIDEST - 0.5)) * _BOW * 2
    height = max(top + 4, min(a.y, b.y) - bow)
    control = 2 * height - (a.y + b.y) / 2 if bow else (a.y + b.y) / 2
    control = max(control, top - 20)
    middle = (a.y + b.y) / 4 + control / 2
    return f"M{x:g} {a.y:g}Q{(x + to_x) / 2:g} {control:g} {to_x:g} {b.y:g}", (x + to_x) / 2, middle
