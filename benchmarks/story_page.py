"""The page of a story with 200 articles, 5,000 claims and 2,000 links: time at the server, queries, bytes."""

import gzip
import os
import subprocess
import sys
import time
from urllib.request import Request

from benchmarks.saves import PROXIED, Reviewer
from benchmarks.server import ROOT, Running, serving_in_production
from benchmarks.table import Figure, show, spread

ASKED = 40
PAGES = (
    ("first page", ""),
    ("the 10th page of its matters", "?page=10"),
    ("settled claims that stand alone", "?rows=alone"),
    ("with its timeline", "?drawing=timeline"),
    ("with its links drawn", "?drawing=graph"),
    ("with its routes", "?drawing=routes"),
)


def write_story(server: Running) -> tuple[str, int]:
    """The large story in the server's database: its key, and the queries of its page."""
    settings = {"DATA_DIR": str(server.data_dir), "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.large_story"],
        cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    story, queries = done.stdout.split()[-2:]
    return story, int(queries)


def measure(server: Running) -> list[Figure]:
    """Every figure of the page, from one logged-in reviewer that asks one time after the other."""
    story, queries = write_story(server)
    reviewer = Reviewer(server, "ana", 0)
    figures = []
    for name, query in PAGES:
        times: list[float] = []
        page = b""
        for _ in range(ASKED):
            began = time.perf_counter()
            page = reviewer.opener.open(Request(f"{server.url}/stories/{story}/{query}", headers=PROXIED)).read()
            times.append((time.perf_counter() - began) * 1_000)
        weight = f"{len(page) / 1_000:.0f} kB, packed {len(gzip.compress(page)) / 1_000:.0f} kB"
        figures.append(Figure(f"story page, {name}", spread(times), f"reach: p95 ≤ 300 ms; {weight}"))
    figures.append(Figure("story page, queries", str(queries), "as many for a story of five articles"))
    return figures


def main() -> None:
    """Print the figures of this file alone."""
    with serving_in_production() as server:
        show(measure(server))


if __name__ == "__main__":
    main()
