"""A file of plain text comes in: its bytes are kept as they came."""

from django.db import transaction

from claims.ingest.keep_text import Stored, readable
from claims.ingest.readers.document import Document, Fact
from claims.ingest.stated_facts import MAX_ADDRESS
from claims.ingest.store_document import store_document
from claims.models import Story, User
from claims.vocabulary import Basis

__all__ = ["MAX_ADDRESS", "Stored", "given_address", "store_article"]


@transaction.atomic
def store_article(*, by: User, raw: bytes, address: str = "", first_story: Story | None = None) -> Stored:
    """Store the bytes of one text found at `address` ("" is not stated), or find them where they are already.

    As `store_document`, of a file of plain text. Raises what it raises, and Invalid with what is wrong with the bytes.
    """
    read = readable(raw)
    facts = {"address": given_address(address)} if address else {}
    document = Document(read.name, raw, read.text, read.encoding, replaced=read.replaced, facts=facts)
    return store_document(by=by, document=document, first_story=first_story)


def given_address(address: str) -> Fact:
    """An address that somebody says a text was found at."""
    return Fact(address, Basis.FOUND_ELSEWHERE, "the address that was given with the text", address)
