"""An article is withdrawn: its text goes, hash and events stay."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.ingest.offered_items import EMPTIED
from claims.ingest.store_document import WITHDRAWN
from claims.models import (
    Anchor,
    Article,
    ArticleStatus,
    Attribution,
    Claim,
    ClaimStatus,
    ClaimTime,
    Hop,
    ImportItem,
    Proposal,
    Revision,
    User,
)
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.search import forget_words
from claims.text.plain import plain
from claims.transfers import ItemState
from claims.vocabulary import EventKind

MAX_REASON = 1_000


@transaction.atomic
def withdraw_article(
    *, by: User, article_id: UUID, reason: str, expected_version: int, key: UUID | None = None
) -> ArticleStatus:
    """Take the article's text out of every table; what people decided about it stays, without its words.

    Loading the article again does not bring the text back. Raises NotAllowed, Gone, Invalid (a reason is needed), and
    Conflict where the article changed since the page was loaded or was withdrawn already.
    """
    check_can_moderate(by, "withdraw articles")
    reason = plain("reason", reason, MAX_REASON)
    if not reason:
        raise Invalid("Say why the article is withdrawn: the reason stays in the log when the text is gone.")
    ClaimStatus.objects.of_articles([article_id]).lock()
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(pk=article_id).first()
    if status is None:
        raise Gone("There is no such article here.")
    request = {"verb": "withdraw", "article": article_id, "version": expected_version, "reason": reason}
    if status.withdrawn_at is not None:
        if key and receipts.answered(by=by, key=key, request=request):
            return status
        raise Conflict("This article was withdrawn already.")
    if status.version != expected_version:
        now: dict[str, object] = {"version": status.version}
        raise Outdated("This article was changed since the page was loaded. Reload it and decide again.", now)
    hashes = list(Revision.objects.filter(article=article_id).values_list("sha256", flat=True))
    Revision.objects.filter(article=article_id).update(text="", raw=b"")
    Article.objects.filter(pk=article_id).update(headline="")
    Claim.objects.filter(article=article_id).update(exact="", prefix="", suffix="", folded="")
    forget_words()
    ClaimStatus.objects.of_articles([article_id]).update(takes_work=False)
    Proposal.objects.filter(claim__article=article_id).update(
        why="", cue=None, source=None, content=None, mode="", scope="", chain=[]
    )
    Anchor.objects.filter(claim__article=article_id).update(exact="", prefix="", suffix="")
    Attribution.objects.filter(claim__article=article_id).update(words={}, cue=None, source=None, content=None)
    # Typed, but mostly from the text: a step of the route stays a step.
    occasions = Hop.objects.filter(attribution__claim__article=article_id, source=None)
    occasions.update(occasion="Withdrawn with the article")
    ClaimTime.objects.filter(claim__article=article_id).update(words="", against_note="")
    # Imports that were being prepared hold the text as well.
    offered = ImportItem.objects.filter(article=article_id, state__in=(ItemState.READY, ItemState.LEFT_OUT))
    offered.update(**EMPTIED, state=ItemState.REFUSED, said=WITHDRAWN)
    status.withdrawn_at = timezone.now()
    status.title, status.version = "Withdrawn article", status.version + 1
    status.save()
    after = {"sha256": hashes, "version": status.version}
    audit.record(EventKind.ARTICLE_WITHDRAWN, by=by, target=status.article, after=after, reason=reason)
    if key:
        receipts.keep(by=by, key=key, request=request, outcome={"version": status.version})
    return status
