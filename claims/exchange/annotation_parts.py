"""What annotations of claims and of links have in common: their names, the words that they are about, their bodies.

The model is https://www.w3.org/TR/annotation-model/ (2017); numbers of sections are its own. What it has no word for
stands under VOCABULARY, an IRI of ours that means the same in every workbench.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from claims.exchange.as_text import as_key, as_moment, as_text
from claims.models import Claim
from claims.vocabulary import Basis

ANNOTATIONS: Final = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY: Final = "urn:uuid:5a0f3d0e-7c1b-8f43-9d52-6c1f0b8a2e77#"
COLLECTION: Final = "urn:uuid:5a0f3d0e-7c1b-8f43-9d52-6c1f0b8a2e78"
MEDIA_TYPE: Final = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_THINGS: Final = ("claim", "article", "revision", "link", "from")
_WORDS: Final = (
    *("unit", "zone", "reviewState", "standing", "strength", "reason", "schemeVersion", "ruled"),
    *("subtype", "independence", "signs", "basis", "settledAt", "sha256"),
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
# On what a date of publication rests that can be passed on; a guess cannot.
_STATED: Final = frozenset({Basis.IN_TEXT, Basis.FOUND_ELSEWHERE})
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
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
    """Where a claim stands: the keys of its text, what is known of the text's time, its address, and its words there.

    `fetched_at` is "" for a text that was not fetched, `published` what the article states in EDTF, by `basis`.
    """

    article: str
    revision: str
    fetched_at: str
    sha256: str
    published: str
    basis: str | None
    address: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def places_of(claims: Iterable[UUID]) -> dict[str, Place]:
    """Where these claims stand, under their keys; one query."""
    found = Claim.objects.filter(pk__in=list(claims)).values_list(
        *(as_text(name) for name in ("pk", "article_id", "revision_id", "revision__extraction__fetched_at")),
        *("revision__sha256", "article__published", "article__bases__published__basis"),
        *("article__address", "start", "end", "exact", "prefix", "suffix"),
    )
    return {
        as_key(key): Place(as_key(article), as_key(revision), as_moment(fetched) if fetched else "", *where)
        for key, article, revision, fetched, *where in found
    }


def target_of(place: Place) -> Json:
    """The words that an annotation is about: quoted, counted in code points, and the text that they stand in."""
    quote = {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.prefix, "suffix": place.suffix}
    return {
        "type": "SpecificResource",
        "source": place.address if _IRI.fullmatch(place.address) else URN + place.article,
        "article": URN + place.article,
        "revision": URN + place.revision,
        "sha256": place.sha256,
        "selector": [quote, {"type": "TextPositionSelector", "start": place.start, "end": place.end}],
        **({"state": {"type": "TimeState"} | when} if (when := _when(place)) else {}),
    }


def _when(place: Place) -> Json:
    """The time of the text: when it was fetched, else when it says that it was published; never when it came in here.

    Two workbenches that have the same text write the same. A day is an interval, in UTC; what says less is no time.
    """
    if place.fetched_at:
        return {"sourceDate": place.fetched_at}
    if place.basis not in _STATED:
        return {}
    try:
        if _DAY.fullmatch(place.published):
            day = date.fromisoformat(place.published).isoformat()
            return {"sourceDateStart": f"{day}T00:00:00Z", "sourceDateEnd": f"{day}T23:59:59Z"}
        if _MOMENT.fullmatch(place.published):
            moment = datetime.fromisoformat(place.published).astimezone(UTC)
            return {"sourceDate": moment.isoformat().replace("+00:00", "Z")}
    except (ValueError, OverflowError):
        pass
    return {}


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


def judgement(said: Json, row: Json, note: str) -> Iterator[Json]:
    """What one reviewer said, with who and when, and behind it their note."""
    by = {"creator": person(row["reviewer"])}
    yield said | {
        "schemeVersion": row["scheme_version"], **by, "created": row["assessed_at"], "modified": row["updated_at"],
    }  # fmt: skip
    if note:
        yield words_body(note, NOTE) | by
