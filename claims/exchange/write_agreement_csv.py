"""What agreement rests on as CSV: a row for each claim and reviewer; docs/agreement.md says what each column holds."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, Final

from claims.agreement_filter import AgreementFilter
from claims.exchange.claim_rows import CHUNK, snapshot
from claims.exchange.csv_cells import encode
from claims.exchange.write_csv import ROWS_IN_BLOCK, Block

# Columns in their order, and where each comes from.
_COLUMNS: Final = {
    "claim_id": "claim_id",
    "article_id": "article_id",
    "article_title": "article__status__title",
    "reviewer": "reviewer__username",
    "label": "label",
    "strength": "strength",
    "reason": "reason",
    "blind": "blind",
    "state": "claim__status__state",
    "set_aside": "claim__status__set_aside",
    "scheme_version": "scheme_version",
    "assessed_at": "created_at",
    "updated_at": "updated_at",
}
HEADER: Final = tuple(_COLUMNS)
_CLAIM, _TITLE, _REVIEWER, _BLIND, _BEGUN, _CHANGED = map(
    HEADER.index, ("claim_id", "article_title", "reviewer", "blind", "assessed_at", "updated_at")
)
Row = list[Any]


def agreement_blocks(found: AgreementFilter) -> Iterator[Block]:
    """Write the assessments of every claim asked for that two people labelled; the header comes first.

    Also those that were not given blind, and those of hidden claims: their columns say so, and no figure uses them.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADER)
    yield Block(written.getvalue(), 0)
    rows = _rows(found)
    while batch := list(islice(rows, ROWS_IN_BLOCK)):
        written.seek(0)
        written.truncate()
        writer.writerows(_as_cells(row) for row in batch)
        yield Block(written.getvalue(), len(batch))


def _rows(found: AgreementFilter) -> Iterator[Row]:
    """The rows of whole claims, those of one beside each other, the oldest first."""
    rows = found.assessments.order_by("claim_id", "pk").values_list(*_COLUMNS.values())
    with snapshot():
        yield from whole_units(rows.iterator(chunk_size=CHUNK), _CLAIM, _BLIND, _BEGUN, *found.days())


def whole_units(
    rows: Iterable[Sequence[Any]], unit: int, blind: int, begun: int, first: str, last: str
) -> Iterator[Row]:
    """Those rows whose unit two people judged and that lies in the days asked for.

    Rows of a unit come beside each other, the oldest first; `unit`, `blind` and `begun` are the columns of its key, of
    whether the row was given blind, and of when.
    """
    units = groupby(rows, key=itemgetter(unit))
    yield from chain.from_iterable(
        _if_asked([list(row) for row in given], blind, begun, first, last) for _, given in units
    )


def _if_asked(given: list[Row], blind: int, begun: int, first: str, last: str) -> list[Row]:
    """The rows of one unit, or none where it has one row only or lies outside the days asked for."""
    newest: datetime = ([row for row in given if row[blind]] or given)[-1][begun]
    is_asked = len(given) > 1 and first <= newest.astimezone(UTC).date().isoformat() <= last
    return given if is_asked else []


def _as_cells(row: Row) -> Row:
    row[_TITLE], row[_REVIEWER] = encode(row[_TITLE]), encode(row[_REVIEWER])
    row[_BLIND] = "yes" if row[_BLIND] else "no"
    for moment in (_BEGUN, _CHANGED):
        row[moment] = in_utc(row[moment])
    return row


def in_utc(moment: datetime) -> str:
    """A time in ISO 8601 and UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
