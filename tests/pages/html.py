"""A page as its reader meets it: elements with their attributes and words, and the links that lead on."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "rect"}


@dataclass
class Element:
    """One element."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)
    within: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All the text within it."""
        return "".join(self.pieces)

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Page(HTMLParser):
    """Every element of a page, in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, within=list(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, within=list(self.open)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def fields(self, form: str) -> dict[str, str]:
        """What the form with this id or action would send without anybody touching it."""
        found = {}
        for element in self.elements:
            inside = [e for e in element.within if e.tag == "form" and form in e.attributes.values()]
            name = element.attributes.get("name")
            if not inside or not name or element.tag not in {"input", "textarea"}:
                continue
            if element.attributes.get("type") in {"radio", "checkbox"} and "checked" not in element.attributes:
                continue
            is_area = element.tag == "textarea"
            found[name] = element.text.removeprefix("\n") if is_area else element.attributes.get("value", "")
        return found

    def links(self) -> set[str]:
        """Addresses on this site that a click leads to."""
        hrefs = {element.attributes.get("href", "").partition("#")[0] for element in self.all("a")}
        return {href for href in hrefs if href and not re.match(r"[a-z]+:|//", href)}


def page_of(answer: object) -> Page:
    return Page(answer.content.decode())  # type: ignore[attr-defined]
