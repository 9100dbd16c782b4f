"""A PostgreSQL server for the length of one command.

    python -m tests.throwaway_postgres -- pytest tests

runs the command with DATABASE_URL set to a fresh server that listens on a socket file of its own, and ends with the
command's exit code. The server and its data are gone afterwards, also after a failure or a signal. The server is taken
from this machine, else installed by apt-get where we are root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

# What is thrown away need not survive a power cut, and nobody but this machine may reach it.
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
START_TIMEOUT = 60


class NoPostgres(RuntimeError):
    """The server is not here and could not be installed, or it did not start."""


def _folders() -> Iterator[Path]:
    if pg_config := shutil.which("pg_config"):
        yield Path(subprocess.check_output([pg_config, "--bindir"], text=True).strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))[::-1]
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent


def _find() -> Path | None:
    # The client's packages bring some of these programs; initdb and postgres come with the server.
    return next((found for found in _folders() if (found / "initdb").exists() and (found / "postgres").exists()), None)


def _install() -> None:
    print("PostgreSQL is not here: installing it with apt-get", flush=True)
    apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], env=apt, check=False)
    subprocess.run(
        ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", "postgresql"], env=apt, check=False
    )


def binaries() -> Path:
    """Give the folder that holds initdb and postgres, installing them if need be."""
    found = _find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _find()
    if not found:
        raise NoPostgres("PostgreSQL's server is not on this machine: install it (Debian: apt-get install postgresql).")
    return found


def _owner() -> dict[str, Any]:
    """Say who runs the server, as options of subprocess: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def server() -> Iterator[str]:
    """Run a fresh server and give its address as a DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-postgres-"))
    try:
        yield from _serve(binaries(), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(programs: Path, folder: Path) -> Iterator[str]:
    owner = _owner()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    data, log = folder / "data", folder / "log"
    with log.open("wb") as out:
        quiet: dict[str, Any] = {"stdout": out, "stderr": out, "cwd": folder, **owner}
        initdb = [
            str(programs / "initdb"),
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]
        made = subprocess.run([*initdb, "--no-sync", str(data)], check=False, **quiet)
        if made.returncode:
            raise NoPostgres(f"initdb failed:\n{log.read_text()}")
        options = [part for option in (*OPTIONS, f"unix_socket_directories={folder}") for part in ("-c", option)]
        # A session of its own: Ctrl-C is for the command, which may want its database until its end.
        process = subprocess.Popen([programs / "postgres", "-D", data, *options], start_new_session=True, **quiet)
    try:
        _wait_until_ready(programs, folder, process, log)
        yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing here is worth a checkpoint
        process.wait()


def _wait_until_ready(programs: Path, folder: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise NoPostgres(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.1)


def run(command: Sequence[str]) -> int:
    """Run a command with a server of its own and give the command's exit code."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    with server() as url, subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}) as process:
        try:
            return process.wait()
        except (SystemExit, KeyboardInterrupt):
            process.terminate()
            raise


if __name__ == "__main__":
    if sys.argv[1:2] != ["--"] or not sys.argv[2:]:
        sys.exit("usage: python -m tests.throwaway_postgres -- COMMAND ...")
    try:
        sys.exit(run(sys.argv[2:]))
    except NoPostgres as error:
        sys.exit(str(error))
