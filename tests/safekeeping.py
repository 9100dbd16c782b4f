"""Backups in tests: made, unmade, and brought into a database that was emptied."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote
from zipfile import ZipFile

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction

from claims.models import EventHead, User
from claims.permissions import operator
from claims.safekeeping.backup_file import BackupReader, Manifest
from claims.safekeeping.canonical_hash import canonical_hashes
from claims.safekeeping.make_backup import write_backup
from claims.safekeeping.restore import restore_backup
from claims.safekeeping.tables import kept_tables, moved_tables
from claims.safekeeping.tally import together
from tests.conftest import refusals

ROOT = Path(__file__).resolve().parents[1]


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def hash_now() -> str:
    return together(canonical_hashes())


def command(name: str, *arguments: str) -> str:
    """What a command says."""
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def backup_in_memory() -> tuple[IO[bytes], Manifest]:
    """A backup that nobody notes in the log."""
    file = BytesIO()
    manifest = write_backup(file=file, by=operator())
    return file, manifest


def restored(file: IO[bytes], *, verify: bool = True) -> None:
    """Bring it into this database, which was emptied."""
    reader = BackupReader(file)
    assert sum(reader.check()) == reader.manifest.rows
    restore_backup(by=operator(), reader=reader, verify=verify)


def empty_all() -> None:
    """Leave this database as migrations make it, inside the transaction of a test."""
    asleep, awake = refusals(connection)
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        asleep, awake = (
            ["ALTER TABLE claims_event DISABLE TRIGGER USER"],
            ["ALTER TABLE claims_event ENABLE TRIGGER USER"],
        )
    for statement in asleep:
        run(statement)
    for table in [*moved_tables(), *reversed(kept_tables())]:
        if table.model is not Group:
            # No condition: this has to work for rows that refer to each other, too.
            run(f"DELETE FROM {table.name}")
    for statement in awake:
        run(statement)
    User.objects.create(username="operator", password="!", is_active=False)
    EventHead.objects.create(id=1)


@contextmanager
def unguarded() -> Iterator[None]:
    """Nothing of what the database holds by itself holds inside, and all that is changed inside is undone."""
    try:
        with transaction.atomic():
            _let_go() if connection.vendor == "sqlite" else _let_go_on_postgresql()
            yield
            transaction.set_rollback(True)
    finally:
        if connection.vendor == "sqlite":
            run("PRAGMA ignore_check_constraints = OFF")


def _let_go() -> None:
    for (name,) in asked("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        run(f'DROP TRIGGER "{name}"')
    run("PRAGMA ignore_check_constraints = ON")
    run("PRAGMA defer_foreign_keys = ON")


def _let_go_on_postgresql() -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for table in kept_tables():
        run(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
    checks = "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint WHERE contype = 'c'"
    for name, check in asked(f"{checks} AND connamespace = 'public'::regnamespace AND conrelid <> 0"):
        run(f"ALTER TABLE {name} DROP CONSTRAINT {check}")
    run("SET CONSTRAINTS ALL DEFERRED")


def asked(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def address(name: str) -> str:
    """The DATABASE_URL of a database beside the one of the tests; for SQLite, of a file."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    told = connection.settings_dict
    return f"postgres://{told['USER']}@{quote(told['HOST'], safe='')}/{name}"


def other_workbench(url: str) -> dict[str, str]:
    """The environment of a workbench whose database is at this address."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "SECRET_KEY": "no-secret-but-long-enough-for-another-workbench-0123456789",
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
    }


def manage(url: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of another workbench."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=other_workbench(url), cwd=ROOT, check=False, capture_output=True, text=True)
    assert not check or done.returncode == 0, done.stderr
    return done


def tampered(path: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy in which each member is what `change` makes of it; None leaves it out."""
    with ZipFile(path) as old, ZipFile(to, "w") as new:
        for name in old.namelist():
            changed = change(name, old.read(name))
            if changed is not None:
                new.writestr(name, changed)
    return to


def with_manifest(path: Path, to: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy with another manifest."""

    def changed(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        told = json.loads(content)
        change(told)
        return json.dumps(told).encode()

    return tampered(path, to, changed)
