"""The index of words, where very many claims are opened at once. The database keeps it: see migration 0011_search."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.models import Model

# Claims without words are in no index.
_ENTER: Final = (
    """INSERT INTO claims_searched (number, claim_id)
    SELECT coalesce((SELECT number + 1 FROM claims_searched WHERE number >= first AND number < first + 2097151
      ORDER BY number DESC LIMIT 1), first) + row_number() OVER (PARTITION BY first ORDER BY held.rowid) - 1, claim_id
    FROM claims_search_held AS held JOIN claims_claim ON claims_claim.id = claim_id WHERE folded <> ''""",
    """INSERT INTO claims_words (rowid, words) SELECT number, folded FROM claims_search_held AS held
    JOIN claims_searched ON claims_searched.claim_id = held.claim_id
    JOIN claims_claim ON claims_claim.id = held.claim_id ORDER BY number""",
    "DELETE FROM claims_search_held",
)


@contextmanager
def entered_together(model: type[Model]) -> Iterator[None]:
    """Where rows of this model open claims, enter the words of all that are opened inside at the end, in one statement.

    SQLite's FTS5 writes to the disk at each statement that fires a trigger: one for each claim takes ten times as long.
    PostgreSQL's trigger is one for a whole statement by itself.
    """
    if connection.vendor != "sqlite" or model._meta.db_table != "claims_claimstatus":
        yield
        return
    # What fails inside takes the mark away with all else.
    with transaction.atomic():
        _run("INSERT INTO claims_search_held DEFAULT VALUES")
        yield
        for statement in _ENTER:
            _run(statement)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
