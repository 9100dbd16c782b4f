"""Rows of a table, whichever file it stands in: which of their columns are an article's text and its facts."""

from collections.abc import Mapping
from typing import Any, Final

from claims.ingest.readers.document import Document, Fact, Unread
from claims.ingest.readers.limits import MAX_DOCUMENT, size_fault
from claims.text.decode import UNSTORABLE, Unreadable, cleaned
from claims.vocabulary import Basis

TEXT_COLUMNS: Final = ("text", "body", "article_text", "articlebody", "content", "full_text")
# The names under which tables give the facts of an article. The first name that says something counts.
COLUMNS: Final = {
    "headline": ("headline", "title", "article_title"),
    "address": ("address", "url", "link", "article_url", "canonical"),
    "outlet": ("outlet", "site", "publisher", "source"),
    "voice": ("voice",),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "datepublished", "published_at", "publish_date"),
    "updated": ("updated", "datemodified", "modified", "updated_at"),
    "page_date": ("page_date",),
    "genre": ("genre",),
}
_LONGEST: Final = {"address": 2_000, "headline": 500}
_LONG: Final = 300
NO_TEXT: Final = "{} has no text: put the article’s words into its column “text”."


def column_name(given: str) -> str:
    """A column's name for comparing: small letters, blanks and hyphens as underscores."""
    return given.strip().lstrip("\ufeff").lower().replace(" ", "_").replace("-", "_")


def document_of_row(
    name: str, row: Mapping[str, Any], *, place: str, encoding: str, without: str = NO_TEXT
) -> Document | Unread:
    """Make a document of a row, or say why none can be made; `place` names it: "line 12".

    `without` says what to do where it has no text.
    """
    known = {column_name(key): value for key, value in row.items()}
    text = next((known[key] for key in TEXT_COLUMNS if isinstance(known.get(key), str) and known[key].strip()), "")
    if not text:
        return Unread(name, without.format(place.capitalize()))
    try:
        clean = cleaned(text, encoding)
    except Unreadable:
        return Unread(name, f"{place.capitalize()} has no words in its text: check that column.")
    raw = clean.text.encode("utf-8")
    if fault := size_fault(len(raw), f"The text of {place}"):
        return Unread(name, fault)
    return Document(name, raw, clean.text, "utf-8", replaced=clean.replaced, facts=facts_of_row(known, place))


def facts_of_row(row: Mapping[str, Any], place: str) -> dict[str, Fact]:
    """Give the facts that a row states: as words, or as things with `value`, `basis`, `note` and `link`."""
    known = {column_name(key): value for key, value in row.items()}
    facts = {}
    for fact, names in COLUMNS.items():
        said = next(((known[key], key) for key in names if known.get(key) not in (None, "", [], {})), None)
        if said and (made := _fact(said[0], f"{place}, “{said[1]}”")) and len(made.value) <= _LONGEST.get(fact, _LONG):
            facts[fact] = made
    return facts


def too_large(place: str) -> str:
    """Say that a row is too large to be read."""
    return f"{place.capitalize()} is too large, because an article may have {MAX_DOCUMENT:,} bytes: divide its text."


def _fact(said: Any, note: str) -> Fact | None:
    if isinstance(said, dict):
        basis = said.get("basis")
        known = Basis(basis) if basis in set(Basis) else Basis.FOUND_ELSEWHERE
        value = _plain(said.get("value"))
        return Fact(value, known, _plain(said.get("note")) or note, _plain(said.get("link"))) if value else None
    names = [_plain(one) for one in said] if isinstance(said, list) else [_plain(said)]
    value = ", ".join(filter(None, names))
    # Whoever made the table says it, beside the text.
    return Fact(value, Basis.FOUND_ELSEWHERE, note) if value else None


def _plain(said: Any) -> str:
    return UNSTORABLE.sub("", said).strip() if isinstance(said, str) else ""
