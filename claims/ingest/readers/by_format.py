"""Every format by one call: which one a file has, by its content first and then by its name."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Final

from claims.ingest.readers import formats, zip_archive
from claims.ingest.readers.by_child import document_of
from claims.ingest.readers.csv_rows import read_csv
from claims.ingest.readers.document import Document, Unread
from claims.ingest.readers.docx import read_docx
from claims.ingest.readers.formats import Format
from claims.ingest.readers.html import read_page
from claims.ingest.readers.in_child import Exhausting
from claims.ingest.readers.json_lines import read_json
from claims.ingest.readers.limits import MAX_EXHAUSTING, MAX_UPLOAD, size_fault
from claims.ingest.readers.pdf import read_pdf
from claims.ingest.readers.zip_archive import Room
from claims.text.decode import Unreadable, decode

_NESTED: Final = "It is an archive inside an archive, which is not opened: unpack it, and bring in what it holds."
_UPLOAD: Final = f"The file is too large, because an upload may have {MAX_UPLOAD:,} bytes: divide it into smaller ones."
_BAD_ONES: Final = (
    f"{MAX_EXHAUSTING} files of the archive took more time or memory than a document may, so the rest of it was not "
    "read: take them out, and bring it in again."
)
_DAMAGED: Final = (
    "The file cannot be read; it may be damaged: copy the article’s words and save them as plain text in UTF-8."
)


def read_file(name: str, raw: bytes, room: Room | None = None) -> Iterator[Document | Unread]:
    """Give the documents of a file, and what none could be made of, with the reason.

    Files that were sent together share a `room`, so that all their archives unpack to no more than one may. Never
    raises for what a file holds.
    """
    if len(raw) > MAX_UPLOAD:
        yield Unread(name, _UPLOAD)
    elif formats.format_of(name, raw) is Format.ZIP:
        yield from _read_archive(name, raw, room)
    else:
        yield from _read(name, raw)


class _Exhausting(Unread):
    """A file that took more than a document may."""


def _read_archive(name: str, raw: bytes, room: Room | None) -> Iterator[Document | Unread]:
    exhausting = 0
    for member in zip_archive.members(name, raw, room):
        if exhausting == MAX_EXHAUSTING:
            yield Unread(name, _BAD_ONES)
            return
        for found in _read_member(member):
            exhausting += isinstance(found, _Exhausting)
            yield found


def _read_member(member: zip_archive.Member | Unread) -> Iterator[Document | Unread]:
    if isinstance(member, Unread):
        yield member
    elif formats.format_of(member.name, member.raw) is Format.ZIP:
        yield Unread(member.name, _NESTED)
    else:
        yield from _read(member.name, member.raw)


def _read(name: str, raw: bytes) -> Iterator[Document | Unread]:
    try:
        if fault := formats.refusal(name, raw):
            yield Unread(name, fault)
        else:
            yield from _READERS[formats.format_of(name, raw)](name, raw)
    except Exhausting as refusal:
        yield _Exhausting(name, str(refusal))
    except Unreadable as refusal:
        yield Unread(name, str(refusal))
    except (ArithmeticError, LookupError, MemoryError, OSError, RecursionError, RuntimeError, TypeError, ValueError):
        yield Unread(name, _DAMAGED)


def _text(name: str, raw: bytes) -> Iterator[Document]:
    if fault := size_fault(len(raw)):
        raise Unreadable(fault)
    decoded = decode(raw)
    yield Document(name, raw, decoded.text, decoded.encoding, replaced=decoded.replaced)


def _page(name: str, raw: bytes) -> Iterator[Document]:
    yield read_page(name, raw)


def _markdown(name: str, raw: bytes) -> Iterator[Document]:
    yield document_of("markdown", name, raw, what="the file", media_type="text/markdown")


def _docx(name: str, raw: bytes) -> Iterator[Document]:
    yield read_docx(name, raw)


def _pdf(name: str, raw: bytes) -> Iterator[Document]:
    yield read_pdf(name, raw)


_READERS: Final[dict[Format, Callable[[str, bytes], Iterator[Document | Unread]]]] = {
    Format.TEXT: _text,
    Format.HTML: _page,
    Format.MARKDOWN: _markdown,
    Format.JSON: read_json,
    Format.CSV: read_csv,
    Format.DOCX: _docx,
    Format.PDF: _pdf,
}


def is_readable_name(name: str) -> bool:
    """Tell whether a file's name is one of a format that is read, for listing a folder."""
    return PurePosixPath(name.lower()).suffix in formats.SUFFIXES
