"""Imports that somebody offered and never began are dropped after some days: their documents are not kept for ever."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from claims import audit
from claims.ingest.offered_items import EMPTIED, KIND
from claims.models import ImportItem, Job, User
from claims.permissions import check_can_import
from claims.transfers import ItemState, JobState
from claims.vocabulary import EventKind

KEPT: Final = timedelta(days=7)
_AT_ONCE: Final = 50


@transaction.atomic
def drop_old_drafts(*, by: User) -> int:
    """Drop one's own drafts that are older than KEPT, and empty their documents; how many. Raises NotAllowed."""
    check_can_import(by)
    drafts = Job.objects.filter(kind=KIND, by=by, state=JobState.DRAFT, created_at__lt=timezone.now() - KEPT)
    dropped = list(drafts.select_for_update(of=("self",)).order_by("created_at", "id")[:_AT_ONCE])
    for job in dropped:
        items = ImportItem.objects.filter(job=job)
        left = items.filter(state=ItemState.READY).update(state=ItemState.LEFT_OUT)
        items.update(**EMPTIED)
        job.state, job.ended_at, job.version = JobState.CANCELLED, timezone.now(), job.version + 1
        job.counts = job.counts | ({ItemState.LEFT_OUT: left} if left else {})
        job.save(update_fields=["state", "ended_at", "version", "counts"])
        audit.record(EventKind.IMPORT_CANCELLED, by=by, target=job, after={"done": 0, "total": job.total})
    return len(dropped)
