"""Write claims to a file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.exchange.write_csv import csv_blocks
from claims.filters import ClaimFilter
from claims.models import User
from claims.permissions import check_can_see_desk, operator
from claims.refusals import NotAllowed
from claims.vocabulary import Role

STDOUT = "-"


class Command(BaseCommand):
    """`manage.py export_claims --output FILE [filters]`: the rows that the list page shows for the same filters."""

    help = "Write claims to a CSV file (its columns: docs/csv.md). Filters are those of the list of claims."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, whose eyes, which claims."""
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("--output", required=True, help="the file to write, or - for standard output")
        parser.add_argument("--as", dest="viewer", metavar="USERNAME", help="export what this account may see")
        parser.add_argument("--base-url", default="", help="address of this workbench, for the links to claims")
        for name, asked in ClaimFilter.base_filters.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE", help=asked.label)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file or none."""
        viewer = _viewer(options["viewer"])
        found = ClaimFilter({name: options[name] for name in ClaimFilter.base_filters}, viewer=viewer)
        if not found.is_valid():
            raise CommandError(" ".join(found.faults()))
        blocks = csv_blocks(found.claims, viewer=viewer, base_url=options["base_url"])
        rows = 0
        try:
            with self._opened(options["output"]) as file:
                for block in blocks:
                    file.write(block.text)
                    rows += block.rows
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"Wrote {rows:,} rows.") if options["output"] == STDOUT else self.stdout.write(
            f"Wrote {rows:,} rows to {options['output']}."
        )

    @contextmanager
    def _opened(self, output: str) -> Iterator[TextIO]:
        """The file, which stands under its name only once it is whole."""
        if output == STDOUT:
            self.stdout.ending = ""
            yield self.stdout  # type: ignore[misc]  # it writes, and no more is asked of it
            return
        part = Path(f"{output}.{os.getpid()}.part")
        try:
            with part.open("x", encoding="utf-8", newline="") as file:
                yield file
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)


def _viewer(username: str | None) -> User:
    """Whose eyes: those of a named account, else those of a moderator, who is shown everything."""
    if username is None:
        everything = operator()
        # The operator has no role in the database, so that nobody can work as it.
        everything.__dict__["role"] = Role.MODERATOR
        return everything
    try:
        viewer = User.objects.get(username=username)
        check_can_see_desk(viewer)
    except User.DoesNotExist as missing:
        raise CommandError(f"There is no account called {username}.") from missing
    except NotAllowed as refused:
        raise CommandError(str(refused)) from refused
    return viewer
