"""An import of many articles by the command's own steps, beside the bare inserting of the same rows.

    python -m benchmarks.import_articles                   10,000 articles on SQLite
    python -m benchmarks.import_articles 1000
    python -m tests.throwaway_postgres -- python -m benchmarks.import_articles

The articles are generated, of 25 sentences of news each, and come as one file of JSON Lines. "Stored and readable" is:
article and revision are there and their page shows the text; the first pass, which finds claims and proposes labels,
follows.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
from django.db import connection

from benchmarks.reading_speed import written
from benchmarks.table import Figure, show

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = 10_000
READABLE, READ, MEMORY = 8, 75, 300
STORED = ("outlet", "article", "revision", "articlestatus")
FOUND = ("zone", "claim", "claimstatus", "proposal")


def measure(count: int = ARTICLES) -> list[Figure]:
    """Import so many articles into a database of its own, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        settings = {"DATA_DIR": folder, "DEBUG": "", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "127.0.0.1"}
        url = os.environ.get("DATABASE_URL", "")
        inner = [sys.executable, "-m", "benchmarks.import_articles", str(count), folder]
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        with_url = {"DATABASE_URL": url} if url else {"DATABASE_URL": f"sqlite:///{folder}/workbench.sqlite3"}
        subprocess.run(command, env=os.environ | settings | with_url, cwd=ROOT, check=True)
        if not url:
            bare = {"DATABASE_URL": f"sqlite:///{folder}/bare.sqlite3"}
            subprocess.run(command, env=os.environ | settings | bare, cwd=ROOT, check=True)
        done = subprocess.run(
            inner, env=os.environ | settings | with_url, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
    return _figures(count, json.loads(done.stdout.splitlines()[-1]))


def _figures(count: int, run: dict[str, Any]) -> list[Figure]:
    share = ARTICLES / count
    what = f"{count:,} articles ({run['sentences']:,} sentences), {run['database']}"
    return [
        Figure(
            f"{what}: stored and readable",
            f"{run['stored']:.1f} s ({run['stored worked']:.1f} s of the processors)",
            f"bare inserting of the {run['rows'][0]:,} rows {run['bare'][0]:.1f} s; "
            f"{run['stored'] * share:.1f} s for {ARTICLES:,}; reach: {READABLE} s",
        ),
        Figure(
            "  the first pass after that, on all processors",
            f"{run['read']:.1f} s ({run['read worked']:.1f} s of the processors)",
            f"bare inserting of the {run['rows'][1]:,} rows {run['bare'][1]:.1f} s; "
            f"{run['read'] * share:.0f} s for {ARTICLES:,}; reach: {READ} s",
        ),
        Figure("  the same file again", f"{run['again']:.1f} s", f"{run['again changed']} rows changed"),
        Figure("  the process that writes, at its peak", f"{run['megabytes']:.0f} MB", f"reach: {MEMORY} MB"),
        Figure("  the largest of its readers, at its peak", f"{run['of readers']:.0f} MB", f"reach: {MEMORY} MB"),
    ]


def _run(count: int, folder: Path) -> dict[str, Any]:
    from claims.long_work.open_job import open_job  # noqa: PLC0415
    from claims.management.found_files import Place, documents_of  # noqa: PLC0415 - Django is set up here only
    from claims.management.many_articles import read_all, store_found  # noqa: PLC0415
    from claims.models import Claim  # noqa: PLC0415
    from claims.permissions import operator  # noqa: PLC0415

    path, by = _file(count, folder), operator()

    def store() -> int:
        job = open_job(by=by, kind="bench", arguments={})
        found = documents_of([path], Place(), None)
        return sum(came.state != "known" for _, came in store_found(found, by=by, job=job, story=None))

    stored, stored_worked, _ = _timed(store)
    read, read_worked, _ = _timed(lambda: sum(map(len, read_all(by=by))))
    again, _, changed = _timed(store)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts = [{name: _rows(name) for name in names} for names in (STORED, FOUND)]
    return {
        "database": connection.vendor,
        "sentences": Claim.objects.count(),
        "stored": stored,
        "stored worked": stored_worked,
        "read": read,
        "read worked": read_worked,
        "again": again,
        "again changed": changed,
        "rows": [sum(map(len, rows.values())) for rows in parts],
        "megabytes": megabytes,
        "of readers": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "bare": [_bare(rows, folder) for rows in parts],
    }


def _file(count: int, folder: Path) -> Path:
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(written(count)):
            row = {"text": text, "address": f"https://{number % 50}.example/{number}", "headline": f"Report {number}"}
            file.write(json.dumps(row) + "\n")
    return path


def _timed(deed: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock and of all processors, and what came of it."""
    begun, worked = time.perf_counter(), _worked()
    made = deed()
    return time.perf_counter() - begun, _worked() - worked, made


def _worked() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _rows(name: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM claims_{name}")
        return cursor.fetchall()


def _bare(rows: dict[str, list[tuple[Any, ...]]], folder: Path) -> float:
    """Seconds for the same rows, into tables with the same indexes, in one transaction and nothing else."""
    return _bare_sqlite(rows, folder) if connection.vendor == "sqlite" else _bare_postgres(rows)


def _bare_sqlite(rows: dict[str, list[tuple[Any, ...]]], folder: Path) -> float:
    bare = sqlite3.connect(folder / "bare.sqlite3")
    begun = time.perf_counter()
    with bare:
        for name, of_table in rows.items():
            places = ", ".join("?" * len(of_table[0]))
            bare.executemany(f"INSERT INTO claims_{name} VALUES ({places})", _adapted(of_table))
    return time.perf_counter() - begun


def _adapted(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    return (tuple(str(value) if hasattr(value, "isoformat") else value for value in row) for row in rows)


def _bare_postgres(rows: dict[str, list[tuple[Any, ...]]]) -> float:
    with connection.cursor() as cursor:
        for name in rows:
            cursor.execute(f"CREATE TABLE bare_{name} (LIKE claims_{name} INCLUDING ALL)")
        begun = time.perf_counter()
        for name, of_table in rows.items():
            with cursor.copy(f"COPY bare_{name} FROM STDIN") as copy:
                for row in of_table:
                    copy.write_row([json.dumps(one) if isinstance(one, dict | list) else one for one in row])
        return time.perf_counter() - begun


def main() -> None:
    """See the module's words."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    if len(sys.argv) > 2:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
        django.setup()
        print(json.dumps(_run(count, Path(sys.argv[2]))))
    else:
        show(measure(count))


if __name__ == "__main__":
    main()
