"""How many rows and bytes tables have, by what the database knows without counting them: steps of `sizes`."""

from collections.abc import Collection

from django.db import connection


def rows_on_sqlite(tables: Collection[str]) -> dict[str, int]:
    """The highest row number of each table: it has at most so many. One query, one step down each tree."""
    quoted = [connection.ops.quote_name(table) for table in tables]
    columns = ", ".join(f"(SELECT max(rowid) FROM {table})" for table in quoted)  # noqa: S608 - names of our models
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}")
        found = cursor.fetchone()
    return {table: highest or 0 for table, highest in zip(tables, found, strict=True)}


def bytes_on_sqlite() -> int:
    """The bytes of the file, with its free pages and without its write-ahead log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def sizes_on_postgresql(tables: Collection[str]) -> dict[str, tuple[int, int]]:
    """Rows at the last ANALYZE, -1 where there was none, and bytes with indexes. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND relname = ANY(%s)",
            [list(tables)],
        )
        return {name: (rows, size) for name, rows, size in cursor.fetchall()}


def bytes_on_postgresql() -> int:
    """The bytes of the database on its server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
