"""Two web processes behind nginx as deploy/ has it: one is killed while people save, and nobody's save fails."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from claims import audit
from claims.models import Assessment, Claim, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, person
from tests.races.browsers import Browser
from tests.serving import CERTIFICATE
from tests.unit.ingest.test_kill_import import database_url
from workbench import settings as production_settings

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "one-Password-for-1-test"
NAMES = ("ana", "ben", "cleo", "dora")
SAVES_EACH = 150

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def db(transactional_db: None) -> None:
    """What these tests write is committed, so that the servers see it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nothing listens:\n{log.read_text()}")


@contextmanager
def started(command: list[str], port: int, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        wait_for(port, process, log)
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def production(folder: Path) -> dict[str, str]:
    """An environment such as deploy/environment/hosts.env makes."""
    return {
        "DATABASE_URL": database_url(), "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "127.0.0.1", "BEHIND_PROXY": "1",
        "DEBUG": "", "DATA_DIR": str(folder), "STATIC_ROOT": str(folder / "static"), "WEB_WORKERS": "1",
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
    }  # fmt: skip


@contextmanager
def web(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A web process as in production, where only the proxy speaks to it."""
    command = [sys.executable, "-m", "gunicorn", "--config", "workbench/gunicorn.py"]
    with started(command, port, folder / f"web-{port}.log", PORT=str(port), **production(folder)) as process:
        yield process


@contextmanager
def nginx(folder: Path, port: int, webs: list[int]) -> Iterator[subprocess.Popen[bytes]]:
    """deploy/nginx/hosts.conf with what an operator fills in, on a port of its own."""
    site = (ROOT / "deploy/nginx/hosts.conf").read_text()
    site = site[: site.index("server {\n    listen 80;")] + site[site.index("server {\n    listen 443") :]
    for number, at in enumerate(webs, 1):
        site = site.replace(f"WEB-HOST-{number}:8000", f"127.0.0.1:{at}")
    site = re.sub(r"\n    listen \[::\]:443[^\n]*", "", site).replace("listen 443", f"listen 127.0.0.1:{port}")
    site = re.sub(r"(ssl_certificate(?:_key)?) \S+;", rf"\1 {CERTIFICATE};", site).replace("DESK.EXAMPLE", "_")
    kept = " ".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{ access_log {folder}/access.log; {kept}\n{site}\n}}\n"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.fail("nginx is not on this machine: install it (Debian: apt-get install nginx-light).")
    with started([program, "-c", str(folder / "nginx.conf"), "-p", str(folder)], port, folder / "nginx.log") as process:
        yield process


class BehindNginx(Browser):
    """Over TLS, as everybody; whose certificate it is does not matter here."""

    def __init__(self, port: int) -> None:
        super().__init__(f"http://127.0.0.1:{port}")
        unverified = ssl.create_default_context()
        unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
        self.line = HTTPSConnection(f"127.0.0.1:{port}", timeout=60, context=unverified)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        # A browser says where a form stands; Django asks for it over TLS.
        return super()._ask(method, path, body, headers | {"Referer": "https://127.0.0.1/"})


def test_no_save_fails_when_a_web_process_is_killed(
    make_article: MakeArticle, ana: User, ben: User, tmp_path: Path, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = production_settings.PASSWORD_HASHERS
    people = {"ana": ana, "ben": ben, "cleo": person("cleo", "reviewer"), "dora": person("dora", "reviewer")}
    for who in people.values():
        who.set_password(PASSWORD)
        who.save()
    for number in range(8):
        make_article(address=f"https://example.org/{number}")
    claims = [str(key) for key in Claim.objects.values_list("pk", flat=True)]
    ports = [free_port() for _ in range(3)]
    killed = []

    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=os.environ | production(tmp_path), check=True)
    with ExitStack() as stack:
        first = stack.enter_context(web(tmp_path, ports[0]))
        stack.enter_context(web(tmp_path, ports[1]))
        stack.enter_context(nginx(tmp_path, ports[2], ports[:2]))

        def save_many(name: str) -> dict[str, int]:
            # Claims of their own: two who agree would settle one.
            own = claims[NAMES.index(name) :: len(NAMES)]
            versions = dict.fromkeys(own, 0)
            with BehindNginx(ports[2]).log_in(name, PASSWORD) as browser:
                for number in range(SAVES_EACH):
                    if name == "ana" and number == SAVES_EACH // 3:
                        kill(first)
                        killed.append(time.monotonic())
                    claim = own[number % len(own)]
                    label = (Label.SOURCED, Label.OPINION)[number // len(own) % 2]
                    fields = {"label": label, "version": versions[claim], "key": uuid4()}
                    status, answer = browser.save(f"/claims/{claim}/assess", fields)
                    assert status == 200, (number, status, answer)
                    versions[claim] = answer["version"]
            return versions

        with ThreadPoolExecutor(len(NAMES)) as pool:
            saved = dict(zip(NAMES, pool.map(save_many, NAMES), strict=True))

    assert killed
    stored = Assessment.objects.values_list("claim", "reviewer__username", "version")
    assert {(str(claim), name): version for claim, name, version in stored} == {
        (claim, name): version for name, versions in saved.items() for claim, version in versions.items() if version
    }
    assert sum(version for *_, version in stored) == len(NAMES) * SAVES_EACH
    assert audit.verify() is None
