"""Which blocks of a page are its article: trafilatura votes, and what the page's own marks say is added and taken away.

The library's text is only a vote. It decides which blocks belong to the article; the characters are the page's own, and
so are the borders of paragraphs. A block between two voted ones belongs too, a box of links among them does not.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from claims.ingest.readers.page_blocks import HEADINGS, Block
from claims.ingest.readers.page_chrome import is_chrome, is_end_heading, is_notice, is_onward
from claims.ingest.readers.page_metadata import folded

_WORD: Final = re.compile(r"\w+")
_RUN: Final = 4
_AGREES: Final = 0.6
_LITTLE: Final = 250
_CORE: Final = 0.8
# A box with more than this share of the article is the article, whatever its class says.
_TOO_MUCH_FOR_A_BOX: Final = 0.4
_PROSE: Final = 60
_ENDS: Final = (".", "!", "?", "”")
_HOLDERS: Final = frozenset({"body", "main", "article", "section", "div", "td", "form", "center", "html"})


class Witness:
    """A text that says what the article is, asked block by block."""

    def __init__(self, text: str) -> None:
        self.lines = {folded(line) for line in text.splitlines()}
        words = _WORD.findall(text.casefold())
        self.runs = {hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)}

    def agrees(self, block: Block) -> bool:
        """Tell whether the text holds most of this block, word runs for long ones, the very line for short ones."""
        words = _WORD.findall(block.text.casefold())
        runs = len(words) - _RUN + 1
        if runs < 2:
            return folded(block.text) in self.lines
        return sum(hash(tuple(words[at : at + _RUN])) in self.runs for at in range(runs)) >= _AGREES * runs


def article_blocks(blocks: Sequence[Block], witnesses: Iterable[str], headline: str) -> list[Block]:
    """Give the blocks of the article in order, the headline not among them.

    `witnesses` are texts that say what the article is: what trafilatura found, what JSON-LD calls its body.
    """
    title = folded(headline)
    heard = [Witness(text) for text in witnesses if text]
    voted = {block for block in blocks if any(witness.agrees(block) for witness in heard)}
    seed = [block for block in blocks if block in voted and len(block.text) >= _PROSE and block.link_share < 0.5]
    if sum(len(block.text) for block in seed) < _LITTLE:
        seed = [block for block in blocks if _is_prose(block) and not _in_a_box(block, None, {})] or list(voted)
        voted |= set(seed)
    if not seed:
        return []
    alike = _alike(blocks, seed)
    voted |= alike
    seed += [block for block in alike if block not in seed and _is_prose(block)]
    shares = _shares(seed)
    holder = _holder(seed, shares)
    kept = _inside(blocks, voted, holder, shares)
    return _without_repeats(_without_lone_headings(_without_box_headings(kept, blocks)), title)


def _inside(
    blocks: Sequence[Block], voted: set[Block], holder: HtmlElement, shares: dict[HtmlElement, float]
) -> list[Block]:
    held = [any(one is holder for one in block.element.iterancestors()) or block.element is holder for block in blocks]
    chosen = [at for at, block in enumerate(blocks) if block in voted and held[at]]
    first, last = (chosen[0], chosen[-1]) if chosen else (0, 0)
    links = _lists_of_links(blocks, voted)
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        if kept and is_end_heading(block) and _is_the_end(block, at, blocks, chosen):
            break
        belongs = held[at] and (block in voted or first < at < last or (at > last and _goes_on(block, blocks[last])))
        strays = not held[at] and block in voted and _is_prose(block)
        if (belongs or strays) and not _is_left_out(block, block in voted, holder, shares, links):
            kept.append(block)
    return kept


def _is_the_end(block: Block, at: int, blocks: Sequence[Block], chosen: Sequence[int]) -> bool:
    """Tell whether the article ends at this line: nothing that is made as the article is comes after it."""
    before = {_make(blocks[one]) for one in chosen if one < at}
    after = {_make(blocks[one]) for one in chosen if one > at}
    return not after or (block.element.tag in HEADINGS and before.isdisjoint(after))


def _is_left_out(
    block: Block, is_voted: bool, holder: HtmlElement, shares: dict[HtmlElement, float], links: set[HtmlElement]
) -> bool:
    is_item = is_voted and block.element.tag == "li" and block.text.endswith(_ENDS)
    if (is_onward(block) and not is_item) or is_notice(block) or block.element.getparent() in links:
        return True
    # A long voted paragraph is not taken for a box by its own class alone: some pages mark paragraphs "paywall".
    start = (
        block.element.getparent() if is_voted and len(block.text) > 120 and block.element.tag == "p" else block.element
    )
    return _in_a_box(block, holder, shares, start)


def _in_a_box(
    block: Block, holder: HtmlElement | None, shares: dict[HtmlElement, float], start: HtmlElement | None = None
) -> bool:
    element: HtmlElement | None = block.element if start is None else start
    while element is not None and element is not holder and element.tag not in {"body", "html"}:
        if shares.get(element, 0.0) < _TOO_MUCH_FOR_A_BOX and is_chrome(element):
            return True
        element = element.getparent()
    return False


def _shares(seed: Sequence[Block]) -> dict[HtmlElement, float]:
    """How much of the seed's characters each element holds, from 0 to 1."""
    total = sum(len(block.text) for block in seed)
    shares: dict[HtmlElement, float] = {}
    for block in seed:
        for element in (block.element, *block.element.iterancestors()):
            shares[element] = shares.get(element, 0.0) + len(block.text) / total
    return shares


def _holder(seed: Sequence[Block], shares: dict[HtmlElement, float]) -> HtmlElement:
    """The innermost element that holds most of the article: not a paragraph, not a list."""
    whole = [element for element, share in shares.items() if share >= _CORE and element.tag in _HOLDERS]
    return max(whole, key=lambda element: sum(1 for _ in element.iterancestors()), default=seed[0].element)


def _alike(blocks: Sequence[Block], seed: Sequence[Block]) -> set[Block]:
    """The blocks that are made as most of the article is: the same elements and classes, three deep.

    A story that is cut into parts, by advertisements or for those who have paid, is one story.
    """
    made: dict[tuple[str, ...], int] = {}
    for block in seed:
        made[_make(block)] = made.get(_make(block), 0) + len(block.text)
    total = sum(made.values())
    usual = {make for make, length in made.items() if length > 0.3 * total and any(" " in one for one in make)}
    return {block for block in blocks if _make(block) in usual and block.link_share < 0.5}


def _make(block: Block) -> tuple[str, ...]:
    """What a block is made as: each element with its classes, up to its grandparent."""
    around = [block.element, *islice(block.element.iterancestors(), 2)]
    return tuple(f"{element.tag!s} {element.get('class', '')}".strip() for element in around)


def _goes_on(block: Block, last: Block) -> bool:
    """Tell whether a block behind the last voted one is of its kind: the next paragraph beside it."""
    return (
        block.element.tag == last.element.tag
        and block.element.getparent() is last.element.getparent()
        and _is_prose(block)
    )


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.link_share < 0.3


def _lists_of_links(blocks: Sequence[Block], voted: set[Block]) -> set[HtmlElement]:
    """The lists whose items are mostly links to elsewhere."""
    lists: dict[HtmlElement, list[Block]] = {}
    for block in blocks:
        if block.element.tag == "li" and (parent := block.element.getparent()) is not None:
            lists.setdefault(parent, []).append(block)
    return {
        one
        for one, items in lists.items()
        if sum(item.linked for item in items) > 0.6 * sum(len(item.text) for item in items)
        and not all(item in voted and item.text.endswith(_ENDS) for item in items)
    }


def _without_box_headings(kept: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Leave out the headings of boxes of links, which were taken away from under them."""
    around = {one for block in kept if block.element.tag not in HEADINGS for one in block.element.iterancestors()}
    emptied = {
        one
        for block in blocks
        if block.link_share > 0.8
        for one in islice(block.element.iterancestors(), 3)
        if one not in around
    }
    return [block for block in kept if block.element.tag not in HEADINGS or block.element.getparent() not in emptied]


def _without_lone_headings(kept: Sequence[Block]) -> list[Block]:
    """Leave out headings that nothing follows: those of the boxes that were taken away."""
    following: list[Block | None] = [*kept, None][1:]
    return [
        block
        for block, after in zip(kept, following, strict=True)
        if block.element.tag not in HEADINGS or (after and _rank(after) > _rank(block))
    ]


def _rank(block: Block) -> int:
    return int(str(block.element.tag)[1]) if block.element.tag in HEADINGS else 9


def _without_repeats(kept: Sequence[Block], title: str) -> list[Block]:
    """Leave out the headline, and what stands twice: a pulled quotation, the same text for small screens."""
    given: list[Block] = []
    seen = {title}
    paragraphs = [folded(block.text) for block in kept if block.element.tag == "p" and len(block.text) > _PROSE]
    for block in kept:
        words = folded(block.text)
        is_pulled = block.element.tag != "p" and 25 < len(words) < 400 and _is_quoted_box(block)
        if (words in seen and (words == title or len(words) > 40)) or (
            is_pulled and any(words in one for one in paragraphs)
        ):
            continue
        seen.add(words)
        given.append(block)
    return given


def _is_quoted_box(block: Block) -> bool:
    near = [block.element, *list(block.element.iterancestors())[:2]]
    return any(element.tag in {"blockquote", "figure", "aside", "q"} for element in near)
