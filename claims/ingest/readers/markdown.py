"""A Markdown file as a document: the words as they are read, without the marks. Runs in the parsing process."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from claims.ingest.readers.child_answer import answer
from claims.ingest.readers.document import Fact
from claims.ingest.readers.limits import size_fault
from claims.ingest.readers.rows import facts_of_row
from claims.text.decode import Unreadable, decode

try:
    import markdown_it
except ImportError:
    markdown_it = None  # type: ignore[assignment]
if TYPE_CHECKING:
    from markdown_it.token import Token

_INSTALL: Final = (
    "Reading Markdown needs a library that is not installed: the operator can run "
    "pip install -r requirements-extra.txt, or save the file as plain text (.txt)."
)
_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_LINE: Final = re.compile(r"([A-Za-z_ -]{1,40}):[ \t]*(.{1,2000})")
_TAGS: Final = re.compile(r"<[^<>]{0,2000}>")


def parse(raw: bytes) -> dict[str, Any]:
    """Give the text of a Markdown file, with the facts of its front matter. Raises Unreadable with a sentence."""
    if markdown_it is None:
        raise Unreadable(_INSTALL)
    if fault := size_fault(len(raw)):
        raise Unreadable(fault)
    decoded = decode(raw)
    front = _FRONT.match(decoded.text)
    text = decoded.text[front.end() :] if front else decoded.text
    facts = dict(_front_facts(front[1])) if front else {}
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(text)
    read = "\n\n".join(_paragraphs(tokens))
    if "headline" in facts and not read.startswith(facts["headline"].value):
        read = f"{facts['headline'].value}\n\n{read}"
    made = answer(
        read,
        encoding=decoded.encoding,
        extractor=f"markdown-it-py {markdown_it.__version__}",
        facts=_with_title(facts, tokens),
    )
    # A character that stood in for another in the file does so in the text; only their own places are known there.
    return {**made, "replaced": [at for at, one in enumerate(read) if one == "\ufffd"] if decoded.replaced else []}


def _front_facts(front: str) -> Iterator[tuple[str, Fact]]:
    """The facts of front matter: lines of `name: value`, which is all of YAML that is read."""
    lines = (_FRONT_LINE.fullmatch(line.rstrip()) for line in front.splitlines())
    row = {found[1].strip(): found[2].strip().strip("\"'") for found in lines if found}
    yield from facts_of_row(row, "front matter").items()


def _with_title(facts: dict[str, Fact], tokens: "Sequence[Token]") -> dict[str, Fact]:
    at = next((at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)
    if "headline" in facts or at is None:
        return facts
    return {**facts, "headline": Fact(_words(tokens[at + 1]), note="first-level heading")}


def _paragraphs(tokens: "Sequence[Token]") -> Iterator[str]:
    """The words of each block: paragraphs, headings, list items, code; a row of a table is a line with tabs."""
    rows: list[list[str]] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        is_cell = before is not None and before.type in {"th_open", "td_open"}
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and is_cell:
            rows[-1].append(_words(token))
        elif words := "\n".join(map("\t".join, rows)) if token.type == "table_close" else _block(token):
            yield words


def _block(token: "Token") -> str:
    if token.type == "inline":
        return _words(token)
    if token.type in {"fence", "code_block"}:
        return token.content.rstrip("\n")
    return _TAGS.sub("", token.content).strip() if token.type == "html_block" else ""


def _words(token: "Token") -> str:
    parts = []
    for part in token.children or []:
        if part.type in {"softbreak", "hardbreak"}:
            parts.append(" " if part.type == "softbreak" else "\n")
        elif part.type in {"text", "code_inline", "text_special"}:
            parts.append(part.content)
    return "".join(parts)
