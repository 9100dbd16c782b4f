"""One hash of all that people did and all that was stored."""

from typing import Any

from django.core.management.base import CommandParser

from claims.management.safekeeping_command import SafekeepingCommand
from claims.safekeeping.canonical_hash import canonical_hashes
from claims.safekeeping.tally import together


class Command(SafekeepingCommand):
    """`manage.py canonical_hash`: equal where the same is stored, on SQLite and PostgreSQL."""

    help = "Print one hash of all that is stored, the same on both databases; --tables: also of each table."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much is said."""
        parser.add_argument("--tables", action="store_true", help="a line for each table: rows, hash, name")

    def handle(self, *args: Any, **options: Any) -> None:
        """The hash on a line of its own, after those of the tables where they were asked for."""
        with self.in_sentences("The database cannot be read"):
            found = canonical_hashes(tell=self.tell)
        if options["tables"]:
            for name in sorted(found):
                self.stdout.write(f"{found[name].rows:>12,}  {found[name].digest}  {name}")
        self.stdout.write(together(found))
