"""What readers see of a story: settled claims as quotes in short context, and never a text as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch
from django.db.models.functions import Length

from claims.models import Article, Claim, Story, User, VerdictPublication
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import SETTLED, Label

# However much of an article is settled, readers are shown at most this share of it, context included.
QUOTED_SHARE = 1 / 3
# More than this many claims of one article, or articles of one story, are not shown on one page.
MOST_QUOTES = 200


@dataclass(frozen=True)
class PublishedArticle:
    """An article's published claims in reading order, and how many settled ones are not quoted."""

    article: Article
    claims: list[Claim]
    not_quoted: int


def published_claims(story: Story, viewer: User | AnonymousUser) -> list[PublishedArticle]:
    """The story's settled claims by article: for readers once it is published, for the desk as a preview before.

    Of a verdict both see what a second moderator let out, whatever the desk found since. Four queries, however many
    articles there are.
    """
    articles = (
        Article.objects.opened()
        .filter(status__story=story, status__settled_count__gt=0, status__withdrawn_at__isnull=True)
        .select_related("status", "outlet")
        .annotate(length=Length("status__revision__text"))
        .order_by("received_at", "pk")[:MOST_QUOTES]
    )
    by_key = {article.pk: article for article in articles}
    settled = (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(article__in=by_key, revision=F("article__status__revision"), status__state__in=SETTLED)
        .exclude(status__settled_label=Label.NOT_A_CLAIM)
        .select_related("status", "ruling")
        .order_by("article_id", "status__settled_at", "start", "pk")
    )
    claims_of = {
        key: list(claims) for key, claims in groupby(with_verdict_out(settled), key=lambda claim: claim.article_id)
    }
    return [_of_article(article, claims_of[key]) for key, article in by_key.items() if key in claims_of]


def with_verdict_out(claims: ClaimQuerySet) -> ClaimQuerySet:
    """The claims, each with `verdicts_out`: a list of the verdict that readers are shown, or none. One query."""
    out = VerdictPublication.objects.visible_to(AnonymousUser()).out()
    return claims.prefetch_related(Prefetch("publications", out, "verdicts_out"))


def _of_article(article: Article, settled: list[Claim]) -> PublishedArticle:
    shown = within_share(settled, article.length)  # type: ignore[attr-defined]  # annotated above
    claims = sorted((claim for claim in settled if claim.pk in shown), key=lambda claim: (claim.start, -claim.end))
    return PublishedArticle(article, claims, len(settled) - len(claims))


def within_share(claims: Iterable[Claim], length: int) -> set[UUID]:
    """The keys of those claims, first come first, whose quotes with context cover at most QUOTED_SHARE of a text.

    First settled, first shown: what readers saw once does not vanish when more is settled. `length` is the text's in
    code points; stretches that overlap count once.
    """
    covered, left = bytearray(length), int(length * QUOTED_SHARE)
    shown: set[UUID] = set()
    for claim in claims:
        start, end = claim.start - len(claim.prefix), claim.end + len(claim.suffix)
        new = covered.count(0, start, end)
        if new <= left and len(shown) < MOST_QUOTES:
            covered[start:end] = bytes((1,)) * (end - start)
            left -= new
            shown.add(claim.pk)
    return shown
