"""A workbench of its own for a measurement, started by the README's command."""

import dataclasses
import os
import re
import signal
import socket
import subprocess
import sys
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
    """`make run` on a free port with a new database, as somebody new sees it; stopped at the end."""
    with (
        _folder() as folder,
        _started(["make", "run"], folder, DATA_DIR=str(folder / "data"), as_arguments=True) as run,
    ):
        yield run


@contextmanager
def serving_in_production() -> Iterator[Running]:
    """The same database served with production's settings: no DEBUG, so no query is logged; behind a proxy with TLS."""
    with _folder() as folder:
        data_dir = str(folder / "data")
        for command in (["migrate", "-v0"], ["loaddata", "articles", "-v0"], ["read_articles"], ["demo"]):
            development = {**os.environ, "DEBUG": "1", "DATA_DIR": data_dir}
            made = subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env=development,
                check=True,
                capture_output=True,
                text=True,
            )
        production = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "127.0.0.1", "BEHIND_PROXY": "1", "DATA_DIR": data_dir}
        production |= {"STATIC_ROOT": str(folder / "static"), "DEBUG": ""}
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"],
            cwd=ROOT,
            env={**os.environ, **production},
            check=True,
        )
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "workbench/gunicorn.py"]
        with _started(gunicorn, folder, **production) as run:
            yield dataclasses.replace(run, passwords=dict(PASSWORD.findall(made.stdout)))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as name:
        yield Path(name)


@contextmanager
def _started(command: list[str], folder: Path, *, as_arguments: bool = False, **settings: str) -> Iterator[Running]:
    """The command with the settings in its environment, or behind it as make takes them; until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings["PORT"] = str(probe.getsockname()[1])
    log = folder / "run.log"
    began = time.perf_counter()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, *(f"{name}={value}" for name, value in settings.items())] if as_arguments else command,
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=kept if as_arguments else kept | settings,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{settings['PORT']}"
        wait_for(url, process, log)
        seconds = time.perf_counter() - began
        yield Running(url, folder / "data", dict(PASSWORD.findall(log.read_text())), seconds, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the first page answers."""
    while True:
        try:
            asked = urllib.request.Request(url, headers={"X-Forwarded-Proto": "https"})
            urllib.request.urlopen(asked, timeout=5).close()
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
                total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1])  # type: ignore[index]  # always there
        except (OSError, ValueError):
            continue
    return total / 1024
