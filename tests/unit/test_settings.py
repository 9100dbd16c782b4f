"""Settings: read from the environment, safe by default, and clear about what is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
SECRET = "long-enough-and-random-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python with this environment, and nothing of the one that tests run in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False
    )


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("manage.py", *arguments, **environment)


def values(*names: str, **environment: str) -> dict[str, Any]:
    """What the settings are in this environment."""
    answer = f"json.dumps({{name: getattr(settings, name) for name in {names}}}, default=str)"
    done = run("-c", f"import json; from workbench import settings; print({answer})", **environment)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "desk.example.org", "DATA_DIR": str(tmp_path)}


def test_it_refuses_to_start_without_a_secret_key_and_says_what_to_do(tmp_path: Path) -> None:
    for environment in ({}, {"SECRET_KEY": ""}, {"DEBUG": "0"}, {"DEBUG": "no"}):
        done = manage("check", DATA_DIR=str(tmp_path), **environment)
        assert done.returncode != 0
        assert "SECRET_KEY is not set" in done.stderr
        assert "DEBUG=1 for development" in done.stderr


def test_debug_needs_no_secret_key_and_serves_this_machine_only(tmp_path: Path) -> None:
    assert manage("check", DEBUG="1", DATA_DIR=str(tmp_path)).returncode == 0
    found = values("ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", DEBUG="1", DATA_DIR=str(tmp_path))
    assert found == {"ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"], "SESSION_COOKIE_SECURE": False}


def test_djangos_check_for_deployment_finds_nothing(production: dict[str, str]) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **production)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_is_safe_without_being_told(production: dict[str, str]) -> None:
    found = values(
        "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS", "SESSION_COOKIE_HTTPONLY", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER",
        **production,
    )  # fmt: skip
    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["desk.example.org"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_TRUSTED_ORIGINS": ["https://desk.example.org"],
        # A header that anybody can send is believed only where a proxy sets it.
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_no_host_is_served_that_nobody_named(production: dict[str, str]) -> None:
    del production["ALLOWED_HOSTS"]
    assert values("ALLOWED_HOSTS", **production) == {"ALLOWED_HOSTS": []}


def test_the_database_lies_in_the_data_directory(production: dict[str, str], tmp_path: Path) -> None:
    done = manage("migrate", "--verbosity", "0", **production)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "workbench.sqlite3").is_file()


def test_a_data_directory_that_is_not_there_is_made(production: dict[str, str], tmp_path: Path) -> None:
    new = tmp_path / "a" / "b"
    values("DATA_DIR", **production | {"DATA_DIR": str(new)})
    assert new.is_dir()


def test_database_url_is_taken(production: dict[str, str]) -> None:
    pytest.importorskip("psycopg")
    url = "postgres://ida:s%40crt@db.example:5433/desk"
    found = values("DATABASES", DATABASE_URL=url, **production)["DATABASES"]["default"]
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "desk")
    assert (found["USER"], found["PASSWORD"]) == ("ida", "s@crt")


def test_postgresql_without_its_driver_says_what_to_install(production: dict[str, str], tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    # Python runs this file at its start: from then on nobody finds the driver.
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: None if name == 'psycopg' else find(name, package)\n"
    )
    done = manage("check", DATABASE_URL="postgres://a:b@c/d", PYTHONPATH=str(hidden), **production)
    assert done.returncode != 0
    assert "pip install -r requirements-extra.txt" in done.stderr


def test_a_database_that_nobody_tests_is_refused(production: dict[str, str]) -> None:
    done = manage("check", DATABASE_URL="mysql://a:b@c/d", **production)
    assert done.returncode != 0
    assert "DATABASE_URL" in done.stderr
    assert "postgres://" in done.stderr


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the pragmas are SQLite's")
def test_sqlite_is_tuned_as_the_design_says() -> None:
    def pragma(name: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 20_000
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the pragmas are SQLite's")
def test_each_new_connection_is_tuned_again() -> None:
    connection.close()
    with connection.cursor() as cursor:
        for name, value in (("synchronous", 2), ("foreign_keys", 1), ("journal_mode", "wal")):
            cursor.execute(f"PRAGMA {name}")
            assert cursor.fetchone()[0] == value


def test_passwords_are_hashed_with_argon2(production: dict[str, str]) -> None:
    found = values("PASSWORD_HASHERS", **production)["PASSWORD_HASHERS"]
    assert found == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_the_publishers_address_is_taken_and_refused_as_the_sentence_says(production: dict[str, str]) -> None:
    assert values("PUBLISHER_URL", PUBLISHER_URL="http://a.example", **production) == {
        "PUBLISHER_URL": "http://a.example"
    }
    done = manage("check", PUBLISHER_URL="a.example", **production)
    assert done.returncode != 0
    assert "it begins with https:// or http://" in done.stderr
