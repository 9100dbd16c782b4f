"""Two real Celery workers on a real Redis: one is killed at its work, and its job is taken up by the other."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count

from claims import audit
from claims.ingest.begin_import import begin_import
from claims.ingest.offer_documents import offer_documents
from claims.ingest.readers.document import Document
from claims.long_work.take_job import LEASE
from claims.models import Article, ImportItem, Job, Revision, User
from claims.transfers import ItemState, JobState
from tests import throwaway_redis
from tests.cast import TEXT
from tests.races.test_several_hosts import kill
from tests.unit.ingest.test_kill_import import database_url

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 180

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@contextmanager
def celery(redis: str, folder: Path, *what: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of Celery's own processes, with the children that it starts; its words are in the folder."""
    settings = {"DATABASE_URL": database_url(), "CELERY_BROKER_URL": redis, "DEBUG": "1", "DATA_DIR": str(folder)}
    environment = os.environ | settings | {"DJANGO_SETTINGS_MODULE": "workbench.settings"}
    command = [sys.executable, "-m", "celery", "--app", "workbench.celery", *what]
    with (folder / f"{uuid4()}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def asked(by: User, name: str, count: int) -> Job:
    texts = (f"{name} {number} came in on Monday.\n\n{TEXT}" for number in range(count))
    found = (Document(f"{name}-{number}.txt", text.encode(), text, "utf-8") for number, text in enumerate(texts))
    job = offer_documents(by=by, found=found, key=uuid4())
    return begin_import(by=by, job_id=job.pk, expected_version=0, key=uuid4())


def until(job: Job, state: JobState, folder: Path, *alive: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while (now := Job.objects.get(pk=job.pk)).state != state:
        if time.monotonic() > deadline or any(one.poll() is not None for one in alive):
            said = "\n".join(log.read_text() for log in folder.glob("*.log"))
            pytest.fail(f"the job is {now.state}, {now.done} of {now.total} done.\n{said}")
        time.sleep(0.2)


def test_a_killed_worker_loses_no_job_and_nothing_is_done_twice(ana: User, tmp_path: Path) -> None:
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.fail("other processes need a database in a file")
    jobs = [asked(ana, name, 60) for name in ("Report", "Letter", "Notice")]
    with ExitStack() as stack:
        redis = stack.enter_context(throwaway_redis.server())
        one = ["worker", "--pool=solo", "--loglevel=info"]
        first = stack.enter_context(celery(redis, tmp_path, *one, "--hostname=first@%h"))
        beat = stack.enter_context(celery(redis, tmp_path, "beat"))
        until(jobs[0], JobState.RUNNING, tmp_path, first, beat)
        second = stack.enter_context(celery(redis, tmp_path, *one, "--hostname=second@%h"))
        while not any(Job.objects.filter(done__gt=0, done__lt=60, lease_owner__gt="")):
            time.sleep(0.02)
        kill(first)
        killed_at = time.monotonic()
        for job in jobs:
            until(job, JobState.DONE, tmp_path, second, beat)
        took = time.monotonic() - killed_at
    assert took < PATIENCE
    assert LEASE.total_seconds() < 60
    states = ImportItem.objects.values_list("job", "state").annotate(count=Count("pk"))
    assert sorted(states) == sorted((job.pk, ItemState.STORED, 60) for job in jobs)
    assert (Article.objects.count(), Revision.objects.count()) == (180, 180)
    assert not Article.objects.annotate(texts=Count("revisions")).exclude(texts=1).exists()
    assert audit.verify() is None
