"""A page that the workbench reads itself, as the documents it holds, with where and when it was read."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from claims.ingest.fetch_page import Fetched, fetch_page
from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Document, Fact, Unread
from claims.ingest.readers.html import read_page
from claims.refusals import Refusal
from claims.text.decode import Unreadable
from claims.vocabulary import Basis

READ_THERE: Final = "the address that the page was read from"
# Readers go by the end of a name, and an address need not have any.
_ENDINGS: Final = {"text/plain": ".txt", "text/markdown": ".md", "application/pdf": ".pdf"}


def read_address(url: str) -> Iterator[Document | Unread]:
    """Read the page at this address; what keeps it from being read is said, not raised."""
    try:
        fetched = fetch_page(url)
        found = list(_documents(fetched))
    except (Refusal, Unreadable) as wrong:
        yield Unread(url, str(wrong))
        return
    for one in found:
        yield _read_there(one, fetched) if isinstance(one, Document) else replace(one, name=url)


def _documents(fetched: Fetched) -> Iterator[Document | Unread]:
    if fetched.media_type in _ENDINGS:
        return read_file(f"page{_ENDINGS[fetched.media_type]}", fetched.raw)
    return iter([read_page(fetched.url, fetched.raw, address=fetched.url, charset=fetched.charset)])


def _read_there(document: Document, fetched: Fetched) -> Document:
    """The address that a page gives itself goes before the one it was read from."""
    address = Fact(fetched.url, Basis.FOUND_ELSEWHERE, READ_THERE)
    return replace(
        document,
        name=fetched.url,
        facts={"address": address, **document.facts},
        fetched_from=fetched.url,
        fetched_at=fetched.at.isoformat(),
    )
