"""A step for very many rows: on SQLite indexes are made once all rows are there, which is sorting, not searching."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

from claims.safekeeping.tables import kept_tables

# In kilobytes: enough for the keys of a million rows that come in another order.
_CACHE: Final = 64_000


@contextmanager
def indexes_aside() -> Iterator[None]:
    """Inside, on SQLite, there are no indexes but those of keys; a unique one says afterwards what it would have said.

    Where rows refer to rows of their own table the indexes stay: SQLite looks by them for who waits for a row.
    """
    if connection.vendor != "sqlite":
        yield
        return
    tables = {table.name for table in kept_tables() if not table.refers_to_itself}
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = -{_CACHE}")
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        found = [(name, made) for table, name, made in cursor.fetchall() if table in tables]
        for name, _ in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        for _, made in found:
            cursor.execute(made, None)
