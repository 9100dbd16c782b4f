"""Empty databases beside that of the tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.safekeeping import address, manage, run


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database as `migrate` leaves it; to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    manage(f"sqlite:///{path}", "migrate", "--verbosity", "0")
    return path


@pytest.fixture
def fresh(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Make an empty database of the kind that is tested, outside of any transaction, and give its address."""
    made: list[str] = []

    def another() -> str:
        if connection.vendor == "sqlite":
            number = len(list(tmp_path.glob("*.sqlite3")))
            return address(shutil.copy(request.getfixturevalue("empty_file"), tmp_path / f"{number}.sqlite3"))
        name = f"{connection.settings_dict['NAME']}_{len(made)}"
        if made:
            run(f"CREATE DATABASE {name} TEMPLATE {made[0]}")
        else:
            # The first stays empty, and is what the others are made from.
            run(f"CREATE DATABASE {name}")
            manage(address(name), "migrate", "--verbosity", "0")
        made.append(name)
        return address(name) if len(made) > 1 else another()

    yield another
    for name in made:
        run(f"DROP DATABASE {name}")
