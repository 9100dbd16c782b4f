"""The floors of the house hold, and each contract that says so was seen to fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache', '--no-logo'])"

FLOORS = "A floor imports only what is below it, and neighbours do not meet"
PURE = "Language work knows neither Django nor a database"
CLEANER = "Only claims.text.sanitise knows the HTML cleaners"
WIRING = "The wiring names the app as strings, and imports nothing of it"
APP = "The app does not know how it is wired"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a copy of the project to break."""
    for package in ("claims", "workbench"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    wide = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=house, env=wide, capture_output=True, text=True, check=False
    )


def test_the_house_as_it_is_keeps_every_contract(house: Path) -> None:
    answer = lint(house)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("claims/models/wrong.py", "import claims.review", FLOORS),
        ("claims/text/wrong.py", "import claims.models", FLOORS),
        ("claims/permissions.py", "import claims.audit", FLOORS),
        ("claims/ingest/wrong.py", "import claims.review", FLOORS),
        ("claims/coverage/wrong.py", "import claims.exchange", FLOORS),
        ("claims/accounts/wrong.py", "import claims.web", FLOORS),
        ("claims/review/wrong.py", "import claims.corpus", FLOORS),
        ("claims/corpus/wrong.py", "import claims.management", FLOORS),
        ("claims/admin/wrong.py", "import claims.web", FLOORS),
        ("claims/somewhere.py", "", FLOORS),
        ("claims/text/wrong.py", "from django.utils import text", PURE),
        ("claims/vocabulary.py", "import sqlite3", PURE),
        ("claims/corpus/stories.py", "import claims.models", PURE),
        ("claims/web/wrong.py", "import bleach", CLEANER),
        ("claims/text/wrong.py", "import nh3", CLEANER),
        ("workbench/wrong.py", "import claims.models", WIRING),
        ("claims/web/wrong.py", "import workbench.settings", APP),
    ],
)
def test_a_violation_breaks_its_contract(house: Path, module: str, line: str, contract: str) -> None:
    with (house / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    answer = lint(house)
    assert answer.returncode == 1
    assert f"{contract} BROKEN" in answer.stdout, answer.stdout
