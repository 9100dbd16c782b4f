"""Whether this process could serve people now."""

import logging
import os
import shutil
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# In bytes: less than this and a day's work may not fit any more.
LEAST_FREE: Final = 100_000_000
_logger = logging.getLogger(__name__)


class Lack(StrEnum):
    """What keeps the workbench from serving, in a word that tells outsiders nothing."""

    DATABASE = "database"
    MIGRATIONS = "migrations"
    DISK = "disk"


def lacks() -> list[Lack]:
    """What is missing, [] where the workbench can serve; why stands in the log. At most two queries."""
    try:
        left = unapplied()
    except Error as error:
        _logger.warning("Not ready: the database does not answer (%s).", type(error).__name__)
        return [Lack.DATABASE]
    found = []
    if left:
        _logger.warning("Not ready: migrations are not applied (%s): run manage.py migrate.", ", ".join(left)[:400])
        found.append(Lack.MIGRATIONS)
    if why := _disk_trouble():
        _logger.warning("Not ready: the folder of the database %s.", why)
        found.append(Lack.DISK)
    return found


def unapplied() -> list[str]:
    """Migrations of this software that the database has not had, "app.name" each. Raises django.db.Error."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _known() if (app, name) not in applied)


@cache
def _known() -> frozenset[tuple[str, str]]:
    """The migrations that come with this software; they are files, and do not change while it runs."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _disk_trouble() -> str:
    """What is wrong with the folder that SQLite writes to, "" for nothing; PostgreSQL looks after its own."""
    if connection.vendor != "sqlite":
        return ""
    database = Path(connection.settings_dict["NAME"])
    if not (os.access(database.parent, os.W_OK | os.X_OK) and os.access(database, os.W_OK)):
        return "cannot be written to"
    if shutil.disk_usage(database.parent).free < LEAST_FREE:
        return f"has less than {LEAST_FREE:,} bytes left"
    return ""
