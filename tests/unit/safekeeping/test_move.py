"""A workbench moves to another database by one command, and both come to the same hash."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connections
from django.db.utils import ConnectionDoesNotExist

from claims import audit
from claims.models import ApiToken, Article, User
from claims.safekeeping.tables import kept_tables
from tests.cast import MakeArticle
from tests.exchanging import a_bit_of_everything
from tests.safekeeping import backup_in_memory, command, empty_all, hash_now, manage
from tests.unit.ledger import dump

pytestmark = pytest.mark.django_db
KEPT = [table.model for table in kept_tables()]


@pytest.fixture
def desk(ana: User, ben: User, max: User, ada: User) -> None:
    a_bit_of_everything(ana, ben, max, ada)


@pytest.fixture
def old(desk: None, empty_file: Path, tmp_path: Path) -> str:
    """The address of an SQLite database with everything in it."""
    path = tmp_path / "desk.backup"
    shutil.copy(empty_file, tmp_path / "old.sqlite3")
    file, _ = backup_in_memory()
    file.seek(0)
    with path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    manage(url, "restore", str(path), "--verify")
    return url


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    """The other database is forgotten when the command ends."""
    yield
    with pytest.raises(ConnectionDoesNotExist):
        connections["moved_from"]


def test_sqlite_moves_here_and_nothing_differs(old: str) -> None:
    rows, hashed = dump(KEPT), hash_now()
    empty_all()
    said = command("move_from", old)
    assert hashed in said
    assert hash_now() == hashed == manage(old, "canonical_hash").stdout.strip()
    assert dump(KEPT) == rows
    assert audit.verify() is None
    assert "unbroken" in manage(old, "verify").stdout


def test_tokens_come_along_when_the_house_moves(old: str, ana: User, tmp_path: Path) -> None:
    script = (
        "from claims.models import ApiToken, User; from django.utils import timezone; "
        "ApiToken.objects.create(user=User.objects.get(username='ana'), name='A program', prefix='x', digest='y', "
        "expires_at=timezone.now())"
    )
    manage(old, "shell", "-c", script)
    empty_all()
    command("move_from", old)
    assert ApiToken.objects.get().user.username == "ana"


def test_a_desk_that_has_begun_here_is_not_touched(old: str, make_article: MakeArticle) -> None:
    before = hash_now()
    with pytest.raises(CommandError, match="This database holds work"):
        command("move_from", old)
    assert hash_now() == before


@pytest.mark.parametrize("address", ["", "data/workbench.sqlite3", "mysql://me@here/desk", "sqlite:/", "http://desk"])
def test_an_address_of_no_database_is_refused(address: str) -> None:
    with pytest.raises(CommandError, match=r"begins with sqlite:/// or postgres://|There is no database"):
        command("move_from", address)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no database at"):
        command("move_from", f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy milk. " * 1000)
    empty_all()
    with pytest.raises(CommandError, match="The database refused, and nothing was stored"):
        command("move_from", f"sqlite:///{path}")
    assert not Article.objects.exists()


def test_a_database_of_another_version_is_refused(old: str) -> None:
    manage(
        old,
        "shell",
        "-c",
        "from django.db import connection as c; c.cursor().execute("
        "\"DELETE FROM django_migrations WHERE app = 'claims' AND name LIKE '0010%%'\")",
    )
    empty_all()
    with pytest.raises(CommandError, match=r"not up to date\. Run migrate on it"):
        command("move_from", old)
    assert not Article.objects.exists()
