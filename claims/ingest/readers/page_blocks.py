"""The blocks of a page as a reader sees them: paragraphs, headings, list items, cells, each with its own characters.

A block is a line between two borders of block elements or line breaks. White space is collapsed as browsers do (space,
tab, line breaks; never a no-break space), and nothing else is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

_SKIPPED: Final = frozenset(
    {
        "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "applet", "button",
        "select", "option", "textarea", "input", "canvas", "audio", "video", "map", "dialog", "datalist", "meter",
        "progress", "amp-ad", "amp-iframe", "amp-embed", "amp-sidebar", "amp-consent", "amp-user-notification",
        "amp-social-share", "amp-analytics",
    }
)  # fmt: skip
_BLOCKS: Final = frozenset(
    {
        "html", "body", "main", "article", "section", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
        "dl", "dt", "dd", "blockquote", "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
        "figure", "figcaption", "aside", "header", "footer", "nav", "form", "fieldset", "legend", "address", "hr",
        "center", "details", "summary", "hgroup", "dir", "menu", "search", "amp-accordion", "marquee",
    }
)  # fmt: skip
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_HIDDEN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANK: Final = " \t\n\r\f"


@dataclass(eq=False)
class Block:
    """A line of words inside `element`; `linked` of its characters stand in links, `timed` inside <time>.

    `goes_on` tells that one <br> alone parts it from the line before.
    """

    text: str
    element: HtmlElement
    linked: int
    timed: int
    goes_on: bool = False

    @property
    def link_share(self) -> float:
        """How much of it is links, from 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


class _Walk:
    """One pass over the tree, in the order of the page."""

    def __init__(self) -> None:
        self.owners: list[HtmlElement] = []
        self.parts: list[str] = []
        self.linked = self.timed = 0
        # How many <br> stand before the words that are being read; a border counts as two.
        self.breaks = 2
        self.links = self.times = self.preformatted = 0

    def text(self, words: str | None) -> None:
        if words:
            length = len(words.strip(_BLANK))
            self.linked += length if self.links else 0
            self.timed += length if self.times else 0
            self.parts.append(words)

    def line_break(self) -> Iterator[Block]:
        if self.preformatted:
            self.parts.append("\n")
        else:
            yield from self._given()
            self.breaks += 1

    def border(self) -> Iterator[Block]:
        yield from self._given()
        self.breaks = 2

    def _given(self) -> Iterator[Block]:
        joined, linked, timed = "".join(self.parts), self.linked, self.timed
        self.parts, self.linked, self.timed = [], 0, 0
        text = joined.strip(_BLANK) if self.preformatted else _SPACE.sub(" ", joined).strip(" ")
        if text and self.owners:
            yield Block(text, self.owners[-1], linked, timed, self.breaks == 1)
            self.breaks = 0


def blocks_of(tree: HtmlElement) -> Iterator[Block]:
    """Give the blocks of a page in order, without what no reader sees: scripts, controls, hidden elements."""
    walk = _Walk()
    # A stack of steps instead of recursion: (element, False) is its start, (element, True) its end.
    steps: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while steps:
        element, ends = steps.pop()
        if ends:
            yield from _leave(walk, element)
        elif isinstance(element.tag, str) and not _is_unseen(element):
            yield from _enter(walk, element)
            steps.append((element, True))
            steps.extend((child, False) for child in reversed(element))
        else:
            yield from walk.border() if element.tag in _BLOCKS else ()
            walk.text(element.tail)


def _enter(walk: _Walk, element: HtmlElement) -> Iterator[Block]:
    tag = element.tag
    if tag == "br":
        yield from walk.line_break()
    if tag in _BLOCKS:
        yield from walk.border()
        walk.owners.append(element)
    walk.links += tag == "a"
    walk.times += tag == "time"
    walk.preformatted += tag == "pre"
    walk.text(element.text)


def _leave(walk: _Walk, element: HtmlElement) -> Iterator[Block]:
    tag = element.tag
    if tag in _BLOCKS:
        yield from walk.border()
        walk.owners.pop()
    walk.links -= tag == "a"
    walk.times -= tag == "time"
    walk.preformatted -= tag == "pre"
    walk.text(element.tail)


def _is_unseen(element: HtmlElement) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )
