"""A job has ended: a step of the verbs that end one."""

from django.utils import timezone

from claims.models import ImportItem, Job
from claims.transfers import ItemState, JobState


def close_job(job: Job, state: JobState, error: str = "") -> None:
    """Write that the job, which is locked, has ended; documents that it did not come to are left out and emptied."""
    job.state, job.error, job.ended_at = state, error, timezone.now()
    job.lease_owner, job.lease_until, job.version = "", None, job.version + 1
    left = ImportItem.objects.filter(job=job, state=ItemState.READY)
    if count := left.update(state=ItemState.LEFT_OUT):
        job.counts[ItemState.LEFT_OUT] = job.counts.get(ItemState.LEFT_OUT, 0) + count
    kept = ImportItem.objects.filter(job=job, state=ItemState.LEFT_OUT)
    kept.update(raw=b"", text="", replaced=[], facts={})
    job.save()
