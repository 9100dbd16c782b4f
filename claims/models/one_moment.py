"""Many reads of one moment, on whichever database they are made."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def one_moment(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """All that is read of this database inside is of one moment, and nobody who writes has to wait.

    Inside a transaction that is open already nothing is added to it.
    """
    connection = connections[using]
    if connection.in_atomic_block or _is_open(connection):
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # The workbench's own transactions on SQLite begin with the write lock, and would hold it as long as this reads.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("COMMIT")


def _is_open(connection: BaseDatabaseWrapper) -> bool:
    """Whether such a transaction of SQLite is open already, of which Django does not know."""
    return connection.vendor == "sqlite" and connection.connection is not None and connection.connection.in_transaction
