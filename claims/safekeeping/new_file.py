"""A file that stands under its name only once it is whole, never in place of another; its owner alone reads it."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from claims.refusals import Conflict

_PRIVATE: Final = 0o600


@contextmanager
def new_private_file(path: Path) -> Iterator[IO[bytes]]:
    """Write this file; it is on the disk under its name when this ends, or nothing is.

    Raises Conflict where there is a file of that name, and OSError where it cannot be written.
    """
    refuse_to_overwrite(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def refuse_to_overwrite(path: Path) -> None:
    """Raise Conflict where there is something of this name."""
    if path.exists() or path.is_symlink():
        raise Conflict(f"{path} is there already, and a backup never takes the place of a file. Give another name.")


def digest_of_file(path: Path) -> tuple[int, str]:
    """How many bytes a file has, and their SHA-256 in hex."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(part: Path, path: Path) -> None:
    """Give the file its name, unless somebody has taken it meanwhile; a link never replaces, a rename does."""
    try:
        os.link(part, path)
    except FileExistsError:
        refuse_to_overwrite(path)
        raise
    except OSError:
        # Some file systems know no second name of a file.
        refuse_to_overwrite(path)
        part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
