"""How far a reviewer is, and what is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum

from claims.models import Article, ArticleStatus, Assessment, Claim, Story, User

# How many of the newest articles are looked at for one that still has something to do.
LOOKED_AT = 30


@dataclass(frozen=True)
class Progress:
    """Claims of an article or of several: all, settled, and done by one person."""

    claims: int
    settled: int
    by_you: int
    articles: int = 1

    @property
    def share(self) -> int:
        """Percent done by you, 0 to 100."""
        return round(100 * self.by_you / self.claims) if self.claims else 0

    @property
    def settled_share(self) -> int:
        """Percent settled, 0 to 100."""
        return round(100 * self.settled / self.claims) if self.claims else 0

    @property
    def is_open(self) -> bool:
        """Whether there can be a claim here that is neither settled nor done by you."""
        return self.by_you < self.claims and self.settled < self.claims


def progress_in(articles: Iterable[Article], viewer: User) -> dict[UUID, Progress]:
    """The viewer's progress in each of these articles, by the article's key; one query."""
    listed = list(articles)
    own = dict(
        Assessment.objects.filter(reviewer=viewer, article__in=[article.pk for article in listed])
        .values_list("article")
        .annotate(done=Count("pk"))
    )
    return {
        article.pk: Progress(article.status.claims_count, article.status.settled_count, own.get(article.pk, 0))
        for article in listed
    }


def next_claim(viewer: User, article: Article) -> Claim | None:
    """The first claim of the article's text in force that the viewer has not judged and nobody settled."""
    return (
        Claim.objects.visible_to(viewer)
        .filter(revision=article.status.revision_id, own__isnull=True, status__settled_label="")
        .in_reading_order()
        .first()
    )


def next_article(viewer: User, after: Article | None = None) -> Article | None:
    """An article with claims that the viewer has not judged: of the same story first, then among the newest."""
    anywhere = Article.objects.visible_to(viewer).filter(status__withdrawn_at__isnull=True)
    pools = [anywhere]
    if after is not None:
        elsewhere = anywhere.exclude(pk=after.pk)
        pools = [elsewhere.filter(status__story=after.status.story_id), elsewhere]
    for pool in pools:
        recent = list(pool.select_related("status").newest_first()[:LOOKED_AT])
        progress = progress_in(recent, viewer)
        for article in recent:
            if progress[article.pk].is_open and next_claim(viewer, article):
                return article
    return None


def done_in(stories: Iterable[Story], viewer: User) -> dict[UUID, Progress]:
    """The viewer's progress in each of these stories, by the story's key; two queries."""
    keys = [story.pk for story in stories]
    placed = ArticleStatus.objects.filter(story__in=keys, withdrawn_at__isnull=True).values("story")
    sums = placed.annotate(claims=Sum("claims_count"), settled=Sum("settled_count"), articles=Count("pk"))
    by_story = {row["story"]: row for row in sums}
    own = dict(
        Assessment.objects.filter(reviewer=viewer, article__status__story__in=keys)
        .values_list("article__status__story")
        .annotate(done=Count("pk"))
    )
    return {
        key: Progress(row["claims"], row["settled"], own.get(key, 0), row["articles"])
        for key in keys
        if (row := by_story.get(key, {"claims": 0, "settled": 0, "articles": 0}))
    }
