"""The claims of an article come into the index by which claims to compare are found.

The index is the workbench's own: computed from the texts in force, computed anew at any time, told by nobody's work.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.coverage.term_hashes import SUGGESTER_VERSION, as_stored, term_hashes
from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimTerms,
    CoverageIndex,
    Posting,
    Revision,
    Shingle,
    Suggestion,
    User,
)
from claims.models.stored_rows import change_rows, store_rows
from claims.permissions import check_can_index
from claims.relations import SuggestionState
from claims.text.shingles import sketch

# An article that is in the index and has not been compared yet.
NOT_COMPARED: Final = 0
_AT_ONCE: Final = 500


def to_index(story: UUID | None = None) -> QuerySet[Article]:
    """Articles, of a story or of all, whose text in force is not in the index as its claims are now.

    Or that an older suggester brought in.
    """
    current = CoverageIndex.objects.filter(
        article=OuterRef("pk"),
        revision_id=OuterRef("status__revision"),
        suggester_version__in=(NOT_COMPARED, SUGGESTER_VERSION),
    )
    indexed = ClaimTerms.objects.filter(article=OuterRef("pk")).order_by().values("article").annotate(n=Count("pk"))
    as_many = Q(status__claims_count=Coalesce(Subquery(indexed.values("n")), 0))
    return _here(story).exclude(Exists(current) & as_many).order_by("status__story", "received_at", "pk")


def to_compare(story: UUID | None = None) -> QuerySet[Article]:
    """Articles, of a story or of all, that are in the index and for whose claims no pairs were looked for yet."""
    waiting = CoverageIndex.objects.filter(article=OuterRef("pk"), suggester_version=NOT_COMPARED)
    return _here(story).filter(Exists(waiting)).order_by("status__story", "received_at", "pk")


def _here(story: UUID | None) -> QuerySet[Article]:
    here = Article.objects.filter(status__withdrawn_at__isnull=True, status__isnull=False)
    return here.filter(status__story=story) if story else here


@transaction.atomic
def index_articles(*, by: User, articles: Collection[UUID]) -> int:
    """Bring the claims in work of these articles into the index, and take out what is not; give how many are new.

    New are those that were not in it with these words. Idempotent; an article that was withdrawn leaves nothing. Raises
    NotAllowed.
    """
    check_can_index(by)
    here = ArticleStatus.objects.select_for_update().filter(pk__in=articles, withdrawn_at__isnull=True).order_by("pk")
    revisions = dict(here.values_list("article", "revision"))
    wanted = {claim: (article, words) for claim, article, words in _claims_of(revisions)}
    changed = _bring_in(wanted, ClaimTerms.objects.filter(article__in=articles))
    _keep_sketches(list(articles), revisions)
    CoverageIndex.objects.filter(article__in=set(articles) - revisions.keys()).delete()
    store_rows(
        CoverageIndex,
        ("article_id", "revision_id", "suggester_version", "indexed_at"),
        [(article, revision, NOT_COMPARED, timezone.now()) for article, revision in revisions.items()],
        "(article_id) DO UPDATE SET revision_id = excluded.revision_id, suggester_version = excluded.suggester_version,"
        " indexed_at = excluded.indexed_at",
    )
    return changed


@transaction.atomic
def index_claims(*, by: User, claims: Collection[UUID]) -> int:
    """Bring single claims into the index, such as those that a reviewer drew; give how many are new in it.

    Those that are out of work are taken out; the next run looks for pairs with those that are new. Raises NotAllowed.
    """
    check_can_index(by)
    # As above: of two who bring in claims of one article the second waits, and finds them there.
    of = ArticleStatus.objects.select_for_update().filter(
        article__in=Claim.objects.filter(pk__in=claims).values("article")
    )
    list(of.order_by("pk").values_list("pk"))
    here = Claim.objects.filter(pk__in=claims).in_work()
    here = here.filter(revision=F("article__status__revision"), article__status__withdrawn_at__isnull=True)
    wanted = {claim: (article, words) for claim, article, words in here.values_list("pk", "article", "exact")}
    changed = _bring_in(wanted, ClaimTerms.objects.filter(claim__in=claims))
    if changed:
        articles = {article for article, _ in wanted.values()}
        CoverageIndex.objects.filter(article__in=articles).update(suggester_version=NOT_COMPARED)
    return changed


@transaction.atomic
def start_anew(*, by: User, story: UUID | None = None) -> int:
    """Have the articles of a story, or all, brought in again as if they were new; give how many. Raises NotAllowed."""
    check_can_index(by)
    known = CoverageIndex.objects.all()
    return (known.filter(article__status__story=story) if story else known).delete()[0]


@transaction.atomic
def clear_index(*, by: User, since: datetime, story: UUID | None = None) -> int:
    """Take out of the index what no claim has any more, and give how many rows that were.

    With them go open suggestions of a story, or all, that a run did not find again which began at `since`. Raises
    NotAllowed.
    """
    check_can_index(by)
    withdrawn = Article.objects.filter(status__withdrawn_at__isnull=False).values("pk")
    for model in (ClaimTerms, Shingle, CoverageIndex):
        model.objects.filter(article__in=withdrawn).delete()
    held = ClaimTerms.objects.filter(number=OuterRef("number"))
    cleared = Posting.objects.filter(~Exists(held)).delete()[0]
    old = Suggestion.objects.filter(state=SuggestionState.OPEN, decided_by=None, created_at__lt=since)
    if story:
        old = old.filter(a__article__status__story=story, b__article__status__story=story)
    return cleared + old.delete()[0]


def _claims_of(revisions: dict[UUID, UUID]) -> Iterable[tuple[UUID, UUID, str]]:
    here = Claim.objects.filter(revision__in=revisions.values()).in_work().order_by("article", "start", "-end", "pk")
    return here.values_list("pk", "article", "exact")


def _bring_in(wanted: dict[UUID, tuple[UUID, str]], known: QuerySet[ClaimTerms]) -> int:
    """Make the index of these claims say what their words say; `known` are the rows that are looked after."""
    there = {row.claim_id: row for row in known}
    gone = [row for key, row in there.items() if key not in wanted]
    new, changed, stale = [], [], [*_pairs(gone)]
    for key, (article, words) in wanted.items():
        row, found = there.get(key), as_stored(term_hashes(words))
        if row is None:
            new.append(ClaimTerms(claim_id=key, article_id=article, terms=found))
        elif row.terms != found:
            stale += _pairs([row])
            row.terms = found
            changed.append(row)
    _forget([row.claim_id for row in (*gone, *changed)])
    ClaimTerms.objects.filter(pk__in=[row.pk for row in gone]).delete()
    ClaimTerms.objects.bulk_create(new, _AT_ONCE)
    ClaimTerms.objects.bulk_update(changed, ["terms"], _AT_ONCE)
    change_rows("DELETE FROM claims_posting WHERE term = %s AND number = %s", stale)
    # In the order of the table, which takes them in faster so.
    store_rows(Posting, ("term", "number"), sorted(_pairs([*new, *changed])), "DO NOTHING")
    return len(new) + len(changed)


def _pairs(rows: Iterable[ClaimTerms]) -> Iterator[tuple[int, int]]:
    return ((int(term), row.number) for row in rows for term, _ in row.terms)


def _forget(claims: list[UUID]) -> None:
    """Drop what was suggested of these claims and nobody has decided: their words are others now."""
    undecided = Suggestion.objects.filter(state=SuggestionState.OPEN, decided_by=None)
    undecided.filter(a__in=claims).delete()
    undecided.filter(b__in=claims).delete()


def _keep_sketches(articles: Collection[UUID], revisions: dict[UUID, UUID]) -> None:
    Shingle.objects.filter(article__in=articles).delete()
    texts = Revision.objects.filter(pk__in=revisions.values()).values_list("article", "text")
    rows = ((article, shingle) for article, text in texts.iterator() for shingle in sketch(text))
    store_rows(Shingle, ("article_id", "hash"), rows, "DO NOTHING")
