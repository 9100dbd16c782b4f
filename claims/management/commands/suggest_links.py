"""Bring claims into the index of coverage, and look for pairs of different articles that are worth comparing."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.coverage.suggest_run import Progress, run
from claims.models import Story
from claims.permissions import operator

WORDS = {"indexed": "articles in the index", "compared": "articles compared", "explained": "pairs with their reasons"}


class Command(BaseCommand):
    """`manage.py suggest_links`: what waits, a story, or all of it anew. Nothing is linked by it."""

    help = "Find pairs of claims worth comparing. A run that was stopped goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to look through."""
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--all", action="store_true", help="bring in and compare every article anew")
        chosen.add_argument("--story", type=UUID, metavar="ID", help="every article of this story anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each part, and one in the end."""
        story = options["story"]
        if story is not None and not Story.objects.filter(pk=story).exists():
            raise CommandError("There is no story with this key. Its page has it in the address.")
        try:
            done = run(by=operator(), story=story, anew=options["all"] or story is not None, told=self._tell)
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. What is done is kept: manage.py suggest_links goes on with the rest."
            ) from None
        self.stdout.write(
            f"Compared {done.articles} articles: {done.pairs} pairs to look at."
            if done.articles
            else "Nothing to compare: every text in force has been looked through."
        )

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done}/{progress.of} {WORDS[progress.step]}")
        self.stdout.flush()
