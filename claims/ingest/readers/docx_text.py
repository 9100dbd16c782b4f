"""The words of a DOCX file. Runs in the parsing process."""

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from lxml.etree import _Element

from claims.ingest.readers.child_answer import answer
from claims.ingest.readers.document import Fact
from claims.ingest.readers.limits import MAX_PARTS, MAX_PARTS_UNPACKED
from claims.text.decode import Unreadable

try:
    import docx
except ImportError:
    docx = None  # type: ignore[assignment]

_INSTALL: Final = (
    "Reading DOCX files needs a library that is not installed: the operator can run "
    "pip install -r requirements-extra.txt, or save the document as plain text (.txt)."
)
_TOO_LARGE: Final = (
    f"The document unpacks to more than {MAX_PARTS_UNPACKED:,} bytes or {MAX_PARTS:,} parts: "
    "copy the article’s words and save them as plain text in UTF-8."
)
_LOCKED: Final = "The document is protected with a password: save a copy without one."
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Struck out, moved away, the second form of a drawing, a text box within a line: no words of the line.
_LEFT_OUT: Final = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}txbxContent",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_SIGNS: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_TITLES: Final = frozenset({"title", "heading1", "titel", "titre"})


def parse(raw: bytes) -> dict[str, Any]:
    """Give the text of a DOCX file: a blank line between paragraphs. Raises Unreadable with a sentence."""
    if docx is None:
        raise Unreadable(_INSTALL)
    _check_parts(raw)
    body = docx.Document(io.BytesIO(raw)).element.body
    text = "\n\n".join(_blocks(body))
    facts = {"headline": Fact(title, note="styled as the title")} if (title := _title(body)) else {}
    return answer(text, encoding="docx", extractor=f"python-docx {version('python-docx')}", facts=facts)


def _check_parts(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        infos = parts.infolist()
    # A part never gives more than the size that it states: the reading stops there.
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_PARTS_UNPACKED:
        raise Unreadable(_TOO_LARGE)
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable(_LOCKED)


def _blocks(parent: _Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            if words := _words(child).strip(" \n\t"):
                yield words
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"}:
            yield from _blocks(child)


def _table(table: _Element) -> Iterator[str]:
    """A line for each row, a tab between its cells; a table of one column is only a frame around paragraphs."""
    rows = [[list(_blocks(cell)) for cell in row.iter(f"{_W}tc")] for row in table.iterchildren(f"{_W}tr")]
    if all(len(row) <= 1 for row in rows):
        yield from (words for row in rows for cell in row for words in cell)
    elif lines := ["\t".join(" ".join(cell) for cell in row) for row in rows]:
        yield "\n".join(lines)


def _words(paragraph: _Element) -> str:
    parts: list[str] = []
    steps: list[_Element] = [paragraph]
    while steps:
        element = steps.pop()
        if element.tag in _LEFT_OUT:
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        parts.append(
            _SIGNS.get(str(element.tag), "") if element.getparent() is not None and _is_in_run(element) else ""
        )
        steps.extend(reversed(element))
    return "".join(parts)


def _is_in_run(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{_W}r"


def _title(body: _Element) -> str:
    """The first paragraph, where its style says that it is the title."""
    first = next((one for one in body.iterchildren(f"{_W}p") if _words(one).strip()), None)
    style = first.find(f"{_W}pPr/{_W}pStyle") if first is not None else None
    is_title = style is not None and style.get(f"{_W}val", "").lower().replace(" ", "") in _TITLES
    return _words(first).strip() if first is not None and is_title else ""
