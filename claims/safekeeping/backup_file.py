"""What a backup is: a ZIP with a file of JSON lines for each table, and last of all a manifest that says what it holds.

A file that ends too early has no list of its members, and is none.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from io import BufferedReader
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from claims.refusals import Invalid
from claims.safekeeping.tables import Column

FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
# Level 1 is five times as quick as the usual one, and its files are a sixth larger.
_LEVEL: Final = 1
# No row is longer: the largest document that comes in, as base64, with much room.
_LONGEST_LINE: Final = 512_000_000
_LONGEST_MANIFEST: Final = 4_000_000
_AT_ONCE: Final = 1_000_000
_NOT_WHOLE: Final = (
    "This is no whole backup: it was cut short, or changed since it was made. Nothing was restored. "
    "Take another copy of it, or another backup."
)


@dataclass(frozen=True)
class StoredTable:
    """One table in a backup: [name, kind] of each column, its rows, and the SHA-256 of its lines in hex.

    `canonical` is what it comes to in the canonical hash. `last_number` is the last number that the database gave to
    one of its rows, also to rows that are gone; None where it gives none.
    """

    name: str
    columns: list[list[str]]
    rows: int
    sha256: str
    canonical: str
    last_number: int | None


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, of which moment and by which software; `migrations` by app."""

    format: int
    made_at: str
    software_version: str
    scheme_version: int
    database: str
    migrations: dict[str, list[str]]
    event_log: dict[str, Any]
    canonical_hash: str
    tables: list[StoredTable]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables)


class BackupWriter:
    """Writes a backup to a file that is open for bytes: table by table, the manifest last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL)

    def table(self, name: str, lines: Iterable[str]) -> str:
        """Write the lines of one table; the SHA-256 of them, in hex."""
        digest = hashlib.sha256()
        with self._zip.open(_member(name), "w", force_zip64=True) as member:
            for block in _blocks(lines):
                digest.update(block)
                member.write(block)
        return digest.hexdigest()

    def end(self, manifest: Manifest) -> None:
        """Write the manifest, and the list of members, without which a file is no ZIP."""
        self._zip.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")
        self._zip.close()


class BackupReader:
    """Reads a backup. Raises Invalid, with a sentence, where a file is none or is not whole."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = ZipFile(file)
            self.manifest = _manifest_of(self._zip)
        except (BadZipFile, KeyError, TypeError, ValueError, OSError, zlib.error, RecursionError) as error:
            raise Invalid(_NOT_WHOLE) from error

    def check(self) -> Iterator[int]:
        """Read all of it once, and give the rows of each table that is as the manifest says."""
        members = {_MANIFEST, *(_member(table.name) for table in self.manifest.tables)}
        if set(self._zip.namelist()) != members or len(self._zip.namelist()) != len(members):
            raise Invalid(_NOT_WHOLE)
        for table in self.manifest.tables:
            digest, rows = hashlib.sha256(), 0
            for line in self._bytes(table):
                digest.update(line)
                rows += 1
            if (digest.hexdigest(), rows) != (table.sha256, table.rows):
                raise Invalid(_NOT_WHOLE)
            yield rows

    def lines(self, table: StoredTable) -> Iterator[str]:
        """The rows of one table, as they were written."""
        for line in self._bytes(table):
            yield line.decode("utf-8", "surrogatepass")

    def _bytes(self, table: StoredTable) -> Iterator[bytes]:
        try:
            with self._zip.open(_member(table.name)) as member, BufferedReader(member, _AT_ONCE) as lines:  # type: ignore[type-var]
                while line := lines.readline(_LONGEST_LINE):
                    yield line
        except (BadZipFile, KeyError, EOFError, OSError, RuntimeError, zlib.error) as error:
            raise Invalid(_NOT_WHOLE) from error


def columns_of(table: StoredTable) -> list[Column]:
    """The columns as `row_of` takes them."""
    return [Column(name, name, kind) for name, kind in table.columns]


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _blocks(lines: Iterable[str]) -> Iterator[bytes]:
    waiting, size = [], 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _AT_ONCE:
            yield _block(waiting)
            waiting, size = [], 0
    if waiting:
        yield _block(waiting)


def _block(lines: list[str]) -> bytes:
    # JSON of SQLite may hold half a pair of UTF-16, escaped.
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def _manifest_of(zipped: ZipFile) -> Manifest:
    if zipped.getinfo(_MANIFEST).file_size > _LONGEST_MANIFEST:
        raise ValueError("no manifest is that long")
    told = json.loads(zipped.read(_MANIFEST))
    if told["format"] != FORMAT:
        raise Invalid(
            f"This backup is of format {told['format']}, and this workbench ({FORMAT}) does not know it. "
            f"Restore it with the software that made it, version {told['software_version']}."
        )
    return Manifest(**(told | {"tables": [StoredTable(**table) for table in told["tables"]]}))
