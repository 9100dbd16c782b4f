"""How large the database is. Nothing is counted: at a million rows that would take a second for each table."""

from dataclasses import dataclass
from typing import Final

from django.apps import apps
from django.db import connection

from claims.upkeep.read_tables import (
    bytes_on_postgresql,
    bytes_on_sqlite,
    rows_on_sqlite,
    sizes_on_postgresql,
)

HOW_ON_SQLITE: Final = "at most: the number of the newest row, of which some may have been taken away"
HOW_ON_POSTGRESQL: Final = "about: as of the last time that PostgreSQL analysed the table"


@dataclass(frozen=True)
class TableSize:
    """One table; None for what the database does not know. `bytes` are with its indexes."""

    name: str
    rows: int | None
    bytes: int | None


@dataclass(frozen=True)
class Sizes:
    """All tables of this software, the largest first; `bytes` of the database, and how its rows are told."""

    tables: list[TableSize]
    bytes: int
    how: str


def sizes() -> Sizes:
    """The sizes as the database knows them now. Two queries."""
    names = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    if connection.vendor == "sqlite":
        rows = rows_on_sqlite(names)
        tables = [TableSize(name, rows[name], None) for name in names]
        how = HOW_ON_SQLITE
    else:
        known = sizes_on_postgresql(names)
        tables = [TableSize(name, count if count >= 0 else None, size) for name, (count, size) in known.items()]
        how = HOW_ON_POSTGRESQL
    ordered = sorted(tables, key=lambda table: (-(table.bytes or 0), -(table.rows or 0), table.name))
    return Sizes(ordered, database_bytes(), how)


def database_bytes() -> int:
    """The bytes of the database. One query."""
    return bytes_on_sqlite() if connection.vendor == "sqlite" else bytes_on_postgresql()
