"""What commands that write a file have in common: a file that is whole or not there, and its manifest beside it."""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, TextIO, cast
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from claims.exchange.manifest import log_head, manifest
from claims.exchange.write_csv import Block
from claims.models import User
from claims.permissions import check_can_see_desk, operator
from claims.refusals import NotAllowed
from claims.vocabulary import Role

STDOUT = "-"
MANIFEST = ".manifest.json"
# How often somebody who sits at a terminal is told how far it is, in seconds.
_EVERY: Final = 0.5


# A user in front of the host, a query or a fragment would break the addresses that are put behind it.
_BASE_URL: Final = re.compile(r"https?://[^\s/?#@\"<>\\^`{|}]+(/[^\s?#\"<>\\^`{|}]*)?")


def base_url_of(given: str) -> str:
    """What --base-url gives, or nothing. Raises CommandError for what is no absolute http(s) address."""
    if not given:
        return given
    try:
        parts = urlsplit(given)
        is_address = bool(_BASE_URL.fullmatch(given) and parts.hostname and (parts.port is None or parts.port > 0))
    except ValueError:
        is_address = False
    if not is_address:
        raise CommandError(
            "--base-url is no address of a workbench: give a whole one, such as --base-url https://desk.example.org/."
        )
    return given


class ExportCommand(BaseCommand):
    """Writes blocks to a file, or to standard output, which has no manifest."""

    _told = 0.0

    def write(self, blocks: Iterable[Block], output: str, asked: dict[str, str]) -> None:
        """Write the whole file or none, and its manifest. Raises CommandError where it cannot be written."""
        head, rows, digest = log_head(), 0, hashlib.sha256()
        try:
            with self._opened(output) as file:
                for block in blocks:
                    file.write(block.text)
                    digest.update(block.text.encode())
                    rows += block.rows
                    self.tell(rows)
            if output == STDOUT:
                self.stderr.write(f"Wrote {rows:,} rows.")
                return
            self._say(output, manifest(head=head, asked=asked, rows=rows, sha256=digest.hexdigest()))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {rows:,} rows to {output}; {Path(output + MANIFEST).name} says what it holds.")

    def tell(self, rows: int) -> None:
        """Say how far it is, now and then, where somebody sits at a terminal."""
        if self.stderr.isatty() and time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            self.stderr.write(f"\r{rows:,} rows", ending="")
            self.stderr.flush()

    def _say(self, output: str, said: dict[str, Any]) -> None:
        with self._opened(output + MANIFEST) as file:
            file.write(json.dumps(said, indent=1, ensure_ascii=False) + "\n")

    @contextmanager
    def _opened(self, output: str) -> Iterator[TextIO]:
        """The file, which stands under its name only once it is whole."""
        if output == STDOUT:
            self.stdout.ending = ""
            yield self.stdout  # type: ignore[misc]  # it writes, and no more is asked of it
            return
        with whole_file(output, "x") as file:
            yield cast(TextIO, file)


@contextmanager
def whole_file(output: str, mode: str) -> Iterator[IO[Any]]:
    """A file that stands under its name only once it is whole; `mode` is "x" for text, "xb" for bytes."""
    part = Path(f"{output}.{os.getpid()}.part")
    try:
        words = None if "b" in mode else "utf-8"
        with part.open(mode, encoding=words, newline=words and "") as file:
            yield file
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def moderators_eyes() -> User:
    """Whose eyes a command has where no account is named: those of somebody who is shown everything."""
    everything = operator()
    # The operator has no role in the database, so that nobody can work as it.
    everything.__dict__["role"] = Role.MODERATOR
    return everything


def viewer_named(username: str | None) -> User:
    """Whose eyes: those of a named account, else those of a moderator, who is shown everything.

    Raises CommandError for an account that is not there, or does not belong to the desk.
    """
    if username is None:
        return moderators_eyes()
    try:
        viewer = User.objects.get(username=username)
        check_can_see_desk(viewer)
    except User.DoesNotExist as missing:
        raise CommandError(f"There is no account called {username}.") from missing
    except NotAllowed as refused:
        raise CommandError(str(refused)) from refused
    return viewer
