"""Reading while somebody waits for the answer: what is left after a patience is not read, and each says so."""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Final

from claims.ingest.readers.document import Document, Unread

# In seconds; a proxy before the workbench usually waits for an answer for a minute.
PATIENCE: Final = 40.0
_NO_TIME: Final = "There was no time left to read this: bring it in again by itself, or with fewer at once."
_NO_TIME_FOR_REST: Final = "There was no time left to read what else is in this file: bring that in by itself."
# A name, and what reads what has it.
Source = tuple[str, Callable[[], Iterable[Document | Unread]]]


def read_in_time(sources: Iterable[Source]) -> Iterator[Document | Unread]:
    """Give what can be read of these in PATIENCE, and of each that was not a word that it was not.

    The first document of a source that was begun is always read to its end.
    """
    end = monotonic() + PATIENCE
    for name, read in sources:
        if monotonic() > end:
            yield Unread(name, _NO_TIME)
            continue
        for number, one in enumerate(read()):
            if number and monotonic() > end:
                yield Unread(name, _NO_TIME_FOR_REST)
                break
            yield one
