"""How large the database is, without counting."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.upkeep.sizes import sizes

pytestmark = pytest.mark.django_db


def test_every_table_of_the_software_is_told_and_nothing_is_counted(claims: list[Claim]) -> None:
    with CaptureQueriesContext(connection) as done:
        found = sizes()
    assert len(done) == 2
    assert not [query for query in done if "select count(" in query["sql"].lower()]
    rows = {table.name: table.rows for table in found.tables}
    assert {"claims_claim", "claims_user_groups", "django_session"} <= set(rows)
    assert found.bytes > 100_000


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL knows what it analysed")
def test_sqlite_tells_at_most_how_many_rows_there_are(claims: list[Claim]) -> None:
    rows = {table.name: table.rows or 0 for table in sizes().tables}
    assert rows["claims_claim"] >= len(claims)
    assert "at most" in sizes().how


@pytest.mark.postgres
def test_postgresql_tells_what_it_knew_when_it_analysed(claims: list[Claim]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")
    table = next(table for table in sizes().tables if table.name == "claims_claim")
    assert table.rows == len(claims)
    assert (table.bytes or 0) > 8_000
