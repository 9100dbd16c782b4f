"""A job is opened by whoever will do it: a command, which goes on where it was when it is started again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.models import Job, User
from claims.permissions import check_can_import
from claims.transfers import JobState


@transaction.atomic
def open_job(*, by: User, kind: str, arguments: Mapping[str, Any]) -> Job:
    """The newest job of this kind that was asked for with these arguments and has not ended, or a new one.

    What a job keeps beside its arguments, as far as it is, does not count. Raises NotAllowed.
    """
    check_can_import(by)
    begun = Job.objects.filter(kind=kind, by=by, state=JobState.RUNNING).newest_first()
    for job in begun[:100]:
        if all(job.arguments.get(name) == value for name, value in arguments.items()):
            return job
    return Job.objects.create(
        kind=kind, by=by, state=JobState.RUNNING, arguments=dict(arguments), started_at=timezone.now()
    )
