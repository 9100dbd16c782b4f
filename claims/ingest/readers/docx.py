"""A DOCX file as a document."""

from claims.ingest.readers.by_child import document_of
from claims.ingest.readers.document import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(name: str, raw: bytes) -> Document:
    """Read a DOCX file in a process of its own. Raises Unreadable with a sentence that says what to do."""
    return document_of("docx", name, raw, what="the document", media_type=MEDIA_TYPE)
