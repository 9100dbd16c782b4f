"""A real server with two workers: whichever is asked tells the figures of both, and the log is lines of JSON."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

TOKEN = "a-token-of-the-operator-0123456789"
ASKED = 40


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "server.log"


@pytest.fixture
def server(tmp_path: Path, log: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"DEBUG": "1", "LOG_FORMAT": "json", "METRICS_TOKEN": TOKEN, "PORT": str(port), "DATA_DIR": str(tmp_path)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "workbench/gunicorn.py"],
            cwd=settings.BASE_DIR,
            env={**kept, **own, "TMPDIR": str(tmp_path)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    assert not list(tmp_path.glob("workbench-metrics-*"))


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        try:
            urlopen(f"{url}/healthz", timeout=5).close()
        except URLError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server did not come up")


def read(url: str) -> dict[str, float]:
    asked = Request(f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(asked, timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    return {said: float(value) for said, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_two_workers_count_together_and_log_a_line_each(server: str, log: Path) -> None:
    assert [status(f"{server}{path}") for path in ("/readyz", "/metrics")] == [503, 401]
    for _ in range(ASKED):
        assert status(f"{server}/nothing?canary=1") == 404
    told = [read(server)['workbench_requests_total{method="GET",route="none",status="404"}'] for _ in range(8)]
    assert told == [ASKED] * 8
    assert read(server)["workbench_database_up"] == 0  # nobody has made its tables
    lines = log.read_text().splitlines()
    requests = [json.loads(line) for line in lines if '"claims.web.request_log"' in line]
    assert len(requests) == ASKED
    assert {line["status"] for line in requests} == {404}
    assert "canary" not in log.read_text()


def status(url: str) -> int:
    try:
        with urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
