"""Build fixtures/articles.json from the raw texts and known facts beside it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.ingest.known_articles import build


class Command(BaseCommand):
    """`manage.py build_fixture` writes it, `--check` only compares."""

    help = "Build the fixture `articles` from fixtures/articles/ (raw texts and known.json)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to read, and whether to write."""
        folder = Path(settings.FIXTURE_DIRS[0]) / "articles"
        parser.add_argument("--folder", type=Path, default=folder, help="raw texts and known.json")
        parser.add_argument("--check", action="store_true", help="fail if the file is not what would be written")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        try:
            fixture = build(options["folder"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        target = options["folder"].with_suffix(".json")
        if options["check"]:
            if target.read_text(encoding="utf-8") != fixture:
                raise CommandError(f"{target.name} is not what build_fixture gives. Run it without --check.")
            self.stdout.write(f"{target.name} is what build_fixture gives.")
            return
        target.write_text(fixture, encoding="utf-8")
        self.stdout.write(f"Wrote {target.name}: {len(fixture):,} characters.")
