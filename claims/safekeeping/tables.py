"""Which tables hold what people did and what was stored, column by column, and what tells a row from others."""

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, Final, cast

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import (
    AutoField,
    BigAutoField,
    BinaryField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    UUIDField,
)

from claims.models import Attribution, CorrectionRequest, User

# What no backup holds and no canonical hash counts, each with its reason. Every other table is in both.
LEFT_OUT: Final = {
    "sessions.Session": "who logged out since would be logged in again",
    "claims.ApiToken": "what was revoked since would work again; the event log keeps who made and revoked which",
    "claims.ApiUse": "how often somebody asked in the last minute",
    "claims.Lease": "who has which claim on the screen for the next minutes",
    "claims.ClaimTerms": "computed from the texts by suggest_links",
    "claims.Posting": "computed from the texts by suggest_links",
    "claims.Shingle": "computed from the texts by suggest_links",
    "claims.CoverageIndex": "computed from the texts by suggest_links",
    "admin.LogEntry": "the panel writes nothing there: its deeds are events",
    "contenttypes.ContentType": "made by migrate, with other numbers in each database",
    "auth.Permission": "made by migrate, with other numbers in each database",
    "auth.Group_permissions": "a role is a group's name; nothing asks Django's permissions",
    "claims.User_user_permissions": "a role is a group's name; nothing asks Django's permissions",
    "axes.AccessAttempt": "locks of a quarter of an hour, with the addresses of people",
    "axes.AccessAttemptExpiration": "locks of a quarter of an hour",
    "axes.AccessFailureLog": "addresses of people",
    "axes.AccessLog": "addresses of people",
}
# A move takes these along: nothing was logged out or revoked in between.
MOVED_TOO: Final = ("sessions.Session", "claims.ApiToken")
# By what a row is told whose key is a number that its database gave it, for the tables that others refer to.
# Each name comes with the kind of its values: see `kind_of`.
NATURAL: Final[dict[type[Model], dict[str, str]]] = {
    User: {"username": "plain"},
    Group: {"name": "plain"},
    Attribution: {"claim_id": "uuid", "reviewer__username": "plain"},
    CorrectionRequest: {"key": "uuid"},
}


@dataclass(frozen=True)
class Column:
    """One column: its name in the database, its name in a query, and what its values are: see `kind_of`."""

    name: str
    asked: str
    kind: str


@dataclass(frozen=True)
class Table:
    """One table. `told` is what tells a row where numbers that a database gave do not count."""

    model: type[Model]
    columns: tuple[Column, ...]
    told: tuple[Column, ...]

    @property
    def name(self) -> str:
        """Its name in the database."""
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The name of its key in the database."""
        return str(self.model._meta.pk.column)

    @property
    def has_documents(self) -> bool:
        """Whether a row may hold a document of many megabytes."""
        return any(column.kind == "bytes" for column in self.columns)

    @property
    def refers_to_itself(self) -> bool:
        """Whether rows of it name rows of it."""
        return self.model in _referred(self.model)

    @property
    def is_numbered(self) -> bool:
        """Whether the database numbers its rows."""
        return is_numbered(self.model)


@cache
def kept_tables() -> tuple[Table, ...]:
    """The tables of every backup, each after those that it refers to."""
    kept = [model for model in _models() if model._meta.label not in LEFT_OUT]
    refers = {model: [other for other in _referred(model) if other is not model] for model in kept}
    return tuple(_table(model) for model in TopologicalSorter(refers).static_order())


@cache
def moved_tables() -> tuple[Table, ...]:
    """The tables of a move that are in no backup."""
    return tuple(_table(model) for model in _models() if model._meta.label in MOVED_TOO)


@cache
def kept_apps() -> frozenset[str]:
    """The apps whose migrations make these tables."""
    return frozenset(table.model._meta.app_label for table in kept_tables())


def is_numbered(model: type[Model]) -> bool:
    """Whether its key is a number that the database gives."""
    return isinstance(model._meta.pk, AutoField | BigAutoField)


def kind_of(field: "Field[Any, Any]") -> str:
    """What the values of a column are: uuid, time, date, bytes, json, or plain numbers, texts and truth values."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    for of, kind in _KINDS:
        if isinstance(field, of):
            return kind
    return "plain"


# A DateTimeField is a DateField, too.
_KINDS: Final[tuple[tuple["type[Field[Any, Any]]", str], ...]] = (
    (UUIDField, "uuid"),
    (DateTimeField, "time"),
    (DateField, "date"),
    (BinaryField, "bytes"),
    (JSONField, "json"),
)


def _models() -> list[type[Model]]:
    every = apps.get_models(include_auto_created=True)
    return sorted((m for m in every if m._meta.managed and not m._meta.proxy), key=lambda m: m._meta.db_table)


def _referred(model: type[Model]) -> list[type[Model]]:
    return [_other(field) for field in model._meta.local_concrete_fields if isinstance(field, ForeignKey)]


def _other(field: "ForeignKey[Any, Any]") -> type[Model]:
    return cast(type[Model], field.related_model)


def _table(model: type[Model]) -> Table:
    # What the database itself computes of other columns is neither stored nor brought back.
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    return Table(
        model, tuple(_column(field) for field in fields), tuple(told for field in fields for told in _told(field))
    )


def _column(field: "Field[Any, Any]") -> Column:
    return Column(field.column, field.attname, kind_of(field))


def _told(field: "Field[Any, Any]") -> list[Column]:
    """What stands for a column where rows of two databases are compared."""
    if isinstance(field, AutoField | BigAutoField):
        return []
    if isinstance(field, ForeignKey) and is_numbered(_other(field)):
        natural = NATURAL[_other(field)]
        return [Column(field.column, f"{field.name}__{name}", kind) for name, kind in natural.items()]
    return [_column(field)]
