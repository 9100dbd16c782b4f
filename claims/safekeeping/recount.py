"""What is stored twice, or follows from something else, compared: texts and hashes, claims and words, counters."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, Link, LinkAssessment, Revision
from claims.models.one_moment import one_moment
from claims.safekeeping.tally import Tell, tell_nobody
from claims.vocabulary import SETTLED

_ARTICLES: Final = 50
_ROWS: Final = 2_000


def disagreements(tell: Tell = tell_nobody) -> Iterator[str]:
    """A sentence for each thing that is not what it should be; all that is compared is of one moment.

    Names rows by their keys and says no word of a text. Memory does not grow with what is stored.
    """
    with one_moment():
        seen = 0
        for articles in _parts(ArticleStatus.objects.order_by("pk").values_list("pk", flat=True), _ARTICLES):
            yield from _of_texts(articles)
            yield from _of_articles(articles)
            seen += len(articles)
            tell("comparing articles", seen)
        for claims in _parts(ClaimStatus.objects.order_by("pk").values_list("pk", flat=True), _ROWS):
            yield from _of_claims(claims)
            seen += len(claims)
            tell("comparing claims", seen)
        for links in _parts(Link.objects.order_by("pk").values_list("pk", flat=True), _ROWS):
            yield from _of_links(links)


def _parts(keys: "QuerySet[Any, UUID]", size: int) -> Iterator[Sequence[UUID]]:
    """The keys in order, so many at a time, each part found by the end of the one before."""
    part = list(keys[:size])
    while part:
        yield part
        part = list(keys.filter(pk__gt=part[-1])[:size])


def _of_texts(articles: Sequence[UUID]) -> Iterator[str]:
    texts: dict[UUID, str] = {}
    revisions = Revision.objects.filter(article__in=articles).values_list("pk", "sha256", "raw", "text")
    for key, sha256, raw, text in revisions.iterator(chunk_size=_ARTICLES):
        texts[key] = text
        # Of a text that was withdrawn the hash alone is left.
        if (raw or text) and hashlib.sha256(raw).hexdigest() != sha256:
            yield f"The bytes of revision {key} have another SHA-256 than it says."
    for key, revision, start, end, exact in Claim.objects.filter(article__in=articles).values_list(
        "pk", "revision", "start", "end", "exact"
    ):
        if texts[revision][start:end] != exact:
            yield f"The words of claim {key} are not those of its place in its text."


def _of_articles(articles: Sequence[UUID]) -> Iterator[str]:
    here = Claim.objects.filter(article__in=articles, revision=F("article__status__revision")).in_work()
    settled = Count("pk", filter=Q(status__state__in=SETTLED))
    rows = here.order_by().values_list("article").annotate(claims=Count("pk"), done=settled)
    counted = {key: (claims, done) for key, claims, done in rows}
    said = ArticleStatus.objects.filter(pk__in=articles).values_list("pk", "claims_count", "settled_count")
    for key, *numbers in said:
        if tuple(numbers) != counted.get(key, (0, 0)):
            yield f"The counters of article {key} say {numbers}, and its claims {list(counted.get(key, (0, 0)))}."


def _of_claims(claims: Sequence[UUID]) -> Iterator[str]:
    given = dict(Assessment.objects.order_by().filter(claim__in=claims).values_list("claim").annotate(n=Count("pk")))
    for key, said in ClaimStatus.objects.filter(pk__in=claims).values_list("pk", "given"):
        if said != given.get(key, 0):
            yield f"Claim {key} counts {said} assessments and has {given.get(key, 0)}."


def _of_links(links: Sequence[UUID]) -> Iterator[str]:
    given = dict(LinkAssessment.objects.order_by().filter(link__in=links).values_list("link").annotate(n=Count("pk")))
    for key, said in Link.objects.filter(pk__in=links).values_list("pk", "given"):
        if said != given.get(key, 0):
            yield f"Link {key} counts {said} findings and has {given.get(key, 0)}."
