"""Rows as lines of JSON: as they stand in a table, and as two databases can be compared by them."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from claims.safekeeping.tables import Column, Table
from claims.safekeeping.tally import Progress, Tally

# So many rows are held in memory.
DOCUMENTS_AT_ONCE: Final = 10
_ROWS_AT_ONCE: Final = 2_000
# Begins what stands for a number. No text that is stored holds a NUL.
_NUMBER: Final = "\0"
_dumps: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False).encode


def written_lines(table: Table, tally: Tally, progress: Progress, using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """The rows of a table in the order of their keys, a line for each, without its end; each is counted as it goes by.

    Memory does not grow with them.
    """
    columns = list(dict.fromkeys((*table.columns, *table.told)))
    makes = [(at, _WRITES[column.kind]) for at, column in enumerate(columns) if column.kind in _WRITES]
    told = [(columns.index(column), column.kind == "json") for column in table.told]
    stored = len(table.columns)
    # Most rows are the same line twice.
    is_same = told == [(at, False) for at in range(stored)]
    names = [column.asked for column in columns]
    rows = table.model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=DOCUMENTS_AT_ONCE if table.has_documents else _ROWS_AT_ONCE):
        values = list(row)
        for at, make in makes:
            if values[at] is not None:
                values[at] = make(values[at])
        line = _dumps(values[:stored])
        tally.add(line if is_same else _dumps([even(values[at]) if js else values[at] for at, js in told]))
        progress.count(table.name)
        yield line


def row_of(line: str, columns: Sequence[Column]) -> list[Any]:
    """The values of a line, as the model takes them. Raises ValueError for a line that is none of these columns."""
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError(f"{len(columns)} values were expected")
    for at, column in enumerate(columns):
        if column.kind in _READS and values[at] is not None:
            values[at] = _READS[column.kind](values[at])
    return values


def even(value: Any) -> Any:
    """JSON in which equal numbers look the same: a database may write 1e16 as 10000000000000000, and 2.50 as 2.5."""
    if isinstance(value, float):
        written = f"{Decimal(repr(value)):f}"
        written = written.rstrip("0").rstrip(".") if "." in written else written
        return f"{_NUMBER}{'0' if written == '-0' else written}"
    if isinstance(value, bool) or not isinstance(value, int | list | dict):
        return value
    if isinstance(value, int):
        return f"{_NUMBER}{value}"
    if isinstance(value, list):
        return [even(each) for each in value]
    return {name: even(each) for name, each in value.items()}


_WRITES: Final[dict[str, Callable[[Any], Any]]] = {
    "uuid": lambda value: value.hex,
    "time": lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    "date": lambda value: value.isoformat(),
    "bytes": lambda value: b64encode(bytes(value)).decode(),
}
_READS: Final[dict[str, Callable[[Any], Any]]] = {
    "uuid": UUID,
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": lambda value: b64decode(value, validate=True),
}
