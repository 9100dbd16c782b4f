"""A table as CSV: each row is an article; the first row names the columns."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from claims.ingest.readers.document import Document, Unread
from claims.ingest.readers.limits import MAX_DOCUMENT, MAX_ROWS
from claims.ingest.readers.rows import TEXT_COLUMNS, column_name, document_of_row, too_large
from claims.text.decode import Unreadable, text_of

_DELIMITERS: Final = ",;\t"
_NO_TEXT: Final = (
    "The table’s first row names no column “text”: name the columns there, “text” for the articles’ words; "
    "“headline”, “address”, “author”, “published”, “updated”, “outlet”, “voice” and “genre” are read too."
)
_ROWS: Final = f"The table has more than {MAX_ROWS:,} rows: divide it, and bring in the parts one after the other."
_BROKEN: Final = "From row {:,} on the file is no CSV in UTF-8 ({}): save it as CSV in UTF-8 and load it again."
_MOST_COLUMNS: Final = 500
_LONGEST_LINE: Final = 2 * MAX_DOCUMENT


def read_csv(name: str, raw: bytes) -> Iterator[Document | Unread]:
    """Give a document or a refusal for each row, named by its number as a spreadsheet shows it."""
    csv.field_size_limit(MAX_DOCUMENT)
    number = 1
    try:
        encoding = _encoding(raw)
        header, delimiter = _header(raw, encoding)
        if not any(column_name(column) in TEXT_COLUMNS for column in header):
            yield Unread(name, _NO_TEXT)
            return
        for number, row in enumerate(csv.reader(_rows_lines(raw, encoding), delimiter=delimiter), 1):
            if number == 1 or not any(row):
                continue
            if number > MAX_ROWS + 1:
                yield Unread(name, _ROWS)
                return
            place = f"row {number:,}"
            cells = dict(zip(header, row, strict=False))
            yield document_of_row(f"{name} › {place}", cells, place=place, encoding=encoding)
    except Unreadable as refusal:
        yield Unread(name, str(refusal))
    except (csv.Error, UnicodeError) as error:
        yield Unread(
            name, _BROKEN.format(number + 1, "a cell is too large" if "limit" in str(error) else "it breaks off")
        )


def _encoding(raw: bytes) -> str:
    """How the file is encoded; one larger than a document is read bit by bit, and has to be in UTF-8."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return encoding
    return text_of(raw)[1] if len(raw) <= MAX_DOCUMENT else "utf-8"


def _opened(raw: bytes, encoding: str) -> io.TextIOWrapper:
    errors = "surrogatepass" if encoding.startswith("utf") else "strict"
    return io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, errors=errors, newline="")


def _rows_lines(raw: bytes, encoding: str) -> Iterator[str]:
    """The lines of the file, none so long that its cells could fill the memory."""
    file = _opened(raw, encoding)
    while line := file.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise Unreadable(too_large("a row"))
        yield line


def _header(raw: bytes, encoding: str) -> tuple[list[str], str]:
    """The names of the columns, and what parts them: the sign that gives the most, a column for the text among them."""
    line = _opened(raw, encoding).readline(100_000)
    found = [(next(csv.reader([line], delimiter=sign), []), sign) for sign in _DELIMITERS]
    usable = [(names, sign) for names, sign in found if len(names) <= _MOST_COLUMNS]
    return max(usable, key=lambda one: (_names_text(one[0]), len(one[0])), default=([], ","))


def _names_text(header: list[str]) -> bool:
    return any(column_name(column) in TEXT_COLUMNS for column in header)
