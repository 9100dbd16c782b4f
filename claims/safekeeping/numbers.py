"""The numbers that a database gives to rows: they are never given twice, because the event log names rows by them."""

from django.db import DEFAULT_DB_ALIAS, connection, connections

from claims.safekeeping.tables import Table


def last_number(table: Table, using: str = DEFAULT_DB_ALIAS) -> int | None:
    """The last number that this table gave, also to a row that is gone; None for a table that gives none."""
    if not table.is_numbered:
        return None
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
            found = cursor.fetchone()
            return int(found[0]) if found else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", _place(table))
        cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608 - quoted by the server
        number, is_given = cursor.fetchone()
        return int(number) if is_given else 0


def give_after(table: Table, number: int) -> None:
    """Let the next row of this table have a number beyond this one, and beyond those that are there."""
    with connection.cursor() as cursor:
        key = connection.ops.quote_name(_place(table)[1])
        cursor.execute(f"SELECT MAX({key}) FROM {connection.ops.quote_name(table.name)}")  # noqa: S608 - our own names
        last = max(number, cursor.fetchone()[0] or 0)
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])
            return
        # A sequence counts from 1: one that gave nothing yet says so.
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [*_place(table), max(last, 1), last > 0]
        )


def _place(table: Table) -> tuple[str, str]:
    return table.name, table.key
