"""Many reads of one moment, for files that are written from many tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything that is read inside is of one moment, and nobody who writes has to wait.

    Inside a transaction that is open already nothing is added to it.
    """
    if connection.in_atomic_block or _is_open():
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # The workbench's own transactions on SQLite begin with the write lock, and would hold it as long as this reads.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")


def _is_open() -> bool:
    """Whether such a transaction of SQLite is open already, of which Django does not know."""
    return connection.vendor == "sqlite" and connection.connection is not None and connection.connection.in_transaction
