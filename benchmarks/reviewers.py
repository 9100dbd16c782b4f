"""Twenty-five reviewers at once, who read and think before each label as people do; then the same without thinking."""

import dataclasses
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from itertools import cycle

from benchmarks.saves import CLAIM, Reviewer, raw_commits
from benchmarks.server import ROOT, Running, serving_in_production
from benchmarks.table import Figure, percentile, show, spread

REVIEWERS = 25
SECONDS, SECONDS_WITHOUT_THINKING = 20, 10
# How long a reviewer thinks before a label, in seconds: anything in between, so that they save 25 times a second.
THINKS = (0.5, 1.5)
# The server closes a connection that is idle for 2 seconds; a browser then opens another, and so do these.
KEPT_OPEN = 1.0
# After so many labels a reviewer opens another article.
LABELS_A_PAGE = 10
SEED = 25
LABELS = ("OPINION", "NOT_A_CLAIM", "SOURCED", "UNSOURCED")
PASSWORD = "one-Password-for-a-measurement"
# Each claim takes as many labels as it can: with four different ones among the reviewers nothing is settled, and so
# closed, while somebody thinks about it.
SET_UP = f"""
from uuid import uuid4
from claims.accounts.manage_account import create_account
from claims.models import StoryStatus, User
from claims.permissions import operator
from claims.review.require_assessments import require_assessments
from claims.vocabulary import MOST_ASSESSMENTS_NEEDED, Role
for number in range({REVIEWERS}):
    create_account(by=operator(), username=f"reviewer{{number}}", password="{PASSWORD}", role=Role.REVIEWER)
for story in StoryStatus.objects.all():
    require_assessments(
        by=User.objects.get(username="max"), story_id=story.pk, needed=MOST_ASSESSMENTS_NEEDED,
        expected_version=story.version, key=uuid4(),
    )
"""


class Thinker(Reviewer):
    """A reviewer who opens an article, labels some of its claims with a pause before each, and opens another."""

    def __init__(self, server: Running, number: int) -> None:
        super().__init__(server, f"reviewer{number}", number)
        self.random = random.Random(SEED + number)
        self.chosen = LABELS[number % len(LABELS)]
        self.versions: dict[str, int] = {}
        self.pages: list[float] = []
        self.last_sent = 0.0

    def review(self, until: float, thinks: tuple[float, float]) -> None:
        """Read and label until the time is over; people do not all sit down in the same second."""
        time.sleep(self.random.uniform(0, thinks[1]))
        for path in cycle(self.random.sample(self.paths, len(self.paths))):
            began = time.perf_counter()
            claims = CLAIM.findall(self.read(path))
            self.pages.append((time.perf_counter() - began) * 1000)
            for claim in self.random.sample(claims, min(LABELS_A_PAGE, len(claims))):
                time.sleep(self.random.uniform(*thinks))
                if time.perf_counter() >= until:
                    return
                self.label(claim)

    def label(self, claim: str) -> None:
        """Save one label, in the version that one's own last save of it had."""
        version = self.versions.get(claim, 0)
        began = time.perf_counter()
        if began - self.last_sent > KEPT_OPEN:
            self.line.close()
        if wrong := self.save(claim, label=self.chosen, note=str(version), version=version, key=uuid.uuid4()):
            self.failures.append(wrong)
            return
        self.last_sent = time.perf_counter()
        self.times.append((time.perf_counter() - began) * 1000)
        self.versions[claim] = version + 1


def together(reviewers: list[Thinker], seconds: float, thinks: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Let all of them review for so long; the milliseconds of their saves, and of the pages that they opened."""
    for reviewer in reviewers:
        reviewer.times, reviewer.pages = [], []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=reviewer.review, args=(until, thinks)) for reviewer in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [ms for one in reviewers for ms in one.times], [ms for one in reviewers for ms in one.pages]


def stored_in(server: Running) -> tuple[int, int]:
    """The versions of all assessments together, and the events of labels."""
    database = sqlite3.connect(server.data_dir / "workbench.sqlite3")
    versions = database.execute("SELECT COALESCE(SUM(version), 0) FROM claims_assessment").fetchone()[0]
    events = database.execute("SELECT COUNT(*) FROM claims_event WHERE kind = 'claim.assessed'").fetchone()[0]
    database.close()
    return versions, events


def measure(server: Running) -> list[Figure]:
    """Each reviewer has an account, opens articles and labels: as people do, then as fast as saves are answered."""
    development = {**os.environ, "DEBUG": "1", "DATA_DIR": str(server.data_dir)}
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", SET_UP]
    subprocess.run(command, cwd=ROOT, env=development, check=True)
    known = dataclasses.replace(server, passwords={f"reviewer{number}": PASSWORD for number in range(REVIEWERS)})
    before = stored_in(server)
    reviewers = [Thinker(known, number) for number in range(REVIEWERS)]
    saves, pages = together(reviewers, SECONDS, THINKS)
    raw = raw_commits()
    rushed, _ = together(reviewers, SECONDS_WITHOUT_THINKING, (0, 0))
    sent = sum(sum(reviewer.versions.values()) for reviewer in reviewers)
    stored, events = (now - then for now, then in zip(stored_in(server), before, strict=True))
    failures = [failure for reviewer in reviewers for failure in reviewer.failures]
    for failure in failures[:3]:
        print("failed:", failure)
    low, high = THINKS
    return [
        Figure(
            f"{REVIEWERS} reviewers, {low} to {high} s to think before each label",
            f"{len(saves) / SECONDS:.0f} saves/s, {spread(saves)}",
            f"reach: p95 ≤ 300 ms; {raw:.0f} bare commits/s on this disk in the same run",
        ),
        Figure("the pages that they opened meanwhile", f"{len(pages)}, {spread(pages)}", ""),
        Figure(
            f"{REVIEWERS} reviewers, without thinking",
            f"{len(rushed) / SECONDS_WITHOUT_THINKING:.0f} saves/s, p95 {percentile(rushed, 0.95):.0f} ms",
            "as many as the server takes",
        ),
        Figure(
            f"lost or failed, {REVIEWERS} reviewers",
            f"{sent - stored} lost, {len(failures)} failed of {sent}",
            f"reach: 0; {events} events for {stored} stored versions",
        ),
    ]


def main() -> None:
    """Print the figures of this file alone."""
    with serving_in_production() as server:
        show(measure(server))


if __name__ == "__main__":
    main()
