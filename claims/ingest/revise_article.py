"""A moderator brings in a changed text of an article, and it comes into force."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.ingest.bring_into_force import as_read, bring_into_force
from claims.ingest.keep_text import keep_text, readable, revision_of
from claims.models import Article, ArticleStatus, ClaimStatus, User
from claims.permissions import check_can_moderate
from claims.refusals import Gone, Invalid, Outdated
from claims.text import zones
from claims.vocabulary import EventKind

SAME = "This is the text in force already, so nothing would change."


@transaction.atomic
def revise_article(*, by: User, article_id: UUID, raw: bytes, expected_revision: UUID, key: UUID) -> receipts.Outcome:
    """Store the bytes as a revision of the article and bring it into force; the outcome counts what came of the claims.

    `expected_revision` is the text in force that the page compared with. Raises NotAllowed, Gone (no such article, or
    withdrawn), Invalid (bytes that are no text, or the text in force), and Conflict where another text came into force
    since.
    """
    check_can_moderate(by, "bring in changed texts")
    document = readable(raw)
    status = _taken(article_id)
    _, sha256 = revision_of(article_id, raw)
    request = {"verb": "revise", "article": article_id, "revision": expected_revision, "sha256": sha256}
    if status.revision_id != expected_revision:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        now: dict[str, object] = {"revision": str(status.revision_id)}
        raise Outdated(
            "Another text came into force since this page was loaded. Compare with that one and decide again.", now
        )
    stored = keep_text(status.article, document)
    if stored.revision.pk == status.revision_id:
        raise Invalid(SAME)
    audit.record(
        EventKind.ARTICLE_STORED,
        by=by,
        target=status.article,
        after={"sha256": sha256, "address": status.article.address, "came_back": stored.came_back},
    )
    brought = bring_into_force(status.article, stored.revision, zones.read(stored.revision.text))
    audit.record(EventKind.ARTICLE_READ, by=by, target=status.article, after=as_read(brought.done, stored.revision))
    audit.record_all(brought.entries, by=by)
    # Without the title, which is words of the text: a receipt would outlive them.
    outcome = {name: value for name, value in asdict(brought.done).items() if name != "title"}
    outcome["revision"] = str(stored.revision.pk)
    return receipts.keep(by=by, key=key, request=request, outcome=outcome)


def _taken(article_id: UUID) -> ArticleStatus:
    """The article's status, locked after those of its claims, as everywhere."""
    ClaimStatus.objects.of_articles([article_id]).lock()
    locked = Article.objects.select_for_update(of=("self",), no_key=True).select_related("outlet", "first_story")
    article = locked.filter(pk=article_id).first()
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(pk=article_id).first()
    if article is None or status is None:
        raise Gone("There is no such article here. It may never have been read.")
    if status.withdrawn_at is not None:
        raise Gone("This article was withdrawn: its text does not come back, and no other text comes in its place.")
    status.article = article
    return status
