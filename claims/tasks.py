"""What Celery's workers do: they get word of jobs, look whether nobody has them in hand, and do some of each.

What is to be done, how far it is and who has it in hand stands in the table of jobs, as for `manage.py work`, which may
run beside it: a message that is lost, doubled or late does no harm.
"""

from uuid import UUID

from celery import shared_task  # type: ignore[import-untyped]
from django.conf import settings

from claims import jobs
from claims.transfers import JobState


@shared_task(name="claims.look")  # type: ignore[untyped-decorator]
def look() -> None:
    """Send word of each job that waits, or that whoever had it in hand left."""
    for job_id in jobs.waiting():
        _send(job_id)


@shared_task(name="claims.work_on")  # type: ignore[untyped-decorator]
def work_on(job_id: str) -> None:
    """Do some of a job, and send word that there is more, where there is."""
    job = jobs.run(UUID(job_id), owner=jobs.new_owner(), seconds=jobs.AT_ONE_JOB)
    if job.state == JobState.RUNNING and not job.lease_owner and job.attempts == 0:
        _send(job.pk)


def _send(job_id: UUID) -> None:
    # Word that nobody came to until it is sent again is dropped, so that it does not pile up.
    work_on.apply_async((str(job_id),), expires=settings.LOOK_FOR_JOBS_EVERY)
