"""A file of work as its lines, whichever of the forms of an export it has."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from claims.exchange.import_work import File
from claims.exchange.lines_of_annotations import lines_of_annotations
from claims.exchange.read_csv import read_csv
from claims.exchange.read_json_lines import Numbered, read_json_lines
from claims.exchange.write_bundle import DATA, MANIFEST
from claims.exchange.write_csv import HEADER
from claims.models import User
from claims.refusals import Invalid

_CHUNK: Final = 1 << 20
_LONGEST_MANIFEST: Final = 1_000_000


@dataclass(frozen=True)
class Opened:
    """The lines of a file, and what it says of itself.

    `left_out` counts by kind what cannot come back from a file of its form; `reasons` say why, of annotations. Both
    fill as the lines are read.
    """

    lines: Iterator[Numbered]
    file: File
    left_out: Counter[str]
    reasons: list[str] = field(default_factory=list)


@contextmanager
def open_work(path: Path, *, by: User) -> Iterator[Opened]:
    """Open a file of JSON Lines, a bundle, a CSV file of claims or Web Annotations, told by how it begins.

    Raises Invalid for a file of no such form and a bundle whose data are not what its manifest says, and OSError.
    """
    left_out, reasons = Counter[str](), list[str]()
    with path.open("rb") as raw:
        sha256, start = _hash(raw), _start(raw)
        if start.startswith(b"PK"):
            with _data_of(raw) as (data, head):
                yield Opened(read_json_lines(data), File(path.name, sha256, head), left_out)
            return
        file = File(path.name, sha256, _head_beside(path, sha256))
        if start.startswith(b'{"type":"file"'):
            yield Opened(read_json_lines(raw), file, left_out)
        elif start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            words = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            lines = lines_of_annotations(words, left_out, by=by, reasons=reasons)
            yield Opened(_decoded(lines), file, left_out, reasons)
        elif not _is_table(path, start):
            raise Invalid("This is no export of a workbench: give JSON Lines, a bundle, CSV or Web Annotation.")
        else:
            words = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            yield Opened(_decoded(read_csv(words, left_out)), file, left_out)


def _is_table(path: Path, start: bytes) -> bool:
    """Whether this is CSV by its name, or by the first of its columns."""
    first = start.lstrip(b"\xef\xbb\xbf").replace(b'"', b"").split(b",")[0]
    return path.suffix.lower() == ".csv" or first == HEADER[0].encode()


def _decoded(lines: Iterator[Numbered]) -> Iterator[Numbered]:
    try:
        yield from lines
    except UnicodeDecodeError as wrong:
        raise Invalid("The file is not UTF-8. Bring it in as it was exported.") from wrong


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _start(file: IO[bytes]) -> bytes:
    start = file.read(64)
    file.seek(0)
    return start


@contextmanager
def _data_of(file: IO[bytes]) -> Iterator[tuple[IO[bytes], dict[str, Any] | None]]:
    try:
        with zipfile.ZipFile(file) as bundle:
            said = _manifest(bundle)
            with bundle.open(DATA) as data:
                if _hash(data) != said["files"][DATA]["sha256"]:
                    raise Invalid(f"{DATA} in this bundle is not what its manifest says: it was changed, or cut.")
                yield data, said.get("event_log")
    except (zipfile.BadZipFile, KeyError, TypeError, EOFError, NotImplementedError) as wrong:
        raise Invalid("The ZIP is no bundle that was exported here, or it is damaged.") from wrong


def _manifest(bundle: zipfile.ZipFile) -> dict[str, Any]:
    if bundle.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise Invalid("The manifest of this bundle is longer than any that was exported here.")
    return _json(bundle.read(MANIFEST))


def _json(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise Invalid("The manifest cannot be read.") from wrong
    if not isinstance(said, dict):
        raise Invalid("The manifest cannot be read.")
    return said


def _head_beside(path: Path, sha256: str) -> dict[str, Any] | None:
    """The head of the log that the manifest beside a file names, where it is the manifest of this file."""
    beside = path.with_name(f"{path.name}.manifest.json")
    if not beside.is_file() or beside.stat().st_size > _LONGEST_MANIFEST:
        return None
    said = _json(beside.read_bytes())
    head = said.get("event_log")
    return head if said.get("sha256") == sha256 and isinstance(head, dict) else None
