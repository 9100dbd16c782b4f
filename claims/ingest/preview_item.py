"""What a document of an import would be, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from claims.ingest.article_keys import keys_of
from claims.ingest.bring_in_document import sentence
from claims.ingest.item_document import as_document
from claims.ingest.keep_text import is_in_force, known_revision
from claims.ingest.readers.document import Document, Fact
from claims.ingest.stated_facts import stated_by
from claims.ingest.store_document import CHANGED, WITHDRAWN, differing
from claims.models import Article, ImportItem, Revision, Shingle, User
from claims.permissions import can_moderate
from claims.refusals import Invalid
from claims.text import zones
from claims.text.article_sentences import sentences_of
from claims.text.languages import Language, language_of
from claims.text.shingles import resemblance, sketch
from claims.text.zones import Zone
from claims.transfers import ItemState

# So much of two texts has to be the same; so many articles are compared in full.
ALIKE: Final = 0.3
_COMPARED: Final = 20
BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Alike:
    """An article with nearly the same text, and the share of both texts that is the same, 0 to 1."""

    article: Article
    share: float


@dataclass(frozen=True)
class Preview:
    """A document as it would be stored. Offsets are code points of `text`.

    `would_be` is STORED (a new article), KNOWN (here already), REVISED (another text of `article`) or REFUSED, and
    `said` has sentences on that. `sentences` counts those of headline and body. `bidi` are the places of signs that
    turn the direction of writing.
    """

    text: str
    facts: Mapping[str, Fact]
    zones: list[Zone]
    sentences: int
    language: Language
    would_be: ItemState
    said: list[str]
    article: Article | None
    revision: Revision | None
    alike: list[Alike]
    bidi: list[int]


def preview_item(item: ImportItem, viewer: User) -> Preview:
    """Look at the document that an item keeps, as this viewer would bring it in; an emptied one is an empty text."""
    document = as_document(item)
    found = zones.read(document.text)
    article = _here(document)
    would_be, revision, said = _would_be(document, article, viewer)
    if item.state == ItemState.REFUSED:
        would_be, said = ItemState.REFUSED, [item.said]
    said = [sentence(note) for note in said]
    return Preview(
        document.text,
        document.facts,
        found,
        len(sentences_of(document.text, found)),
        language_of(document.text),
        would_be,
        said,
        article,
        revision,
        _alike(document.text, viewer, article),
        [at for at, sign in enumerate(document.text) if sign in BIDI],
    )


def _here(document: Document) -> Article | None:
    keys = keys_of(document)
    here = Article.objects.select_related("status", "outlet").in_bulk(keys)
    return next((here[key] for key in keys if key in here), None)


def _would_be(
    document: Document, article: Article | None, viewer: User
) -> tuple[ItemState, Revision | None, list[str]]:
    try:
        stated = stated_by(document.facts)
    except Invalid as wrong:
        return ItemState.REFUSED, None, [str(wrong)]
    if article is None:
        return ItemState.STORED, None, stated.said
    status = getattr(article, "status", None)
    if status is not None and status.withdrawn_at is not None:
        return ItemState.REFUSED, None, [WITHDRAWN]
    known = known_revision(article.pk, document)
    if known is not None and is_in_force(known):
        return ItemState.KNOWN, known, differing(article, stated)
    if status is not None and not can_moderate(viewer):
        return ItemState.REFUSED, known, [CHANGED]
    return ItemState.REVISED, known, differing(article, stated)


def _alike(text: str, viewer: User, article: Article | None) -> list[Alike]:
    """Articles here with nearly the same text, the likest first, at most _COMPARED."""
    own = sorted(sketch(text))
    holders = Shingle.objects.filter(hash__in=own).values("article").annotate(n=Count("pk")).order_by("-n", "article")
    shared = holders.values_list("article", flat=True)[:_COMPARED]
    keys = [key for key in shared if article is None or key != article.pk]
    sketches: dict[object, list[int]] = {key: [] for key in keys}
    for key, shingle in Shingle.objects.filter(article__in=keys).order_by("hash").values_list("article", "hash"):
        sketches[key].append(shingle)
    shares = {key: resemblance(own, held) for key, held in sketches.items()}
    here = Article.objects.visible_to(viewer).filter(pk__in=keys, status__withdrawn_at__isnull=True)
    found = [Alike(one, shares[one.pk]) for one in here.select_related("outlet", "status") if shares[one.pk] >= ALIKE]
    return sorted(found, key=lambda one: (-one.share, one.article.pk))
