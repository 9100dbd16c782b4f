"""Whoever has a job in hand says that it goes on, and what came of a step; in the end gives it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.long_work.take_job import LEASE
from claims.models import Job, User
from claims.permissions import check_can_import
from claims.transfers import JobState


@transaction.atomic
def keep_lease(*, by: User, job_id: UUID, owner: str) -> Job | None:
    """Go on with a job: lock it until the transaction ends and hold its lease longer; None where it is lost.

    It is lost where the lease went to somebody else, and where the job has ended. Raises NotAllowed.
    """
    check_can_import(by)
    held = Job.objects.filter(pk=job_id, lease_owner=owner, state=JobState.RUNNING)
    if not held.update(lease_until=timezone.now() + LEASE):
        return None
    return Job.objects.select_related("by").get(pk=job_id)


@transaction.atomic
def count_step(
    *, by: User, job_id: UUID, came: Mapping[str, int], done: int = 1, reached: Mapping[str, Any] | None = None
) -> Job:
    """Count what came of a step, in the transaction of the step; `came` says how many of what word.

    `reached` is kept with the arguments of the job, for whoever goes on with it. Raises NotAllowed.
    """
    check_can_import(by)
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    for word, count in came.items():
        job.counts[word] = job.counts.get(word, 0) + count
    job.arguments |= reached or {}
    job.done, job.attempts, job.version = job.done + done, 0, job.version + 1
    job.total = max(job.total, job.done)
    job.save(update_fields=["counts", "arguments", "done", "total", "attempts", "version"])
    return job


@transaction.atomic
def give_back(*, by: User, job_id: UUID, owner: str) -> None:
    """Let go of a job that has not ended, so that others may go on with it at once. Raises NotAllowed."""
    check_can_import(by)
    held = Job.objects.filter(pk=job_id, lease_owner=owner, state=JobState.RUNNING)
    held.update(lease_owner="", lease_until=None, attempts=0, version=F("version") + 1)
