"""Saves a second with eight clients at once, and how many of them failed; beside raw commits of the same disk."""

import re
import sqlite3
import tempfile
import threading
import time
import uuid
from http.client import HTTPConnection
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from benchmarks.server import Running, serving_in_production
from benchmarks.table import Figure, percentile, show, spread

CLIENTS = 8
SECONDS = 15
PROXIED = {"X-Forwarded-Proto": "https"}
CLAIM = re.compile(r'href="\?claim=([0-9a-f-]{36})')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Reviewer:
    """A logged-in client that labels claims of one article over and over, each time in the version it saw last."""

    def __init__(self, server: Running, name: str, article: int) -> None:
        self.url = server.url
        # The proxy with TLS is only played, so cookies for HTTPS have to travel over HTTP.
        policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
        cookies = CookieJar(policy)
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(cookies))
        token = TOKEN.search(self.read("/login/"))[1]  # type: ignore[index]  # every form has one
        self.post("/login/", username=name, password=server.passwords[name], csrfmiddlewaretoken=token)
        self.paths = re.findall(r'href="(/articles/[0-9a-f-]{36}/)"', self.read("/articles/"))
        page = self.read(self.paths[article % len(self.paths)])
        self.token = TOKEN.search(page)[1]  # type: ignore[index]  # every form has one
        self.claims = CLAIM.findall(page)
        # Saves go over one connection that stays open, as a browser's do.
        self.line = HTTPConnection(self.url.removeprefix("http://"), timeout=60)
        self.headers = PROXIED | {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies),
            "Referer": self.url.replace("http", "https") + "/",
            "X-CSRFToken": self.token,
        }
        self.times: list[float] = []
        self.failures: list[str] = []

    def read(self, path: str) -> str:
        return self.opener.open(Request(self.url + path, headers=PROXIED), timeout=60).read().decode()

    def post(self, path: str, **fields: object) -> str:
        headers = PROXIED | {"Referer": self.url.replace("http", "https") + "/"}
        request = Request(self.url + path, urlencode(fields).encode(), headers)
        return self.opener.open(request, timeout=60).read().decode()

    def save(self, claim: str, **fields: object) -> str | None:
        """What went wrong, or None."""
        try:
            self.line.request("POST", f"/claims/{claim}/assess", urlencode(fields), self.headers)
            answer = self.line.getresponse()
            said = answer.read()
        except OSError as error:
            self.line.close()
            return str(error)
        return None if answer.status == 200 else f"{answer.status} {said[:200]!r}"

    def work(self, share: int, of: int, until: float) -> None:
        """Label one's own share of the claims, so that versions are one's own."""
        versions = dict.fromkeys(self.claims[share::of], 0)
        while time.perf_counter() < until:
            for claim, version in versions.items():
                began = time.perf_counter()
                fields = {"label": ("OPINION", "NOT_A_CLAIM")[version % 2], "version": version, "key": uuid.uuid4()}
                if wrong := self.save(claim, **fields):
                    self.failures.append(wrong)
                    continue
                versions[claim] += 1
                self.times.append((time.perf_counter() - began) * 1000)
        self.stored = sum(versions.values())


def raw_commits(seconds: float = 3) -> float:
    """Commits a second of a bare connection that inserts one row each, with the settings of the workbench."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "raw.sqlite3", isolation_level=None)
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a, b);")
        count, until = 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO t VALUES (?, ?)", (count, "x" * 300))
            connection.execute("COMMIT")
            count += 1
        connection.close()
        return count / seconds


def measure(server: Running) -> list[Figure]:
    """One client alone for the time of a save, then eight together for the rate."""
    alone = Reviewer(server, "max", 2)
    alone.work(0, 1, time.perf_counter() + 4)
    names = ["ana", "ben", "max", "ada"]
    reviewers = [Reviewer(server, names[n % 4], 3 + n // 4) for n in range(CLIENTS)]
    until = time.perf_counter() + SECONDS
    threads = [
        threading.Thread(target=reviewer.work, args=(number % 4, 4, until)) for number, reviewer in enumerate(reviewers)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed = time.perf_counter() - began
    times = [ms for reviewer in reviewers for ms in reviewer.times]
    failures = [failure for reviewer in reviewers for failure in reviewer.failures]
    database = sqlite3.connect(server.data_dir / "workbench.sqlite3")
    stored = database.execute("SELECT SUM(version) FROM claims_assessment").fetchone()[0]
    events = database.execute("SELECT COUNT(*) FROM claims_event WHERE kind = 'claim.assessed'").fetchone()[0]
    database.close()
    sent = sum(reviewer.stored for reviewer in [*reviewers, alone])
    for failure in failures[:3]:
        print("failed:", failure)
    raw = raw_commits()
    rate = len(times) / passed
    locked = sum("locked" in failure for failure in failures)
    return [
        Figure("one save, one client", spread(alone.times), "reach: p50 ≤ 6 ms, p95 ≤ 12 ms"),
        Figure(
            f"saves/s, {CLIENTS} clients",
            f"{rate:.0f}/s, p95 {percentile(times, 0.95):.0f} ms",
            f"reach: ≥ 200/s; {raw:.0f} bare commits/s on this disk, {rate / raw:.2f} of it",
        ),
        Figure(
            f"lost or failed, {CLIENTS} clients",
            f"{sent - stored} lost, {len(failures)} failed, {locked} locked of {sent}",
            f"reach: 0; {events} events for {stored} stored versions",
        ),
    ]


def main() -> None:
    """Print the figures of this file alone."""
    with serving_in_production() as server:
        show(measure(server))


if __name__ == "__main__":
    main()
