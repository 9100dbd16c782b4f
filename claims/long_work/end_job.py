"""A job ends: it is done, or failed, or was cancelled meanwhile."""

from uuid import UUID

from django.db import transaction

from claims.long_work.close_job import close_job
from claims.models import Job, User
from claims.permissions import check_can_import
from claims.transfers import JOBS_ENDED, JobState


@transaction.atomic
def end_job(*, by: User, job_id: UUID, state: JobState, error: str = "") -> Job:
    """End a job in this state; one that has ended stays as it is. Raises NotAllowed."""
    check_can_import(by)
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.state not in JOBS_ENDED:
        close_job(job, state, error)
    return job
