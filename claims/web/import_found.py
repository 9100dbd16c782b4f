"""What was sent to be brought in, as documents: files, a pasted text, addresses to read.

Reading takes its time, and whoever sent it waits: what no time is left for is not read, and each says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from claims.ingest.read_address import read_address
from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Document, Fact, Unread
from claims.ingest.readers.in_time import read_in_time
from claims.ingest.readers.zip_archive import Room
from claims.vocabulary import Basis

Found = Document | Unread

PASTED: Final = "pasted text"


def from_files(files: Sequence[UploadedFile]) -> list[Found]:
    """Every document of these files, in their order."""
    room = Room()
    return list(read_in_time((str(file.name), partial(_from_file, file, room)) for file in files))


def from_text(text: str, facts: dict[str, str], by: str) -> list[Found]:
    """The pasted text as a document, with what its sender knows of it."""
    # A browser sends every line end as two characters, whatever was pasted.
    raw = text.replace("\r\n", "\n").encode("utf-8", "replace")
    given = {name: Fact(value, Basis.FOUND_ELSEWHERE, f"given with the text by {by}") for name, value in facts.items()}
    return [
        replace(found, name=PASTED, facts={**found.facts, **given})
        if isinstance(found, Document)
        else replace(found, name=PASTED)
        for found in read_file(f"{PASTED}.txt", raw)
    ]


def from_addresses(addresses: Sequence[str]) -> list[Found]:
    """The page at each of these addresses."""
    return list(read_in_time((address, partial(read_address, address)) for address in addresses))


def _from_file(file: UploadedFile, room: Room) -> Iterator[Found]:
    yield from read_file(str(file.name), file.read(), room)
