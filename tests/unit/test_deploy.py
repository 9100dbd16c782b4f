"""What deploy/ tells an operator to put on servers fits the workbench that it starts."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from claims.ingest.readers.limits import MAX_UPLOAD
from workbench import gunicorn, settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
ENVIRONMENTS = sorted((DEPLOY / "environment").glob("*.env"))
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SITES = sorted((DEPLOY / "nginx").glob("*.conf"))


def lines(path: Path) -> dict[str, str]:
    """The settings of an environment or unit file; of a name that comes twice the last."""
    found = (line.partition("=") for line in path.read_text().splitlines() if re.match(r"[A-Z]\w*=", line, re.I))
    return {name: value for name, _, value in found}


def test_there_is_something_to_look_at() -> None:
    assert (len(ENVIRONMENTS), len(UNITS), len(SITES)) == (3, 4, 2)


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=lambda path: path.stem)
def test_an_environment_names_settings_that_there_are(path: Path) -> None:
    read = str(settings.__doc__) + Path(str(gunicorn.__file__)).read_text()
    for name in lines(path):
        assert re.search(rf"\b{name}\b", read), name


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=lambda path: path.stem)
def test_nobody_forgets_to_fill_in_what_is_secret(path: Path) -> None:
    known = lines(path)
    assert known["SECRET_KEY"] == "FIFTY-RANDOM-CHARACTERS"
    assert known["BEHIND_PROXY"] == "1"
    assert "DEBUG" not in known
    if "CELERY_BROKER_URL" in known:
        assert "sslmode=require" in known["DATABASE_URL"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_a_program_that_there_is_and_may_write_its_data_alone(path: Path) -> None:
    unit = lines(path)
    program, *rest = unit["ExecStart"].removeprefix("/opt/workbench/.venv/bin/").split()
    assert program in {"gunicorn", "python", "celery"}
    for word in rest:
        assert "/" not in word or (ROOT / word).exists() or word == "manage.py", word
    if program == "celery":
        assert "workbench.celery" in rest
    hardened = ("ProtectSystem", "ProtectHome", "NoNewPrivileges", "PrivateTmp")
    assert [unit[name] for name in hardened] == ["strict", "yes", "yes", "yes"]
    assert (unit["User"], unit["StateDirectory"]) == ("workbench", "workbench")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_systemd_knows_every_word_of_a_unit(path: Path) -> None:
    said = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True, check=False).stderr
    # The programs are where an operator puts them, not here.
    assert not [line for line in said.splitlines() if path.name in line and "is not executable" not in line]


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_nginx_passes_the_largest_file_and_keeps_figures_inside(path: Path) -> None:
    said = path.read_text()
    most = re.search(r"client_max_body_size (\d+)m;", said)
    assert most
    assert int(most[1]) * 1_048_576 > MAX_UPLOAD * 1.05
    assert re.search(r"location = /metrics \{\s+return 404;", said)
    for header in ("X-Forwarded-Proto $scheme", "X-Forwarded-For $proxy_add_x_forwarded_for", "Host $host"):
        assert f"proxy_set_header {header};" in said
