"""Settings of what the operator watches. Figures are an extra: without its library everything else works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SECRET = "long-enough-and-random-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"
TOKEN = "a-token-of-the-operator-0123456789"


def check(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return run(folder, "manage.py", "check", **environment)


def run(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A fresh Python with these settings and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "desk.example.org", "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=kept | own | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def without(tmp_path: Path) -> dict[str, str]:
    """An environment in which the library cannot be imported."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    # Python runs this file at its start.
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util, sys\n"
        "sys.modules['prometheus_client'] = None\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: "
        "None if name == 'prometheus_client' else find(name, package)\n"
    )
    return {"PYTHONPATH": str(hidden)}


def test_the_workbench_works_without_it(tmp_path: Path, without: dict[str, str]) -> None:
    done = check(tmp_path, **without)
    assert done.returncode == 0, done.stderr


def test_who_wants_figures_is_told_what_to_install(tmp_path: Path, without: dict[str, str]) -> None:
    done = check(tmp_path, METRICS_TOKEN=TOKEN, **without)
    assert done.returncode != 0
    assert "pip install -r requirements-extra.txt" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("METRICS_TOKEN", "short", "METRICS_TOKEN is too short"),
        ("METRICS_TOKEN", "é" * 30, "METRICS_TOKEN is too short or not plain ASCII"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT has to be json or plain"),
        ("SLOW_QUERY_MS", "soon", "SLOW_QUERY_MS has to be a number of milliseconds"),
        ("SLOW_QUERY_MS", "-1", "SLOW_QUERY_MS has to be a number of milliseconds"),
    ],
)
def test_a_setting_that_is_wrong_says_so(name: str, value: str, said: str, tmp_path: Path) -> None:
    done = check(tmp_path, **{name: value})
    assert done.returncode != 0
    assert said in done.stderr


@pytest.mark.parametrize(
    ("environment", "found"),
    [({}, "json 1000"), ({"DEBUG": "1"}, "plain 1000"), ({"LOG_FORMAT": "PLAIN", "SLOW_QUERY_MS": "0"}, "plain 0")],
)
def test_production_logs_lines_of_json_and_a_terminal_words(
    environment: dict[str, str], found: str, tmp_path: Path
) -> None:
    told = "from workbench import settings; print(settings.LOG_FORMAT, settings.SLOW_QUERY_MS)"
    done = run(tmp_path, "-c", told, **environment)
    assert done.stdout.strip() == found, done.stderr
