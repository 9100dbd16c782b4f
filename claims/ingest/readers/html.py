"""A page as a document: its article's text, what it states of itself, and its source byte for byte."""

from claims.ingest.readers.by_child import document_of
from claims.ingest.readers.document import Document


def read_page(name: str, raw: bytes, *, address: str = "", charset: str = "") -> Document:
    """Read a page in a process of its own. `address` is where it was read, `charset` what the server said of it.

    Raises Unreadable with a sentence that says what to do.
    """
    return document_of("page", name, raw, what="the page", media_type="text/html", address=address, charset=charset)
