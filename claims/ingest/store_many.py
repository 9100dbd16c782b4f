"""Very many documents come in: new articles in a few statements for all of them, with zones and open claims.

What takes long, the labels that the first pass proposes, comes later: `claims.ingest.propose_first`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.audit import Entry
from claims.ingest.article_keys import Identified
from claims.ingest.bring_in_document import NOTHING_FOUND, Came, bring_in_document
from claims.ingest.bring_into_force import title_of
from claims.ingest.drafted_text import DraftedText
from claims.ingest.keep_text import extraction_of, how_read
from claims.ingest.sentence_rows import ClaimRow, StatusRow, ZoneRow
from claims.ingest.stated_facts import Stated, stated_by
from claims.ingest.store_document import differing
from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    Extraction,
    Outlet,
    OutletStatus,
    Revision,
    Story,
    StoryStatus,
    User,
    Zone,
)
from claims.models.keys import named_key, span_key
from claims.models.stored_rows import store_rows
from claims.permissions import OPERATOR, check_can_import, check_can_moderate
from claims.refusals import Invalid, Refusal
from claims.transfers import ItemState
from claims.vocabulary import ASSESSMENTS_NEEDED, ClaimUnit, EventKind, ZoneKind

# The reader's version of what was stored and not read: any reader is newer.
NOT_READ: Final = 0
_THERE: Final = "DO NOTHING"
Drafts = Mapping[UUID, DraftedText]


@dataclass
class _New:
    """An article that comes in with its text, which was read as far as its sentences."""

    one: Identified
    stated: Stated
    draft: DraftedText
    article: Article = field(init=False)

    def __post_init__(self) -> None:
        columns = {name: value for name, value in self.stated.columns.items() if name != "bases"}
        self.article = Article(pk=self.one.keys[0], bases=self.stated.columns["bases"], **columns)


def new_ones(found: Sequence[Identified]) -> list[Identified]:
    """Those documents whose articles are not here yet: what is worth being drafted."""
    here = _here(found)
    return [one for one in found if not any(key in here for key in one.keys)]


@transaction.atomic
def store_many(
    *, by: User, documents: Sequence[Identified], drafts: Drafts, first_story: Story | None = None
) -> list[Came]:
    """Store these documents and say in their order what became of each.

    `drafts` has the text of each new one by the key of its revision. One that has none, or whose article is here with
    another text, is stored and read as `store_document` and `read_article` do. Raises NotAllowed.
    """
    check_can_import(by)
    if first_story is not None and by.username != OPERATOR:
        check_can_moderate(by, "bring articles into a story")
    here, in_force = _here(documents), _in_force(documents)
    came: list[Came | Callable[[], Came]] = []
    new: dict[UUID, _New] = {}
    for one in documents:
        try:
            stated = stated_by(one.document.facts)
        except Invalid as wrong:
            came.append(Came(one.document.name, ItemState.REFUSED, notes=(str(wrong),)))
            continue
        article = next((here[key] for key in one.keys if key in here), None)
        if article is not None and one.sha256 == in_force.get(article.pk):
            came.append(Came(one.document.name, ItemState.KNOWN, article.pk, notes=tuple(differing(article, stated))))
        elif article is None and one.keys[0] not in new and one.revision in drafts:
            new[one.keys[0]] = _New(one, stated, drafts[one.revision])
            came.append(_stored(new[one.keys[0]]))
        else:
            came.append(_later(one, by, first_story))
    _store(list(new.values()), first_story)
    after = ((one.article, {"sha256": one.one.sha256, "address": one.article.address}) for one in new.values())
    audit.record_all([Entry(EventKind.ARTICLE_STORED, target, after=what) for target, what in after], by=by)
    return [one if isinstance(one, Came) else one() for one in came]


def _here(documents: Sequence[Identified]) -> dict[UUID, Article]:
    return Article.objects.in_bulk({key for one in documents for key in one.keys})


def _in_force(documents: Sequence[Identified]) -> dict[UUID, str]:
    """The hashes of the bytes that count as the text of articles now; articles in doubt are not there."""
    keys = {key for one in documents for key in one.keys}
    status = ArticleStatus.objects.filter(article__in=keys, withdrawn_at=None, came_back=None)
    found = dict(status.values_list("article", "revision__sha256"))
    last = Revision.objects.filter(article__in=found).order_by("received_at", "pk").values_list("article", "sha256")
    return {article: sha256 for article, sha256 in dict(last).items() if found[article] == sha256}


def _later(one: Identified, by: User, first_story: Story | None) -> Callable[[], Came]:
    """What is not simply new comes after those that are, one by one."""

    def bring_in() -> Came:
        try:
            return bring_in_document(by=by, document=one.document, first_story=first_story)
        except Refusal as refused:
            return Came(one.document.name, ItemState.REFUSED, notes=(str(refused),))

    return bring_in


def _stored(new: _New) -> Came:
    document, claims = new.one.document, len(new.draft.claims)
    notes = (*new.stated.said, *how_read(document), *[NOTHING_FOUND] * (not claims))
    return Came(document.name, ItemState.STORED, new.article.pk, claims, notes)


def _store(new: Sequence[_New], story: Story | None) -> None:
    now = timezone.now()
    hosts = {named_key("outlet", one.stated.host): one.stated.host for one in new if one.stated.host}
    store_rows(Outlet, ("id", "host"), sorted(hosts.items()), _THERE)
    store_rows(OutletStatus, ("outlet_id",), ((key,) for key in sorted(hosts)), _THERE)
    if story is not None and new:
        defaults = {"title": story.title, "description": story.description}
        StoryStatus.objects.get_or_create(story=story, defaults=defaults)
    outlets = {host: key for key, host in hosts.items()}
    for one in new:
        one.article.outlet_id = outlets.get(one.stated.host)
        one.article.first_story, one.article.received_at = story, now
    Article.objects.bulk_create([one.article for one in new], 500)
    columns = ("id", "article_id", "sha256", "raw", "text", "encoding", "replaced", "received_at")
    store_rows(Revision, columns, ((*_revision(one.one), now) for one in new))
    made = (extraction_of(one.one.revision, one.one.document) for one in new)
    Extraction.objects.bulk_create([one for one in made if one is not None], 500)
    zones = (ZoneRow(one.one.revision, zone.kind, zone.start, zone.end) for one in new for zone in one.draft.zones)
    store_rows(Zone, ZoneRow._fields, zones)
    claims = [row for one in new for row in _claims(one)]
    store_rows(Claim, ClaimRow._fields, claims)
    needed = StoryStatus.objects.filter(story=story).values_list("assessments_needed", flat=True).first()
    waiting = (StatusRow(row.id, now, needed or ASSESSMENTS_NEEDED, 0) for row in claims)
    store_rows(ClaimStatus, StatusRow._fields, waiting)
    ArticleStatus.objects.bulk_create([_status(one, story) for one in new], 500)


def _revision(one: Identified) -> tuple[Any, ...]:
    document = one.document
    bare = (document.raw, document.text, document.encoding, list(document.replaced))
    return one.revision, one.keys[0], one.sha256, *bare


def _claims(new: _New) -> list[ClaimRow]:
    article, revision, text = new.article.pk, new.one.revision, new.one.document.text
    return [
        ClaimRow(
            span_key(revision, claim.start, claim.end, ClaimUnit.SENTENCE),
            article,
            revision,
            claim.zone,
            ClaimUnit.SENTENCE,
            claim.start,
            claim.end,
            text[claim.start : claim.end],
            claim.prefix,
            claim.suffix,
            claim.folded,
        )
        for claim in new.draft.claims
    ]


def _status(new: _New, story: Story | None) -> ArticleStatus:
    text, claims = new.one.document.text, new.draft.claims
    return ArticleStatus(
        article=new.article,
        story=story,
        revision_id=new.one.revision,
        title=title_of(new.article, text[claims[0].start : claims[0].end] if claims else ""),
        has_headline=any(zone.kind is ZoneKind.HEADLINE for zone in new.draft.zones),
        reader_version=NOT_READ,
        read_at=timezone.now(),
        claims_count=len(claims),
    )
