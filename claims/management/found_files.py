"""The documents of files and folders, one after the other, with where each stands, so that a run can go on there."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Document, Unread
from claims.ingest.readers.limits import MAX_DOCUMENT, MAX_UPLOAD

# Files of lines are read so much at a time, however long they are.
_LINES: Final = (".jsonl", ".ndjson")
_BLOCK: Final = 4_000_000
_MOST_LINES: Final = 2_000
_ONE_DOCUMENT: Final = (".txt", ".text", ".md", ".html", ".htm", "")


@dataclass(frozen=True)
class Place:
    """How far one is: in the file of this number, behind so many of its documents. Places are in order."""

    file: int = 0
    within: int = 0


@dataclass(frozen=True)
class Found:
    """A document, or what none could be made of; the name of its file, and the place behind it."""

    file: str
    what: Document | Unread
    behind: Place


def documents_of(paths: Iterable[Path], after: Place, since: datetime | None) -> Iterator[Found]:
    """Every document of these files and folders, in a fixed order; what stands before a place is left out.

    But not what changed `since` then: who stopped there cannot have seen it. What cannot be read is told, too.
    """
    for number, path in enumerate(_files(paths)):
        skipped = after.within if number == after.file else 0
        if since is not None and _changed(path) > since.timestamp():
            skipped = 0
        elif number < after.file:
            continue
        for at, what in enumerate(_documents(path)):
            if at >= skipped:
                yield Found(path.name, what, Place(number, at + 1))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and those of folders and the folders in them; hidden ones are no texts."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _documents(path: Path) -> Iterator[Document | Unread]:
    try:
        if path.suffix.lower() in _LINES:
            yield from _of_lines(path)
            return
        most = MAX_DOCUMENT if path.suffix.lower() in _ONE_DOCUMENT else MAX_UPLOAD
        with path.open("rb") as file:
            # One byte more than may be shows whoever reads it that there is more.
            raw = file.read(most + 1)
        yield from read_file(path.name, raw)
    except OSError as error:
        yield Unread(path.name, f"It cannot be read: {error.strerror}.")


def _of_lines(path: Path) -> Iterator[Document | Unread]:
    """A file of a document a line, block by block: it may be larger than memory."""
    with path.open("rb") as file:
        block: list[bytes] = []
        size = 0
        # A line that is too long for any document comes in pieces, which are refused.
        while line := file.readline(MAX_UPLOAD):
            block.append(line)
            size += len(line)
            if size >= _BLOCK or len(block) >= _MOST_LINES:
                yield from read_file(path.name, b"".join(block))
                block, size = [], 0
        if block:
            yield from read_file(path.name, b"".join(block))
