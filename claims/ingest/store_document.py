"""A document comes in: its bytes are kept as they came, and what it states of itself."""

from django.db import transaction

from claims import audit
from claims.ingest.article_keys import keys_of
from claims.ingest.keep_text import Stored, is_in_force, keep_text, known_revision
from claims.ingest.readers.document import Document
from claims.ingest.stated_facts import Stated, stated_by
from claims.models import Article, ArticleStatus, ClaimStatus, Outlet, Story, User
from claims.models.keys import named_key
from claims.permissions import OPERATOR, can_moderate, check_can_import, check_can_moderate
from claims.refusals import Gone, NotAllowed
from claims.vocabulary import EventKind

WITHDRAWN = "This article was withdrawn: its text does not come back, and no other text comes in its place."
CHANGED = (
    "This article is here with another text, and only a moderator may bring in a changed one: ask a moderator to, "
    "on the article's page."
)


@transaction.atomic
def store_document(*, by: User, document: Document, first_story: Story | None = None) -> Stored:
    """Store a document with what it states of itself, or find it where it is already.

    The same address is the same article, and a document without one is the article of its own words, whatever the
    format. Another text under an address is a new revision; an earlier one that comes in again is the article's text
    again. What is stated of an article that is here already changes nothing, and where it differs that is said.
    Raises NotAllowed, also where only a moderator may bring in a changed text, Gone for an article that was withdrawn,
    and Invalid with what is wrong with the address.
    """
    check_can_import(by)
    if first_story is not None and by.username != OPERATOR:
        check_can_moderate(by, "bring articles into a story")
    stated, keys = stated_by(document.facts), keys_of(document)
    if ArticleStatus.objects.filter(article__in=keys, withdrawn_at__isnull=False).exists():
        raise Gone(WITHDRAWN)
    here = {article.pk: article for article in Article.objects.filter(pk__in=keys)}
    article, is_first = next((here[key] for key in keys if key in here), None), False
    if article is None:
        columns = stated.columns | {"outlet": _outlet_at(stated.host), "first_story": first_story}
        article, is_first = Article.objects.get_or_create(pk=keys[0], defaults=columns)
    said = list(stated.said) if is_first else differing(article, stated)
    if not is_first:
        known = known_revision(article.pk, document)
        if known is not None and is_in_force(known):
            return Stored(known, is_new=False, said=tuple(said))
        _check_may_change(by, article)
        _lock(article)
    stored = keep_text(article, document)
    if stored.is_new or stored.came_back:
        after: dict[str, object] = {"sha256": stored.revision.sha256, "address": article.address}
        if stored.came_back:
            after["came_back"] = True
        audit.record(EventKind.ARTICLE_STORED, by=by, target=article, after=after)
    return Stored(stored.revision, stored.is_new, stored.came_back, is_first, tuple(said))


def differing(article: Article, stated: Stated) -> list[str]:
    """A note on what is stated otherwise of an article that is here already; without the words themselves."""
    names = [
        name.replace("_", " ")
        for name, value in stated.columns.items()
        if name not in ("bases", "address") and value and value != getattr(article, name)
    ]
    if not names:
        return []
    return [f"it states another {' and '.join(names)} than is known here, which stays as it is"]


def _check_may_change(by: User, article: Article) -> None:
    """A text that nobody has read yet is nobody's work: whoever brings one in may complete it."""
    if by.username == OPERATOR or can_moderate(by) or not ArticleStatus.objects.filter(article=article).exists():
        return
    raise NotAllowed(CHANGED)


def _lock(article: Article) -> None:
    """Claims, then the article: the order of all writes."""
    ClaimStatus.objects.of_articles([article.pk]).lock()
    list(Article.objects.select_for_update(of=("self",), no_key=True).filter(pk=article.pk).values_list("pk"))


def _outlet_at(host: str) -> Outlet | None:
    if not host:
        return None
    outlet, _ = Outlet.objects.get_or_create(pk=named_key("outlet", host), defaults={"host": host})
    return outlet
