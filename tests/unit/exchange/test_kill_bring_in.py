"""Bringing in a file of work is killed at any moment: all of it is there, or nothing, and the next run ends it."""

import random
from pathlib import Path

import pytest

from claims import audit
from claims.models import ClaimTerms, CoverageIndex, ImportedAuthor, Job
from tests.cast import TEXT, person
from tests.exchanging import a_bit_of_everything, elsewhere, exported, stored
from tests.unit.ingest.test_kill_import import emptied, importer

SEED = 7
KILLS = 10

pytestmark = pytest.mark.django_db(transaction=True)


def a_file(folder: Path) -> str:
    """A desk's work as JSON Lines."""
    people = [person("ana", "reviewer"), person("ben", "reviewer"), person("max", "moderator")]
    with elsewhere():
        a_bit_of_everything(*people, person("mia", "moderator"))
        for number in range(30):
            stored(f"Report {number} came in on Monday.\n\n{TEXT}", f"https://example.org/{number}")
        text = exported()
    (folder / "work.jsonl").write_text(text, encoding="utf-8", newline="")
    return text


def is_whole(text: str) -> bool:
    """Whether all of the file is here; else nothing of it is."""
    assert audit.verify() is None
    now = exported()
    if now == text:
        return True
    assert now.count("\n") == 1
    assert not ImportedAuthor.objects.exists()
    assert not Job.objects.exists()
    return False


def test_a_file_of_work_that_is_killed_again_and_again_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    text = a_file(tmp_path)
    chance, kills = random.Random(SEED), 0
    with importer(str(tmp_path / "work.jsonl"), "import_claims") as one:
        seconds = one.finish()
        assert is_whole(text)
        compared = ClaimTerms.objects.count(), CoverageIndex.objects.count()
        emptied()
        while kills < KILLS:
            kills += one.killed_after(chance.uniform(0, seconds))
            if is_whole(text):
                emptied()
        one.finish()
        assert is_whole(text)
        assert (ClaimTerms.objects.count(), CoverageIndex.objects.count()) == compared
