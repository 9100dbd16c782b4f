"""One document of an import is stored and read, and its item says what became of it."""

from typing import Final
from uuid import UUID

from django.db import transaction

from claims.ingest.bring_in_document import bring_in_document
from claims.ingest.item_document import as_document
from claims.ingest.offered_items import EMPTIED
from claims.models import ImportItem, Story, User
from claims.permissions import check_can_import
from claims.refusals import Refusal
from claims.transfers import ItemState

_MAX_SAID: Final = 2_000


@transaction.atomic
def bring_in_item(*, by: User, item_id: UUID, first_story: Story | None = None) -> ImportItem:
    """Store and read the document of this item, which is ready, and empty it; or say why it is refused.

    Raises NotAllowed where `by` may not bring in articles at all.
    """
    check_can_import(by)
    item = ImportItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.state != ItemState.READY:
        return item
    try:
        came = bring_in_document(by=by, document=as_document(item), first_story=first_story)
    except Refusal as refused:
        item.state, item.said = ItemState.REFUSED, str(refused)
    else:
        item.state, item.said, item.article_id, item.claims_count = came.state, came.said, came.article, came.claims
    return _end(item)


@transaction.atomic
def refuse_item(*, by: User, item_id: UUID, why: str) -> ImportItem:
    """Give up on a document that cannot be brought in, and say why. Raises NotAllowed."""
    check_can_import(by)
    item = ImportItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    item.state, item.said = ItemState.REFUSED, why
    return _end(item)


def _end(item: ImportItem) -> ImportItem:
    for name, nothing in EMPTIED.items():
        setattr(item, name, nothing)
    item.said, item.version = item.said[:_MAX_SAID], item.version + 1
    item.save()
    return item
