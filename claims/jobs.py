"""Long work by name: what a worker, a page or a command does of a job, a step at a time.

A step is one transaction: what it stores, what its item says and how far the job is become so together or not at all.
So a process can be killed at any moment, and whoever takes the job next goes on where it was.
"""

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError, transaction

from claims.coverage import suggest_run
from claims.ingest.bring_in_item import bring_in_item, refuse_item
from claims.long_work.end_job import end_job
from claims.long_work.keep_lease import count_step, give_back, keep_lease
from claims.long_work.put_off import put_off
from claims.long_work.take_job import take_job, waiting_jobs
from claims.models import ImportItem, Job
from claims.permissions import operator
from claims.refusals import NotAllowed
from claims.transfers import ItemState, JobState

# Does the next step of a job that this owner has in hand, and says whether there was one.
Step = Callable[[Job, str], bool]

# Whoever was stopped so often at one document leaves it.
MOST_ATTEMPTS: Final = 5
STOPPED: Final = "The workbench was stopped at this document several times, and left it. An operator can find out why."
BROKE: Final = "The workbench failed at this document; its log says how. The other documents are not concerned."
UNDONE: Final = "The workbench failed at this several times, and left it; its log says how. What is stored stays."
# How long a worker stays at one job before it looks for others, and rests where nothing waits; in seconds.
AT_ONE_JOB: Final = 10.0
REST: Final = 2.0
# How far a job is with comparing: the position of the next item.
COMPARED: Final = "compared"
# How many of its articles were left without being compared, because that broke or stopped the workbench.
NOT_COMPARED: Final = "not_compared"
# A database that is busy, or away: what was to be done is done later.
_AWAY: Final = (OperationalError, InterfaceError)
_logger = logging.getLogger(__name__)


class _Lost(Exception):
    """Somebody else has the job in hand now, or it has ended."""


def new_owner() -> str:
    """A name for whoever does a job now: no other process or request has it."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid4().hex[:12]}"


def run(job_id: UUID, *, owner: str, seconds: float) -> Job:
    """Do up to so many seconds of a job, one step at least, and give it back; the job as it is then.

    Does nothing where somebody else has it in hand, it has ended, it rests, or only a command does its kind. It is done
    as the one who asked for it. Where a step broke, or the database is busy or was away, the job rests before the next
    try, each time longer; and a job at which everything fails ends so.
    """
    until = time.monotonic() + seconds
    asked = Job.objects.select_related("by").get(pk=job_id)
    try:
        job = take_job(by=asked.by, job_id=job_id, owner=owner) if asked.kind in KINDS else None
        if job is None:
            return asked
        if job.attempts > 2 * MOST_ATTEMPTS:
            return end_job(by=operator(), job_id=job_id, state=JobState.FAILED, error=UNDONE)
        step, has_more = KINDS[job.kind], True
        while has_more := step(job, owner):
            if time.monotonic() >= until:
                break
        if has_more:
            give_back(by=job.by, job_id=job_id, owner=owner)
    except _Lost:
        pass
    except NotAllowed as refused:
        # Whoever asked for it lost the right to it meanwhile.
        return end_job(by=operator(), job_id=job_id, state=JobState.FAILED, error=str(refused))
    except Exception:
        _logger.exception("A step of job %s broke; it is tried again", job_id)
        # Where the database is away altogether, the lease runs out by itself.
        with suppress(*_AWAY):
            put_off(by=operator(), job_id=job_id, owner=owner)
    return Job.objects.select_related("by").get(pk=job_id)


def waiting() -> list[UUID]:
    """The jobs that a worker could take in hand now, the most urgent first; at most 20."""
    return waiting_jobs(list(KINDS))


def work(*, once: bool, told: Callable[[Job], object], rest: Callable[[float], object] = time.sleep) -> None:
    """Do whatever waits, one job after the other, in any number of processes.

    `once` ends when nothing waits, or what waits cannot be done now. Tells `told` how far a job is after each look at
    it. What breaks is logged, and the work goes on.
    """
    owner = new_owner()
    while True:
        try:
            found = waiting()
        except _AWAY:
            _logger.exception("The database did not say what waits")
            found = []
        were_done = [_worked_on(job_id, owner, told) for job_id in found]
        if not (were_done and all(were_done)):
            if once:
                return
            rest(REST)


def _worked_on(job_id: UUID, owner: str, told: Callable[[Job], object]) -> bool:
    """Do some of a job and tell of it; False where that broke, which is logged."""
    try:
        job = run(job_id, owner=owner, seconds=AT_ONE_JOB)
    except Exception:
        _logger.exception("Job %s broke", job_id)
        return False
    told(job)
    return True


def _import(job: Job, owner: str) -> bool:
    """Bring in the next document; after the last, look what its articles could be compared with."""
    if _is_cancelled(job, owner):
        return False
    try:
        return _bring_in_next(job, owner) or _compare_next(job, owner)
    except (*_AWAY, NotAllowed, _Lost):
        raise
    except Exception:
        _logger.exception("A document of import %s broke", job.pk)
        return _give_up_next(job, owner)


def _is_cancelled(job: Job, owner: str) -> bool:
    with transaction.atomic():
        held = _held(job, owner)
        if held.cancel_asked:
            end_job(by=held.by, job_id=held.pk, state=JobState.CANCELLED)
        return held.cancel_asked


def _bring_in_next(job: Job, owner: str) -> bool:
    with transaction.atomic():
        held = _held(job, owner)
        item = _next_item(held)
        if item is None:
            return False
        if held.attempts > MOST_ATTEMPTS:
            done = refuse_item(by=held.by, item_id=item, why=STOPPED)
        else:
            done = bring_in_item(by=held.by, item_id=item)
        count_step(by=held.by, job_id=held.pk, came={done.state: 1})
    return True


def _compare_next(job: Job, owner: str) -> bool:
    """Compare the next article that this import brought in with the others; without one, the job is done."""
    held = _held(job, owner)
    found = _next_article(held)
    if found is None:
        end_job(by=held.by, job_id=held.pk, state=JobState.DONE, error=_left_to_do(held))
        return False
    if held.attempts > MOST_ATTEMPTS:
        return _give_up_next(job, owner)
    position, article = found
    # Each part may take as long as a lease lasts.
    suggest_run.bring_in(by=held.by, article=article, between=lambda: _held(job, owner))
    with transaction.atomic():
        held = _held(job, owner)
        count_step(by=held.by, job_id=held.pk, came={}, done=0, reached={COMPARED: position + 1})
    return True


def _give_up_next(job: Job, owner: str) -> bool:
    """Go past what broke: a document is refused, a comparison is left to `manage.py suggest_links`."""
    with transaction.atomic():
        held = _held(job, owner)
        if item := _next_item(held):
            done = refuse_item(by=held.by, item_id=item, why=BROKE)
            count_step(by=held.by, job_id=held.pk, came={done.state: 1})
        elif found := _next_article(held):
            left = {COMPARED: found[0] + 1, NOT_COMPARED: held.arguments.get(NOT_COMPARED, 0) + 1}
            count_step(by=held.by, job_id=held.pk, came={}, done=0, reached=left)
    return True


def _left_to_do(job: Job) -> str:
    """What the job says of articles that it left without comparing them; "" for none."""
    if not (count := job.arguments.get(NOT_COMPARED, 0)):
        return ""
    return (
        f"All that could be stored is stored, but {count:,} article{'' if count == 1 else 's'} could not be compared "
        "with the others: an operator can do that with manage.py suggest_links."
    )


def _held(job: Job, owner: str) -> Job:
    """The job as it is now, held on to. Raises _Lost."""
    held = keep_lease(by=job.by, job_id=job.pk, owner=owner)
    if held is None:
        raise _Lost
    return held


def _next_item(job: Job) -> UUID | None:
    ready = ImportItem.objects.filter(job=job, state=ItemState.READY).order_by("position")
    return ready.values_list("pk", flat=True).first()


def _next_article(job: Job) -> tuple[int, UUID] | None:
    brought = ImportItem.objects.filter(job=job, state__in=(ItemState.STORED, ItemState.REVISED))
    left = brought.filter(position__gte=job.arguments.get(COMPARED, 0), article__isnull=False).order_by("position")
    return left.values_list("position", "article").first()


KINDS: Final[Mapping[str, Step]] = MappingProxyType({"import": _import})
