"""What readers see of how a story's outlets agree and contradict: only of claims that its page quotes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.coverage.claim_times import times_of
from claims.coverage.clashes import Side, clashes_of
from claims.coverage.drawing import first
from claims.coverage.matrix import matrix_of, partners
from claims.coverage.matters import links_of_story, matters
from claims.coverage.published_claims import PublishedArticle
from claims.coverage.roots import roots_of
from claims.coverage.sayings import Saying, told
from claims.coverage.story_articles import articles_of
from claims.models import Story, User
from claims.relations import Relation

ROWS: Final = 50
CLASHES: Final = 20


def _unnamed(side: Side, sayings: dict[UUID, Saying]) -> Side:
    return replace(side, saying=sayings[side.saying.key])


def published_coverage(
    story: Story, articles: Sequence[PublishedArticle], viewer: User | AnonymousUser
) -> dict[str, Any]:
    """Confirmed contradictions and the matrix of the quoted claims; as many queries for every story.

    Whom claims are attributed to is the desk's to know: readers are told how many roots there are, and no names.
    """
    known = told([claim for article in articles for claim in article.claims])
    links = [link for link in links_of_story(story, viewer) if {link.a_id, link.b_id} <= known.keys()]
    tellings = {key: one for key, one in articles_of(story).items() if key in {a.article.pk for a in articles}}
    clashing, further_clashes = first([link for link in links if link.relation == Relation.CONTRADICTS], CLASHES)
    rows, further_matters = first(matters(links), ROWS)
    times = times_of({key for link in clashing for key in (link.a_id, link.b_id)})
    named_less = {key: replace(saying, roots=()) for key, saying in known.items()}
    clashes = clashes_of(clashing, known, tellings, times, names_sources=False)
    matrix = matrix_of(rows, named_less, tellings, roots=roots_of(rows), updates=partners(rows, links))
    return {
        "clashing": [replace(one, a=_unnamed(one.a, named_less), b=_unnamed(one.b, named_less)) for one in clashes],
        "further_clashes": further_clashes,
        "matrix": replace(matrix, gap="nothing of it is quoted here"),
        "further_matters": further_matters,
    }
