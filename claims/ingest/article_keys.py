"""Which article a document is: the one at its address, or where it states none, the one of its own words."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urlsplit
from uuid import UUID

from claims.ingest.readers.document import Document, Fact
from claims.models.keys import named_key, revision_key

_NOTHING_STATED: Final = Fact("")


@dataclass(frozen=True)
class Identified:
    """A document with the keys that its article may have, and the key and hash of the revision that it would be."""

    document: Document
    keys: tuple[UUID, ...]
    revision: UUID
    sha256: str


def identified(document: Document) -> Identified:
    """The document with its keys, for whoever stores many."""
    keys, sha256 = keys_of(document), document.sha256
    return Identified(document, keys, revision_key(keys[0], sha256), sha256)


def address_of(facts: Mapping[str, Fact]) -> str:
    """The address that a document states, in its plainest form: scheme and host in small letters, without fragment.

    "" where it states none; what is no address at all comes back as it is.
    """
    stated = facts.get("address", _NOTHING_STATED).value.strip()
    if not stated.isprintable():
        return stated
    try:
        parts = urlsplit(urldefrag(stated).url)
    except ValueError:
        return stated
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl() if parts.netloc else stated


def keys_of(document: Document) -> tuple[UUID, ...]:
    """The keys that the document's article may have: the first is the one that it gets, the others are older ways."""
    stated = document.facts.get("address", _NOTHING_STATED).value.strip()
    if address := address_of(document.facts):
        names = [address, stated]
    else:
        texts = (words_of(document.text), document.text)
        hashes = [*(hashlib.sha256(text.encode()).hexdigest() for text in texts), document.sha256]
        names = [f"sha256:{one}" for one in hashes]
    return tuple(named_key("article", name) for name in dict.fromkeys(names))


def words_of(text: str) -> str:
    """The text as every format carries it: line ends of one kind, and no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
