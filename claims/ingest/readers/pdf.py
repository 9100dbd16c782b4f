"""A PDF file with a text layer as a document."""

from claims.ingest.readers.by_child import document_of
from claims.ingest.readers.document import Document


def read_pdf(name: str, raw: bytes) -> Document:
    """Read a PDF file in a process of its own. Raises Unreadable with a sentence that says what to do."""
    return document_of("pdf", name, raw, what="the PDF file", media_type="application/pdf")
