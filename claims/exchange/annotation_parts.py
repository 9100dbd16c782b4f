"""What annotations of claims and of links have in common: their names, the words that they are about, their bodies.

The model is https://www.w3.org/TR/annotation-model/ (2017); numbers of sections are its own. What it has no word for
stands under VOCABULARY, an IRI of ours that means the same in every workbench.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from claims.exchange.as_text import as_key, as_moment, as_text
from claims.models import Claim

ANNOTATIONS: Final = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY: Final = "urn:uuid:5a0f3d0e-7c1b-8f43-9d52-6c1f0b8a2e77#"
COLLECTION: Final = "urn:uuid:5a0f3d0e-7c1b-8f43-9d52-6c1f0b8a2e78"
MEDIA_TYPE: Final = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_THINGS: Final = ("claim", "article", "revision", "link", "from")
_WORDS: Final = (
    *("unit", "zone", "reviewState", "standing", "strength", "reason", "schemeVersion", "ruled"),
    *("subtype", "independence", "signs", "basis", "settledAt"),
)
# Each term of ours by itself: a vocabulary for all unknown terms would swallow what somebody misspells.
CONTEXT: Final[list[Any]] = [
    ANNOTATIONS,
    {name: {"@id": VOCABULARY + name, "@type": "@id"} for name in _THINGS}
    | {name: VOCABULARY + name for name in _WORDS},
]
# What a body of ours is: somebody's label, the note to it, the settled label, a moderator's reason.
ASSESSMENT, NOTE, SETTLED_LABEL, RULING = "assessment", "note", "settled", "ruling"
URN: Final = "urn:uuid:"
# No address is written that JSON-LD would not take for an IRI; the article has its key besides.
_IRI: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`\ud800-\udfff]+")
Json = dict[str, Any]


@dataclass(frozen=True)
class Names:
    """The IRIs of things: addresses of this workbench where it has one, UUIDs as URNs where it has none."""

    base_url: str = ""

    def claim(self, key: str) -> str:
        """The annotation of a claim."""
        return self._of("claims", key)

    def link(self, key: str) -> str:
        """The annotation of a link."""
        return self._of("links", key)

    def collection(self) -> str:
        """All annotations of the workbench."""
        return self.base_url.rstrip("/") + reverse("claim-annotations") if self.base_url else COLLECTION

    def page(self, number: int) -> str:
        """One page of the collection in a file, counted from 1."""
        return f"{self.collection()}#page-{number}"

    def _of(self, noun: str, key: str) -> str:
        # The pages of a claim and a link; to ask the resolver a million times takes half a minute.
        return f"{self.base_url.rstrip('/')}/{noun}/{key}/#annotation" if self.base_url else URN + key


@dataclass(frozen=True)
class Place:
    """Where a claim stands: the address and keys of its text, when that text came in, and its words there."""

    article: str
    revision: str
    received_at: str
    address: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def places_of(claims: Iterable[UUID]) -> dict[str, Place]:
    """Where these claims stand, under their keys; one query."""
    found = Claim.objects.filter(pk__in=list(claims)).values_list(
        *(as_text(name) for name in ("pk", "article_id", "revision_id", "revision__received_at")),
        *("article__address", "start", "end", "exact", "prefix", "suffix"),
    )
    return {
        as_key(key): Place(as_key(article), as_key(revision), as_moment(received), *where)
        for key, article, revision, received, *where in found
    }


def target_of(place: Place) -> Json:
    """The words that an annotation is about: quoted, counted in code points, and in the text of that day."""
    quote = {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix}
    return {
        "type": "SpecificResource",
        "source": place.address if _IRI.fullmatch(place.address) else URN + place.article,
        "article": URN + place.article,
        "selector": [quote, {"type": "TextPositionSelector", "start": place.start, "end": place.end}],
        "state": {"type": "TimeState", "sourceDate": place.received_at, "revision": URN + place.revision},
    }


def person(name: str) -> Json:
    """Somebody of the desk, by the name that exports write."""
    return {"type": "Person", "nickname": name}


def label_body(value: str, standing: str, purpose: str = "classifying", **parts: object) -> Json:
    """A word of the scheme as a tag; `parts` that say nothing are left out."""
    said = {name: part for name, part in parts.items() if part not in (None, "")}
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "format": "text/plain",
        "value": value,
        "standing": standing,
    } | said


def words_body(html: str, standing: str) -> Json:
    """What somebody wrote, as HTML of a few tags."""
    return {
        "type": "TextualBody", "purpose": "commenting", "format": "text/html", "value": html, "standing": standing,
    }  # fmt: skip
