"""Whoever looks at the documents of an import corrects what one states, or takes it out."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import transaction

from claims.ingest.article_keys import keys_of
from claims.ingest.bring_in_document import sentence
from claims.ingest.item_document import as_document
from claims.ingest.readers.document import FACTS, Fact
from claims.ingest.stated_facts import LIMITS, MAX_ADDRESS, stated_by
from claims.models import Article, ImportItem, Job, User
from claims.permissions import check_can_import
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.text.addresses import fault_of
from claims.text.plain import plain
from claims.transfers import ItemState, JobState

_MAX_SITE: Final = 255
_MAX_NOTE: Final = 500
BEGUN: Final = "This import has begun or ended, so its documents can no longer be corrected."


@transaction.atomic
def correct_item(
    *, by: User, item_id: UUID, facts: Mapping[str, Fact], is_left_out: bool, expected_version: int
) -> ImportItem:
    """Set these facts of a document, "" for not stated, and whether it is left out; others stay as they are.

    Raises NotAllowed, Gone (no such document for `by`), Conflict (the import has begun, or somebody changed the item),
    and Invalid with what cannot be stored.
    """
    check_can_import(by)
    job_id = ImportItem.objects.filter(pk=item_id, job__in=Job.objects.visible_to(by)).values_list("job", flat=True)
    job = Job.objects.select_for_update(of=("self",)).filter(pk__in=list(job_id)).first()
    if job is None:
        raise Gone("There is no such document in your imports.")
    item = ImportItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if job.state != JobState.DRAFT:
        raise Conflict(BEGUN)
    if item.version != expected_version:
        raise Outdated("Somebody changed this document since the page was loaded. Reload it and decide again.")
    if item.state not in (ItemState.READY, ItemState.LEFT_OUT):
        raise Conflict("This document was refused, so there is nothing to correct.")
    for name, fact in facts.items():
        _set(item, name, fact)
    document = as_document(item)
    item.state = ItemState.LEFT_OUT if is_left_out else ItemState.READY
    # What was said of it as it came may no longer be so.
    item.said = " ".join(map(sentence, stated_by(document.facts).said))
    here = set(Article.objects.filter(pk__in=keys_of(document)).values_list("pk", flat=True))
    item.article_id = next((key for key in keys_of(document) if key in here), None)
    item.version += 1
    item.save(update_fields=["facts", "state", "said", "article", "version"])
    return item


def _set(item: ImportItem, name: str, fact: Fact) -> None:
    if name not in FACTS:
        raise Invalid(f"“{name[:40]}” is nothing that is kept of an article.")
    most = MAX_ADDRESS if name == "address" else LIMITS.get(name, _MAX_SITE)
    value = " ".join(plain(name.replace("_", " "), fact.value, most).split())
    note, link = plain("note", fact.note, _MAX_NOTE), plain("link", fact.link, MAX_ADDRESS)
    if link and (fault := fault_of(link)):
        raise Invalid(f"The link {fault}.")
    if value:
        item.facts[name] = {"value": value, "basis": fact.basis, "note": note, "link": link}
    else:
        item.facts.pop(name, None)
