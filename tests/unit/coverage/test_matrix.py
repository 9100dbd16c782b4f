"""The coverage matrix: rows of matters, cells with what is settled, and gaps that can be seen."""

from itertools import pairwise

from claims.coverage.matrix import ALL_COLUMNS, MOST_COLUMNS, alone, matrix_of, partners
from claims.coverage.matters import matters
from claims.coverage.roots import Roots
from claims.relations import Relation
from tests.unit.coverage import drawn


def test_a_row_names_its_shortest_claim_and_shows_what_each_article_says() -> None:
    long = drawn.saying(
        1, 0, "The bridge over the Elm was closed on Friday.", "SOURCED", strength=4, roots=("Ida Brook",)
    )
    short = drawn.saying(2, 2, "The bridge was closed.", reason="hedge", strength=0)
    links = [drawn.link(long, short)]
    matrix = matrix_of(matters(links), drawn.known(long, short), drawn.tellings(), roots={}, updates={})
    (row,) = matrix.rows
    assert row.title == "The bridge was closed."
    assert [[one.short for one in cell.sayings] for cell in row.cells] == [["4 Ida Brook"], [], ["hedge only"]]
    assert [one.letter for cell in row.cells for one in cell.sayings] == ["S", "U"]
    assert (matrix.further, matrix.silent) == (0, 0)


def test_contradicted_matters_come_first_then_those_of_most_articles() -> None:
    a, b, c, d, e, f, g = (drawn.saying(number, number % 3) for number in range(1, 8))
    links = [drawn.link(a, b), drawn.link(c, d), drawn.link(d, e), drawn.link(f, g, Relation.CONTRADICTS)]
    matrix = matrix_of(matters(links), drawn.known(a, b, c, d, e, f, g), drawn.tellings(), roots={}, updates={})
    assert [row.matter.key for row in matrix.rows] == [f.key, c.key, a.key]


def test_an_earlier_state_stands_in_the_gap_and_pairs_with_the_claim_that_updates_it() -> None:
    now, same = drawn.saying(1, 0, "It is closed."), drawn.saying(2, 1, "It was closed.")
    before = drawn.saying(3, 2, "“It cannot be ruled out that it closes.”")
    links = [drawn.link(now, same), drawn.link(now, before, Relation.UPDATES)]
    found = matters(links)
    matrix = matrix_of(
        found, drawn.known(now, same, before), drawn.tellings(), roots={}, updates=partners(found, links)
    )
    (state,) = matrix.rows[0].cells[2].states
    assert (state.when, state.partner, state.saying.key) == ("earlier", now.key, before.key)
    assert state.words == "It cannot be ruled out that it closes."
    older = partners([alone(before.key)], links)
    assert older == {before.key: [(now.key, "later", before.key)]}


def test_an_update_within_a_matter_is_no_gap() -> None:
    a, b = drawn.saying(1, 0), drawn.saying(2, 1)
    links = [drawn.link(a, b), drawn.link(b, a, Relation.UPDATES)]
    assert partners(matters(links), links) == {}


def test_claims_without_a_settled_label_say_only_that_they_are_open() -> None:
    a, b = drawn.saying(1, 0, label=""), drawn.saying(2, 1)
    matrix = matrix_of(matters([drawn.link(a, b)]), drawn.known(a, b), drawn.tellings(), roots={}, updates={})
    shown = matrix.rows[0].cells[0].sayings[0]
    assert (shown.short, shown.letter, shown.words) == ("open", "", "not settled: open")


def test_hidden_claims_and_matters_of_nothing_else_are_left_out() -> None:
    a, b, c = drawn.saying(1, 0), drawn.saying(2, 1), drawn.saying(3, 2)
    found = matters([drawn.link(a, b), drawn.link(b, c)])
    matrix = matrix_of(found, drawn.known(a), drawn.tellings(), roots={}, updates={})
    assert [[one.key for cell in row.cells for one in cell.sayings] for row in matrix.rows] == [[a.key]]
    assert matrix_of(found, {}, drawn.tellings(), roots={}, updates={}).rows == ()


def test_a_large_story_shows_the_columns_that_say_most_and_counts_the_others() -> None:
    articles = [drawn.telling(number, f"host{number}.example") for number in range(MOST_COLUMNS + 10)]
    sayings = [drawn.saying(number + 1, number) for number in range(MOST_COLUMNS + 4)]
    links = [drawn.link(a, b) for a, b in pairwise(sayings)]
    found, known, tellings = matters(links), drawn.known(*sayings), drawn.tellings(*articles)
    first = matrix_of(found, known, tellings, roots={}, updates={})
    second = matrix_of(found, known, tellings, roots={}, updates={}, page=2)
    assert (len(first.columns), first.further, first.silent) == (MOST_COLUMNS, 4, 6)
    assert (len(second.columns), second.further) == (4, MOST_COLUMNS)
    assert not {one.key for one in first.columns} & {one.key for one in second.columns}
    assert len(matrix_of(found, known, tellings, roots={}, updates={}, page=0).columns) == len(articles) > ALL_COLUMNS


def test_each_row_carries_its_figure() -> None:
    a, b = drawn.saying(1, 0), drawn.saying(2, 1)
    figure = Roots(2, 1, 0, False)
    (matter,) = matters([drawn.link(a, b)])
    matrix = matrix_of([matter], drawn.known(a, b), drawn.tellings(), roots={matter.key: figure}, updates={})
    assert matrix.rows[0].roots == figure
    assert figure.figure == "2 articles, 1 root"
