"""What agreement on links rests on as CSV: a row for each link and reviewer; docs/agreement.md says what it holds."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from claims.agreement_filter import AgreementFilter
from claims.exchange.claim_rows import CHUNK, snapshot
from claims.exchange.csv_cells import encode
from claims.exchange.write_agreement_csv import in_utc, whole_units
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block

UNIT: Final = "link"
# Columns in their order behind the kind of unit, and where each comes from.
_COLUMNS: Final = {
    "link_id": "link_id",
    "a_claim_id": "link__a_id",
    "b_claim_id": "link__b_id",
    "reviewer": "reviewer__username",
    "relation": "relation",
    "subtype": "subtype",
    "from_claim_id": "forward",
    "independence": "independence",
    "blind": "blind",
    "state": "link__state",
    "scheme_version": "scheme_version",
    "assessed_at": "created_at",
    "updated_at": "updated_at",
}
_NAMES: Final = tuple(_COLUMNS)
LINK_UNITS_HEADER: Final = ("unit", *_NAMES)
_LINK, _A, _B, _REVIEWER, _FROM, _BLIND, _BEGUN, _CHANGED = map(
    _NAMES.index,
    ("link_id", "a_claim_id", "b_claim_id", "reviewer", "from_claim_id", "blind", "assessed_at", "updated_at"),
)
Row = list[Any]


def link_agreement_blocks(found: AgreementFilter) -> Iterator[Block]:
    """Write the findings about every link asked for that two people judged; the header comes first.

    Also those that were not given blind: their column says so, and no figure uses them.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(LINK_UNITS_HEADER)
    yield Block(written.getvalue(), 0)
    rows = _rows(found)
    while batch := list(islice(rows, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        writer.writerows(_as_cells(row) for row in batch)
        yield Block(written.getvalue(), len(batch))


def _rows(found: AgreementFilter) -> Iterator[Row]:
    rows = found.findings.order_by("link_id", "pk").values_list(*_COLUMNS.values())
    with snapshot():
        yield from whole_units(rows.iterator(chunk_size=CHUNK), _LINK, _BLIND, _BEGUN, *found.days())


def _as_cells(row: Row) -> Row:
    row[_REVIEWER] = encode(row[_REVIEWER])
    row[_BLIND] = "yes" if row[_BLIND] else "no"
    row[_FROM] = "" if row[_FROM] is None else row[_A] if row[_FROM] else row[_B]
    for moment in (_BEGUN, _CHANGED):
        row[moment] = in_utc(row[moment])
    return [UNIT, *row]
