"""The first pass: zones, one open claim of each headline and body sentence, and a proposal for each."""

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims import audit
from claims.ingest.bring_into_force import Read, as_read, bring_into_force
from claims.models import Article, ArticleStatus, ClaimStatus, Revision, User
from claims.permissions import check_can_import
from claims.refusals import Gone
from claims.text import reading, zones
from claims.vocabulary import EventKind

__all__ = ["Read", "read_article", "unread", "wanted_revision"]


def unread() -> QuerySet[Article]:
    """Articles that nobody read, that an older reader read, or that have another text than the one in force."""
    newest = Subquery(_newest_revisions().filter(article=OuterRef("pk")).values("pk")[:1])
    return (
        Article.objects.annotate(newest=newest)
        .annotate(wanted=Coalesce("status__came_back", "newest"))
        .filter(newest__isnull=False)
        .filter(
            Q(status__isnull=True)
            | Q(status__withdrawn_at__isnull=True)
            & (Q(status__reader_version__lt=reading.READER_VERSION) | ~Q(status__revision=F("wanted")))
        )
        .order_by("received_at", "pk")
    )


@transaction.atomic
def read_article(*, by: User, article: Article) -> Read:
    """Read the text that the article has now: store its zones, open its claims, propose a label for each.

    That is the text that came in last; claims of the text before move into it. Reading again is idempotent, and a newer
    reader replaces only what nobody has touched. Raises NotAllowed, and Gone where there is no text to read: none came
    in, or the article was withdrawn.
    """
    check_can_import(by)
    # In the order of all writes: claims, then the article; two that read it at once take turns at its row.
    ClaimStatus.objects.of_articles([article.pk]).lock()
    locked = Article.objects.select_for_update(of=("self",), no_key=True).select_related("outlet", "first_story")
    article = locked.get(pk=article.pk)
    revision = wanted_revision(article)
    status = ArticleStatus.objects.select_for_update(of=("self",)).filter(article=article).first()
    if revision is None or (status is not None and status.withdrawn_at is not None):
        raise Gone("This article has no text to read.")
    brought = bring_into_force(article, revision, zones.read(revision.text))
    audit.record(EventKind.ARTICLE_READ, by=by, target=article, after=as_read(brought.done, revision))
    audit.record_all(brought.entries, by=by)
    return brought.done


def wanted_revision(article: Article) -> Revision | None:
    """The text that the article has at its address: the one that came in last, or an earlier one that came back."""
    back = Revision.objects.filter(pk__in=ArticleStatus.objects.filter(article=article).values("came_back"))
    return back.exclude(text="").first() or _newest_revisions().filter(article=article).first()


def _newest_revisions() -> QuerySet[Revision]:
    """What came in last comes first; withdrawn revisions have no text left to read."""
    return Revision.objects.exclude(text="").order_by("-received_at", "-pk")
