"""A real browser against a server that the README's own command started."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
# On a machine where nothing is installed yet, `make run` installs first.
START_TIMEOUT = 300
PASSWORD = re.compile(r"^\s*\w+\s+(\w+)\s+password: (\S+)$", re.M)
# What one make tells another, and what a shell or these tests' own settings may carry: none of it is the newcomer's.
NOT_HANDED_ON = (
    "MAKE", "MFLAGS", "DJANGO_", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "STATIC_ROOT", "EXAMPLE",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# How long a page may take to show what is expected, on a machine that does other things as well.
expect.set_options(timeout=20_000)
SERIOUS = {"serious", "critical"}
# The rules of axe that a colour scheme can break; what it says of the rest is the same in light and in dark.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
DATABASE = "workbench.sqlite3"

OpenPage = Callable[..., Page]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and put them last: Playwright starts an event loop, in which Django refuses."""
    own = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    for item in own:
        item.add_marker(pytest.mark.browser)
        # The tests of a file share a server's data, so they stay together where tests run side by side.
        if not reads_only(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    # What need not stay together fills up, at the end, whichever worker is free.
    items.sort(key=lambda item: (item in own, item in own and reads_only(item)))


def reads_only(item: pytest.Item) -> bool:
    """Whether the file says of its tests that they leave the data as they are."""
    return bool(getattr(getattr(item, "module", None), "READS_ONLY", False))


@dataclass(frozen=True)
class Server:
    """A running workbench. `seconds_to_first_page` counts from the command to the first answer."""

    url: str
    data_dir: Path
    passwords: dict[str, str]
    output: str
    seconds_to_first_page: float
    process_id: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_page(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except urllib.error.HTTPError as error:
            pytest.fail(f"the first page answered {error.code}:\n{log.read_text()}")
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"make run did not serve a page:\n{log.read_text()}")
            time.sleep(0.1)
        else:
            return


@contextmanager
def running(folder: Path, example: bool) -> Iterator[Server]:
    """Start the workbench as the README says, with data of its own, and stop it as Ctrl-C does."""
    log, data_dir, port = folder / "make-run.log", folder / "data", free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
    command = ["make", "run", f"PORT={port}", f"DATA_DIR={data_dir}", *([] if example else ["EXAMPLE=no"])]
    began = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for_page(f"{url}/", process, log)
        seconds, output = time.monotonic() - began, log.read_text()
        yield Server(url, data_dir, dict(PASSWORD.findall(output)), output, seconds, process.pid)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the whole process group: make, and what it started."""
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=15)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite file over another as a transaction of its own, whoever has either of them open."""
    with closing(sqlite3.connect(source, timeout=20)) as read, closing(sqlite3.connect(target, timeout=20)) as written:
        read.backup(written)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bool], Server]]:
    """`servers(example)`: the server with or without worked examples, its data as `make run` made them.

    A server is started once for each worker; between two files its data are put back, which takes no second start.
    """
    with ExitStack() as stack:
        known: dict[bool, tuple[Server, Path]] = {}

        def server(example: bool) -> Server:
            if example not in known:
                folder = tmp_path_factory.mktemp("workbench")
                started = stack.enter_context(running(folder, example))
                known[example] = started, folder / "as-made.sqlite3"
                copy_database(started.data_dir / DATABASE, known[example][1])
            else:
                copy_database(known[example][1], known[example][0].data_dir / DATABASE)
            return known[example][0]

        yield server


@pytest.fixture(scope="module")
def workbench_server(request: pytest.FixtureRequest, servers: Callable[[bool], Server]) -> Server:
    """A server whose data no other file has touched; with the worked examples where a file says `EXAMPLE = True`."""
    return servers(getattr(request.module, "EXAMPLE", False))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.running() as running:
        yield running


class Complaints:
    """What a browser complained about: errors in its console (a broken content policy is one) and foreign requests."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.heard: list[str] = []
        self.expected: list[str] = []

    def expect(self, part: str) -> None:
        """Let complaints that contain this pass, such as "status of 409" where a test provokes a refusal."""
        self.expected.append(part)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", lambda said: self.heard.append(f"console: {said.text}") if said.type == "error" else None)
        context.on("weberror", lambda error: self.heard.append(f"uncaught: {error.error}"))
        context.on("request", lambda request: self.note_request(request.url))

    def note_request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.host:
            self.heard.append(f"request to another host: {url}")

    def unexpected(self) -> list[str]:
        return [heard for heard in self.heard if not any(part in heard for part in self.expected)]


@pytest.fixture
def complaints(workbench_server: Server) -> Complaints:
    """Say here which complaints a test means to provoke; any other fails it."""
    return Complaints(urlsplit(workbench_server.url).netloc)


@pytest.fixture
def open_page(browser: Browser, workbench_server: Server, complaints: Complaints) -> Iterator[OpenPage]:
    """Open a page as somebody new: every call is a browser context of its own, with no cookie of another."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(base_url=workbench_server.url, **{"viewport": DESKTOP, **options})
        contexts.append(context)
        complaints.listen(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    unexpected = complaints.unexpected()
    assert not unexpected, "the browser complained:\n" + "\n".join(unexpected)


@pytest.fixture(params=["light", "dark"])
def color_scheme(request: pytest.FixtureRequest) -> str:
    """Run a test in light and in dark: ask for it before a page, and the pages follow."""
    return str(request.param)


def scheme_of(request: pytest.FixtureRequest) -> str:
    asked = "color_scheme" in request.fixturenames
    return str(request.getfixturevalue("color_scheme")) if asked else "light"


@pytest.fixture
def desktop_page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    return open_page(color_scheme=scheme_of(request))


@pytest.fixture
def phone_page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=scheme_of(request))


@pytest.fixture
def noscript_page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False, color_scheme=scheme_of(request))


@pytest.fixture
def log_in(workbench_server: Server) -> Callable[[Page, str], None]:
    """Log one of the demo accounts in (ana and ben review, max moderates, ada administers)."""

    def logged_in(page: Page, username: str) -> None:
        by_form(page, username, workbench_server.passwords[username])

    return logged_in


def by_form(page: Page, username: str, password: str) -> None:
    """Log in as a person does."""
    page.goto(reverse("login"))
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != reverse("login"))


def accessibility_violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """Say what axe finds serious or critical on the page, and where."""
    # A colour on its way from one scheme to the other has a contrast that nobody reads by.
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    found = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return [
        f"{violation['impact']}: {violation['help']} ({violation['id']}) at "
        + ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
        for violation in found
        if violation["impact"] in SERIOUS
    ]


@pytest.fixture
def check_accessible() -> Callable[..., None]:
    """Fail on what would keep somebody from using the page; `check_accessible(page, COLOURS)` asks for colours only."""

    def checked(page: Page, rules: dict[str, Any] | None = None) -> None:
        violations = accessibility_violations(page, rules or {})
        assert not violations, f"{page.url} is not accessible:\n" + "\n".join(violations)

    return checked
