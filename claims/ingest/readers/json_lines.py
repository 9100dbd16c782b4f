"""JSON Lines, or an array of JSON objects: each object is an article."""

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from claims.ingest.readers.document import Document, Unread
from claims.ingest.readers.limits import MAX_DOCUMENT, MAX_ROWS
from claims.ingest.readers.rows import TEXT_COLUMNS, column_name, document_of_row, too_large
from claims.text.decode import Unreadable, text_of

# In JSON a character may take six bytes ("\\u00e9").
_MAX_LINE: Final = 6 * MAX_DOCUMENT
_SLICES: Final = (65_536, 1_048_576, _MAX_LINE)
_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_ROWS: Final = f"The file has more than {MAX_ROWS:,} rows: divide it, and bring in the parts one after the other."
_BROKEN: Final = "{} is not a JSON object: write one object on each line, with its text under “text”."
_NO_TEXT: Final = "{} has no text: write the article’s words under “text”, in quotation marks."
_NO_WORDS: Final = "{}: “KEY” has to be words in quotation marks."
_ENDS: Final = "From here on the file is no JSON array of objects: check it, or write one object on each line."


def read_json(name: str, raw: bytes) -> Iterator[Document | Unread]:
    """Give a document or a refusal for each object, named by its line or its place in the array."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") or raw.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        yield from _array(name, raw)
    else:
        yield from _lines(name, raw)


def _lines(name: str, raw: bytes) -> Iterator[Document | Unread]:
    file = io.BytesIO(raw.removeprefix(codecs.BOM_UTF8))
    number = rows = 0
    while line := file.readline(_MAX_LINE):
        number += 1
        place = f"line {number:,}"
        if not line.endswith(b"\n") and len(line) >= _MAX_LINE:
            yield Unread(f"{name} › {place}", too_large(place))
            return
        if not line.strip():
            continue
        rows += 1
        if rows > MAX_ROWS:
            yield Unread(name, _ROWS)
            return
        yield _row(f"{name} › {place}", _object(line), place)


def _array(name: str, raw: bytes) -> Iterator[Document | Unread]:
    """Read an array object by object, so that no more than one of them is held at a time."""
    try:
        text, _ = text_of(raw)
    except Unreadable as refusal:
        yield Unread(name, str(refusal))
        return
    at = _after(text, 0)
    if not text.startswith("["):
        at = text.find("[")
    at, number = _after(text, at + 1), 0
    while at < len(text) and text[at] != "]":
        number += 1
        place = f"item {number:,}"
        if number > MAX_ROWS:
            yield Unread(name, _ROWS)
            return
        found = _next_object(text, at)
        if found is None:
            yield Unread(f"{name} › {place}", _ENDS)
            return
        row, at = found
        yield _row(f"{name} › {place}", row, place)
        at = _after(text, at)
        if text[at : at + 1] == ",":
            at = _after(text, at + 1)
    if not number:
        yield Unread(name, "The file holds no objects: check that the right file was chosen.")


def _next_object(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    if text[at : at + 1] != "{":
        return None
    decoder = json.JSONDecoder(strict=False)
    for size in _SLICES:
        try:
            row, end = decoder.raw_decode(text[at : at + size])
        except (ValueError, RecursionError):
            if at + size >= len(text):
                return None
        else:
            return row, at + end
    return None


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        row = json.loads(line.decode("utf-8", "surrogatepass"), strict=False)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _row(name: str, row: dict[str, Any] | None, place: str) -> Document | Unread:
    if row is None:
        return Unread(name, _BROKEN.format(place.capitalize()))
    others = [key for key, said in row.items() if column_name(key) in TEXT_COLUMNS and not isinstance(said, str)]
    without = _NO_WORDS.replace("KEY", column_name(others[0])) if others else _NO_TEXT
    return document_of_row(name, row, place=place, encoding="utf-8", without=without)


def _after(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
