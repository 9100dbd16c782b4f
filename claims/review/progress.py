"""How far a reviewer is, and what is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from claims.models import Article, Assessment, Claim, Outlet, Story, User

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


def progress_in(articles: Iterable[Article], viewer: User) -> dict[UUID, Progress]:
    """The viewer's progress in each of these articles, by the article's key; one query."""
    listed = list(articles)
    own = dict(
        _own_in_force(viewer)
        .filter(article__in=[article.pk for article in listed])
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
        .in_work()
        .filter(Q(own__isnull=True), revision=article.status.revision_id, status__settled_label="")
        .in_reading_order()
        .first()
    )


def next_article(viewer: User, after: Article | None = None) -> Article | None:
    """An article with claims that the viewer has not judged: of the same story first, then among the newest."""
    anywhere = Article.objects.visible_to(viewer).filter(
        status__withdrawn_at__isnull=True, status__locked_at__isnull=True
    )
    pools = [anywhere]
    if after is not None:
        elsewhere = anywhere.exclude(pk=after.pk)
        pools = [elsewhere.filter(status__story=after.status.story_id), elsewhere]
    waiting = (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(Q(own__isnull=True), revision=OuterRef("status__revision"), status__settled_label="")
    )
    for pool in pools:
        recent = pool.newest_first().values("pk")[:LOOKED_AT]
        here = anywhere.filter(Exists(waiting), pk__in=recent).select_related("status")
        if found := here.newest_first().first():
            return found
    return None


def _own_in_force(viewer: User) -> QuerySet[Assessment]:
    """The viewer's assessments of claims in work: what was said of an older revision is no progress in the new one."""
    return Assessment.objects.filter(
        reviewer=viewer,
        claim__revision=F("article__status__revision"),
        claim__status__set_aside="",
        article__status__withdrawn_at__isnull=True,
    )


def done_in_stories(stories: Iterable[Story], viewer: User) -> dict[UUID, Progress]:
    """The viewer's progress in each of these stories, by the story's key; two queries."""
    return _done_in("status__story", [story.pk for story in stories], viewer)


def done_at_outlets(outlets: Iterable[Outlet], viewer: User) -> dict[UUID, Progress]:
    """The viewer's progress with what each of these outlets published, by the outlet's key; two queries."""
    return _done_in("outlet", [outlet.pk for outlet in outlets], viewer)


def _done_in(group: str, keys: list[UUID], viewer: User) -> dict[UUID, Progress]:
    """Sums over the articles of each group; `group` is the way from an article to the group's key."""
    here = Article.objects.filter(**{f"{group}__in": keys}, status__withdrawn_at__isnull=True).values(group)
    sums = here.annotate(claims=Sum("status__claims_count"), settled=Sum("status__settled_count"), articles=Count("pk"))
    by_group = {row[group]: row for row in sums}
    own = dict(
        _own_in_force(viewer)
        .filter(**{f"article__{group}__in": keys})
        .values_list(f"article__{group}")
        .annotate(done=Count("pk"))
    )
    return {
        key: Progress(row["claims"], row["settled"], own.get(key, 0), row["articles"])
        for key in keys
        if (row := by_group.get(key, {"claims": 0, "settled": 0, "articles": 0}))
    }
