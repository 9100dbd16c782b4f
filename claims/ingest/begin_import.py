"""An import that was looked at begins: from here on its documents are stored and read, one after the other."""

from uuid import UUID

from django.db import transaction

from claims import audit, receipts
from claims.ingest.offered_items import EMPTIED, KIND
from claims.models import ImportItem, Job, User
from claims.permissions import check_can_import
from claims.refusals import Gone, Invalid, Outdated
from claims.transfers import ItemState, JobState
from claims.vocabulary import EventKind


@transaction.atomic
def begin_import(*, by: User, job_id: UUID, expected_version: int, key: UUID) -> Job:
    """Have a draft carried out: it waits for whoever does jobs. What was left out is forgotten.

    Raises NotAllowed, Gone (no such import for `by`), Conflict (it changed, or began before), and Invalid where nothing
    is left to bring in.
    """
    check_can_import(by)
    job = Job.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=job_id, kind=KIND).first()
    if job is None:
        raise Gone("There is no such import here.")
    request = {"verb": "begin import", "job": job_id}
    if job.version != expected_version or job.state != JobState.DRAFT:
        if receipts.answered(by=by, key=key, request=request):
            return job
        raise Outdated("This import was changed or begun since the page was loaded. Reload it.")
    items = ImportItem.objects.filter(job=job)
    total = items.filter(state=ItemState.READY).count()
    if not total:
        raise Invalid("Nothing is left to bring in: every document was refused or left out.")
    items.exclude(state=ItemState.READY).update(**EMPTIED)
    job.state, job.total, job.version = JobState.WAITING, total, job.version + 1
    ended = {state: items.filter(state=state).count() for state in (ItemState.LEFT_OUT, ItemState.REFUSED)}
    job.counts = {state: count for state, count in ended.items() if count}
    job.save(update_fields=["state", "total", "version", "counts"])
    audit.record(EventKind.IMPORT_BEGUN, by=by, target=job, after={"documents": total})
    receipts.keep(by=by, key=key, request=request, outcome={"job": str(job.pk)})
    return job
