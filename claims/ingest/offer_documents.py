"""Documents are offered for an import: kept as they came, to be looked at before anything is stored."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from claims import receipts
from claims.ingest.article_keys import keys_of, words_of
from claims.ingest.bring_in_document import sentence
from claims.ingest.drop_old_drafts import drop_old_drafts
from claims.ingest.item_document import as_document
from claims.ingest.offered_items import KIND
from claims.ingest.readers.document import Document, Fact, Unread
from claims.ingest.stated_facts import stated_by
from claims.models import Article, ImportItem, Job, User
from claims.permissions import check_can_import
from claims.refusals import Invalid
from claims.text.addresses import fault_of
from claims.text.plain import storable
from claims.transfers import ItemState, JobState

# What one import holds at most; for more there is the command.
MOST: Final = 5_000
# What somebody may have waiting to be looked at: imports, and the bytes of their documents together.
MOST_DRAFTS: Final = 10
MOST_WAITING: Final = 200_000_000
_AT_ONCE: Final = 50
_LONGEST_NAME: Final = 400
# Of each document that came before: its name, and its words.
Seen = dict[UUID, tuple[str, str]]


@transaction.atomic
def offer_documents(*, by: User, found: Sequence[Document | Unread], key: UUID) -> Job:
    """Keep what was found as the items of a new import, a draft; what is no document is kept with why.

    A copy of a document that came before in the same import is left out. One's own old drafts are dropped. Raises
    NotAllowed, and Invalid where there is nothing at all, or more than MOST, or too much of theirs waits already.
    """
    check_can_import(by)
    drop_old_drafts(by=by)
    job = Job.objects.create(kind=KIND, by=by, state=JobState.DRAFT)
    digest, seen, position = hashlib.sha256(), dict[UUID, tuple[str, str]](), 0
    one_by_one = iter(found)
    while some := list(islice(one_by_one, _AT_ONCE)):
        items = [_item(job, position + at, one, seen) for at, one in enumerate(some)]
        for item in items:
            digest.update(f"{item.name}\n{item.sha256}\n{item.said}\n".encode("utf-8", "replace"))
        position += len(items)
        if position > MOST:
            raise Invalid(
                f"These are more than {MOST:,} documents. Bring them in in parts, or let an operator use "
                "manage.py import_articles, which takes any number."
            )
        _know(items)
        ImportItem.objects.bulk_create(items)
    if not position:
        raise Invalid("There is nothing to bring in: choose a file, paste a text, or give an address.")
    request = {"verb": "offer", "documents": digest.hexdigest()}
    if before := receipts.answered(by=by, key=key, request=request):
        job.delete()
        return Job.objects.get(pk=before["job"])
    _check_waiting(job)
    receipts.keep(by=by, key=key, request=request, outcome={"job": str(job.pk)})
    return job


def _check_waiting(job: Job) -> None:
    """Raise Invalid where this draft is one more than somebody may have, or all of them hold too much."""
    drafts = Job.objects.filter(kind=KIND, by=job.by, state=JobState.DRAFT)
    if drafts.count() > MOST_DRAFTS:
        raise Invalid(
            f"You have {MOST_DRAFTS} imports that were looked at and not begun, and that is the most. Store or drop "
            "one of them first: they stand in the list of imports."
        )
    size = ImportItem.objects.filter(job__in=drafts).aggregate(size=Sum("size"))["size"] or 0
    if size > MOST_WAITING:
        raise Invalid(
            f"Your imports that are not begun have {size / 1_000_000:,.0f} MB together, and the most is "
            f"{MOST_WAITING / 1_000_000:,.0f} MB. Store or drop one of them first: they stand in the list of imports."
        )


def _item(job: Job, position: int, one: Document | Unread, seen: Seen) -> ImportItem:
    name = storable(one.name)[:_LONGEST_NAME]
    if isinstance(one, Unread):
        return ImportItem(job=job, position=position, name=name, state=ItemState.REFUSED, said=storable(one.why))
    said, is_copy = _beside(one, seen)
    return ImportItem(
        job=job,
        position=position,
        name=name,
        state=ItemState.LEFT_OUT if is_copy else ItemState.READY,
        said=said,
        media_type=one.media_type[:100],
        raw=one.raw,
        size=len(one.raw),
        sha256=hashlib.sha256(one.raw).hexdigest(),
        text=one.text,
        encoding=one.encoding,
        replaced=list(one.replaced),
        extractor=one.extractor[:60],
        facts={kind: _kept(fact) for kind, fact in one.facts.items()},
        fetched_from=one.fetched_from,
        fetched_at=datetime.fromisoformat(one.fetched_at) if one.fetched_from else None,
    )


def _kept(fact: Fact) -> dict[str, str]:
    # Pages show it as a link: what is no address on the web could run as a script there.
    link = fact.link.strip()
    words = {"value": fact.value, "note": fact.note, "link": "" if fault_of(link) else link}
    return {"basis": fact.basis} | {name: storable(said) for name, said in words.items()}


def _beside(document: Document, seen: Seen) -> tuple[str, bool]:
    """What is to be said of the document beside those before it, and whether it is a copy of one."""
    try:
        said = stated_by(document.facts).said
    except Invalid as wrong:
        return f"{wrong} Correct it, or take it out.", False
    key, words = keys_of(document)[0], hashlib.sha256(words_of(document.text).encode()).hexdigest()
    name, before = seen.setdefault(key, (document.name, words))
    if name == document.name and before == words:
        return " ".join(map(sentence, said)), False
    if before == words:
        return f"The same text as “{storable(name)}” of this import.", True
    seen[key] = (document.name, words)
    said.append(f"“{storable(name)}” of this import has the same address and another text: they become two revisions.")
    return " ".join(map(sentence, said)), False


def _know(items: Iterable[ImportItem]) -> None:
    """Say which of them belong to articles that are here."""
    keys = {item.pk: keys_of(as_document(item)) for item in _with_text(items)}
    here = set(
        Article.objects.filter(pk__in={key for some in keys.values() for key in some}).values_list("pk", flat=True)
    )
    for item in items:
        item.article_id = next((key for key in keys.get(item.pk, ()) if key in here), None)


def _with_text(items: Iterable[ImportItem]) -> Iterator[ImportItem]:
    return (item for item in items if item.state != ItemState.REFUSED)
