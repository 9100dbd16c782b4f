"""The lines of a coverage matrix, for whoever makes a file of them: what coverage finds, as exchange writes it."""

from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from django.urls import reverse

from claims.coverage.claim_times import ClaimTimes, times_of
from claims.coverage.clashes import time_of
from claims.coverage.matrix import Cell, Row, matrix_of, partners
from claims.coverage.matters import links_of_story, matters
from claims.coverage.roots import roots_of
from claims.coverage.sayings import Saying, sayings_of
from claims.coverage.story_articles import articles_of
from claims.exchange.write_matrix_csv import MatrixRow
from claims.models import Story, User

# So many matters are read at once: the file grows, and not the memory that it takes.
CHUNK: Final = 100
NOT_MENTIONED: Final = "not mentioned"


def matrix_rows(story: Story, viewer: User, base_url: str) -> Iterator[MatrixRow]:
    """The lines of a story's matrix, the most disagreed matters first, articles in the order of the columns.

    `base_url` is the address of this workbench without a slash at its end, for the addresses of pairs.
    """
    tellings, links = articles_of(story), links_of_story(story, viewer)
    found = matters(links)
    for begin in range(0, len(found), CHUNK):
        chunk = found[begin : begin + CHUNK]
        updates = partners(chunk, links)
        keys = {claim for matter in chunk for claim in matter.claims}
        keys |= {claim for partner in updates.values() for claim, _, _ in partner}
        known, times = sayings_of(keys, viewer), times_of(keys)
        matrix = matrix_of(chunk, known, tellings, roots=roots_of(chunk), updates=updates, page=0)
        for row in matrix.rows:
            for cell in row.cells:
                yield from _lines(row, cell, times, base_url)


def _lines(row: Row, cell: Cell, times: Mapping[UUID, ClaimTimes], base_url: str) -> Iterator[MatrixRow]:
    """What one article says of one matter: a line for each claim, or one that says that it says nothing."""
    for saying in cell.sayings:
        yield _line(row, cell, times, base_url, "yes", saying, row.head.key)
    for state in cell.states:
        yield _line(row, cell, times, base_url, state.when, state.saying, state.partner)
    if not cell.sayings and not cell.states:
        yield _line(row, cell, times, base_url, NOT_MENTIONED)


def _line(
    row: Row,
    cell: Cell,
    times: Mapping[UUID, ClaimTimes],
    base_url: str,
    mentions: str,
    saying: Saying | None = None,
    partner: UUID | None = None,
) -> MatrixRow:
    told, key = cell.telling, saying.key if saying else None
    paired = partner if partner != key else None
    return MatrixRow(
        matter_id=str(row.matter.key),
        matter=row.title,
        figure=row.roots.figure if row.roots else "",
        roots_say=row.roots.sentence if row.roots else "",
        contradictions=row.matter.contradictions,
        article_id=str(told.key),
        outlet=told.host,
        voice=told.voice,
        published=told.published.value if told.published else "",
        mentions=mentions,
        claim_id=str(key or ""),
        quote=saying.claim.exact if saying else "",
        label=saying.label if saying else "",
        strength=saying.strength if saying else None,
        reason=saying.reason if saying else "",
        root=saying.root if saying else "",
        state=saying.state if saying else "",
        claim_time=time_of(key, times) if key else "",
        pair_of=str(paired or ""),
        url=base_url + reverse("pair", args=[paired, key]) if paired else "",
        hedge=saying.hedge if saying else "",
    )
