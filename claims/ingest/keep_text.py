"""The bytes of one text are kept as they came: a step of the verbs that bring texts in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from claims.ingest.article_keys import words_of
from claims.ingest.readers.document import Document
from claims.models import Article, ArticleStatus, Extraction, Revision
from claims.models.keys import revision_key
from claims.refusals import Invalid
from claims.text.decode import Unreadable, decode

PLAIN = "text/plain"


@dataclass(frozen=True)
class Stored:
    """The revision that holds the text, and whether it is new.

    `came_back` says that it is not new, and that a later text was in force until this one came in again: the article
    is to be read. `is_first` says that the article is new, too; `said` has notes on what was made of the document.
    """

    revision: Revision
    is_new: bool
    came_back: bool = False
    is_first: bool = False
    said: tuple[str, ...] = ()


def readable(raw: bytes, name: str = "") -> Document:
    """A file of plain text. Raises Invalid with what is wrong with the bytes."""
    try:
        decoded = decode(raw)
    except Unreadable as unreadable:
        raise Invalid(str(unreadable)) from unreadable
    return Document(name, raw, decoded.text, decoded.encoding, replaced=decoded.replaced)


def revision_of(article: UUID, raw: bytes) -> tuple[UUID, str]:
    """The key that these bytes have or would have in the article, and their SHA-256."""
    sha256 = hashlib.sha256(raw).hexdigest()
    return revision_key(article, sha256), sha256


def known_revision(article: UUID, document: Document) -> Revision | None:
    """The revision of the article that has these bytes, or whatever the format, this text; None where none has it."""
    key, _ = revision_of(article, document.raw)
    if known := Revision.objects.filter(pk=key).first():
        return known
    words = words_of(document.text)
    return next((one for one in _newest_first(article) if words_of(one.text) == words), None)


def is_in_force(known: Revision) -> bool:
    """Whether the revision counts as the article's text now: it came in last, or came back since."""
    back = ArticleStatus.objects.filter(article=known.article_id).values_list("came_back", flat=True).first()
    newest = Revision.objects.filter(article=known.article_id).exclude(text="").order_by("-received_at", "-pk")
    return known.pk == (back or newest.values_list("pk", flat=True)[0])


def keep_text(article: Article, document: Document) -> Stored:
    """Keep the bytes as a revision of the article, or find them, or their text, where they are already.

    A text that came in before, and after which others came, is what stands at the article's address again.
    """
    known = known_revision(article.pk, document)
    if known is not None:
        return Stored(known, is_new=False, came_back=_comes_back(known))
    key, sha256 = revision_of(article.pk, document.raw)
    revision = Revision.objects.create(
        pk=key,
        article=article,
        sha256=sha256,
        raw=document.raw,
        text=document.text,
        encoding=document.encoding,
        replaced=list(document.replaced),
    )
    if extraction := extraction_of(key, document):
        extraction.save(force_insert=True)
    ArticleStatus.objects.filter(article=article, came_back__isnull=False).update(came_back=None)
    return Stored(revision, is_new=True)


def extraction_of(revision: UUID, document: Document) -> Extraction | None:
    """Where the text of the revision comes from; None for plain text that somebody brought."""
    if document.media_type == PLAIN and not (document.extractor or document.fetched_from):
        return None
    return Extraction(
        revision_id=revision,
        name=document.name[:400],
        media_type=document.media_type[:100],
        extractor=document.extractor[:60],
        fetched_from=document.fetched_from,
        fetched_at=datetime.fromisoformat(document.fetched_at) if document.fetched_from else None,
    )


def how_read(document: Document) -> list[str]:
    """Whatever of the document could not be taken as it was, in words."""
    said = []
    if document.encoding not in ("utf-8", "utf-8-sig", "") and document.media_type == PLAIN:
        said.append(f"read as {document.encoding}")
    if document.replaced:
        said.append(f"{len(document.replaced)} unstorable characters (NUL, half a pair) shown as U+FFFD")
    return said


def _newest_first(article: UUID) -> Iterable[Revision]:
    found = Revision.objects.filter(article=article).exclude(text="").defer("raw").order_by("-received_at", "-pk")
    return found.iterator(chunk_size=10)


def _comes_back(known: Revision) -> bool:
    """Whether another text counted as the article's until now; from here on it is this one.

    Its time of coming in stays what it is: loading a fixture sets it anew, and must not bring an old text back.
    """
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(article=known.article_id).first()
    if status is None:
        return False
    newest = Revision.objects.filter(article=known.article_id).exclude(text="").order_by("-received_at", "-pk")
    last = newest.values_list("pk", flat=True)[0]
    if (status.came_back_id or last) == known.pk:
        return False
    status.came_back = None if known.pk == last else known
    status.save(update_fields=["came_back"])
    return True
