"""Bring in texts from files, one article each, and read them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.coverage.suggest_run import run
from claims.ingest.read_article import Read, read_article
from claims.ingest.store_article import store_article
from claims.models import Revision
from claims.permissions import operator
from claims.refusals import Refusal
from claims.text.decode import MAX_BYTES

NOTHING_FOUND = "nothing to label: no headline and no body was found"


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
                self.stderr.write(f"{path.name}: refused. {getattr(error, 'strerror', None) or error}")
                continue
            if not stored.is_new and not stored.came_back:
                self.stdout.write(f"{path.name}: already here.")
                continue
            done = read_article(by=operator(), article=stored.revision.article)
            came = "stored" if stored.is_new else "an earlier text came back"
            said = [*_what_came_of(stored.revision, done.claims), *_what_moved(done)]
            self.stdout.write(f"{path.name}: {came}, {'; '.join(said)}.")
        run(by=operator())
        if refused:
            others = "; the others are stored" if refused < len(options["paths"]) else ""
            raise CommandError(f"Refused: {refused} of {len(options['paths'])}{others}.")


def _what_came_of(revision: Revision, claims: int) -> list[str]:
    """The claims that were found, and whatever of the file could not be taken as it was."""
    said = [f"{claims} claim{'s' * (claims != 1)}" if claims else NOTHING_FOUND]
    if revision.encoding != "utf-8":
        said.append(f"read as {revision.encoding}")
    if revision.replaced:
        said.append(f"{len(revision.replaced)} unstorable characters (NUL, half a pair) shown as U+FFFD")
    return said


def _what_moved(done: Read) -> list[str]:
    """What came of the claims of the text before; nothing where there was none."""
    if not done.moved + done.orphaned + done.returned:
        return []
    counted = [f"{done.moved} moved along"]
    counted += [f"{done.reworded} of them reworded"] * bool(done.reworded)
    counted += [f"{done.returned} found again"] * bool(done.returned)
    counted += [f"{done.orphaned} not found any more"] * bool(done.orphaned)
    return [", ".join([*counted, f"{done.opened} new"])]
