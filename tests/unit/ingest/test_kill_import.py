"""An import is killed at any moment, again and again: nothing is half stored, none twice, and the end is the same."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Q

from claims import audit
from claims.ingest.begin_import import begin_import
from claims.ingest.offer_documents import offer_documents
from claims.management.found_files import Place, documents_of
from claims.models import NOT_READ, Article, ArticleStatus, Claim, ImportItem, Job, Revision, User
from claims.transfers import ItemState, JobState
from tests.cast import TEXT, person
from tests.unit.ingest.canonical import content

ROOT = Path(__file__).resolve().parents[3]
SEED = 7

pytestmark = pytest.mark.django_db(transaction=True)


def corpus(folder: Path, count: int) -> Path:
    """So many articles, no two alike, at few outlets; some have no address."""
    path = folder / "corpus.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"text": f"Report {number} came in on Monday.\n\n{TEXT}\n\nIt has {number} pages.", "author": "Ida"}
            if number % 3:
                row["address"] = f"https://{number % 7}.example/{number}"
            file.write(json.dumps(row) + "\n")
    return path


def database_url() -> str:
    """The test's own database, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{quote(known['USER'])}@{quote(str(known['HOST']), safe='')}/{known['NAME']}"


class Importer:
    """A process that imports in children."""

    def __init__(self, what: str, *how: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.ingest.importing_process", what, *how],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _line(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def start(self) -> int:
        """Start to import, and give the number of the process that does."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._line()

    def finish(self) -> float:
        """Import to the end; the seconds that took."""
        begun = time.monotonic()
        self.start()
        assert self._line() == 0
        return time.monotonic() - begun

    def killed_after(self, seconds: float) -> bool:
        """Import for so long; whether it was killed then, and had not ended before."""
        child = self.start()
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        return self._line() == signal.SIGKILL

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


@contextmanager
def importer(what: str, *how: str) -> Iterator[Importer]:
    one = Importer(what, *how)
    try:
        yield one
    finally:
        one.close()


def begun(path: Path) -> Job:
    """The documents of this file, as an import of a reviewer's that waits."""
    by = User.objects.filter(username="ana").first() or person("ana", "reviewer")
    found = (one.what for one in documents_of([path], Place(), None))
    job = offer_documents(by=by, found=found, key=uuid4())
    return begin_import(by=by, job_id=job.pk, expected_version=0, key=uuid4())


def emptied() -> None:
    # What migrations wrote keeps its keys, so the sequences go on behind them.
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True, reset_sequences=False)


def check_that_nothing_is_half_done() -> None:
    assert not Article.objects.filter(revisions__isnull=True).exists()
    assert not Article.objects.filter(status__isnull=True).exists()
    read = ~Q(status__reader_version=NOT_READ)
    assert not Article.objects.filter(read, revisions__zones__isnull=True).exists()
    assert (
        not Article.objects.exclude(read).filter(Q(revisions__zones__isnull=False) | Q(claims__isnull=False)).exists()
    )
    assert not Claim.objects.filter(status__isnull=True).exists()
    counted = ArticleStatus.objects.annotate(n=Count("article__claims"))
    assert not counted.exclude(n=F("claims_count")).exists()
    assert not Revision.objects.values("text").annotate(n=Count("pk")).filter(n__gt=1).exists()
    ended = ImportItem.objects.exclude(state=ItemState.READY)
    assert not ended.exclude(text="", article__isnull=False, state=ItemState.STORED).exists()
    assert not ImportItem.objects.filter(Q(state=ItemState.READY), Q(text="") | Q(article__isnull=False)).exists()
    for job in Job.objects.filter(kind="import"):
        assert job.done == job.items.exclude(state=ItemState.READY).count()
    assert audit.verify() is None


def kill_again_and_again(one: Importer, kills: int, longest: float, anew: Path | None) -> None:
    """Kill it so often at random moments, and look each time; where it ends before, begin anew (`anew`: as a job)."""
    chance = random.Random(SEED)
    while kills:
        if one.killed_after(chance.uniform(0.0, longest)):
            kills -= 1
            check_that_nothing_is_half_done()
        else:
            emptied()
            if anew:
                begun(anew)


def killed_and_whole(path: Path, kills: int, *how: str) -> None:
    """Both ways of importing, killed so often, end as one that nobody killed."""
    with importer(str(path), *how) as one:
        seconds = one.finish()
        check_that_nothing_is_half_done()
        whole = content()
        emptied()
        kill_again_and_again(one, kills, 2 * seconds / kills, None)
        one.finish()
        check_that_nothing_is_half_done()
        assert content() == whole
        emptied()
    begun(path)
    with importer("jobs") as one:
        seconds = one.finish()
        assert content() == whole
        emptied()
        begun(path)
        kill_again_and_again(one, kills, 2 * seconds / kills, path)
        one.finish()
        check_that_nothing_is_half_done()
        assert content() == whole
        assert Job.objects.get().state == JobState.DONE


def test_an_import_that_is_killed_again_and_again_ends_as_if_nobody_had(tmp_path: Path) -> None:
    killed_and_whole(corpus(tmp_path, 30), kills=10)


@pytest.mark.long
def test_a_hundred_kills_of_an_import_of_a_thousand(tmp_path: Path) -> None:
    killed_and_whole(corpus(tmp_path, 1_000), 100, "side-by-side")
