"""A workbench that moves to another database."""

from pathlib import Path
from typing import Any, Final

import dj_database_url
from django.core.management.base import CommandError, CommandParser
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from claims.management.safekeeping_command import SafekeepingCommand
from claims.permissions import operator
from claims.safekeeping.move_here import move_here

_OLD: Final = "moved_from"
_SQLITE: Final = "django.db.backends.sqlite3"
_ENGINES: Final = (_SQLITE, "django.db.backends.postgresql")
_WRONG: Final = "This is no address of a database: one begins with sqlite:/// or postgres://."


class Command(SafekeepingCommand):
    """`manage.py move_from ADDRESS`: DATABASE_URL names the new database, ADDRESS the old one, which is only read."""

    help = "Bring all of another database into the empty one of DATABASE_URL, and compare both."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it comes from."""
        parser.add_argument("address", help="the old database, such as sqlite:///data/workbench.sqlite3")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move, compare, and say what to do next."""
        connections[_OLD] = _old(options["address"])
        try:
            with self.in_sentences("The old database cannot be read"):
                self.make_tables()
                canonical = move_here(by=operator(), source=_OLD, tell=self.tell)
        finally:
            connections[_OLD].close()
            del connections[_OLD]
        self.stdout.write(
            f"Moved: both databases have the canonical hash {canonical}.\n"
            "What people wrote in the old one since this began is not here: start the servers with the new "
            "DATABASE_URL only.\nNow run suggest_links, which makes the index of pairs to compare anew."
        )


def _old(address: str) -> BaseDatabaseWrapper:
    """A connection to the old database, for this command alone. Raises CommandError where there can be none."""
    try:
        parsed = dj_database_url.parse(address)
    except (ValueError, KeyError, dj_database_url.ParseError) as error:
        raise CommandError(_WRONG) from error
    if parsed["ENGINE"] not in _ENGINES:
        raise CommandError(_WRONG)
    if parsed["ENGINE"] == _SQLITE:
        # SQLite would make a new, empty one.
        if not Path(parsed["NAME"]).is_file():
            raise CommandError(f"There is no database at {parsed['NAME']}.")
        parsed["OPTIONS"] = {"timeout": 20, "init_command": "PRAGMA query_only=ON"}
    # A handler of its own: Django's knows the databases of the settings, and no other.
    return ConnectionHandler({"default": {}, _OLD: dict(parsed)})[_OLD]
