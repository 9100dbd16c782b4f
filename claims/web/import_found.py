"""What was sent to be brought in, as documents: files, a pasted text, addresses to read.

Reading takes its time, and whoever sent it waits: after PATIENCE what is left is not read, and each says so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from claims.ingest.read_address import read_address
from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Document, Fact, Unread
from claims.vocabulary import Basis

Found = Document | Unread

# In seconds; a proxy before the workbench usually waits for an answer for a minute.
PATIENCE: Final = 40.0
PASTED: Final = "pasted text"
_NO_TIME: Final = "There was no time left to read this: bring it in again by itself, or with fewer at once."
_NO_TIME_FOR_REST: Final = "There was no time left to read what else is in this file: bring that in by itself."


def from_files(files: Sequence[UploadedFile]) -> list[Found]:
    """Every document of these files, in their order."""
    return _in_time((str(file.name), _reading(file)) for file in files)


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
    return _in_time((address, partial(read_address, address)) for address in addresses)


def _reading(file: UploadedFile) -> Callable[[], Iterator[Found]]:
    def read() -> Iterator[Found]:
        yield from read_file(str(file.name), file.read())

    return read


def _in_time(sources: Iterable[tuple[str, Callable[[], Iterable[Found]]]]) -> list[Found]:
    """What can be read of these in PATIENCE, each with its name, and of each that was not a word that it was not."""
    found: list[Found] = []
    end = monotonic() + PATIENCE
    for name, read in sources:
        if monotonic() > end:
            found.append(Unread(name, _NO_TIME))
            continue
        for number, one in enumerate(read()):
            if number and monotonic() > end:
                found.append(Unread(name, _NO_TIME_FOR_REST))
                break
            found.append(one)
    return found
