"""Bring in texts from files, one article each, and read them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.permissions import operator
from claims.refusals import Refusal
from claims.text.decode import MAX_BYTES


class Command(BaseCommand):
    """`manage.py import_articles PATH…`: one line a file says what became of it; bad files do not stop the others."""

    help = "Store plain-text files as articles and read them."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, and the address where one was found."""
        parser.add_argument("paths", nargs="+", type=Path, help="plain-text files")
        parser.add_argument("--address", default="", help="where the text was found (for one file)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store and read each file in transactions of its own."""
        if options["address"] and len(options["paths"]) > 1:
            raise CommandError("An address belongs to one text. Give one file with --address.")
        refused = 0
        for path in options["paths"]:
            try:
                with path.open("rb") as file:
                    raw = file.read(MAX_BYTES + 1)
                stored = store_article(by=operator(), raw=raw, address=options["address"])
            except (OSError, Refusal) as error:
                refused += 1
                self.stderr.write(f"{path.name}: refused. {error}")
                continue
            if not stored.is_new:
                self.stdout.write(f"{path.name}: already here.")
                continue
            done = read_article(by=operator(), article=stored.revision.article)
            found = f"{done.claims} claims" if done.claims else "nothing to label: no headline and no body was found"
            self.stdout.write(f"{path.name}: stored, {found}.")
        if refused:
            raise CommandError(f"{refused} of {len(options['paths'])} files were refused; the others are stored.")
