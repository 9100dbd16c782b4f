"""Somebody stops a job: what is done stays, what is not done is left."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.long_work.close_job import close_job
from claims.models import Job, User
from claims.permissions import OPERATOR, check_can_import
from claims.refusals import Conflict, Gone
from claims.transfers import JOBS_ENDED, JobState
from claims.vocabulary import EventKind


@transaction.atomic
def cancel_job(*, by: User, job_id: UUID, key: UUID) -> Job:
    """Stop a job of one's own, or as a moderator anybody's. One that is being done ends after the step in hand.

    Raises NotAllowed, Gone (no such job for `by`), and Conflict where it has ended.
    """
    check_can_import(by)
    seen = Job.objects.all() if by.username == OPERATOR else Job.objects.visible_to(by)
    job = seen.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise Gone("There is no such piece of work here.")
    request = {"verb": "cancel job", "job": job_id}
    if receipts.answered(by=by, key=key, request=request):
        return job
    if job.state in JOBS_ENDED:
        raise Conflict("This has ended already, so there is nothing to stop.")
    if job.state == JobState.RUNNING and job.lease_until is not None and job.lease_until > timezone.now():
        job.cancel_asked, job.version = True, job.version + 1
        job.save(update_fields=["cancel_asked", "version"])
    else:
        close_job(job, JobState.CANCELLED)
    audit.record(EventKind.IMPORT_CANCELLED, by=by, target=job, after={"done": job.done, "total": job.total})
    receipts.keep(by=by, key=key, request=request, outcome={"job": str(job.pk)})
    return job
