"""One hash of all that people did and all that was stored: the same whichever database holds it, and in which order."""

from django.db import DEFAULT_DB_ALIAS

from claims.models.one_moment import one_moment
from claims.safekeeping.tables import kept_tables
from claims.safekeeping.tally import Progress, TableHash, Tally, Tell, tell_nobody
from claims.safekeeping.written_rows import written_lines


def canonical_hashes(using: str = DEFAULT_DB_ALIAS, tell: Tell = tell_nobody) -> dict[str, TableHash]:
    """What each table comes to, all of one moment, by name; `tally.together` makes one hash of them."""
    progress, found = Progress(tell), {}
    with one_moment(using):
        for table in kept_tables():
            tally = Tally(table)
            for _ in written_lines(table, tally, progress, using):
                pass
            found[table.name] = TableHash(tally.rows, tally.digest())
    return found
