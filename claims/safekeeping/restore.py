"""Bring a backup back into an empty database, whole or not at all."""

from collections.abc import Iterator

from django.db import transaction

from claims.models import User
from claims.permissions import check_is_operator
from claims.refusals import Invalid
from claims.safekeeping.backup_file import BackupReader, Manifest
from claims.safekeeping.fill import Incoming, empty_the_empty, fill
from claims.safekeeping.same_here import check_same_here
from claims.safekeeping.schema import check_same
from claims.safekeeping.tables import Column, kept_tables
from claims.safekeeping.tally import Progress, Tell, tell_nobody


def check_fits(manifest: Manifest) -> None:
    """Raise Invalid, with what to do, where a backup was made by other migrations than this software has."""
    made_by = f"This backup was made by version {manifest.software_version}, which is"
    check_same(
        manifest.migrations,
        newer=f"{made_by} newer than this one: it knows {{}}. Upgrade this workbench, then run this again.",
        older=f"{made_by} older than this one. Restore it with that version; then upgrade the workbench, and run "
        "migrate, which brings what is stored up to date.",
    )
    here = {table.name: [[column.name, column.kind] for column in table.columns] for table in kept_tables()}
    if {table.name: table.columns for table in manifest.tables} != here:
        raise Invalid(
            f"This backup holds other tables or columns than this workbench has, although its migrations are the same. "
            f"Restore it with the software that made it, version {manifest.software_version}."
        )


@transaction.atomic
def restore_backup(*, by: User, reader: BackupReader, verify: bool, tell: Tell = tell_nobody) -> None:
    """Store what a backup holds. `verify` reads all of it back and compares, before anybody can see it.

    The event log comes back as it was, and no event is added. Raises Conflict where the database holds work, Invalid
    where the backup is not whole, does not fit, or is not the same when it is read back; nothing is stored then.
    """
    check_is_operator(by, "restore a backup")
    check_fits(reader.manifest)
    empty_the_empty()
    fill(_incoming(reader), Progress(tell))
    if verify:
        check_same_here(reader.manifest.canonical_hash, tell)


def _incoming(reader: BackupReader) -> Iterator[Incoming]:
    stored = {table.name: table for table in reader.manifest.tables}
    for table in kept_tables():
        found = stored[table.name]
        columns = [Column(name, name, kind) for name, kind in found.columns]
        yield Incoming(table, columns, reader.lines(found), found.last_number)
