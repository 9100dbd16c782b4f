"""The files of a ZIP archive, unpacked one after the other and never more than fits."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.ingest.readers.document import Unread
from claims.ingest.readers.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED

_END: Final = b"PK\x05\x06"
_LONGEST_END: Final = 65_557
# The list of files stands at the end of an archive, some hundred bytes each; longer, it is not even read.
_LONGEST_LIST: Final = 400_000
_CHUNK: Final = 65_536
_FREE: Final = 200_000
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_KNOWN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_JUNK: Final = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_LONGEST_NAME: Final = 300

_TOO_MANY: Final = (
    f"The archive has more than {MAX_MEMBERS} files: divide it, and bring in the parts one after the other."
)
_BROKEN: Final = "The archive is broken: pack it anew and load it again."
_TOO_LARGE: Final = (
    f"The archive unpacks to more than {MAX_UNPACKED:,} bytes, so the rest of it was not read: "
    "divide it into smaller ones."
)
_BOMB: Final = f"It unpacks to more than {MAX_RATIO} times its size, which no text does: bring it in unpacked."


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name as it is shown, with the archive's, and its bytes."""

    name: str
    raw: bytes


def members(name: str, raw: bytes) -> Iterator[Member | Unread]:
    """Give the files of an archive; what a system adds for itself is left out, folders too."""
    if _list_size(raw) > _LONGEST_LIST:
        yield Unread(name, _TOO_MANY)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _is_junk(info.filename)]
            if len(infos) > MAX_MEMBERS:
                yield Unread(name, _TOO_MANY)
            elif not infos:
                yield Unread(name, "The archive is empty: check that the right file was chosen.")
            else:
                yield from _unpacked(name, archive, infos)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        yield Unread(name, _BROKEN)


def _unpacked(name: str, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[Member | Unread]:
    left = MAX_UNPACKED
    for info in infos:
        shown = f"{name} › {_shown(info)}"
        if fault := _fault(info):
            yield Unread(shown, fault)
            continue
        try:
            raw = _read(archive, info, left)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
            yield Unread(shown, "It cannot be unpacked, because the archive is broken here: pack it anew.")
            continue
        if raw is None:
            yield Unread(shown, _TOO_LARGE if left < info.compress_size * MAX_RATIO else _BOMB)
            if left < info.compress_size * MAX_RATIO:
                return
            continue
        left -= len(raw)
        yield Member(shown, raw)


def _fault(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "It is protected with a password: pack it anew without one."
    if info.compress_type not in _KNOWN:
        return "It is packed in a way that is not read here: pack it anew as an ordinary ZIP."
    return ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes | None:
    """Unpack a file bit by bit; None where it becomes larger than what is left or than its packed form allows."""
    most = min(left, max(_FREE, info.compress_size * MAX_RATIO))
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > most:
                return None
            parts.append(chunk)
    return b"".join(parts)


def _list_size(raw: bytes) -> int:
    """How many bytes the archive says that its list of files has."""
    tail = raw[-_LONGEST_END:]
    at = tail.rfind(_END)
    return int(struct.unpack_from("<I", tail, at + 12)[0]) if 0 <= at <= len(tail) - 22 else 0


def _is_junk(name: str) -> bool:
    small = name.lower()
    return small.startswith(_JUNK) or small.rsplit("/", 1)[-1].startswith(("._", *_JUNK[1:]))


def _shown(info: zipfile.ZipInfo) -> str:
    """A name as people can read it: many programs write UTF-8 without saying so; what is not seen becomes U+FFFD."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    seen = "".join("\ufffd" if unicodedata.category(one)[0] == "C" else one for one in name)
    return seen[-_LONGEST_NAME:]
