"""Write all that people did and all that was stored to one file, of one moment, while others write."""

from typing import IO

from django.db import connection, transaction
from django.utils import timezone

from claims import audit
from claims.models import EventHead, User
from claims.models.one_moment import one_moment
from claims.permissions import check_is_operator
from claims.safekeeping.backup_file import FORMAT, BackupWriter, Manifest, StoredTable
from claims.safekeeping.numbers import last_number
from claims.safekeeping.schema import applied
from claims.safekeeping.tables import Table, kept_tables
from claims.safekeeping.tally import Progress, TableHash, Tally, Tell, tell_nobody, together
from claims.safekeeping.written_rows import written_lines
from claims.version import __version__
from claims.vocabulary import SCHEME_VERSION, EventKind


def write_backup(*, file: IO[bytes], by: User, tell: Tell = tell_nobody) -> Manifest:
    """Write a backup to a file that is open for bytes, and give what it holds. Nothing is written to the database.

    The canonical hash is counted from the very rows that are written. Raises NotAllowed unless `by` may.
    """
    check_is_operator(by, "make a backup")
    progress, writer = Progress(tell), BackupWriter(file)
    with one_moment():
        head = EventHead.objects.get(pk=1)
        tables = [_written(table, writer, progress) for table in kept_tables()]
        manifest = Manifest(
            format=FORMAT,
            made_at=timezone.now().isoformat(timespec="seconds"),
            software_version=__version__,
            scheme_version=SCHEME_VERSION,
            database=connection.vendor,
            migrations=applied(),
            event_log={"count": head.count, "hash": head.hash},
            canonical_hash=together({table.name: TableHash(table.rows, table.canonical) for table in tables}),
            tables=tables,
        )
    writer.end(manifest)
    return manifest


def _written(table: Table, writer: BackupWriter, progress: Progress) -> StoredTable:
    tally = Tally(table)
    sha256 = writer.table(table.name, written_lines(table, tally, progress))
    columns = [[column.name, column.kind] for column in table.columns]
    return StoredTable(table.name, columns, tally.rows, sha256, tally.digest(), last_number(table))


@transaction.atomic
def note_backup(*, by: User, name: str, size: int, sha256: str, manifest: Manifest) -> None:
    """Keep in the event log that a backup was made: the file's name without its folder, its size and its SHA-256.

    Raises NotAllowed unless `by` may make one.
    """
    check_is_operator(by, "make a backup")
    told = {
        "name": name,
        "size": size,
        "sha256": sha256,
        "canonical_hash": manifest.canonical_hash,
        "events": manifest.event_log["count"],
    }
    audit.record(EventKind.BACKUP_MADE, by=by, target=EventHead.objects.get(pk=1), after=told)
