"""The drawing of claims and links: bands of groups, columns of articles, the same drawing for the same links."""

from itertools import pairwise
from random import Random

from claims.coverage.graph import LEFT, MOST_COLUMNS, MOST_STACKED, graph_of, groups_of
from claims.relations import Relation
from tests.unit.coverage import drawn


def test_each_claim_stands_in_the_column_of_its_article_and_the_band_of_its_group() -> None:
    a, b, c, d = drawn.saying(1, 0), drawn.saying(2, 1), drawn.saying(3, 2), drawn.saying(4, 0, label="")
    links = [drawn.link(a, b), drawn.link(c, d, Relation.CONTRADICTS)]
    graph = graph_of(groups_of(links), drawn.known(a, b, c, d), drawn.tellings())
    place = {node.saying.key: node for node in graph.nodes}
    assert place[a.key].x == place[d.key].x == graph.columns[0].x
    assert place[b.key].x == graph.columns[1].x
    clash, agreement = graph.bands
    assert clash.y < place[c.key].y < clash.y + clash.height == agreement.y < place[a.key].y
    assert [(edge.kind, edge.verb) for edge in graph.edges] == [
        ("contradicts", "contradicts"), ("corroborates", "says the same as"),
    ]  # fmt: skip


def test_a_directed_link_is_drawn_from_where_it_goes_from() -> None:
    old, new = drawn.saying(1, 0), drawn.saying(2, 2)
    links = [drawn.link(new, old, Relation.UPDATES)]
    graph = graph_of(groups_of(links), drawn.known(old, new), drawn.tellings())
    (edge,) = graph.edges
    start = float(edge.path[1:].split(" ")[0])
    assert abs(start - graph.columns[1].x) < abs(start - graph.columns[0].x)


def test_the_order_in_which_links_are_read_changes_nothing() -> None:
    sayings = [drawn.saying(n, n % 3) for n in range(1, 30)]
    links = [drawn.link(a, b) for n, (a, b) in enumerate(pairwise(sayings)) if n % 4]
    known, tellings = drawn.known(*sayings), drawn.tellings()
    once = graph_of(groups_of(links), known, tellings)
    Random(1).shuffle(links)
    again = graph_of(groups_of(links), known, tellings)
    assert once.nodes == again.nodes
    assert once.bands == again.bands
    assert {edge.path for edge in once.edges} == {edge.path for edge in again.edges}


def test_claims_and_articles_without_room_are_counted() -> None:
    many = [drawn.saying(n, 0) for n in range(1, 7)]
    graph = graph_of(groups_of([drawn.link(a, b) for a, b in pairwise(many)]), drawn.known(*many), drawn.tellings())
    assert (len(graph.nodes), graph.bands[0].hidden) == (MOST_STACKED, 6 - MOST_STACKED)
    wide = [drawn.saying(n + 1, n) for n in range(MOST_COLUMNS + 5)]
    articles = drawn.tellings(*(drawn.telling(n) for n in range(MOST_COLUMNS + 5)))
    graph = graph_of(groups_of([drawn.link(a, b) for a, b in pairwise(wide)]), drawn.known(*wide), articles)
    assert (len(graph.columns), graph.further) == (MOST_COLUMNS, 5)
    assert all(LEFT <= node.x <= graph.width and 0 <= node.y <= graph.height for node in graph.nodes)


def test_claims_that_are_not_known_are_not_drawn() -> None:
    a, b = drawn.saying(1, 0), drawn.saying(2, 1)
    graph = graph_of(groups_of([drawn.link(a, b)]), {}, drawn.tellings())
    assert (graph.nodes, graph.edges, graph.bands) == ((), (), ())
