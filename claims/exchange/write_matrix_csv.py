"""A story's coverage matrix as CSV: a row for each claim of a matter; docs/csv.md says what each column holds."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from claims.exchange.csv_cells import encode
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block


class MatrixRow(NamedTuple):
    """One line: what one article says of one matter in one claim, or nothing. The fields are the columns."""

    matter_id: str
    matter: str
    figure: str
    roots_say: str
    contradictions: int
    article_id: str
    outlet: str
    voice: str
    published: str
    mentions: str
    claim_id: str
    quote: str
    label: str
    strength: int | None
    reason: str
    root: str
    state: str
    claim_time: str
    pair_of: str
    url: str
    hedge: str


MATRIX_HEADER: Final = MatrixRow._fields
# What people or texts say; the others hold keys, numbers and words of the scheme.
_FREE_TEXT: Final = tuple(
    MATRIX_HEADER.index(name) for name in ("matter", "outlet", "voice", "published", "quote", "root", "claim_time")
)


def matrix_blocks(rows: Iterable[MatrixRow]) -> Iterator[Block]:
    """Write these rows, in blocks to be sent one after the other; the header comes first."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(MATRIX_HEADER)
    yield Block(written.getvalue(), 0)
    left = iter(rows)
    while batch := list(islice(left, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        writer.writerows(_as_cells(row) for row in batch)
        yield Block(written.getvalue(), len(batch))


def _as_cells(row: MatrixRow) -> list[object]:
    cells: list[object] = list(row)
    for column in _FREE_TEXT:
        cells[column] = encode(str(cells[column]))
    return cells
