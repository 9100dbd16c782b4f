"""Long work as it stands: how much of each kind waits, is being done, lies where it was left, or failed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils import timezone

from claims.models import Job
from claims.models.job import JobQuerySet
from claims.transfers import JobState

# Work that is not done is counted so far, and what failed is looked for among so many of the newest jobs.
MOST_BEGUN: Final = 10_000
NEWEST: Final = 1_000


@dataclass
class KindOfJob:
    """The jobs of one kind.

    `failed` counts among the NEWEST jobs. `oldest` is for how many seconds somebody could have done what waits longest,
    stalled work from when its lease ran out; 0 where nothing waits.
    """

    kind: str
    counts: Counter[str] = field(default_factory=Counter)
    oldest: float = 0.0

    @property
    def waiting(self) -> int:
        """Nobody has begun them."""
        return self.counts["waiting"]

    @property
    def running(self) -> int:
        """Somebody has them in hand."""
        return self.counts["running"]

    @property
    def paused(self) -> int:
        """Begun and given back, or done by a command, which takes no lease."""
        return self.counts["paused"]

    @property
    def resting(self) -> int:
        """A step of them broke, and it is tried again later."""
        return self.counts["resting"]

    @property
    def stalled(self) -> int:
        """Whoever had them in hand died, and nobody has taken them up."""
        return self.counts["stalled"]

    @property
    def failed(self) -> int:
        """They failed, and are not tried again."""
        return self.counts["failed"]


def begun() -> JobQuerySet:
    """Jobs that wait or are being done. Found by the index of what waits, however many others there are."""
    # In words and not as values: SQLite takes an index with a condition only where the query states that condition.
    return Job.objects.extra(where=["claims_job.state IN ('waiting', 'running')"])


def jobs_by_kind(now: datetime | None = None) -> list[KindOfJob]:
    """What there is of each kind of job, by its name. Two queries, of at most MOST_BEGUN and NEWEST rows."""
    now = now or timezone.now()
    kinds: dict[str, KindOfJob] = {}
    rows = begun().order_by("priority", "run_after", "id")
    for job in rows.only("kind", "state", "run_after", "lease_until", "attempts")[:MOST_BEGUN]:
        counted, stands = kinds.setdefault(job.kind, KindOfJob(job.kind)), _stands(job, now)
        counted.counts[stands] += 1
        since = {"waiting": job.run_after, "stalled": job.lease_until}.get(stands) or now
        counted.oldest = max(counted.oldest, (now - since).total_seconds())
    for kind, state in Job.objects.newest_first().values_list("kind", "state")[:NEWEST]:
        kinds.setdefault(kind, KindOfJob(kind)).counts["failed"] += state == JobState.FAILED
    return sorted(kinds.values(), key=lambda counted: counted.kind)


def _stands(job: Job, now: datetime) -> str:
    if job.lease_until is not None:
        return "running" if job.lease_until > now else "stalled"
    # Work that is given back begins to count its tries anew; what broke keeps counting.
    if job.state == JobState.RUNNING and not job.attempts:
        return "paused"
    return "resting" if job.attempts and job.run_after > now else "waiting"
