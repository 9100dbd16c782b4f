"""Bring all of another database into this one, which is empty: from SQLite to PostgreSQL, or back."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.db import transaction

from claims.models import User
from claims.models.one_moment import one_moment
from claims.permissions import check_is_operator
from claims.safekeeping.fill import Incoming, empty_the_empty, fill
from claims.safekeeping.numbers import last_number
from claims.safekeeping.same_here import check_same_here
from claims.safekeeping.schema import applied, check_same
from claims.safekeeping.tables import Table, kept_tables, moved_tables
from claims.safekeeping.tally import Progress, TableHash, Tally, Tell, tell_nobody, together
from claims.safekeeping.written_rows import written_lines

_NEWER: Final = "The old database is of a newer version: it knows {}. Upgrade this workbench, then run this again."
_OLDER: Final = "The old database is not up to date. Run migrate on it, then run this again."


@transaction.atomic
def move_here(*, by: User, source: str, tell: Tell = tell_nobody) -> str:
    """Store here what the database of the alias `source` holds; the canonical hash of both, in hex.

    All of it is of one moment. Sessions and tokens come along and are not counted. No event is added. Raises Conflict
    where this database holds work, Invalid where the other one has other migrations, or this one comes to another
    hash; nothing is stored then.
    """
    check_is_operator(by, "move a database")
    progress = Progress(tell)
    tallies = [(table, Tally(table)) for table in kept_tables()]
    beside = [(table, Tally(table)) for table in moved_tables()]
    with one_moment(source):
        check_same(applied(source), newer=_NEWER, older=_OLDER)
        empty_the_empty()
        fill(_incoming([*tallies, *beside], source), progress)
    hashes = {table.name: TableHash(tally.rows, tally.digest()) for table, tally in tallies}
    check_same_here(together(hashes), tell)
    return together(hashes)


def _incoming(tables: Iterable[tuple[Table, Tally]], source: str) -> Iterator[Incoming]:
    for table, tally in tables:
        yield Incoming(table, table.columns, _lines(table, tally, source), last_number(table, source))


def _lines(table: Table, tally: Tally, source: str) -> Iterator[str]:
    # How far it is, is told where rows come in.
    return written_lines(table, tally, Progress(), source)
