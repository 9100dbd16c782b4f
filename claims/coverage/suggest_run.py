"""A run over whatever is not in the index yet: brought in, then compared, some articles at a time.

Each part is a transaction of its own, so that a run can be stopped at any moment and the next one goes on where it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from claims.coverage.explain_suggestions import explain_suggestions, without_reasons
from claims.coverage.index_articles import clear_index, index_articles, start_anew, to_compare, to_index
from claims.coverage.suggest import Run, suggest_links
from claims.models import Article, User

# About how many claims a transaction is about: others that write wait for it.
CLAIMS_AT_ONCE: Final = 1_000


@dataclass(frozen=True)
class Progress:
    """How far a run is: `done` of `of` in the `step` that it names.

    Articles are "indexed" and then "compared"; of what was found, suggestions are "explained".
    """

    step: str
    done: int
    of: int


Told = Callable[[Progress], object]


@dataclass(frozen=True)
class Done:
    """What a run did: how many articles it compared, and how many pairs of theirs are worth a look."""

    articles: int
    pairs: int


def run(*, by: User, story: UUID | None = None, anew: bool = False, told: Told = lambda progress: None) -> Done:
    """Bring what waits into the index and look for pairs, in a story or everywhere; `anew` does all of it again.

    Tells `told` after each part. Raises NotAllowed.
    """
    began = timezone.now()
    if anew:
        start_anew(by=by, story=story)
    for part, done, of in _parts(to_index(story)):
        index_articles(by=by, articles=part)
        told(Progress("indexed", done, of))
    learnt, pairs, articles = Run(), 0, 0
    for part, articles, of in _parts(to_compare(story)):
        pairs += suggest_links(by=by, articles=part, run=learnt)
        told(Progress("compared", articles, of))
    _explain(by, told)
    if anew:
        clear_index(by=by, since=began, story=story)
    return Done(articles, pairs)


def bring_in(*, by: User, article: UUID, between: Callable[[], object] = lambda: None) -> int:
    """Do all of it for one article that came in or has another text now; give how many pairs are worth a look.

    Calls `between` between its parts, each of which is a transaction. Raises NotAllowed.
    """
    index_articles(by=by, articles=[article])
    between()
    pairs = suggest_links(by=by, articles=[article])
    between()
    explain_suggestions(by=by, article=article)
    return pairs


def _explain(by: User, told: Told) -> None:
    waiting, done, last = without_reasons().count(), 0, 0
    while done < waiting:
        count, last = explain_suggestions(by=by, after=last)
        # Whoever else explains at the same time leaves fewer.
        done = done + count if count else waiting
        told(Progress("explained", min(done, waiting), waiting))


def _parts(articles: QuerySet[Article]) -> Iterator[tuple[list[UUID], int, int]]:
    """The articles in parts of about CLAIMS_AT_ONCE claims, with how many are done with it, of how many."""
    waiting = list(articles.values_list("pk", "status__claims_count"))
    part: list[UUID] = []
    claims = 0
    for done, (article, count) in enumerate(waiting, start=1):
        part.append(article)
        claims += count
        if claims >= CLAIMS_AT_ONCE or done == len(waiting):
            yield part, done, len(waiting)
            part, claims = [], 0
