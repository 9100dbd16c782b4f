"""What a page says of itself: headline, address, site, author, dates, kind, each with the tag that says so.

Nothing is guessed: no date from an address, no author from how a line looks. Dates stay as the page states them. Where
two tags disagree the note of the fact says what the other says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from claims.ingest.readers.document import Fact
from claims.ingest.readers.page_metadata import Metadata, folded, words_of
from claims.text.addresses import MAX_ADDRESS, fault_of
from claims.vocabulary import Basis

_LONGEST: Final = {"headline": 500, "outlet": 200, "author": 300, "published": 40, "updated": 40, "genre": 40}
_DATES: Final = {
    "published": (
        "datePublished",
        ("article:published_time", "og:article:published_time", "itemprop:datepublished", "datepublished",
         "dc.date.issued", "dcterms.issued", "dc.date", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date",
         "date"),
        "//time[@datetime and (@itemprop='datePublished' or @pubdate"
        " or contains(concat(' ', @class, ' '), ' published ') or contains(@class, 'dt-published'))]"
        " | //abbr[@title and contains(@class, 'published')]",
    ),
    "updated": (
        "dateModified",
        ("article:modified_time", "og:updated_time", "itemprop:datemodified", "datemodified", "dcterms.modified",
         "dc.date.modified", "last-modified"),
        "//time[@datetime and (@itemprop='dateModified' or contains(concat(' ', @class, ' '), ' updated ')"
        " or contains(concat(' ', @class, ' '), ' dt-updated '))]",
    ),
}  # fmt: skip
_AUTHORS: Final = "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]"
_HEADLINES: Final = "//*[@itemprop='headline'] | //*[contains(concat(' ', @class, ' '), ' entry-title ')]"
_BY_LINK: Final = "//a[@rel='author']"
# The kinds of article that schema.org tells apart and a desk wants to know; a plain Article says nothing.
_GENRES: Final = {
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "background",
    "ReviewNewsArticle": "review",
    "AskPublicNewsArticle": "ask public",
    "AdvertiserContentArticle": "advertisement",
    "SatiricalArticle": "satire",
    "LiveBlogPosting": "live blog",
    "ReportageNewsArticle": "report",
}


def facts_of(page: Metadata, address: str = "") -> dict[str, Fact]:
    """Give what the page states; `address` is where it was read, "" for a file."""
    found = {
        "headline": _headline(page),
        "address": _address(page, address),
        "outlet": _first(
            (page.meta("og:site_name")[0], "og:site_name"),
            (page.stated("publisher", "name"), "JSON-LD publisher"),
            (page.meta("application-name")[0], "meta application-name"),
        ),
        "author": _author(page),
        **{name: _date(page, *places) for name, places in _DATES.items()},
        "genre": _first(*((_GENRES.get(kind, ""), f"JSON-LD @type {kind}") for kind in page.types())),
    }
    return {
        name: fact
        for name, fact in found.items()
        if fact and fact.value and len(fact.value) <= _LONGEST.get(name, MAX_ADDRESS)
    }


def as_json(facts: Mapping[str, Fact]) -> dict[str, dict[str, str]]:
    """Give facts as they go over a pipe."""
    return {
        name: {"value": fact.value, "basis": fact.basis.value, "note": fact.note, "link": fact.link}
        for name, fact in facts.items()
    }


def from_json(given: Mapping[str, Mapping[str, str]]) -> dict[str, Fact]:
    """Give facts as they came over a pipe. Raises KeyError or ValueError where they are none."""
    return {
        name: Fact(str(fact["value"]), Basis(fact["basis"]), str(fact["note"]), str(fact["link"]))
        for name, fact in given.items()
    }


def _headline(page: Metadata) -> Fact | None:
    stated = _first(
        (page.stated("headline"), "JSON-LD headline"),
        (_without_site(page, page.meta("og:title")[0]), "og:title"),
        (page.meta("itemprop:headline")[0], "meta itemprop headline"),
    )
    shown = next((line for line in (*page.titles, *page.lines) if stated and folded(line) == folded(stated.value)), "")
    if stated and shown:
        return Fact(shown, note=f"shown on the page, as {stated.note}")
    if stated:
        return stated
    title = next((words_of(one) for one in page.tree.iter("title")), "")
    marked = next((words_of(one) for one in page.marked(_HEADLINES)), "")
    # Pages put the site's name into their title, and often into an <h1> too: the longest line that the title holds.
    whole = folded(title[: _LONGEST["headline"]])
    held = max(
        (line for line in (*page.titles, *page.lines) if folded(line) and folded(line) in whole), key=len, default=""
    )
    lone = page.titles[0] if len(page.titles) == 1 else ""
    return _first(
        (marked, "marked as the headline"),
        (held if len(folded(held)) > 0.4 * len(whole) else "", "shown on the page and part of <title>"),
        (lone, "<h1>"),
        (_without_site(page, title), "<title>"),
    )


def _without_site(page: Metadata, title: str) -> str:
    """A title without the site's name behind a mark, where the page states that name."""
    for site in (page.meta("og:site_name")[0], page.stated("publisher", "name")):
        for mark in (" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " : "):
            if site and title.endswith(mark + site):
                return title.removesuffix(mark + site).strip()
    return title


def _author(page: Metadata) -> Fact | None:
    stated = _first((page.names("author"), "JSON-LD author"), _named(page, _AUTHORS, "itemprop author"))
    said = stated or _first(
        *(
            (page.metas.get(name, ""), f"meta {name}")
            for name in ("author", "article:author", "dc.creator", "parsely-author", "byl")
        ),
    )
    if said and not said.value.lower().startswith(("http:", "https:", "//")):
        return said
    return _first(_named(page, _BY_LINK, "link rel=author"))


def _named(page: Metadata, path: str, note: str) -> tuple[str, str]:
    names = [element.get("content") or words_of(element) for element in page.marked(path)]
    return ", ".join(dict.fromkeys(filter(None, names))), note


def _date(page: Metadata, key: str, metas: tuple[str, ...], marked: str) -> Fact | None:
    said = list(_dates(page, key, metas, marked))
    if not said:
        return None
    other = next((one for one in said if one.value[:10] != said[0].value[:10]), None)
    if other is None:
        return said[0]
    return replace(said[0], note=f"{said[0].note}; {other.note} says {other.value}"[:200])


def _dates(page: Metadata, key: str, metas: tuple[str, ...], marked: str) -> Iterator[Fact]:
    if stated := page.stated(key):
        yield Fact(stated, note=f"JSON-LD {key}")
    value, name = page.meta(*metas)
    if value:
        yield Fact(value, note=name if ":" in name and not name.startswith("itemprop") else f"meta {name}")
    for element in page.marked(marked):
        if value := (element.get("datetime") or element.get("title") or "").strip():
            yield Fact(value, note=f"<{element.tag!s}>")
            return


def _address(page: Metadata, address: str) -> Fact | None:
    links = [link.get("href", "") for link in page.marked("//link[@rel and @href]") if _is_canonical(link.get("rel"))]
    said = [
        *((link, "link rel=canonical") for link in links[:1]),
        (page.meta("og:url")[0], "og:url"),
        (page.stated("url"), "JSON-LD url"),
        (page.stated("mainEntityOfPage", "@id"), "JSON-LD mainEntityOfPage"),
    ]
    for value, note in said:
        whole = _whole(value.strip(), address)
        if whole and not fault_of(whole):
            return Fact(whole, note=note + _elsewhere(whole, address))
    return Fact(address, Basis.FOUND_ELSEWHERE, "the address that was read; the page states none") if address else None


def _whole(value: str, address: str) -> str:
    """An address with its host; a relative one only where the page's own address is known."""
    try:
        return urljoin(address, value) if value else ""
    except ValueError:
        return ""


def _elsewhere(whole: str, address: str) -> str:
    host = urlsplit(address).hostname if address else None
    return f"; on another host than {host}, where it was read" if host and urlsplit(whole).hostname != host else ""


def _is_canonical(rel: str | None) -> bool:
    return "canonical" in (rel or "").lower().split()


def _first(*said: tuple[str, str]) -> Fact | None:
    """The first of these that says something, with the tag that says it."""
    return next((Fact(value.strip(), note=note) for value, note in said if value and value.strip()), None)
