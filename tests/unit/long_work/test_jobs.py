"""Long work: who has a job in hand, who goes on with it, and how it ends."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DataError, IntegrityError, OperationalError
from django.utils import timezone

from claims import jobs
from claims.ingest.begin_import import begin_import
from claims.ingest.offer_documents import offer_documents
from claims.ingest.readers.document import Document
from claims.long_work.cancel_job import cancel_job
from claims.long_work.end_job import end_job
from claims.long_work.keep_lease import count_step, give_back, keep_lease
from claims.long_work.open_job import open_job
from claims.long_work.put_off import FIRST_REST
from claims.long_work.take_job import LEASE, take_job, waiting_jobs
from claims.models import Article, ImportItem, Job, User
from claims.refusals import Conflict, Gone, NotAllowed
from claims.transfers import ItemState, JobState
from tests.unit.ledger import dump, events


@pytest.fixture
def job(ana: User) -> Job:
    """An import of three documents by ana that waits."""
    return begun(ana, "It rains.", "It snows.", "It is foggy.")


def begun(by: User, *texts: str) -> Job:
    found = (Document(f"{text}.txt", text.encode(), text, "utf-8") for text in texts)
    job = offer_documents(by=by, found=found, key=uuid4())
    return begin_import(by=by, job_id=job.pk, expected_version=0, key=uuid4())


def lapse(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def rested(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=1))


def take(job: Job, owner: str) -> Job | None:
    return take_job(by=job.by, job_id=job.pk, owner=owner)


def test_one_has_a_job_in_hand_and_nobody_else_until_the_lease_runs_out(job: Job) -> None:
    assert take(job, "one") is not None
    assert take(job, "two") is None
    assert take(job, "one") is not None
    lapse(job)
    taken = take(job, "two")
    assert taken is not None
    assert (taken.state, taken.lease_owner, taken.attempts) == (JobState.RUNNING, "two", 3)
    assert taken.lease_until is not None
    assert timezone.now() < taken.lease_until <= timezone.now() + LEASE
    assert keep_lease(by=job.by, job_id=job.pk, owner="one") is None
    assert keep_lease(by=job.by, job_id=job.pk, owner="two") is not None


def test_what_is_given_back_anybody_takes_at_once(job: Job) -> None:
    take(job, "one")
    give_back(by=job.by, job_id=job.pk, owner="two")
    assert take(job, "two") is None
    give_back(by=job.by, job_id=job.pk, owner="one")
    assert take(job, "two") is not None


def test_waiting_jobs_come_by_priority_and_then_by_age_and_none_that_somebody_has(ana: User, job: Job) -> None:
    later, urgent, taken, ended = (begun(ana, f"Text {number}.") for number in range(4))
    Job.objects.filter(pk=urgent.pk).update(priority=-1)
    Job.objects.filter(pk=later.pk).update(run_after=timezone.now() + timedelta(hours=1))
    take(taken, "one")
    end_job(by=ana, job_id=ended.pk, state=JobState.FAILED, error="It broke.")
    open_job(by=ana, kind="import_files", arguments={})
    assert waiting_jobs(list(jobs.KINDS)) == [urgent.pk, job.pk]


def test_a_job_is_done_in_slices_of_time_by_whoever_comes(job: Job) -> None:
    done = [jobs.run(job.pk, owner=f"request {number}", seconds=0).done for number in range(3)]
    assert done == [1, 2, 3]
    last = jobs.run(job.pk, owner="worker", seconds=60)
    assert (last.state, last.done, last.total, last.counts) == (JobState.DONE, 3, 3, {"stored": 3})
    assert (last.lease_owner, last.lease_until) == ("", None)
    assert jobs.run(job.pk, owner="late", seconds=60).version == last.version


def test_nothing_is_done_of_what_somebody_else_has_in_hand(job: Job) -> None:
    take(job, "one")
    assert jobs.run(job.pk, owner="two", seconds=60).done == 0
    assert not Article.objects.exists()


def test_who_has_lost_the_lease_in_the_middle_stores_nothing_more(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    real = jobs.bring_in_item

    def taken_away(**parts: Any) -> ImportItem:
        item = real(**parts)
        Job.objects.filter(pk=job.pk).update(lease_owner="another")
        return item

    monkeypatch.setattr(jobs, "bring_in_item", taken_away)
    assert jobs.run(job.pk, owner="one", seconds=60).done == 1
    assert Article.objects.count() == 1


def test_a_job_that_waits_is_stopped_at_once_and_leaves_no_text(job: Job, ana: User) -> None:
    jobs.run(job.pk, owner="one", seconds=0)
    stopped = cancel_job(by=ana, job_id=job.pk, key=uuid4())
    assert (stopped.state, stopped.counts) == (JobState.CANCELLED, {"stored": 1, "left_out": 2})
    assert set(job.items.values_list("text", flat=True)) == {""}
    assert len(events("job.import_cancelled")) == 1
    with pytest.raises(Conflict, match="ended already"):
        cancel_job(by=ana, job_id=job.pk, key=uuid4())


def test_a_job_that_is_being_done_stops_after_the_document_in_hand(job: Job, max: User) -> None:
    take(job, "one")
    key = uuid4()
    for _ in range(2):
        assert cancel_job(by=max, job_id=job.pk, key=key).state == JobState.RUNNING
    ended = jobs.run(job.pk, owner="one", seconds=60)
    assert (ended.state, ended.done) == (JobState.CANCELLED, 0)
    assert len(events("job.import_cancelled")) == 1


def test_only_who_asked_for_a_job_and_moderators_stop_it(job: Job, ben: User, eve: User) -> None:
    with pytest.raises(Gone):
        cancel_job(by=ben, job_id=job.pk, key=uuid4())
    with pytest.raises(NotAllowed):
        cancel_job(by=eve, job_id=job.pk, key=uuid4())


def test_nobody_without_a_role_does_jobs(job: Job, eve: User) -> None:
    deeds = (
        lambda: take_job(by=eve, job_id=job.pk, owner="eve"),
        lambda: keep_lease(by=eve, job_id=job.pk, owner="eve"),
        lambda: count_step(by=eve, job_id=job.pk, came={}),
        lambda: give_back(by=eve, job_id=job.pk, owner="eve"),
        lambda: end_job(by=eve, job_id=job.pk, state=JobState.DONE),
        lambda: open_job(by=eve, kind="import_files", arguments={}),
    )
    before = dump([Job])
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert dump([Job]) == before


def test_a_job_of_somebody_who_lost_their_role_fails_and_says_so(job: Job, ana: User) -> None:
    ana.groups.set(Group.objects.none())
    failed = jobs.run(job.pk, owner="one", seconds=60)
    assert (failed.state, "Your role is" in failed.error) == (JobState.FAILED, True)
    assert not Article.objects.exists()


def test_a_document_at_which_processes_die_is_left_after_some_tries(job: Job) -> None:
    for number in range(jobs.MOST_ATTEMPTS):
        take(job, f"dies {number}")
        lapse(job)
    done = jobs.run(job.pk, owner="lives", seconds=60)
    assert done.counts == {"refused": 1, "stored": 2}
    assert job.items.get(state=ItemState.REFUSED).said == jobs.STOPPED


def test_a_database_that_fails_leaves_the_document_for_the_next_try(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**parts: Any) -> ImportItem:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "bring_in_item", fails)
        assert jobs.run(job.pk, owner="one", seconds=60).done == 0
    assert jobs.run(job.pk, owner="two", seconds=60).done == 0
    rested(job)
    assert jobs.run(job.pk, owner="two", seconds=60).counts == {"stored": 3}


def test_a_job_at_which_a_step_breaks_rests_longer_each_time_and_then_ends(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(job: Job, owner: str) -> bool:
        raise RuntimeError("a bug")

    monkeypatch.setattr(jobs, "KINDS", {"import": breaks})
    rests, tries = [], 0
    while (now := jobs.run(job.pk, owner="one", seconds=60)).state == JobState.RUNNING:
        assert (now.lease_owner, jobs.waiting()) == ("", [])
        assert jobs.run(job.pk, owner="two", seconds=60).version == now.version
        rests.append(round((now.run_after - timezone.now()).total_seconds()))
        tries += 1
        rested(job)
        assert jobs.waiting() == [job.pk]
    assert (tries, rests) == (2 * jobs.MOST_ATTEMPTS, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    assert (now.state, now.error) == (JobState.FAILED, jobs.UNDONE)


def test_a_step_that_is_done_starts_the_count_of_tries_anew(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    Job.objects.filter(pk=job.pk).update(attempts=7)
    real = jobs.bring_in_item

    def fails_after_one(**parts: Any) -> ImportItem:
        if ImportItem.objects.get(pk=parts["item_id"]).position:
            raise OperationalError("the disk is full")
        return real(**parts)

    monkeypatch.setattr(jobs, "MOST_ATTEMPTS", 9)
    monkeypatch.setattr(jobs, "bring_in_item", fails_after_one)
    now = jobs.run(job.pk, owner="one", seconds=60)
    assert (now.done, now.attempts, now.state) == (1, 0, JobState.RUNNING)
    assert now.run_after <= timezone.now() + FIRST_REST


def test_a_comparison_that_breaks_does_not_keep_a_job_from_ending(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**parts: Any) -> int:
        raise RuntimeError("a bug")

    monkeypatch.setattr(jobs.suggest_run, "bring_in", fails)
    assert jobs.run(job.pk, owner="one", seconds=60).state == JobState.DONE


@pytest.mark.parametrize("fault", [DataError("too long"), IntegrityError("twice"), Conflict("Else."), KeyError("x")])
def test_a_document_that_the_database_does_not_take_is_refused_and_the_others_are_not(
    job: Job, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    real = jobs.bring_in_item

    def fails_once(**parts: Any) -> ImportItem:
        if ImportItem.objects.get(pk=parts["item_id"]).position == 1:
            raise fault
        return real(**parts)

    monkeypatch.setattr(jobs, "bring_in_item", fails_once)
    done = jobs.run(job.pk, owner="one", seconds=60)
    assert (done.state, done.counts) == (JobState.DONE, {"refused": 1, "stored": 2})
    refused = job.items.get(state=ItemState.REFUSED)
    assert (refused.said, bytes(refused.raw), refused.text) == (jobs.BROKE, b"", "")


def test_a_comparison_at_which_processes_die_is_left_and_the_job_says_so(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begun(ana, "It rains.")
    jobs.run(job.pk, owner="stores", seconds=0)

    class Killed(BaseException):
        pass

    def dies(**parts: Any) -> int:
        raise Killed

    monkeypatch.setattr(jobs.suggest_run, "bring_in", dies)
    for number in range(jobs.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            jobs.run(job.pk, owner=f"dies {number}", seconds=60)
        lapse(job)
    ended = jobs.run(job.pk, owner="lives", seconds=60)
    assert (ended.state, ended.counts) == (JobState.DONE, {"stored": 1})
    assert "1 article could not be compared" in ended.error
    assert "suggest_links" in ended.error


def test_the_lease_is_held_longer_between_the_parts_of_a_comparison(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun(ana, "It rains.")
    jobs.run(job.pk, owner="one", seconds=0)
    real, held = jobs.suggest_run.suggest_links, []

    def slow(**parts: Any) -> int:
        lapse(job)
        return real(**parts)

    def explains(**parts: Any) -> None:
        held.append(Job.objects.get(pk=job.pk).lease_until)

    monkeypatch.setattr(jobs.suggest_run, "suggest_links", slow)
    monkeypatch.setattr(jobs.suggest_run, "explain_suggestions", explains)
    assert jobs.run(job.pk, owner="one", seconds=60).state == JobState.DONE
    assert held[0] > timezone.now()


def test_a_job_at_which_everything_fails_ends_and_says_so(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    Job.objects.filter(pk=job.pk).update(attempts=2 * jobs.MOST_ATTEMPTS)
    failed = jobs.run(job.pk, owner="one", seconds=60)
    assert (failed.state, failed.error) == (JobState.FAILED, jobs.UNDONE)


def test_a_worker_at_which_a_job_breaks_goes_on_with_the_others(
    ana: User, job: Job, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other, real = begun(ana, "Two dogs bark."), jobs.run

    def breaks(job_id: UUID, *, owner: str, seconds: float) -> Job:
        if job_id == job.pk:
            raise RuntimeError("a bug")
        return real(job_id, owner=owner, seconds=seconds)

    monkeypatch.setattr(jobs, "run", breaks)
    call_command("work", once=True, stdout=StringIO())
    assert Job.objects.get(pk=other.pk).state == JobState.DONE
    assert f"Job {job.pk} broke" in caplog.text


def test_the_worker_does_whatever_waits_and_says_how_far_it_is(ana: User, job: Job) -> None:
    begun(ana, "Two dogs bark.")
    said = StringIO()
    call_command("work", once=True, stdout=said)
    assert sorted(said.getvalue().splitlines()) == ["import of ana: 1/1, done.", "import of ana: 3/3, done."]
    assert Article.objects.count() == 4


def test_a_worker_rests_where_nothing_waits_and_ends_when_it_is_stopped(job: Job) -> None:
    rests: Iterator[float] = iter((1.0, 2.0))

    def rest(seconds: float) -> None:
        if next(rests, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.work(once=False, told=lambda one: None, rest=rest)
    assert Job.objects.get().state == JobState.DONE


def test_the_same_run_of_a_command_is_met_again_until_it_ends(operator: User) -> None:
    first = open_job(by=operator, kind="import_files", arguments={"paths": ["a"]})
    count_step(by=operator, job_id=first.pk, came={"stored": 2}, done=2, reached={"file": 1})
    assert open_job(by=operator, kind="import_files", arguments={"paths": ["a"]}) == first
    assert open_job(by=operator, kind="import_files", arguments={"paths": ["b"]}) != first
    end_job(by=operator, job_id=first.pk, state=JobState.DONE)
    assert open_job(by=operator, kind="import_files", arguments={"paths": ["a"]}) != first
