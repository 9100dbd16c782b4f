"""What the commands that keep, restore, move and compare have in common: progress, and refusals as their sentences."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from claims.refusals import Refusal
from claims.safekeeping.schema import applied, is_bare, known

# How often somebody who sits at a terminal is told how far it is, in seconds.
_EVERY: Final = 0.5


class SafekeepingCommand(BaseCommand):
    """Says how far it is, and ends in a sentence."""

    _told = 0.0
    # How many rows there will be, where that is known.
    rows_in_all = 0

    def tell(self, doing: str, rows: int) -> None:
        """Say how far it is, now and then, where somebody sits at a terminal."""
        if self.stderr.isatty() and time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            of = f" of {self.rows_in_all:,}" if self.rows_in_all else ""
            self.stderr.write(f"\r\033[K{doing}: {rows:,}{of} rows", ending="")
            self.stderr.flush()

    @contextmanager
    def in_sentences(self, what: str) -> Iterator[None]:
        """Turn what is refused, or cannot be read or written, into the command's end. `what` names the file."""
        try:
            yield
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{what}: {error.strerror}.") from error
        except DatabaseError as error:
            raise CommandError(f"The database refused, and nothing was stored: {error}") from error
        finally:
            if self.stderr.isatty():
                self.stderr.write("\r\033[K", ending="")

    def make_tables(self) -> None:
        """Make the tables of a new database. Raises CommandError where there are tables of another version."""
        if is_bare():
            call_command("migrate", verbosity=0)
        elif applied() != known():
            raise CommandError("This database is not up to date. Run migrate on it, then run this again.")
