"""A document is stored and read in one go, and what became of it is told."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from claims.ingest.keep_text import how_read
from claims.ingest.read_article import Read, read_article
from claims.ingest.readers.document import Document
from claims.ingest.store_document import store_document
from claims.models import Story, User
from claims.permissions import check_can_import
from claims.transfers import ItemState

NOTHING_FOUND: Final = "nothing to label: no headline and no body was found"


@dataclass(frozen=True)
class Came:
    """What became of one document: its state, how many claims it has, and notes, each a sentence without its stop.

    Of one that was refused `notes` has why, in whole sentences.
    """

    name: str
    state: ItemState
    article: UUID | None = None
    claims: int = 0
    notes: tuple[str, ...] = ()
    came_back: bool = False

    @property
    def said(self) -> str:
        """The notes as sentences."""
        return " ".join(sentence(note) for note in self.notes)


def sentence(note: str) -> str:
    """A note as a sentence."""
    return f"{note[:1].upper()}{note[1:]}" + ("" if note.endswith((".", "!", "?")) else ".")


@transaction.atomic
def bring_in_document(*, by: User, document: Document, first_story: Story | None = None) -> Came:
    """Store the document and read its article. Raises what `store_document` raises."""
    check_can_import(by)
    stored = store_document(by=by, document=document, first_story=first_story)
    article = stored.revision.article
    if not stored.is_new and not stored.came_back:
        return Came(document.name, ItemState.KNOWN, article.pk, notes=stored.said)
    done = read_article(by=by, article=article)
    notes = [*stored.said, *how_read(document), *[NOTHING_FOUND] * (not done.claims), *_what_moved(done)]
    state = ItemState.STORED if stored.is_first else ItemState.REVISED
    return Came(document.name, state, article.pk, done.claims, tuple(notes), stored.came_back)


def _what_moved(done: Read) -> list[str]:
    """What came of the claims of the text before; nothing where there was none."""
    if not done.moved + done.orphaned + done.returned:
        return []
    counted = [f"{done.moved} moved along"]
    counted += [f"{done.reworded} of them reworded"] * bool(done.reworded)
    counted += [f"{done.returned} found again"] * bool(done.returned)
    counted += [f"{done.orphaned} not found any more"] * bool(done.orphaned)
    return [", ".join([*counted, f"{done.opened} new"])]
