"""The document that an item of an import keeps: a step of the verbs that look at it, correct it and bring it in."""

from typing import Any

from claims.ingest.readers.document import Document, Fact
from claims.models import ImportItem


def as_facts(facts: dict[str, Any]) -> dict[str, Fact]:
    """The facts of an item as readers give them."""
    return {name: Fact(**known) for name, known in facts.items()}


def as_document(item: ImportItem) -> Document:
    """The document that an item keeps."""
    return Document(
        item.name,
        bytes(item.raw),
        item.text,
        item.encoding,
        item.media_type,
        item.extractor,
        tuple(item.replaced),
        as_facts(item.facts),
        item.fetched_from,
        item.fetched_at.isoformat() if item.fetched_at else "",
    )
