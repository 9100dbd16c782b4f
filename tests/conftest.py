"""What every test stands on: a database that can be emptied although its history refuses to go."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from tests.cast import (  # noqa: F401 - the people and texts of every test
    ada,
    ana,
    article,
    ben,
    claim,
    claims,
    corpus,
    eve,
    make_article,
    max,
    operator,
    story,
)

# Triggers that refuse a change, as each database lists them, and how one is put to sleep and woken.
# On SQLite flush deletes row by row; on PostgreSQL it truncates, so only triggers on TRUNCATE (bit 32) matter.
SQLITE_REFUSALS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
POSTGRES_REFUSALS = (
    "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 <> 0"
)


def refusals(database: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    """Give the statements that put the refusing triggers to sleep, and those that wake them."""
    sqlite = database.vendor == "sqlite"
    with database.cursor() as cursor:
        cursor.execute(SQLITE_REFUSALS if sqlite else POSTGRES_REFUSALS)
        rows = cursor.fetchall()
    if sqlite:
        return [f'DROP TRIGGER "{name}"' for name, _ in rows], [sql for _, sql in rows]
    return (
        [f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in rows],
        [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in rows],
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("this is a matter of PostgreSQL: make test-postgres")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the flush after a transactional test pass the triggers, and put back what migrations wrote."""
    with django_db_blocker.unblock():
        migrated = connection.creation.serialize_db_to_string()
    execute_flush = connection.ops.execute_sql_flush

    def flush_to_migrated(statements: list[str]) -> None:
        asleep, awake = refusals(connection)
        execute_flush([*asleep, *statements, *awake])
        connection.creation.deserialize_db_from_string(migrated)

    connection.ops.execute_sql_flush = flush_to_migrated
    yield
    del connection.ops.execute_sql_flush
