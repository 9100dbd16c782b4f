"""Articles whose texts are nearly copies of another's, found by what their sketches share: claims.text.shingles."""

from collections import defaultdict
from typing import Final
from uuid import UUID

from django.db.models import Count

from claims.models import Article, Shingle, User
from claims.text.shingles import resemblance

# So much of two texts has to be the same; so many articles are compared in full.
COPIED: Final = 0.3
_COMPARED: Final = 20


def near_copies(article: UUID, viewer: User) -> list[tuple[Article, float]]:
    """Articles like this one, with the share of both texts that is the same, 0 to 1, the greatest first. Four queries.

    Both have to be in the index. That nothing is found says nothing of independence.
    """
    own = sorted(Shingle.objects.filter(article=article).values_list("hash", flat=True))
    holders = Shingle.objects.filter(hash__in=own).exclude(article=article).values("article")
    shared = holders.annotate(n=Count("pk")).order_by("-n", "article").values_list("article", flat=True)[:_COMPARED]
    sketches: dict[UUID, list[int]] = defaultdict(list)
    rows = Shingle.objects.filter(article__in=list(shared)).order_by("hash").values_list("article", "hash")
    for key, shingle in rows:
        sketches[key].append(shingle)
    shares = {key: resemblance(own, sketch) for key, sketch in sketches.items()}
    here = Article.objects.visible_to(viewer).filter(pk__in=shares, status__withdrawn_at__isnull=True)
    found = [(one, shares[one.pk]) for one in here.select_related("outlet", "status") if shares[one.pk] >= COPIED]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].pk))
