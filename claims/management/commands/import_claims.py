"""Bring in work that was done elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.coverage import suggest_run
from claims.exchange.open_work import open_work
from claims.management.bring_in import BroughtIn, bring_in
from claims.management.export_command import moderators_eyes
from claims.models.stored_rows import count_anew
from claims.refusals import Refusal


class Command(BaseCommand):
    """`manage.py import_claims FILE`: all of it or nothing; what differs from what is here is listed and left."""

    help = (
        "Bring in claims, labels, links, sources and evidence from a file that export_claims wrote (JSON Lines, "
        "bundle, CSV or Web Annotation). Nothing that is here is overwritten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, from where, and whether it is only looked at."""
        parser.add_argument("path", metavar="FILE", type=Path)
        parser.add_argument(
            "--as-origin", default="", metavar="NAME", help="where the people work who did this, such as a desk's name"
        )
        parser.add_argument("--check", action="store_true", help="say what would become of the file, and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the file in; ends with an error where rows differ from those that are here."""
        path, by = options["path"], moderators_eyes()
        try:
            with open_work(path, by=by) as work:
                done = bring_in(
                    by=by, lines=work.lines, file=work.file, origin=options["as_origin"], check=options["check"]
                )
                left_out = work.left_out + done.taken.left_out
            if not options["check"]:
                count_anew()
                suggest_run.run(by=by)
        except Refusal as refused:
            raise CommandError(f"{path.name}: {refused}") from refused
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror or error}.") from error
        for reason in work.reasons:
            self.stderr.write(f"left out: {reason}")
        self._report(done, dict(left_out), check=options["check"])

    def _report(self, done: BroughtIn, left_out: dict[str, int], *, check: bool) -> None:
        taken = done.taken
        for differing in taken.differing:
            self.stderr.write(f"differs: {differing}")
        if taken.differ > len(taken.differing):
            self.stderr.write(f"… and {taken.differ - len(taken.differing):,} more that differ.")
        added = ", ".join(f"{number:,} {kind}" for kind, number in taken.added.items()) or "nothing"
        self.stdout.write(f"{'Would bring' if check else 'Brought'} in: {added}.")
        self.stdout.write(f"Here already, and equal: {sum(taken.same.values()):,}. Differ: {taken.differ:,}.")
        if left_out:
            told = ", ".join(f"{number:,} {kind}" for kind, number in sorted(left_out.items()))
            self.stdout.write(f"Left out, because what they belong to is not here or the form does not say it: {told}.")
        if done.restated:
            self.stdout.write(f"States worked out anew: {done.restated:,}.")
        if taken.differ:
            raise CommandError(
                f"{taken.differ:,} rows differ from what is here; they are listed above, and what is here stands. "
                "Settle them by hand."
            )
