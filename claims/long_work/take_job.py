"""A job is taken in hand: its lease goes to whoever is first, and to the next when it runs out."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models import Job, User
from claims.permissions import check_can_import
from claims.transfers import JobState

# Who dies with a job in hand holds it up for so long.
LEASE: Final = timedelta(seconds=30)
BEGUN: Final = (JobState.WAITING, JobState.RUNNING)


@transaction.atomic
def take_job(*, by: User, job_id: UUID, owner: str) -> Job | None:
    """Take the lease of a job that waits, or whose lease ran out, or is `owner`'s already; None where that is not so.

    `owner` names a process, or one request. `attempts` counts how often it was taken since a step of it last ended.
    Raises NotAllowed.
    """
    check_can_import(by)
    now = timezone.now()
    is_free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_owner=owner)
    free = Job.objects.filter(is_free, pk=job_id, state__in=BEGUN, run_after__lte=now)
    # One statement that compares and sets: two who want the same job cannot both change the row.
    taken = free.update(
        state=JobState.RUNNING,
        lease_owner=owner,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        started_at=Coalesce("started_at", now),
        version=F("version") + 1,
    )
    return Job.objects.select_related("by").get(pk=job_id) if taken else None


def waiting_jobs(kinds: Collection[str]) -> list[UUID]:
    """Jobs of these kinds that anybody may take now, at most 20: by priority, then the oldest first."""
    now = timezone.now()
    free = Job.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), state__in=BEGUN, run_after__lte=now)
    waiting = free.filter(kind__in=kinds).order_by("priority", "run_after", "id")
    return list(waiting.values_list("pk", flat=True)[:20])
