"""A file that the parsing process has read, as a document."""

from claims.ingest.readers.document import Document
from claims.ingest.readers.facts import from_json
from claims.ingest.readers.in_child import parse
from claims.ingest.readers.limits import size_fault
from claims.text.decode import Unreadable


def document_of(kind: str, name: str, raw: bytes, *, what: str, media_type: str, **order: str) -> Document:
    """Have a file parsed; `kind`, `what` and `order` as in `in_child.parse`. Raises Unreadable with a sentence."""
    if fault := size_fault(len(raw)):
        raise Unreadable(fault)
    answer = parse(kind, raw, what=what, **order)
    return Document(
        name,
        raw,
        str(answer["text"]),
        str(answer["encoding"]),
        media_type,
        str(answer["extractor"]),
        tuple(int(at) for at in answer["replaced"]),
        from_json(answer["facts"]),
    )
