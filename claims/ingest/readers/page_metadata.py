"""What a page states of itself for machines: JSON-LD of schema.org, <meta> tags, the marked elements of its text."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from lxml.html import HtmlElement

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_ARTICLE: Final = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
_MAX_BLOCKS: Final = 50
_MAX_ITEMS: Final = 500
_NEWLINES_IN_STRINGS: Final = False  # for `strict`: many systems write line breaks into JSON strings as they are


class Metadata:
    """The machine-readable statements of one page, looked up once."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.metas = _metas(tree)
        self.titles = [title for title in map(words_of, tree.iter("h1")) if title]
        # The short lines that the page shows, in order; whoever has divided it into blocks sets them.
        self.lines: list[str] = []
        self.article = self._article(list(_items(tree)))

    def meta(self, *names: str) -> tuple[str, str]:
        """Give the first of these <meta> tags that says something, and its name."""
        return next(((self.metas[name], name) for name in names if self.metas.get(name)), ("", ""))

    def stated(self, *path: str) -> str:
        """Give what the article's JSON-LD says under these keys, such as ("publisher", "name")."""
        return _text(_at(self.article, path))

    def names(self, key: str) -> str:
        """Give the names under a key that may hold a name, a thing with a name, or several."""
        held = self.article.get(key)
        found = [_text(one.get("name") if isinstance(one, dict) else one) for one in _each(held)]
        return ", ".join(dict.fromkeys(name for name in found if name and not name.startswith("http")))

    def types(self) -> list[str]:
        """Give the schema.org types of the article."""
        return [one for one in _each(self.article.get("@type")) if isinstance(one, str)]

    def marked(self, xpath: str) -> list[HtmlElement]:
        """Give the elements at a path, at most a few."""
        found = self.tree.xpath(xpath)
        return [one for one in found[:20] if isinstance(one, HtmlElement)] if isinstance(found, list) else []

    def _article(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """The one article that the page is about: where several are described, the one with the page's own headline."""
        articles = [item for item in items if any(_ARTICLE.search(str(kind)) for kind in _each(item.get("@type")))]
        if len(articles) < 2:
            return articles[0] if articles else {}
        own = {folded(title) for title in (*self.titles, self.metas.get("og:title", "")) if title}
        return next((item for item in articles if folded(_text(item.get("headline"))) in own), {})


def words_of(element: HtmlElement) -> str:
    """Give the words of an element, white space collapsed."""
    return _SPACE.sub(" ", "".join(map(str, element.itertext()))).strip(" ")


def folded(words: str) -> str:
    """Give words for comparing: small letters and digits only, quotation marks and blanks do not count."""
    return "".join(filter(str.isalnum, words.casefold()))


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Each <meta> by its name, the first of a name counts; where it names an item's property, under "itemprop:…"."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = meta.get("content", "").strip()
        for name in (meta.get("property"), meta.get("name"), f"itemprop:{meta.get('itemprop')}"):
            if name and content:
                found.setdefault(name.strip().lower(), content)
    return found


def _items(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The things that the page's JSON-LD describes at its top, in a list or in a graph."""
    scripts = [script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    for script in scripts[:_MAX_BLOCKS]:
        try:
            data = json.loads(script.text or "", strict=_NEWLINES_IN_STRINGS)
        except (ValueError, RecursionError):
            continue
        for item in _each(data):
            if isinstance(item, dict):
                yield item
                yield from (one for one in _each(item.get("@graph")) if isinstance(one, dict))


def _each(held: Any) -> list[Any]:
    return held[:_MAX_ITEMS] if isinstance(held, list) else [] if held is None else [held]


def _at(held: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        held = held[0] if isinstance(held, list) and held else held
        held = held.get(key) if isinstance(held, dict) else None
    return held


def _text(held: Any) -> str:
    return html.unescape(held).strip() if isinstance(held, str) else ""
