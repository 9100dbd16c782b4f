"""A workbench of its own for a measurement, started by the README's command."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = re.compile(r"^\s*\w+\s+(\w+)\s+password: (\S+)$", re.M)


@dataclass(frozen=True)
class Running:
    """A served workbench; `seconds` is from the command to the first page."""

    url: str
    data_dir: Path
    passwords: dict[str, str]
    seconds: float
    process: int


@contextmanager
def serving() -> Iterator[Running]:
    """`make run` on a free port with a new database, stopped at the end."""
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        log = Path(folder) / "run.log"
        began = time.perf_counter()
        with log.open("wb") as out:
            process = subprocess.Popen(
                ["make", "run", f"PORT={port}", f"DATA_DIR={folder}/data"],
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))},
                start_new_session=True,
            )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, process, log)
            seconds = time.perf_counter() - began
            yield Running(url, Path(folder) / "data", dict(PASSWORD.findall(log.read_text())), seconds, process.pid)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the first page answers."""
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.05)
        else:
            return


def memory_of_group(process: int) -> float:
    """Megabytes that the server's processes hold together, what they share counted once (PSS)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == process and b"gunicorn" in (folder / "cmdline").read_bytes():
                rollup = (folder / "smaps_rollup").read_text()
                total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]
        except (OSError, ValueError):
            continue
    return total / 1024
