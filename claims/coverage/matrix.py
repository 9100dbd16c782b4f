"""The coverage matrix: a row for each matter, a column for each article, and gaps that can be seen.

A cell holds what is settled of the claims by which an article speaks of a matter. Where it does not, an earlier or
later state of the matter that it tells (an update) stands in the gap. Nothing here is read from the database.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from claims.coverage.matters import Matter
from claims.coverage.roots import Roots
from claims.coverage.sayings import Saying
from claims.coverage.story_articles import Telling
from claims.models import Link
from claims.relations import Relation
from claims.text.context import clip

# A story of so few articles shows a column for each, so that its gaps can be seen; a larger one those that have a cell.
ALL_COLUMNS: Final = 12
MOST_COLUMNS: Final = 16
HEADING: Final = 140
IN_GAP: Final = 48
NOT_MENTIONED: Final = "does not mention, in this corpus"


@dataclass(frozen=True)
class State:
    """An update of the matter that stands in a gap: the claim, "earlier" or "later", and the claim of its pair."""

    saying: Saying
    when: str
    partner: UUID

    @property
    def words(self) -> str:
        """Its first words, without quotation marks of their own."""
        return clip(" ".join(self.saying.claim.exact.split()).strip('“”"'), IN_GAP)


@dataclass(frozen=True)
class Cell:
    """What one article says of one matter: nothing where both are empty."""

    telling: Telling
    sayings: tuple[Saying, ...]
    states: tuple[State, ...]


@dataclass(frozen=True)
class Row:
    """One matter: `head` is the claim whose words name it, `cells` are in the order of the columns."""

    matter: Matter
    head: Saying
    roots: Roots | None
    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        """The words that name it."""
        return clip(" ".join(self.head.claim.exact.split()), HEADING)


@dataclass(frozen=True)
class Matrix:
    """Rows, the articles that are columns, how many other articles speak of these matters, and how many are silent."""

    columns: tuple[Telling, ...]
    rows: tuple[Row, ...]
    further: int
    silent: int
    # What an empty cell means.
    gap: str = NOT_MENTIONED


Known = Mapping[UUID, Saying]


def alone(claim: UUID) -> Matter:
    """A claim that nothing joins to another, as a matter of its own."""
    return Matter(claim, (claim,), ())


def partners(matters: Sequence[Matter], links: Iterable[Link]) -> dict[UUID, list[tuple[UUID, str, UUID]]]:
    """By matter's key the updates that lead out of it: the claim there, "earlier" or "later", and the claim in it."""
    within = {claim: matter.key for matter in matters for claim in matter.claims}
    found: dict[UUID, list[tuple[UUID, str, UUID]]] = defaultdict(list)
    for link in links:
        if link.relation != Relation.UPDATES:
            continue
        newer, older = (link.a_id, link.b_id) if link.forward else (link.b_id, link.a_id)
        for claim, other, when in ((newer, older, "earlier"), (older, newer, "later")):
            if claim in within and within[claim] != within.get(other):
                found[within[claim]].append((other, when, claim))
    return found


def matrix_of(
    matters: Sequence[Matter],
    known: Known,
    tellings: Mapping[UUID, Telling],
    *,
    roots: Mapping[UUID, Roots],
    updates: Mapping[UUID, Sequence[tuple[UUID, str, UUID]]],
    page: int = 1,
) -> Matrix:
    """The matrix of these matters in their order; `page` counts pages of columns from 1, 0 is every article.

    Claims that are not known (hidden since, or of an article that was withdrawn) are left out, and so are rows without
    any.
    """
    said = {matter.key: _by_article(matter.claims, known) for matter in matters}
    states = {matter.key: _states(updates.get(matter.key, ()), known) for matter in matters}
    columns, further, silent = _columns(tellings, [*said.values(), *states.values()], page)
    rows = [
        Row(
            matter,
            _head([saying for sayings in said[matter.key].values() for saying in sayings]),
            roots.get(matter.key),
            tuple(_cell(telling, said[matter.key], states[matter.key]) for telling in columns),
        )
        for matter in matters
        if said[matter.key]
    ]
    return Matrix(tuple(columns), tuple(rows), further, silent)


def _by_article(claims: Iterable[UUID], known: Known) -> dict[UUID, list[Saying]]:
    """What is known of these claims by article, in reading order."""
    found: dict[UUID, list[Saying]] = defaultdict(list)
    for saying in sorted((known[key] for key in claims if key in known), key=lambda one: (one.claim.start, one.key)):
        found[saying.claim.article_id].append(saying)
    return dict(found)


def _states(updates: Iterable[tuple[UUID, str, UUID]], known: Known) -> dict[UUID, list[State]]:
    found: dict[UUID, list[State]] = defaultdict(list)
    for other, when, partner in updates:
        if other in known:
            found[known[other].claim.article_id].append(State(known[other], when, partner))
    return dict(found)


def _head(sayings: Sequence[Saying]) -> Saying:
    """The shortest claim names the matter: it says the least beside it. Its words are the same whoever looks."""
    return min(sayings, key=lambda saying: (len(saying.claim.exact), saying.key))


def _cell(telling: Telling, said: Mapping[UUID, list[Saying]], states: Mapping[UUID, list[State]]) -> Cell:
    sayings = said.get(telling.key, [])
    return Cell(telling, tuple(sayings), () if sayings else tuple(states.get(telling.key, ())))


def _columns(
    tellings: Mapping[UUID, Telling], spoken: Iterable[Mapping[UUID, object]], page: int
) -> tuple[list[Telling], int, int]:
    """The articles of one page of columns, how many with cells are on other pages, and how many have none at all."""
    if not page or len(tellings) <= ALL_COLUMNS:
        return list(tellings.values()), 0, 0
    cells = Counter(article for row in spoken for article in row if article in tellings)
    order = {key: place for place, key in enumerate(tellings)}
    often = sorted(cells, key=lambda key: (-cells[key], order[key]))
    shown = sorted(often[(page - 1) * MOST_COLUMNS : page * MOST_COLUMNS], key=order.__getitem__)
    return [tellings[key] for key in shown], len(often) - len(shown), len(tellings) - len(often)
