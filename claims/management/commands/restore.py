"""A backup brought back into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.management.safekeeping_command import SafekeepingCommand
from claims.permissions import operator
from claims.safekeeping.backup_file import BackupReader
from claims.safekeeping.new_file import digest_of_file
from claims.safekeeping.restore import check_fits, restore_backup


class Command(SafekeepingCommand):
    """`manage.py restore FILE`: looks at all of the file first, then stores all of it or nothing."""

    help = "Bring a backup back into an empty database, on SQLite or PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and how closely it is looked at."""
        parser.add_argument("file", help="what `backup` wrote")
        parser.add_argument("--verify", action="store_true", help="read all of it back and compare before it counts")
        parser.add_argument("--sha256", default="", help="refuse a file whose SHA-256 is not this one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, store, and say what to do next."""
        path = Path(options["file"])
        with self.in_sentences(f"{path} cannot be read"):
            self._check_digest(path, options["sha256"])
            with path.open("rb") as file:
                reader = BackupReader(file)
                check_fits(reader.manifest)
                self.rows_in_all, seen = reader.manifest.rows, 0
                for rows in reader.check():
                    seen += rows
                    self.tell("checking the file", seen)
                self.make_tables()
                restore_backup(by=operator(), reader=reader, verify=options["verify"], tell=self.tell)
        manifest = reader.manifest
        compared = ", read back and the same" if options["verify"] else ""
        self.stdout.write(
            f"Restored {manifest.rows:,} rows of {manifest.made_at}{compared}: "
            f"canonical hash {manifest.canonical_hash}, {manifest.event_log['count']:,} events.\n"
            "Everybody logs in again, and programs need new tokens. Passwords and roles are those of then: block again "
            "who was blocked since.\nNow run suggest_links, which makes the index of pairs to compare anew."
        )

    def _check_digest(self, path: Path, expected: str) -> None:
        if not expected:
            return
        _, found = digest_of_file(path)
        if found != expected.strip().lower():
            raise CommandError(f"{path} is another file: its SHA-256 is {found}. Nothing was restored.")
