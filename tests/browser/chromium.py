"""Find a Chromium for the browser tests, or install one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Unpacks the browser that the npm package carries, and prints where it put it.
UNPACK = (
    "import('@sparticuz/chromium').then(async ({default: chromium}) => console.log(await chromium.executablePath()))"
)
HELP = (
    "The browser tests need Chromium and could neither find nor install one. Install it (Debian: apt-get install "
    "chromium) or name one in the environment variable BROWSER_PATH."
)


class NoChromium(RuntimeError):
    """No browser here, and none could be installed."""


def _named() -> str | None:
    path = os.environ.get("BROWSER_PATH")
    if path and not shutil.which(path):
        raise NoChromium(f"BROWSER_PATH names {path}, which is no program.")
    return path


def _on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _of_playwright(playwright: Playwright) -> str | None:
    path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def _try(*command: str, folder: Path | None = None) -> str | None:
    """Run a command and give what it printed, or nothing if it failed."""
    if not shutil.which(command[0]):
        return None
    print("For the browser tests:", " ".join(command), flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=env, cwd=folder, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _apt_install(*packages: str) -> None:
    if os.geteuid() == 0:
        _try("apt-get", "-qq", "update")
        _try("apt-get", "-qq", "install", "--yes", "--no-install-recommends", *packages)


def _install(playwright: Playwright) -> str | None:
    _apt_install("chromium", "fonts-dejavu-core")
    if found := _on_path():
        return found
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    if found := _of_playwright(playwright):
        return found
    folder = Path.home() / ".cache" / "workbench-chromium"
    folder.mkdir(parents=True, exist_ok=True)
    _try("npm", "install", "--silent", "--no-save", "@sparticuz/chromium", folder=folder)
    return (_try("node", "--eval", UNPACK, folder=folder) or "").strip() or None


def find(playwright: Playwright) -> str:
    """Give the path of a Chromium: named, on the path, Playwright's own, or installed now."""
    found = _named() or _on_path() or _of_playwright(playwright) or _install(playwright)
    if not found:
        raise NoChromium(HELP)
    return found


def _make_sure_of_the_driver() -> None:
    """Playwright talks to a browser through a Node.js of its own, which wants a library that a bare Debian lacks."""
    version = (sys.executable, "-m", "playwright", "--version")
    if subprocess.run(version, capture_output=True, check=False).returncode:
        _apt_install("libatomic1")
        answer = subprocess.run(version, capture_output=True, text=True, check=False)
        if answer.returncode:
            raise NoChromium(
                f"Playwright's driver does not start (Debian: apt-get install libatomic1): {answer.stderr}"
            )


@contextmanager
def running() -> Iterator[Browser]:
    """Run Chromium, without a window and without a word to anybody outside."""
    _make_sure_of_the_driver()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(playwright), args=list(FLAGS))
        yield browser
        browser.close()
