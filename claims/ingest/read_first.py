"""The first reading of many articles at once, as a bulk import leaves them: a few statements for all of them.

The texts are read before the transaction begins, so that several processes can read at the same time and each holds
the database only while it stores.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims import audit
from claims.audit import Entry
from claims.ingest.bring_into_force import Read, as_read, state_of, title_of
from claims.ingest.drafted_text import DraftedText
from claims.ingest.sentence_rows import ClaimRow, ProposalRow, StatusRow, ZoneRow, proposal_row
from claims.models import (
    NOT_READ,
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    OutletStatus,
    Proposal,
    Revision,
    StoryStatus,
    User,
    Zone,
)
from claims.models.keys import span_key
from claims.models.stored_rows import store_rows
from claims.permissions import check_can_import
from claims.vocabulary import ASSESSMENTS_NEEDED, ClaimUnit, EventKind

AT_ONCE = 500
# Of a status that is there already, the rest stays: the story, and what people decided.
_READ = (
    "revision",
    "language",
    "language_basis",
    "has_headline",
    "reader_version",
    "read_at",
    "title",
    "claims_count",
    "settled_count",
)


@dataclass(frozen=True)
class _Draft:
    """An article whose text was read and is not yet stored as read."""

    article: Article
    revision: Revision
    status: ArticleStatus | None
    found: DraftedText


def stored_only(at_once: int) -> Iterator[list[UUID]]:
    """The articles that an import stored and nobody read, so many at once.

    Each comes once, whether or not it is read meanwhile.
    """
    waiting = ArticleStatus.objects.filter(reader_version=NOT_READ, withdrawn_at=None).order_by("article")
    last: UUID | None = None
    while found := list((waiting.filter(article__gt=last) if last else waiting).values_list("pk", flat=True)[:at_once]):
        last = found[-1]
        yield found


def never_read(articles: Collection[UUID]) -> dict[UUID, str]:
    """The text that came in last of each of these articles that was never read, by the key of its revision."""
    newest = {article: (key, text) for article, key, text in _never_read(articles).values_list("article", "pk", "text")}
    return dict(newest.values())


@transaction.atomic
def read_first(*, by: User, drafts: dict[UUID, DraftedText]) -> list[Read]:
    """Store what was found in these texts, by the keys of their revisions, and open their claims.

    Articles that were read or changed meanwhile are left, and those with claims and locked ones, too: `read_article` is
    for them. What is stored is what that would store, and one event for each article. Raises NotAllowed.
    """
    check_can_import(by)
    waiting = _still_unread(drafts)
    _store_facts(waiting)
    zones = (ZoneRow(one.revision.pk, z.kind, z.start, z.end) for one in waiting for z in one.found.zones)
    store_rows(Zone, ZoneRow._fields, zones)
    done = _open(waiting)
    ArticleStatus.objects.bulk_create(
        [_status(one, read) for one, read in zip(waiting, done, strict=True)],
        AT_ONCE,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=_READ,
    )
    entries = [
        Entry(EventKind.ARTICLE_READ, draft.article, after=as_read(read, draft.revision))
        for draft, read in zip(waiting, done, strict=True)
    ]
    audit.record_all(entries, by=by)
    return done


def _never_read(articles: Collection[UUID]) -> QuerySet[Revision]:
    """The texts of those articles that were never read; what came in last comes last."""
    nobody_did = Q(article__status__isnull=True) | Q(
        article__status__reader_version=NOT_READ, article__status__came_back=None, article__status__withdrawn_at=None
    )
    never_read = Revision.objects.exclude(text="").filter(nobody_did, article__in=articles)
    return never_read.order_by("received_at", "pk")


def _still_unread(drafts: dict[UUID, DraftedText]) -> list[_Draft]:
    """Those drafts whose articles are locked now, and are as they were when they were read."""
    keys = list(Revision.objects.filter(pk__in=drafts).values_list("article", flat=True))
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    statuses = {one.pk: one for one in ArticleStatus.objects.select_for_update(of=("self",)).filter(pk__in=keys)}
    found = _never_read(keys).select_related("article__outlet", "article__first_story").defer("raw")
    newest = {revision.article_id: revision for revision in found}
    begun = set(Claim.objects.filter(article__in=keys).values_list("article", flat=True).distinct())
    locked = {key for key, status in statuses.items() if status.locked_at is not None}
    return [
        _Draft(revision.article, revision, statuses.get(article), drafts[revision.pk])
        for article, revision in newest.items()
        if revision.pk in drafts and article not in begun | locked
    ]


def _store_facts(drafts: Sequence[_Draft]) -> None:
    """What use knows of outlets and stories begins with the first article."""
    stories = {draft.article.first_story for draft in drafts if draft.article.first_story}
    outlets = {draft.article.outlet for draft in drafts if draft.article.outlet}
    OutletStatus.objects.bulk_create([OutletStatus(outlet=one) for one in outlets], AT_ONCE, ignore_conflicts=True)
    StoryStatus.objects.bulk_create(
        [StoryStatus(story=one, title=one.title, description=one.description) for one in stories],
        AT_ONCE,
        ignore_conflicts=True,
    )


def _open(drafts: Sequence[_Draft]) -> list[Read]:
    """One open claim of each sentence, with what is proposed for it."""
    now = timezone.now()
    asked: dict[UUID | None, int] = dict(
        StoryStatus.objects.filter(story__in={_story_of(draft) for draft in drafts}).values_list(
            "story", "assessments_needed"
        )
    )
    claims, statuses, proposals, done = list[ClaimRow](), list[StatusRow](), list[ProposalRow](), list[Read]()
    for draft in drafts:
        needed = asked.get(_story_of(draft), ASSESSMENTS_NEEDED)
        article, revision, text = draft.article.pk, draft.revision.pk, draft.revision.text
        found = draft.found.claims
        for zone, start, end, prefix, suffix, folded, worth, proposed in found:
            key, unit = span_key(revision, start, end, ClaimUnit.SENTENCE), ClaimUnit.SENTENCE
            exact = text[start:end]
            claims.append(ClaimRow(key, article, revision, zone, unit, start, end, exact, prefix, suffix, folded))
            statuses.append(StatusRow(key, now, needed, worth))
            if proposed is not None:
                proposals.append(proposal_row(key, proposed))
        first = text[found[0].start : found[0].end] if found else ""
        done.append(Read(len(found), len(found), 0, title_of(draft.article, first)))
    store_rows(Claim, ClaimRow._fields, claims)
    store_rows(ClaimStatus, StatusRow._fields, statuses)
    store_rows(Proposal, ProposalRow._fields, proposals)
    return done


def _story_of(draft: _Draft) -> UUID | None:
    return draft.status.story_id if draft.status else draft.article.first_story_id


def _status(draft: _Draft, done: Read) -> ArticleStatus:
    state = state_of(draft.revision, draft.found.zones, draft.found.language)
    return ArticleStatus(
        article=draft.article, story_id=_story_of(draft), title=done.title, claims_count=done.claims, **state
    )
