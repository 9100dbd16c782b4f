"""What every reader makes of a file: documents, each with its text and what it says of itself; or why not."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.vocabulary import Basis

# What a document may say of itself: the facts of an article, its address, and the story it belongs to by its title.
FACTS = ("headline", "address", "outlet", "voice", "author", "published", "updated", "page_date", "genre")


@dataclass(frozen=True)
class Fact:
    """One thing that a document says of itself, what that rests on, and where it stands there."""

    value: str
    basis: Basis = Basis.IN_TEXT
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Document:
    """One text that came in, with the bytes it was made of.

    `name` is the file, within an archive with its path: "pages.zip › monday/one.html". `raw` is kept byte for byte:
    the page, the file; of a row of a table, the text itself in UTF-8. Offsets of `replaced` are code points of `text`.
    `media_type` is that of `raw`; `extractor` made the text of it, "" where the text is the bytes, decoded. `facts` has
    some of FACTS; what is not there is not stated.
    """

    name: str
    raw: bytes
    text: str
    encoding: str
    media_type: str = "text/plain"
    extractor: str = ""
    replaced: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    # Where and when (ISO 8601, UTC) the workbench itself read it; "" for what somebody brought.
    fetched_from: str = ""
    fetched_at: str = ""

    @property
    def sha256(self) -> str:
        """Of the bytes, in hex."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Unread:
    """A file, or a member of one, that no document can be made of; `why` is a sentence that says what to do."""

    name: str
    why: str
