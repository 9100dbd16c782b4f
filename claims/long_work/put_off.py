"""A job at which something broke rests before it is tried again, each time longer."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.models import Job, User
from claims.permissions import check_can_import
from claims.transfers import JobState

FIRST_REST: Final = timedelta(seconds=2)
LONGEST_REST: Final = timedelta(minutes=5)


def rest_after(attempts: int) -> timedelta:
    """How long a job rests that was taken so often without getting on: each time twice as long, up to five minutes."""
    doubled: int = 2 ** max(0, min(attempts - 1, 10))
    return min(FIRST_REST * doubled, LONGEST_REST)


@transaction.atomic
def put_off(*, by: User, job_id: UUID, owner: str) -> None:
    """Let go of a job and have it rest; how often it was tried stays counted. Raises NotAllowed."""
    check_can_import(by)
    held = Job.objects.filter(pk=job_id, lease_owner=owner, state=JobState.RUNNING)
    for attempts in held.values_list("attempts", flat=True):
        held.update(
            lease_owner="", lease_until=None, run_after=timezone.now() + rest_after(attempts), version=F("version") + 1
        )
