"""Write what agreement rests on to a file: labels of claims, or findings about links."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.agreement_filter import AgreementFilter
from claims.exchange.write_agreement_csv import agreement_blocks
from claims.exchange.write_link_agreement_csv import UNIT, link_agreement_blocks
from claims.management.export_command import ExportCommand, moderators_eyes


class Command(ExportCommand):
    """`manage.py export_agreement --output FILE [filters]`: the rows of the agreement page's file."""

    help = "Write each claim's assessments to a CSV file (its columns: docs/agreement.md). Filters are the page's."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, which claims."""
        parser.add_argument("--output", required=True, help="the file to write, or - for standard output")
        parser.add_argument("--links", action="store_true", help="findings about links in place of labels of claims")
        for name, asked in AgreementFilter.base_filters.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE", help=asked.label)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file or none."""
        asked = {name: options[name] for name in AgreementFilter.base_filters}
        found = AgreementFilter(asked, viewer=moderators_eyes())
        if not found.is_valid():
            raise CommandError(" ".join(found.faults()))
        blocks = link_agreement_blocks if options["links"] else agreement_blocks
        self.write(blocks(found), options["output"], asked | ({"unit": UNIT} if options["links"] else {}))
