"""The bytes of one text are kept as they came: a step of the verbs that bring texts in."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from claims.models import Article, ArticleStatus, Revision
from claims.models.keys import revision_key
from claims.refusals import Invalid
from claims.text.decode import Decoded, Unreadable, decode


@dataclass(frozen=True)
class Stored:
    """The revision that holds the bytes, and whether it is new.

    `came_back` says that it is not new, and that a later text was in force until these bytes came in again: the article
    is to be read.
    """

    revision: Revision
    is_new: bool
    came_back: bool = False


def readable(raw: bytes) -> Decoded:
    """The text of a file. Raises Invalid with what is wrong with the bytes."""
    try:
        return decode(raw)
    except Unreadable as unreadable:
        raise Invalid(str(unreadable)) from unreadable


def revision_of(article: UUID, raw: bytes) -> tuple[UUID, str]:
    """The key that these bytes have or would have in the article, and their SHA-256."""
    sha256 = hashlib.sha256(raw).hexdigest()
    return revision_key(article, sha256), sha256


def keep_text(article: Article, raw: bytes, decoded: Decoded) -> Stored:
    """Keep the bytes as a revision of the article, or find them where they are already.

    Bytes that came in before, and after which others came, are what stands at the article's address again.
    """
    key, sha256 = revision_of(article.pk, raw)
    known = Revision.objects.filter(pk=key).first()
    if known is not None:
        return Stored(known, is_new=False, came_back=_comes_back(known))
    revision = Revision.objects.create(
        pk=key,
        article=article,
        sha256=sha256,
        raw=raw,
        text=decoded.text,
        encoding=decoded.encoding,
        replaced=list(decoded.replaced),
    )
    ArticleStatus.objects.filter(article=article, came_back__isnull=False).update(came_back=None)
    return Stored(revision, is_new=True)


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
