"""Files made to exhaust their reader: each is refused with a sentence, within the limits that a document has.

Time is the processor's, so that a busy machine fails nothing; the clock's limit is proved by a child that sleeps.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from claims.ingest.readers import by_format, in_child, in_time, limits
from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import Document, Unread
from tests.hostile.bombs import MEMBERS_AND_ROWS, OTHER_BOMBS, PAGE_BOMBS, WORDS, archive, page

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 5.0
KILOBYTES = 512 * 1024


def spent() -> float:
    """Seconds of the processor that this process and its ended children have used."""
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def told_of(name: str, raw: bytes) -> dict[str, Any]:
    """What reading the file came to, in a process of its own.

    The peak of a child counts what its parent held when it was started: that of a process which runs tests is large.
    """
    asked = [sys.executable, "-m", "tests.hostile.read_one", name]
    done = subprocess.run(asked, input=raw, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", [*PAGE_BOMBS, *OTHER_BOMBS])
def test_a_file_that_would_exhaust_its_reader_is_refused_within_the_limits(name: str) -> None:
    told = told_of(name, {**PAGE_BOMBS, **OTHER_BOMBS}[name]())
    assert (told["found"], told["refused"]) == (1, 1)
    assert told["why"].endswith(".")
    assert len(told["why"]) > 40
    assert told["seconds"] < SECONDS
    assert told["kilobytes"] <= KILOBYTES


@pytest.mark.parametrize("name", MEMBERS_AND_ROWS)
def test_archives_and_tables_are_read_within_the_memory_and_refused(name: str) -> None:
    told = told_of(name, MEMBERS_AND_ROWS[name]())
    assert told["refused"] > 0
    assert told["why"].endswith(".")
    assert told["seconds"] < SECONDS


def test_the_clock_ends_a_child_that_uses_no_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    in_child.end_child()
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.0)
    with pytest.raises(in_child.Exhausting, match=r"took more than"):
        in_child.parse("page", page(WORDS * 9), what="the page")


def test_a_child_that_works_for_ever_is_ended_by_the_processors_time_and_not_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_child.end_child()
    monkeypatch.setattr(limits, "CHILD_SECONDS", 600.0)
    before = spent()
    with pytest.raises(in_child.Exhausting):
        in_child.parse("markdown", OTHER_BOMBS["stars.md"](), what="the file")
    in_child.end_child()
    assert limits.CHILD_CPU_SECONDS <= spent() - before < SECONDS


def test_an_archive_of_nothing_but_bombs_is_left_after_the_first_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def exhausting(name: str, raw: bytes) -> Document:
        asked.append(name)
        raise in_child.Exhausting("The page took too much, so it was given up.")

    monkeypatch.setattr(by_format, "read_page", exhausting)
    *found, last = read_file("pages.zip", archive({f"{n}.html": page(WORDS) for n in range(limits.MAX_MEMBERS)}))
    assert len(asked) == len(found) == limits.MAX_EXHAUSTING
    assert isinstance(last, Unread)
    assert last.name == "pages.zip"
    assert "the rest of it was not read" in last.why


def test_a_few_bombs_in_an_archive_do_not_keep_its_good_pages_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real = by_format.read_page

    def exhausting(name: str, raw: bytes) -> Document:
        if "bomb" in name:
            raise in_child.Exhausting("The page took too much, so it was given up.")
        return real(name, raw)

    monkeypatch.setattr(by_format, "read_page", exhausting)
    good = page(f"<p>{WORDS * 9}</p>")
    found = read_file("pages.zip", archive({"bomb1.html": good, "good.html": good, "bomb2.html": good, "z.html": good}))
    assert [isinstance(one, Document) for one in found] == [False, True, False, True]


def test_whoever_waits_for_an_answer_is_told_what_there_was_no_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, 0.0, 10.0, 50.0, 50.0))
    monkeypatch.setattr(in_time, "monotonic", lambda: next(clock))
    three = [Document(name, b"words", "words", "utf-8") for name in ("a", "b", "c")]
    found = list(in_time.read_in_time([("pages.zip", lambda: three), ("late.txt", lambda: three)]))
    assert [one.name for one in found] == ["a", "b", "pages.zip", "late.txt"]
    assert [isinstance(one, Document) for one in found] == [True, True, False, False]


def test_after_a_child_was_ended_the_next_page_is_read() -> None:
    (bomb,) = read_file("deep.html", PAGE_BOMBS["items.html"]())
    (good,) = read_file("good.html", page(f"<h1>A title of it</h1><p>{WORDS * 9}</p>"))
    assert isinstance(bomb, Unread)
    assert isinstance(good, Document)
    assert "Some words stand here" in good.text


def test_a_child_that_died_is_replaced_before_the_next_page() -> None:
    list(read_file("good.html", page(f"<p>{WORDS * 9}</p>")))
    child = in_child._kept.child
    assert child is not None
    child.process.kill()
    child.process.wait()
    (good,) = read_file("good.html", page(f"<p>{WORDS * 9}</p>"))
    assert isinstance(good, Document)


def test_a_child_that_does_not_start_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    in_child.end_child()
    monkeypatch.setattr(in_child, "_WORKER", "claims.ingest.readers.nothing_here")
    (found,) = read_file("good.html", page(f"<p>{WORDS * 9}</p>"))
    assert isinstance(found, Unread)
    assert "did not start" in found.why


def test_the_child_knows_neither_django_nor_the_database() -> None:
    code = (
        "import sys, claims.ingest.readers.page_worker, claims.ingest.readers.page, claims.ingest.readers.docx_text, "
        "claims.ingest.readers.pdf_text, claims.ingest.readers.markdown; "
        "print(*[name for name in sys.modules if name.split('.')[0] in {'django', 'sqlite3', 'psycopg', 'workbench'}])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout.strip() == ""


def test_names_in_an_archive_lead_nowhere_and_hide_nothing() -> None:
    raw = archive({"../../etc/passwd.txt": b"words here", "a\u202egnp.txt": b"words here", "__MACOSX/._a.txt": b"x"})
    found = list(read_file("pages.zip", raw))
    assert [one.name for one in found] == ["pages.zip › ../../etc/passwd.txt", "pages.zip › a\ufffdgnp.txt"]


def test_a_bomb_in_an_archive_does_not_keep_its_neighbours_out() -> None:
    raw = archive({"a.txt": b"words here", "bomb.txt": b"a" * 40_000_000, "z.txt": b"words there"})
    kinds = [type(one) for one in read_file("pages.zip", raw)]
    assert kinds == [Document, Unread, Document]


def test_a_child_that_sleeps_is_ended_in_time() -> None:
    in_child.end_child()
    child = in_child._Child()
    begun = time.monotonic()
    assert child._timed(0.2, child._read) is None
    child.end()
    assert time.monotonic() - begun < SECONDS
