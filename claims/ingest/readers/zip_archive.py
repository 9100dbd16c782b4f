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
_END_SIZE: Final = 22
# In the form for large archives: the end and what says where it stands, directly before the other.
_LARGE_END: Final = b"PK\x06\x06"
_LARGE_END_SIZE: Final = 76
_LONGEST_END: Final = 65_557 + _LARGE_END_SIZE
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
    f"What was sent unpacks to more than {MAX_UNPACKED:,} bytes, so the rest of this archive was not read: "
    "send fewer at once, or divide it into smaller ones."
)
_BOMB: Final = f"It unpacks to more than {MAX_RATIO} times its size, which no text does: bring it in unpacked."


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name as it is shown, with the archive's, and its bytes."""

    name: str
    raw: bytes


@dataclass
class Room:
    """How many bytes may still be unpacked: all archives of an upload share it."""

    left: int = MAX_UNPACKED


def members(name: str, raw: bytes, room: Room | None = None) -> Iterator[Member | Unread]:
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
                yield from _unpacked(name, archive, infos, room or Room())
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        yield Unread(name, _BROKEN)


def _unpacked(
    name: str, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], room: Room
) -> Iterator[Member | Unread]:
    for info in infos:
        shown = f"{name} › {_shown(info)}"
        if fault := _fault(info):
            yield Unread(shown, fault)
            continue
        try:
            left = room.left
            raw = _read(archive, info, room)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
            yield Unread(shown, "It cannot be unpacked, because the archive is broken here: pack it anew.")
            continue
        if raw is None:
            yield Unread(shown, _TOO_LARGE if left < info.compress_size * MAX_RATIO else _BOMB)
            if left < info.compress_size * MAX_RATIO:
                return
            continue
        yield Member(shown, raw)


def _fault(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "It is protected with a password: pack it anew without one."
    if info.compress_type not in _KNOWN:
        return "It is packed in a way that is not read here: pack it anew as an ordinary ZIP."
    return ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: Room) -> bytes | None:
    """Unpack a file bit by bit; None where it becomes larger than what is left or than its packed form allows."""
    most = min(room.left, max(_FREE, info.compress_size * MAX_RATIO))
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            room.left = max(0, room.left - len(chunk))
            if size > most:
                return None
            parts.append(chunk)
    return b"".join(parts)


def names_in(raw: bytes) -> frozenset[str] | None:
    """The names in an archive's list of files; None where it has no list that can be read, or one that is too long."""
    if _list_size(raw) > _LONGEST_LIST:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        return None


def _list_size(raw: bytes) -> int:
    """How many bytes the archive says that its list of files has, where `zipfile` looks for that."""
    tail = raw[-_LONGEST_END:]
    has_no_comment = tail[-_END_SIZE:].startswith(_END) and tail.endswith(b"\0\0")
    at = len(tail) - _END_SIZE if has_no_comment else tail.rfind(_END)
    if not 0 <= at <= len(tail) - _END_SIZE:
        return 0
    size = int(struct.unpack_from("<I", tail, at + 12)[0])
    # A second end before it, in the form for large archives, is believed instead.
    large = at - _LARGE_END_SIZE
    if large >= 0 and tail.startswith(_LARGE_END, large):
        size = max(size, int(struct.unpack_from("<Q", tail, large + 40)[0]))
    return size


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
