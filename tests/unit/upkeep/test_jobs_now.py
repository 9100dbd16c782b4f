"""Long work as it stands, by kind."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Job, User
from claims.upkeep.jobs_now import begun, jobs_by_kind

pytestmark = pytest.mark.django_db


def make(by: User, state: str, kind: str = "import", **parts: Any) -> Job:
    return Job.objects.create(kind=kind, by=by, state=state, **parts)


def test_each_kind_is_counted_by_what_becomes_of_it(ana: User) -> None:
    now = timezone.now()
    make(ana, "waiting", run_after=now - timedelta(seconds=90))
    make(ana, "waiting", run_after=now + timedelta(seconds=90))
    make(ana, "running", lease_owner="a", lease_until=now + timedelta(seconds=9))
    make(ana, "running", lease_owner="b", lease_until=now - timedelta(seconds=9))
    make(ana, "running")
    make(ana, "failed", error="Nobody could read it.")
    for state in ("draft", "done", "cancelled"):
        make(ana, state, kind="read")
    reading, importing = sorted(jobs_by_kind(now), key=lambda one: one.kind, reverse=True)
    assert (importing.kind, importing.waiting, importing.running) == ("import", 2, 1)
    assert (importing.paused, importing.stalled, importing.failed) == (1, 1, 1)
    assert importing.oldest == 90.0
    assert (reading.kind, reading.waiting, reading.failed, reading.oldest) == ("read", 0, 0, 0.0)


def test_work_whose_worker_died_waits_since_its_lease_ran_out(ana: User) -> None:
    now = timezone.now()
    make(ana, "running", lease_owner="b", lease_until=now - timedelta(seconds=700))
    assert [one.oldest for one in jobs_by_kind(now)] == [700.0]


def test_work_that_broke_rests_and_then_waits(ana: User) -> None:
    now = timezone.now()
    make(ana, "running", attempts=2, run_after=now + timedelta(seconds=8))
    (one,) = jobs_by_kind(now)
    assert (one.resting, one.waiting, one.oldest) == (1, 0, 0.0)
    (one,) = jobs_by_kind(now + timedelta(seconds=68))
    assert (one.resting, one.waiting, one.oldest) == (0, 1, 60.0)


def test_nothing_asked_for_is_nothing() -> None:
    assert jobs_by_kind() == []


def test_two_queries_whatever_there_is(ana: User) -> None:
    for number in range(12):
        make(ana, "waiting", kind=f"kind{number}")
    with CaptureQueriesContext(connection) as done:
        assert len(jobs_by_kind()) == 12
    assert len(done) == 2


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the plan is SQLite's")
def test_what_waits_is_found_by_its_index_however_many_are_done() -> None:
    plan = begun().order_by("priority", "run_after", "id").explain()
    assert "job_waiting" in plan
    assert "SCAN claims_job\n" not in f"{plan}\n"
