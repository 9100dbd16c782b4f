"""Very many documents come in: new articles in a few statements for all of them, so that they can be read.

What takes long, finding claims and what to propose for them, comes later: `claims.ingest.read_first`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.audit import Entry
from claims.ingest.article_keys import Identified
from claims.ingest.bring_in_document import Came, bring_in_document
from claims.ingest.bring_into_force import title_of
from claims.ingest.keep_text import extraction_of, how_read
from claims.ingest.stated_facts import Stated, stated_by
from claims.ingest.store_document import differing
from claims.models import (
    NOT_READ,
    Article,
    ArticleStatus,
    Extraction,
    Outlet,
    OutletStatus,
    Revision,
    Story,
    StoryStatus,
    User,
)
from claims.models.keys import named_key
from claims.models.stored_rows import store_rows
from claims.permissions import OPERATOR, check_can_import, check_can_moderate
from claims.refusals import Invalid, Refusal
from claims.transfers import ItemState
from claims.vocabulary import EventKind

_THERE: Final = "DO NOTHING"
_LONGEST_TITLE: Final = 300


@dataclass
class _New:
    """An article that comes in with its text."""

    one: Identified
    stated: Stated
    article: Article = field(init=False)

    def __post_init__(self) -> None:
        columns = {name: value for name, value in self.stated.columns.items() if name != "bases"}
        self.article = Article(pk=self.one.keys[0], bases=self.stated.columns["bases"], **columns)


@transaction.atomic
def store_many(*, by: User, documents: Sequence[Identified], first_story: Story | None = None) -> list[Came]:
    """Store these documents and say in their order what became of each.

    One whose article is here with another text is stored and read as `store_document` and `read_article` do. Raises
    NotAllowed.
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
        elif article is None and one.keys[0] not in new:
            new[one.keys[0]] = _New(one, stated)
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
    document = new.one.document
    notes = (*new.stated.said, *how_read(document))
    return Came(document.name, ItemState.STORED, new.article.pk, notes=notes)


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
    ArticleStatus.objects.bulk_create([_status(one, story) for one in new], 500)


def _revision(one: Identified) -> tuple[Any, ...]:
    document = one.document
    bare = (document.raw, document.text, document.encoding, list(document.replaced))
    return one.revision, one.keys[0], one.sha256, *bare


def _status(new: _New, story: Story | None) -> ArticleStatus:
    return ArticleStatus(
        article=new.article,
        story=story,
        revision_id=new.one.revision,
        title=title_of(new.article, new.one.document.text.lstrip()[:_LONGEST_TITLE]),
        reader_version=NOT_READ,
        read_at=new.article.received_at,
    )
