"""A story on paper: what readers see of a published one, everything that is settled for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.coverage.claim_times import times_of
from claims.coverage.clashes import clashes_of
from claims.coverage.drawing import first
from claims.coverage.examples import shows_example
from claims.coverage.matrix import Matrix, matrix_of, partners
from claims.coverage.matters import links_of_story, matters
from claims.coverage.published_claims import PublishedArticle, published_claims, with_verdict_out
from claims.coverage.roots import roots_of
from claims.coverage.sayings import sayings_of
from claims.coverage.story_articles import articles_of
from claims.models import Article, Claim, Story, User
from claims.permissions import can_see_desk
from claims.refusals import Gone
from claims.relations import Relation
from claims.vocabulary import SETTLED, Label
from claims.web.published_coverage import published_coverage

# What does not fit on paper is counted, and stands on the pages of the workbench.
MOST_MATTERS: Final = 100
MOST_CLASHES: Final = 100
MOST_CLAIMS: Final = 2_000
# A table of more columns cannot be read on a sheet: the matrix is cut into several below each other.
COLUMNS_ON_SHEET: Final = 4
EVERY_ARTICLE: Final = 0


@dataclass(frozen=True)
class Note:
    """An address, written out at the end under its number."""

    number: int
    address: str


@dataclass(frozen=True)
class Sheet:
    """Some columns of the matrix, with the cells of each row in them."""

    columns: Sequence[Any]
    rows: list[tuple[Any, Sequence[Any]]]


@require_safe
def report(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """The story's report, to be printed; with `?as=reader` the desk sees what readers get."""
    viewer = request.user
    story = Story.objects.visible_to(viewer).filter(pk=story_id).first()
    if story is None:
        raise Gone("There is no such story here, or it is not published.")
    of_desk = can_see_desk(viewer) and request.GET.get("as") != "reader"
    articles = _of_desk(story, viewer) if of_desk else published_claims(story, AnonymousUser())
    coverage = _covered(story, viewer) if of_desk else published_coverage(story, articles, AnonymousUser())
    context = {
        "story": story,
        "of_desk": of_desk,
        "articles": articles,
        "notes": _notes(articles),
        "is_example": shows_example(story),
        "printed_at": timezone.now(),
        "address": request.build_absolute_uri(story_address(story)),
        "site": request.build_absolute_uri("/").rstrip("/"),
        "corrections": story.corrections.order_by("-created_at")[:50],
        **coverage,
        "sheets": _sheets(coverage["matrix"]),
    }
    return render(request, "stories/report.html", context)


def story_address(story: Story) -> str:
    """The path of the story's page."""
    return reverse("story", args=[story.pk])


def _of_desk(story: Story, viewer: User | AnonymousUser) -> list[PublishedArticle]:
    """Every settled claim of the story by article, also what is not quoted to readers. Three queries."""
    placed = Article.objects.opened().filter(status__story=story, status__withdrawn_at__isnull=True)
    articles = {one.pk: one for one in placed.select_related("status", "outlet").order_by("received_at", "pk")}
    settled = (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(article__in=articles, status__state__in=SETTLED)
        .exclude(status__settled_label=Label.NOT_A_CLAIM)
        .select_related("status", "ruling", "verdict")
        .order_by("article_id", "start", "-end", "pk")[:MOST_CLAIMS]
    )
    claims_of = {
        key: list(claims) for key, claims in groupby(with_verdict_out(settled), key=lambda claim: claim.article_id)
    }
    return [PublishedArticle(one, claims_of.get(key, []), 0) for key, one in articles.items()]


def _covered(story: Story, viewer: User | AnonymousUser) -> dict[str, Any]:
    """Contradictions and matrix of all that is confirmed, with the sources' names."""
    links = links_of_story(story, viewer)
    tellings = articles_of(story)
    rows, further_matters = first(matters(links), MOST_MATTERS)
    clashing, further = first([link for link in links if link.relation == Relation.CONTRADICTS], MOST_CLASHES)
    keys = {key for link in clashing for key in (link.a_id, link.b_id)}
    updates = partners(rows, links)
    known = sayings_of(
        keys | {key for row in rows for key in row.claims} | {key for those in updates.values() for key, _, _ in those},
        viewer,
    )
    return {
        "clashing": clashes_of(clashing, known, tellings, times_of(keys)),
        "further_clashes": further,
        "matrix": matrix_of(rows, known, tellings, roots=roots_of(rows), updates=updates, page=EVERY_ARTICLE),
        "further_matters": further_matters,
    }


def _sheets(matrix: Matrix) -> list[Sheet]:
    """The matrix in parts that fit on paper: some articles each, with the cells of every row in them."""
    starts = range(0, len(matrix.columns), COLUMNS_ON_SHEET)
    parts = [slice(start, start + COLUMNS_ON_SHEET) for start in starts]
    return [Sheet(matrix.columns[part], [(row, row.cells[part]) for row in matrix.rows]) for part in parts]


def _notes(articles: Sequence[PublishedArticle]) -> dict[UUID, Note]:
    """The addresses of the articles, numbered in their order."""
    addressed = [one.article for one in articles if one.article.address]
    return {article.pk: Note(number, article.address) for number, article in enumerate(addressed, 1)}
