"""Read whatever is unread: zones, one open claim of each headline and body sentence, proposals."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.coverage.suggest_run import run
from claims.ingest.drafted_text import drafted_texts
from claims.ingest.read_article import Read, read_article, unread
from claims.ingest.read_first import never_read, read_first
from claims.models import User
from claims.permissions import operator

# So many articles are stored together: more would hold the database longer, fewer would cost more statements.
AT_ONCE = 40


class Command(BaseCommand):
    """`manage.py read_articles`: idempotent, and it says what it did."""

    help = "Read every article that is unread, changed, or was read by an older reader."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which part of them, where several processes share the work."""
        parser.add_argument("--part", default="1/1", help="read one part of them, as in 1/2 and 2/2 of two processes")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each article read, and one in the end."""
        by, opened = operator(), 0
        waiting = _in_part(options["part"])
        for number, done in enumerate(_read(waiting, by), start=1):
            opened += done.opened
            self.stdout.write(
                f"{number}/{len(waiting)} {done.title}: {done.claims} claims, {done.opened} new"
                + (f", {done.dropped} replaced" if done.dropped else "")
                + (f", {done.moved} moved along" if done.moved else "")
                + (f", {done.orphaned} not found any more" if done.orphaned else "")
            )
        self.stdout.write(
            f"Read {len(waiting)} articles, opened {opened} claims." if waiting else "Nothing to read: all is read."
        )
        if waiting:
            found = run(by=by)
            self.stdout.write(f"Looked for claims to compare: {found.pairs} pairs.")


def read_part(part: str, by: User) -> Iterator[Read]:
    """Read what is unread of a part, as in "1/2", and give what each reading did."""
    return _read(_in_part(part), by)


def _in_part(part: str) -> list[UUID]:
    """What falls to one of several processes: whatever they find waiting, no two read the same article."""
    number, _, parts = part.partition("/")
    if not (number.isdecimal() and parts.isdecimal() and 0 < int(number) <= int(parts)):
        raise CommandError("The part is written as in 1/2: the first of two.")
    waiting = unread().values_list("pk", flat=True)
    return [key for key in waiting if key.int % int(parts) == int(number) - 1]


def _read(waiting: list[UUID], by: User) -> Iterator[Read]:
    """Read these articles: those that nobody has read many at once, the others one by one."""
    keys = iter(waiting)
    while some := list(islice(keys, AT_ONCE)):
        texts = never_read(some)
        yield from read_first(by=by, drafts=dict(zip(texts, drafted_texts(list(texts.values())), strict=True)))
        # What was read before, or changed while it was read, takes the whole way.
        for article in unread().filter(pk__in=some):
            yield read_article(by=by, article=article)
