"""What readers see of a story: settled claims as quotes in short context, and never a text as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.models import Article, Claim, Story
from claims.vocabulary import Label

# However much of an article is settled, readers are shown at most this share of it, context included.
QUOTED_SHARE = 1 / 3
# More than this many claims of one article are not shown on one page.
MOST_QUOTES = 200


@dataclass(frozen=True)
class PublishedArticle:
    """An article's published claims in reading order, and how many settled ones are not quoted."""

    article: Article
    claims: list[Claim]
    not_quoted: int


def published_claims(story: Story) -> list[PublishedArticle]:
    """The settled claims of a published story by article; nothing for a story that is not published."""
    articles = (
        Article.objects.opened()
        .filter(status__story=story, status__settled_count__gt=0)
        .select_related("status__revision", "outlet")
        .defer("status__revision__raw")
        .order_by("received_at", "pk")[:MOST_QUOTES]
    )
    return [published for article in articles if (published := _of_article(article)).claims or published.not_quoted]


def _of_article(article: Article) -> PublishedArticle:
    settled = list(
        Claim.objects.visible_to(AnonymousUser())
        .filter(article=article, revision=article.status.revision_id)
        .exclude(status__settled_label=Label.NOT_A_CLAIM)
        .select_related("status", "ruling")
        .order_by("status__settled_at", "start", "pk")[: MOST_QUOTES + 1]
    )
    shown = within_share(settled, len(article.status.revision.text))
    claims = sorted((claim for claim in settled if claim.pk in shown), key=lambda claim: (claim.start, -claim.end))
    return PublishedArticle(article, claims, len(settled) - len(claims))


def within_share(claims: Iterable[Claim], length: int) -> set[UUID]:
    """The keys of those claims, first come first, whose quotes with context cover at most QUOTED_SHARE of a text.

    First settled, first shown: what readers saw once does not vanish when more is settled. `length` is the text's in
    code points; stretches that overlap count once.
    """
    covered: set[int] = set()
    shown: set[UUID] = set()
    for claim in claims:
        stretch = set(range(claim.start - len(claim.prefix), claim.end + len(claim.suffix)))
        if len(covered | stretch) <= length * QUOTED_SHARE:
            covered |= stretch
            shown.add(claim.pk)
    return shown
