"""Celery carries word of jobs, and the job table has the last word: nothing is done twice, nothing is lost."""

import importlib
import sys
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from claims import jobs
from claims.ingest.begin_import import begin_import
from claims.ingest.offer_documents import offer_documents
from claims.ingest.readers.document import Document
from claims.models import Article, Job, User
from claims.transfers import JobState
from tests.unit.long_work.test_jobs import take

NAME = "workbench.celery"


@pytest.fixture
def celery(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Celery as a worker loads it; what is sent is done at once."""
    settings.CELERY_BROKER_URL = "memory://"
    app = importlib.import_module(NAME).app
    app.conf.task_always_eager = True
    app.loader.import_default_modules()
    yield app
    sys.modules.pop(NAME)


@pytest.fixture
def job(ana: User) -> Job:
    """An import of two documents by ana that waits."""
    found = (Document(f"{text}.txt", text.encode(), text, "utf-8") for text in ("It rains.", "It snows."))
    offered = offer_documents(by=ana, found=found, key=uuid4())
    return begin_import(by=ana, job_id=offered.pk, expected_version=0, key=uuid4())


def test_a_job_is_looked_up_and_done_to_the_end_in_parts(
    celery: Any, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So short a time at a job that each step is a message of its own.
    monkeypatch.setattr(jobs, "AT_ONE_JOB", 0.0)
    celery.tasks["claims.look"].delay()
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert Article.objects.count() == 2


def test_word_that_comes_twice_late_or_of_a_job_in_other_hands_does_nothing(celery: Any, job: Job) -> None:
    assert take(job, "somebody else") is not None
    celery.tasks["claims.look"].delay()
    celery.tasks["claims.work_on"].delay(str(job.pk))
    assert (Job.objects.get(pk=job.pk).lease_owner, Article.objects.count()) == ("somebody else", 0)
    Job.objects.filter(pk=job.pk).update(lease_until=None)
    for _ in range(3):
        celery.tasks["claims.work_on"].delay(str(job.pk))
    assert (Job.objects.get(pk=job.pk).state, Article.objects.count()) == (JobState.DONE, 2)


def test_a_job_that_breaks_is_not_sent_again_before_it_has_rested(
    celery: Any, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def breaks(job: Job, owner: str) -> bool:
        calls.append(job)
        raise RuntimeError("a bug")

    monkeypatch.setattr(jobs, "KINDS", {"import": breaks})
    celery.tasks["claims.look"].delay()
    celery.tasks["claims.look"].delay()
    assert len(calls) == 1


def test_the_messages_are_read_as_nothing_but_json(celery: Any) -> None:
    assert set(celery.conf.accept_content) == {"json"}
    assert celery.conf.task_serializer == "json"


def test_without_a_broker_it_says_what_to_do(settings: Any) -> None:
    settings.CELERY_BROKER_URL = ""
    with pytest.raises(ImproperlyConfigured, match=r"CELERY_BROKER_URL.*manage\.py work"):
        importlib.import_module(NAME)
