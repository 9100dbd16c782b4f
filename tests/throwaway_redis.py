"""A Redis server for the length of a test: taken from this machine, else installed by apt-get where we are root."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

START_TIMEOUT = 30


class NoRedis(RuntimeError):
    """The server is not here and could not be installed, or it did not start."""


def binary() -> str:
    """Give the path of redis-server, installing it if need be."""
    if not shutil.which("redis-server") and os.geteuid() == 0 and shutil.which("apt-get"):
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=apt, check=False)
        subprocess.run(
            ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", "redis-server"], env=apt, check=False
        )
    if not (found := shutil.which("redis-server")):
        raise NoRedis("Redis is not on this machine: install it (Debian: apt-get install redis-server).")
    return found


@contextmanager
def server() -> Iterator[str]:
    """Run a fresh server on loopback that keeps nothing, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="workbench-redis-") as folder:
        options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder]
        with subprocess.Popen([binary(), *options], stdout=subprocess.DEVNULL, start_new_session=True) as process:
            try:
                _wait(port, process)
                yield f"redis://127.0.0.1:{port}/0"
            finally:
                process.kill()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoRedis("Redis did not start.") from None
            time.sleep(0.05)
        else:
            return
