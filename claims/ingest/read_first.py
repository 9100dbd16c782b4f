"""The first reading of many articles at once, as a bulk import leaves them: a few statements for all of them.

The texts are read before the transaction begins, so that several processes can read at the same time and each holds
the database only while it stores.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims import audit
from claims.audit import Entry
from claims.ingest.bring_into_force import (
    Read,
    Sentence,
    Span,
    as_read,
    sentences_of,
    state_of,
    title_of,
)
from claims.ingest.sentence_rows import ClaimRow, ProposalRow, StatusRow, ZoneRow, claim_row, proposal_row
from claims.models import (
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
from claims.text import zones
from claims.text.languages import Language, language_of
from claims.text.worth import worth_of
from claims.vocabulary import ASSESSMENTS_NEEDED, ClaimUnit, EventKind

AT_ONCE = 500


@dataclass(frozen=True)
class Draft:
    """An article whose text was read and is not yet stored as read."""

    article: Article
    revision: Revision
    zones: list[zones.Zone]
    language: Language
    sentences: dict[Span, Sentence]


def read_first(*, by: User, articles: Collection[UUID]) -> list[Read]:
    """Read those of these articles that nobody has read; the others, and those that change meanwhile, are left.

    What is stored is what `read_article` would store, and one event for each article. Raises NotAllowed.
    """
    check_can_import(by)
    drafts = [_draft(revision) for revision in _newest(articles)]
    with transaction.atomic():
        return _store(_still_unread(drafts), by)


def _draft(revision: Revision) -> Draft:
    found, language = zones.read(revision.text), language_of(revision.text)
    return Draft(revision.article, revision, found, language, sentences_of(revision.text, found, language))


def _newest(articles: Collection[UUID]) -> list[Revision]:
    """The text that came in last of each article that was never read, with the article."""
    found = _never_read(articles).select_related("article__outlet", "article__first_story").defer("raw")
    return list({revision.article_id: revision for revision in found}.values())


def _never_read(articles: Collection[UUID]) -> QuerySet[Revision]:
    """The texts of those articles that were never read; what came in last comes last."""
    never_read = Revision.objects.exclude(text="").filter(article__in=articles, article__status__isnull=True)
    return never_read.order_by("received_at", "pk")


def _still_unread(drafts: Sequence[Draft]) -> list[Draft]:
    """Those drafts whose articles are locked now, and are as they were when they were read."""
    keys = [draft.article.pk for draft in drafts]
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    newest = dict(_never_read(keys).values_list("article", "pk"))
    begun = set(Claim.objects.filter(article__in=keys).values_list("article", flat=True).distinct())
    return [one for one in drafts if newest.get(one.article.pk) == one.revision.pk and one.article.pk not in begun]


def _store(drafts: Sequence[Draft], by: User) -> list[Read]:
    stories = {draft.article.first_story for draft in drafts if draft.article.first_story}
    outlets = {draft.article.outlet for draft in drafts if draft.article.outlet}
    OutletStatus.objects.bulk_create([OutletStatus(outlet=one) for one in outlets], AT_ONCE, ignore_conflicts=True)
    StoryStatus.objects.bulk_create(
        [StoryStatus(story=one, title=one.title, description=one.description) for one in stories],
        AT_ONCE,
        ignore_conflicts=True,
    )
    zones_of = (ZoneRow(one.revision.pk, z.kind, z.start, z.end) for one in drafts for z in one.zones)
    store_rows(Zone, ZoneRow._fields, zones_of)
    _open(drafts)
    done = [_read(draft) for draft in drafts]
    ArticleStatus.objects.bulk_create(
        [ArticleStatus(article=one.article, **_state(one, read)) for one, read in zip(drafts, done, strict=True)],
        AT_ONCE,
    )
    entries = [
        Entry(EventKind.ARTICLE_READ, draft.article, after=as_read(read, draft.revision))
        for draft, read in zip(drafts, done, strict=True)
    ]
    audit.record_all(entries, by=by)
    return done


def _open(drafts: Sequence[Draft]) -> None:
    """One open claim of each sentence, with what is proposed for it."""
    now = timezone.now()
    stories = [draft.article.first_story_id for draft in drafts]
    asked: dict[UUID | None, int] = dict(
        StoryStatus.objects.filter(story__in=stories).values_list("story", "assessments_needed")
    )
    claims, statuses, proposals = [], [], []
    for draft in drafts:
        needed = asked.get(draft.article.first_story_id, ASSESSMENTS_NEEDED)
        for place, sentence in draft.sentences.items():
            key = span_key(draft.revision.pk, *place, ClaimUnit.SENTENCE)
            claims.append(claim_row(key, draft.revision, place, sentence.zone))
            worth = worth_of(claims[-1].exact, sentence.proposed).points
            statuses.append(StatusRow(key, now, needed, worth))
            if sentence.proposed is not None:
                proposals.append(proposal_row(key, sentence.proposed))
    store_rows(Claim, ClaimRow._fields, claims)
    store_rows(ClaimStatus, StatusRow._fields, statuses)
    store_rows(Proposal, ProposalRow._fields, proposals)


def _read(draft: Draft) -> Read:
    places = sorted(draft.sentences)
    first = draft.revision.text[slice(*places[0])] if places else ""
    return Read(len(places), len(places), 0, title_of(draft.article, first))


def _state(draft: Draft, done: Read) -> dict[str, object]:
    return state_of(draft.revision, draft.zones, draft.language) | {
        "story": draft.article.first_story,
        "title": done.title,
        "claims_count": done.claims,
        "settled_count": 0,
    }
