"""All that people did and all that was stored, in one file of one moment."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from claims.management.safekeeping_command import SafekeepingCommand
from claims.permissions import operator
from claims.safekeeping.make_backup import note_backup, write_backup
from claims.safekeeping.new_file import digest_of_file, new_private_file


class Command(SafekeepingCommand):
    """`manage.py backup FILE`: nobody who works has to stop; the file is whole or not there."""

    help = "Write all that is stored to one file, of one moment, while others go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it goes."""
        parser.add_argument("file", help="the file to write, such as desk.backup; one that is there is never replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, note it in the event log, and say what it is."""
        by, path = operator(), Path(options["file"])
        with self.in_sentences(f"{path} cannot be written"):
            with new_private_file(path) as file:
                manifest = write_backup(file=file, by=by, tell=self.tell)
            size, sha256 = digest_of_file(path)
            note_backup(by=by, name=path.name, size=size, sha256=sha256, manifest=manifest)
        self.stdout.write(
            f"Wrote {manifest.rows:,} rows to {path}: {size:,} bytes, SHA-256 {sha256}.\n"
            f"Canonical hash {manifest.canonical_hash}, {manifest.event_log['count']:,} events.\n"
            "It holds the texts and the hashes of passwords: keep it where only operators read, away from this machine."
        )
