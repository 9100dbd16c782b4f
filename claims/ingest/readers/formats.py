"""Which format a file has: by what it begins with, and where that says nothing by its name."""

import codecs
import re
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from claims.ingest.readers.zip_archive import names_in
from claims.text.decode import Unreadable, text_of


class Format(StrEnum):
    """A format that is read."""

    TEXT = "plain text"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    JSON = "JSON Lines"
    CSV = "CSV"
    DOCX = "DOCX"
    PDF = "PDF"
    ZIP = "ZIP"


SUFFIXES: Final = {
    ".txt": Format.TEXT, ".text": Format.TEXT,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".shtml": Format.HTML, ".mhtml": Format.HTML,
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".jsonl": Format.JSON, ".ndjson": Format.JSON, ".json": Format.JSON,
    ".csv": Format.CSV, ".tsv": Format.CSV, ".tab": Format.CSV,
    ".docx": Format.DOCX, ".pdf": Format.PDF, ".zip": Format.ZIP,
}  # fmt: skip
_COPY: Final = "copy the article’s words and save them as plain text in UTF-8"
# What a file begins with that is none of the formats that are read, and what to do about it.
_OTHERS: Final = (
    (b"\xd0\xcf\x11\xe0", f"an old office document: save it as DOCX, or {_COPY}"),
    (b"{\\rtf", f"an RTF document: save it as DOCX, or {_COPY}"),
    (b"\x89PNG", "a PNG picture: type the article’s words, or run a text recognition over it"),
    (b"GIF8", "a GIF picture: type the article’s words, or run a text recognition over it"),
    (b"\xff\xd8\xff", "a JPEG picture: type the article’s words, or run a text recognition over it"),
    (b"RIFF", "a picture, sound or film: type the article’s words"),
    (b"II*\x00", "a TIFF picture: type the article’s words, or run a text recognition over it"),
    (b"MM\x00*", "a TIFF picture: type the article’s words, or run a text recognition over it"),
    (b"ID3", "a sound recording: type the article’s words"),
    (b"\x1f\x8b", "a gzip archive: unpack it, and bring in what it holds"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it, or pack it as a ZIP"),
    (b"Rar!", "a RAR archive: unpack it, or pack it as a ZIP"),
    (b"BZh", "a bzip2 archive: unpack it, and bring in what it holds"),
    (b"\xfd7zXZ", "an xz archive: unpack it, and bring in what it holds"),
    (b"\x7fELF", "a program: check that the right file was chosen"),
    (b"MZ", "a program: check that the right file was chosen"),
    (b"SQLite format 3\x00", "an SQLite database: check that the right file was chosen"),
    (b"MIME-Version:", f"a web archive: save the page as HTML, or {_COPY}"),
)
# What an office document is by a file in it, and by how it begins behind the first file's head.
_DOCX_PART: Final = "word/document.xml"
_PARTS: Final = (
    ("xl/workbook.xml", "a spreadsheet: save it as CSV in UTF-8, with a column “text”"),
    ("ppt/presentation.xml", f"a presentation: {_COPY}"),
)
_HEAD_SIZE: Final = 30
_OFFICE: Final = (
    (b"mimetypeapplication/vnd.oasis.opendocument", f"an OpenDocument file: save it as DOCX, or {_COPY}"),
    (b"mimetypeapplication/epub+zip", f"an e-book: {_COPY}"),
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
_XML: Final = re.compile(r"\s*<(?:\?xml\s|!doctype\s+(?!html)|rss[\s>]|feed[\s>]|svg[\s>])", re.IGNORECASE)
_JSON_ROW: Final = re.compile(r"\s*\[?\s*\{\s*\"")
_IS_XML: Final = f"The file is XML, which is not read as an article: save the page as HTML, or {_COPY}."
_SEEN: Final = 4096


def format_of(name: str, raw: bytes) -> Format:
    """Give the format of a file; plain text where neither content nor name says another."""
    named = SUFFIXES.get(PurePosixPath(name.lower()).suffix, Format.TEXT)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.DOCX if _is_office(named, raw) else Format.ZIP
    if b"%PDF-" in raw[:1024]:
        return Format.PDF
    head = _head(raw)
    if _HTML.match(head):
        return Format.HTML
    if _JSON_ROW.match(head) and named in {Format.TEXT, Format.JSON}:
        return Format.JSON
    return Format.TEXT if named in {Format.DOCX, Format.PDF, Format.ZIP} else named


def refusal(name: str, raw: bytes) -> str:
    """Say what a file is and what to do, where it has none of the formats that are read; else ""."""
    # A mark of letters alone may begin a sentence too.
    others = [what for mark, what in _OTHERS if raw.startswith(mark) and (not mark.isalnum() or b"\x00" in raw[:_SEEN])]
    if others or (others := [_office(raw)] if _office(raw) else []):
        return f"The file is {others[0]}."
    head = _head(raw)
    if _XML.match(head) and not _HTML.match(head):
        return _IS_XML
    named = SUFFIXES.get(PurePosixPath(name.lower()).suffix)
    if named in {Format.DOCX, Format.PDF, Format.ZIP} and format_of(name, raw) is Format.TEXT:
        return f"The file is called a {named} file and is none: check it, or {_COPY}."
    return ""


def _office(raw: bytes) -> str:
    """What an office document is, "" where it is none or one that is read."""
    if not raw.startswith(b"PK\x03\x04"):
        return ""
    if others := [what for mark, what in _OFFICE if raw.startswith(mark, _HEAD_SIZE)]:
        return others[0]
    parts = names_in(raw) or frozenset()
    return next((what for part, what in _PARTS if part in parts), "")


def _is_office(named: Format, raw: bytes) -> bool:
    """Whether a ZIP is an office document, by its list of files; one without a list is what its name says."""
    parts = names_in(raw)
    if parts is None:
        return named is Format.DOCX or bool(_office(raw))
    return _DOCX_PART in parts or bool(_office(raw))


def _head(raw: bytes) -> str:
    """The beginning of a file as text, in whatever encoding its mark says."""
    start = raw[:_SEEN]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return text_of(start[: len(start) // 4 * 4])[0]
        except Unreadable:
            return ""
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
