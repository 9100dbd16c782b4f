"""Who is to label what, and how far they are."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from claims.models import Article, Assessment, Assignment, User
from claims.permissions import OPERATOR, check_can_moderate
from claims.review.progress import Progress
from claims.vocabulary import Role

# Beyond these a page asks to choose.
ASSIGNMENTS_SHOWN = 200
PEOPLE_SHOWN = 500
ARTICLES_OFFERED = 50


@dataclass(frozen=True)
class Line:
    """One assignment and how far the reviewer is with it."""

    assignment: Assignment
    progress: Progress


@dataclass(frozen=True)
class Workload:
    """What one person is to label and has not finished, the oldest assignment first."""

    reviewer: User
    lines: list[Line]
    progress: Progress


def reviewers() -> QuerySet[User]:
    """The people who can be given articles: active, and reviewers or more; by name."""
    rank = Group.objects.filter(user=OuterRef("pk"), name__in=[Role.REVIEWER, Role.MODERATOR, Role.ADMINISTRATOR])
    able = User.objects.filter(Q(is_superuser=True) | Exists(rank), is_active=True)
    return able.exclude(username=OPERATOR).order_by("username")


def workloads(viewer: User, reviewer_id: int | None = None) -> tuple[list[Workload], bool]:
    """Open assignments by person, of one or of all, and whether there are more than are shown; two queries.

    Raises NotAllowed for somebody who does not moderate: who works on what would tell whose labels stand there.
    """
    check_can_moderate(viewer, "see who works on what")
    done = (
        Assessment.objects.filter(
            reviewer=OuterRef("reviewer"),
            article=OuterRef("article"),
            claim__revision=OuterRef("article__status__revision"),
            claim__status__set_aside="",
        )
        .order_by()
        .values("reviewer")
        .annotate(count=Count("pk"))
        .values("count")
    )
    found = (
        Assignment.objects.visible_to(viewer)
        .filter(
            article__status__withdrawn_at__isnull=True,
            article__status__settled_count__lt=F("article__status__claims_count"),
        )
        .annotate(done=Subquery(done))
        .select_related("article__status", "reviewer", "by")
        .order_by("reviewer_id", "created_at", "pk")
    )
    if reviewer_id is not None:
        found = found.filter(reviewer=reviewer_id)
    rows = list(found[: ASSIGNMENTS_SHOWN + 1])
    return _by_person(rows[:ASSIGNMENTS_SHOWN]), len(rows) > ASSIGNMENTS_SHOWN


def _by_person(rows: Iterable[Assignment]) -> list[Workload]:
    loads = []
    for reviewer, theirs in groupby(rows, key=lambda row: row.reviewer):
        lines = [Line(row, _progress(row)) for row in theirs]
        whole = Progress(
            sum(line.progress.claims for line in lines),
            sum(line.progress.settled for line in lines),
            sum(line.progress.by_you for line in lines),
            len(lines),
        )
        loads.append(Workload(reviewer, lines, whole))
    return sorted(loads, key=lambda load: load.reviewer.username)


def _progress(row: Assignment) -> Progress:
    status = row.article.status
    return Progress(status.claims_count, status.settled_count, row.done or 0)  # type: ignore[attr-defined]  # annotated


def assignable(viewer: User, asked: Collection[UUID] = ()) -> list[Article]:
    """The newest articles that are not settled throughout; before them those that were asked for, whatever their state.

    Raises NotAllowed. Who has them already is prefetched, the first to get an article first.
    """
    check_can_moderate(viewer, "assign articles")
    given = Assignment.objects.visible_to(viewer).select_related("reviewer").order_by("pk")
    here = (
        Article.objects.visible_to(viewer)
        .filter(status__withdrawn_at__isnull=True)
        .select_related("status__story__status")
        .prefetch_related(Prefetch("assignments", given))
    )
    newest = here.filter(status__settled_count__lt=F("status__claims_count")).newest_first()[:ARTICLES_OFFERED]
    first = list(here.filter(pk__in=asked).newest_first()) if asked else []
    return first + [article for article in newest if article.pk not in asked]
