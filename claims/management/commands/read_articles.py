"""Read whatever is unread: zones, one open claim of each headline and body sentence, proposals."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.coverage.suggest_run import run
from claims.ingest.read_article import read_article, unread
from claims.permissions import operator


class Command(BaseCommand):
    """`manage.py read_articles`: idempotent, and it says what it did."""

    help = "Read every article that is unread, changed, or was read by an older reader."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each article read, and one in the end."""
        by = operator()
        waiting = list(unread().values_list("pk", flat=True))
        opened = 0
        for number, pk in enumerate(waiting, start=1):
            article = unread().filter(pk=pk).first()
            if article is None:  # another process read it in the meantime
                continue
            done = read_article(by=by, article=article)
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
