"""Generate articles, claims and work on them, with known truth, for measuring; see docs/guide-operator.md."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.corpus.generate import Cancelled, generate
from claims.corpus.parts import Asked
from claims.management.import_report import ProgressLine
from claims.permissions import operator
from claims.refusals import Refusal

MOST_ARTICLES = 5_000_000
FEWEST_CLAIMS, MOST_CLAIMS = 5, 300


class Command(BaseCommand):
    """`manage.py generate_corpus`: the same seed gives the same corpus, on every database."""

    help = "Fill an empty database with generated articles, claims, assessments and links whose truth is known."

    def add_arguments(self, parser: CommandParser) -> None:
        """How much, from which seed, and where the truth goes."""
        parser.add_argument("--articles", type=int, required=True, metavar="N", help="how many articles")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same corpus")
        parser.add_argument(
            "--claims-per-article", type=int, default=25, metavar="C", help="how many claims one has, about"
        )
        parser.add_argument(
            "--reviewed", type=int, default=30, metavar="PERCENT", help="the share of events that people worked on"
        )
        parser.add_argument("--truth", type=Path, metavar="FILE", help="write what is true of it, as JSON Lines")
        parser.add_argument("--beside", action="store_true", help="also where there are articles already")
        parser.add_argument("--yes", action="store_true", help="also where people have accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line that is written over while it goes on, and two in the end."""
        asked = self._asked(options)
        self._line = ProgressLine(self._write_over, is_shown=self.stderr.isatty())
        self._line.begin()
        with ExitStack() as stack:
            stack.callback(self._line.wipe)
            try:
                truth = options["truth"]
                file = stack.enter_context(truth.open("w", encoding="utf-8")) if truth else None
                done = generate(
                    by=operator(),
                    asked=asked,
                    beside=options["beside"],
                    among_people=options["yes"],
                    told=lambda articles, claims: self._line.show(
                        articles, f"articles with {claims:,} claims", asked.articles
                    ),
                    truth=file.write if file else None,
                )
            except OSError as wrong:
                raise CommandError(f"The truth cannot be written: {wrong}.") from wrong
            except Refusal as refused:
                raise CommandError(str(refused)) from refused
            except Cancelled:
                raise CommandError(
                    "Somebody stopped this job, or another run goes on with it. What is stored is kept."
                ) from None
            except KeyboardInterrupt:
                raise CommandError("Stopped. What is stored is kept: the same command goes on with the rest.") from None
        counted = ", ".join(f"{count:,} {word}" for word, count in done.counts.items())
        self.stdout.write(f"Generated {counted} from seed {asked.seed}.")
        self.stdout.write(f"SHA-256 of the corpus: {done.digest}")

    def _asked(self, options: dict[str, Any]) -> Asked:
        """What is asked for. Raises CommandError with what to change."""
        limits = (
            ("articles", 1, MOST_ARTICLES),
            ("claims_per_article", FEWEST_CLAIMS, MOST_CLAIMS),
            ("reviewed", 0, 100),
        )
        for name, fewest, most in limits:
            if not fewest <= options[name] <= most:
                raise CommandError(f"--{name.replace('_', '-')} takes a number from {fewest:,} to {most:,}.")
        return Asked(options["seed"], options["articles"], options["claims_per_article"], options["reviewed"])

    def _write_over(self, words: str) -> None:
        self.stderr.write(words, ending="")
        self.stderr.flush()
