"""Write links to a file."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.exchange.write_links_csv import link_blocks
from claims.link_filter import LinkFilter
from claims.management.export_command import ExportCommand, base_url_of, viewer_named


class Command(ExportCommand):
    """`manage.py export_links --output FILE [filters]`: the rows that the list page shows for the same filters."""

    help = "Write links to a CSV file (its columns: docs/csv.md). Filters are those of the list of links."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, whose eyes, which links."""
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("--output", required=True, help="the file to write, or - for standard output")
        parser.add_argument("--as", dest="viewer", metavar="USERNAME", help="export what this account may see")
        parser.add_argument("--base-url", default="", help="address of this workbench, for the addresses of links")
        for name, asked in LinkFilter.base_filters.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", metavar="VALUE", help=asked.label)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the whole file or none."""
        viewer = viewer_named(options["viewer"])
        asked = {name: options[name] for name in LinkFilter.base_filters}
        found = LinkFilter(asked, viewer=viewer)
        if not found.is_valid():
            raise CommandError(" ".join(found.faults()))
        blocks = link_blocks(found.links, viewer=viewer, base_url=base_url_of(options["base_url"]))
        self.write(blocks, options["output"], asked)
