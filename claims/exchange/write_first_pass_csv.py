"""What became of proposals as CSV: a row for each claim that the desk has decided about; see docs/csv.md."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from claims.exchange.claim_rows import CHUNK, snapshot
from claims.exchange.csv_cells import encode
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block
from claims.models.proposal_outcome import ProposalOutcomeQuerySet

# Columns in their order, and where each comes from.
_COLUMNS: Final = {
    "claim_id": "claim_id",
    "article_id": "claim__article_id",
    "outlet": "outlet__host",
    "rule": "rule",
    "confidence": "claim__proposal__confidence",
    "reader_version": "claim__proposal__reader_version",
    "proposed": "proposed",
    "decided": "decided",
    "accepted": "accepted",
    "state": "claim__status__state",
    "decided_at": "decided_at",
}
HEADER: Final = tuple(_COLUMNS)
_OUTLET, _RULE, _ACCEPTED, _DECIDED_AT = map(HEADER.index, ("outlet", "rule", "accepted", "decided_at"))


def first_pass_blocks(outcomes: ProposalOutcomeQuerySet) -> Iterator[Block]:
    """Write these outcomes in their order; the header comes first."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    yield Block(written.getvalue(), 0)
    with snapshot():
        rows = outcomes.values_list(*_COLUMNS.values()).iterator(chunk_size=CHUNK)
        while batch := list(islice(rows, ROWS_IN_BLOCK)):
            written.seek(0)
            written.truncate()
            writer.writerows(_cells(row) for row in batch)
            yield Block(written.getvalue(), len(batch))


def _cells(row: tuple[Any, ...]) -> list[Any]:
    cells = list(row)
    cells[_OUTLET], cells[_RULE] = encode(cells[_OUTLET] or ""), encode(cells[_RULE])
    cells[_ACCEPTED] = "yes" if cells[_ACCEPTED] else "no"
    decided_at: datetime = cells[_DECIDED_AT]
    cells[_DECIDED_AT] = decided_at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return cells
