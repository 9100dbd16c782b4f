"""Write what agreement rests on to a file."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.agreement_filter import AgreementFilter
from claims.exchange.write_agreement_csv import agreement_blocks
from claims.management.commands.export_claims import STDOUT
from claims.management.commands.export_claims import Command as ExportClaims
from claims.models import User
from claims.permissions import operator
from claims.vocabulary import Role


class Command(ExportClaims):
    """`manage.py export_agreement --output FILE [filters]`: the rows of the agreement page's file."""

    help = "Write each claim's assessments to a CSV file (its columns: docs/agreement.md). Filters are the page's."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, which claims."""
        parser.add_argument("--output", required=True, help="the file to write, or - for standard output")
        for name, asked in AgreementFilter.base_filters.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE", help=asked.label)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file or none."""
        asked = {name: options[name] for name in AgreementFilter.base_filters}
        found = AgreementFilter(asked, viewer=_moderator())
        if not found.is_valid():
            raise CommandError(" ".join(found.faults()))
        rows = 0
        try:
            with self._opened(options["output"]) as file:
                for block in agreement_blocks(found):
                    file.write(block.text)
                    rows += block.rows
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"Wrote {rows:,} rows.") if options["output"] == STDOUT else self.stdout.write(
            f"Wrote {rows:,} rows to {options['output']}."
        )


def _moderator() -> User:
    """Whose eyes: those of somebody who is shown everything. The operator has no role in the database."""
    everything = operator()
    everything.__dict__["role"] = Role.MODERATOR
    return everything
