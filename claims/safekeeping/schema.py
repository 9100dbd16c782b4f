"""Which migrations made the tables: a backup goes back only into tables of the same."""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from claims.refusals import Invalid
from claims.safekeeping.tables import kept_apps

Migrations = dict[str, list[str]]


def applied(using: str = DEFAULT_DB_ALIAS) -> Migrations:
    """The migrations that this database has, by app."""
    return _by_app(MigrationRecorder(connections[using]).applied_migrations())


def known() -> Migrations:
    """The migrations that this software has, by app."""
    return _by_app(MigrationLoader(None).disk_migrations)


def is_bare(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the database has no table at all."""
    return not connections[using].introspection.table_names()


def check_same(theirs: Migrations, *, newer: str, older: str) -> None:
    """Raise Invalid where these are not the migrations of this software, with one of two sentences that say what to do.

    In `newer`, {} is where the first migration is named that this software does not know.
    """
    ours = known()
    for app, names in theirs.items():
        for name in names:
            if name not in ours.get(app, ()):
                raise Invalid(newer.format(f"{app}.{name}"))
    if theirs != ours:
        raise Invalid(older)


def _by_app(keys: Iterable[tuple[str, str]]) -> Migrations:
    found: Migrations = {app: [] for app in sorted(kept_apps())}
    for app, name in sorted(keys):
        if app in found:
            found[app].append(name)
    return found
