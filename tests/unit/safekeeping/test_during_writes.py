"""Backups while people write: each is of one moment, and what is restored comes to the hash of that moment."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from claims.models import EventHead, User
from claims.models.one_moment import one_moment
from claims.permissions import operator
from claims.safekeeping.canonical_hash import canonical_hashes
from claims.safekeeping.make_backup import write_backup
from claims.safekeeping.new_file import new_private_file
from claims.safekeeping.tally import together
from tests.cast import MakeArticle
from tests.safekeeping import ROOT, address, manage, other_workbench

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other processes see them."""


@contextmanager
def writing(*people: User) -> Iterator[list[dict[str, object]]]:
    """Each of them labels claims in a process of their own; afterwards, what each of them saved."""
    asked = [sys.executable, "-m", "tests.unit.safekeeping.writer"]
    env = other_workbench(address(str(connection.settings_dict["NAME"])))
    busy = [
        subprocess.Popen(
            [*asked, who.username], env=env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for who in people
    ]
    done: list[dict[str, object]] = []
    try:
        for process in busy:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield done
    finally:
        done += [json.loads(process.communicate()[0]) for process in busy]


def backed_up_and_restored(times: int, people: list[User], tmp_path: Path, fresh: Callable[[], str]) -> None:
    """So many backups while these people label claims; each comes back with the hash of its moment."""
    moments: dict[Path, str] = {}
    with writing(*people) as done:
        for n in range(times):
            path = tmp_path / f"{n}.backup"
            with new_private_file(path) as file, one_moment():
                manifest = write_backup(file=file, by=operator())
                # Counted a second time, in the same transaction, and apart from what was written.
                assert together(canonical_hashes()) == manifest.canonical_hash
            moments[path] = manifest.canonical_hash
            assert EventHead.objects.get().count > manifest.event_log["count"], "nobody wrote meanwhile"
    assert all(one["saved"] for one in done)
    assert not [one["failed"] for one in done if one["failed"]]
    assert len(set(moments.values())) == times
    for path, hashed in moments.items():
        url = fresh()
        assert (
            f"read back and the same: canonical hash {hashed}" in manage(url, "restore", str(path), "--verify").stdout
        )
    assert manage(url, "canonical_hash").stdout.strip() == hashed


@pytest.fixture
def people(ana: User, ben: User, make_article: MakeArticle) -> list[User]:
    for n in range(20):
        make_article(f"The bridge was closed at {n}. The mayor said so on day {n}. It is the ugliest of {n} bridges.")
    return [ana, ben]


def test_backups_while_people_write_come_back_as_their_moment_was(
    people: list[User], tmp_path: Path, fresh: Callable[[], str]
) -> None:
    backed_up_and_restored(2, people, tmp_path, fresh)


@pytest.mark.long
def test_twenty_backups_while_people_write_come_back_as_their_moments_were(
    people: list[User], tmp_path: Path, fresh: Callable[[], str]
) -> None:
    backed_up_and_restored(20, people, tmp_path, fresh)
