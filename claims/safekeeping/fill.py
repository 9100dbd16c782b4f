"""Steps by which rows come into an empty database, all of them or none."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.db import DatabaseError, connection

from claims.models import EventHead, User
from claims.models.stored_rows import store_rows
from claims.permissions import OPERATOR
from claims.refusals import Conflict, Invalid
from claims.safekeeping.indexes_aside import indexes_aside
from claims.safekeeping.numbers import give_after
from claims.safekeeping.tables import Column, Table, kept_tables
from claims.safekeeping.tally import Progress
from claims.safekeeping.written_rows import DOCUMENTS_AT_ONCE, row_of

# What migrations write into a database that nobody has worked in.
_MADE_BY_MIGRATIONS = (Group, User, EventHead)


class Incoming(NamedTuple):
    """One table that comes in: its columns in the order of its lines, and the last number that it gave."""

    table: Table
    columns: Sequence[Column]
    lines: Iterable[str]
    last_number: int | None


def empty_the_empty() -> None:
    """Take out what migrations wrote, so that what comes in says all. Raises Conflict where there is anything else."""
    # Whoever writes takes this row first, and waits.
    head = EventHead.objects.select_for_update().get(pk=1)
    worked_in = [
        table.name
        for table in kept_tables()
        if table.model not in _MADE_BY_MIGRATIONS and table.model._base_manager.exists()
    ]
    if head.count or worked_in or User.objects.exclude(username=OPERATOR).exists():
        raise Conflict(
            "This database holds work, and nothing here ever takes its place. Make a new, empty one, name it in "
            "DATABASE_URL (for SQLite another DATA_DIR will do), and run this again."
        )
    with connection.cursor() as cursor:
        for model in reversed(_MADE_BY_MIGRATIONS):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own names


def fill(incoming: Iterable[Incoming], progress: Progress) -> None:
    """Store these tables, each after those that it refers to. Raises Invalid for rows that cannot be stored."""
    if connection.vendor == "postgresql":
        # References are looked up after each table, and do not pile up until the end of the transaction.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with indexes_aside():
        for one in incoming:
            _store(one, progress)


def _store(one: Incoming, progress: Progress) -> None:
    columns, rows = [column.name for column in one.columns], _rows(one, progress)
    try:
        if not one.table.has_documents:
            store_rows(one.table.model, columns, rows)
        # Thousands of documents would be held in memory at once.
        while one.table.has_documents and (some := list(islice(rows, DOCUMENTS_AT_ONCE))):
            store_rows(one.table.model, columns, some)
    except (ValueError, TypeError, DatabaseError) as error:
        raise Invalid(f"A row of {one.table.name} cannot be stored, so nothing was: {error}") from error
    if one.last_number is not None:
        give_after(one.table, one.last_number)


def _rows(one: Incoming, progress: Progress) -> Iterator[list[Any]]:
    for line in one.lines:
        yield row_of(line, one.columns)
        progress.count(one.table.name)
