"""The text of an article from its page: read in a process of its own, never in the one that serves people."""

from collections.abc import Sequence
from copy import deepcopy
from importlib.metadata import version
from typing import Any, Final

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from claims.ingest.readers.article_blocks import article_blocks
from claims.ingest.readers.document import Fact
from claims.ingest.readers.facts import as_json, facts_of
from claims.ingest.readers.page_blocks import Block, blocks_of
from claims.ingest.readers.page_metadata import Metadata, folded
from claims.ingest.readers.page_source import elements, page_text, stand_in
from claims.text.decode import REPLACEMENT, Unreadable

EXTRACTOR: Final = f"trafilatura {version('trafilatura')}, blocks 1"
_LITTLE: Final = 250
_LONGEST_HEADLINE: Final = 300
_NO_ARTICLE: Final = (
    "No article was found in the page; its text may be loaded by a script: "
    "open it in a browser, copy the article’s words, and paste them."
)


def parse(raw: bytes, address: str = "", charset: str = "") -> dict[str, Any]:
    """Give the article of a page as `in_child.parse` says. Raises Unreadable with a sentence."""
    source = page_text(raw, charset)
    instead = stand_in(source.text)
    tree = elements(source.text, instead)
    page = Metadata(tree)
    blocks = list(blocks_of(tree))
    page.lines = [block.text for block in blocks if len(block.text) <= _LONGEST_HEADLINE]
    facts = facts_of(page, address)
    text = _text(tree, page, blocks, facts)
    if not any(map(str.isalnum, text)):
        raise Unreadable(_NO_ARTICLE)
    replaced = [at for at, character in enumerate(text) if character == instead]
    cleaned = {
        name: {key: value.replace(instead, REPLACEMENT) for key, value in fact.items()}
        for name, fact in as_json(facts).items()
    }
    return {
        "text": text.replace(instead, REPLACEMENT),
        "encoding": source.encoding,
        "replaced": replaced,
        "extractor": EXTRACTOR,
        "facts": cleaned,
    }


def _text(tree: HtmlElement, page: Metadata, blocks: Sequence[Block], facts: dict[str, Fact]) -> str:
    """The headline as the first line, then the article's blocks, a blank line between any two."""
    headline = facts["headline"].value if "headline" in facts else ""
    body = page.stated("articleBody")
    chosen = article_blocks(blocks, (_voted(tree), body), headline)
    text = joined(chosen)
    if len(text) < _LITTLE < len(body):
        text = "\n\n".join(line.strip() for line in body.splitlines() if line.strip())
    if not text:
        return ""
    first = folded(text.split("\n", 1)[0])
    return text if not headline or first == folded(headline) else f"{headline}\n\n{text}"


def _voted(tree: HtmlElement) -> str:
    """What trafilatura takes for the article."""
    found = bare_extraction(deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False)
    text = getattr(found, "text", "") if found else ""
    return text or ""


def joined(blocks: Sequence[Block]) -> str:
    """Put blocks together: a blank line between two, a line for each row of a table with a tab between its cells."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            parts.append(_between(before, block))
        parts.append(block.text)
        before = block
    return "".join(parts)


def _between(before: Block, block: Block) -> str:
    if block.goes_on and before.element is block.element:
        return "\n"
    cells = {"td", "th"}
    if before.element.tag in cells and block.element.tag in cells and before.element is not block.element:
        ours, theirs = before.element.getparent(), block.element.getparent()
        if ours is theirs:
            return "\t"
        if ours is not None and theirs is not None and ours.getparent() is theirs.getparent():
            return "\n"
    return "\n\n"
