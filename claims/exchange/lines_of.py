"""Rows as the lines of a JSON Lines file say them: for writing, and for comparing what comes in with what is here."""

import base64
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Final

from django.db.models import (
    BinaryField,
    DateTimeField,
    F,
    ForeignKey,
    JSONField,
    OneToOneField,
    QuerySet,
    UUIDField,
)
from django.db.models.functions import Coalesce

from claims.exchange.as_text import as_key, as_moment, as_text
from claims.exchange.kinds import Kind, Part
from claims.models import User, VerdictPublication

_KEPT: Final = 10_000
Line = dict[str, Any]
Read = Callable[[Any], Any]


class People:
    """The names of all accounts as files write them, read once."""

    def __init__(self) -> None:
        named = User.objects.annotate(written=Coalesce("imported__name", "username"))
        known = named.values_list("pk", "written", "username")
        self._names = {pk: Author.of(written, written, own) for pk, written, own in known}

    def author(self, pk: int | None) -> "Author | None":
        """The name of an account; None for nobody."""
        return None if pk is None else self._names[pk]


def lines_of(kind: Kind, rows: QuerySet[Any], *, everything: bool) -> Iterator[Line]:
    """The rows as lines, in the order of a file. `everything`: with what is for moderators alone.

    Times are UTC in ISO 8601, keys are text, lists that come from other tables are sorted or in their own order. Where
    two people of one name said something of the same claim, the one from elsewhere has the name of the account here.
    """
    told = [part for part in kind.parts if everything or part.told]
    own_key = as_text("pk") if isinstance(kind.model._meta.pk, (UUIDField, OneToOneField)) else F("pk")
    columns = [_column(kind, part, everything=everything) for part in told]
    ordered = rows.order_by(kind.field_of(kind.parts[0]).attname).values_list(own_key, *columns)
    people = People()
    made = [_reader(kind, part, people) for part in told]
    if kind.model is VerdictPublication and not everything:
        made[[part.name for part in told].index("evidence")] = _without_notes
    names = [part.name for part in told]
    author = kind.identity[1] if len(kind.identity) > 1 and "by" in kind.identity else ""
    found = _found(kind, ordered, names, made)
    if not kind.then and not author:
        yield from found
        return
    for _, group in groupby(found, key=lambda line: line[kind.parts[0].name]):
        together = list(group)
        if len(together) > 1:
            if author:
                _tell_apart(together, author)
            together.sort(key=lambda line: [line[name] for name in kind.then])
        yield from together


class Author(str):
    """A name in a line. `written` is what files write for the account, `own` the name that no other account has."""

    written: str
    own: str

    @classmethod
    def of(cls, name: str, written: str, own: str) -> "Author":
        """The author as a line names it."""
        made = cls(name)
        made.written, made.own = written, own
        return made


def _tell_apart(lines: list[Line], author: str) -> None:
    often = Counter(line[author] for line in lines)
    for line in lines:
        if often[line[author]] > 1:
            name: Author = line[author]
            line[author] = Author.of(name.own, name.written, name.own)


def _found(kind: Kind, rows: QuerySet[Any], names: list[str], made: list[Read | None]) -> Iterator[Line]:
    makes = [(at, make) for at, make in enumerate(made) if make]
    waiting = iter(rows.iterator(chunk_size=kind.at_once))
    while chunk := list(islice(waiting, kind.at_once)):
        lists = [(more.name, more.of([key for key, *_ in chunk])) for more in kind.attached]
        lists = [(name, {str(key).replace("-", ""): value for key, value in of.items()}) for name, of in lists]
        for key, *values in chunk:
            for at, make in makes:
                values[at] = make(values[at])
            line: Line = {"type": kind.name} | dict(zip(names, values, strict=True))
            for name, of in lists:
                line[name] = of.get(str(key).replace("-", ""), [])
            yield line


def _column(kind: Kind, part: Part, *, everything: bool) -> Any:
    if part.seen and not everything:
        return part.seen
    field = kind.field_of(part)
    target = field.target_field if isinstance(field, ForeignKey) else field
    return as_text(part.field) if isinstance(target, (UUIDField, DateTimeField)) else part.field


def _reader(kind: Kind, part: Part, people: People) -> Read | None:
    field = kind.field_of(part)
    if isinstance(field, ForeignKey) and field.related_model is User:
        return people.author
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, UUIDField):
        return _key
    if isinstance(field, DateTimeField):
        return _moment
    if isinstance(field, BinaryField):
        return lambda raw: base64.b64encode(bytes(raw)).decode("ascii")
    return in_one_order if isinstance(field, JSONField) else None


@lru_cache(maxsize=_KEPT)
def _key(text: str | None) -> str | None:
    return None if text is None else as_key(text)


@lru_cache(maxsize=_KEPT)
def _moment(text: str | None) -> str | None:
    return None if text is None else as_moment(text)


def _without_notes(evidence: Any) -> Any:
    """What a published verdict rests on, without the desk's notes: a note is seen with its evidence, or not at all."""
    if not isinstance(evidence, list):
        return evidence
    pieces = (one for one in evidence if isinstance(one, dict))
    return [in_one_order({name: said for name, said in one.items() if name != "note"}) for one in pieces]


def in_one_order(value: Any) -> Any:
    """JSON data with the names of every object sorted: PostgreSQL does not keep their order."""
    if isinstance(value, dict):
        return {name: in_one_order(value[name]) for name in sorted(value)}
    return [in_one_order(each) for each in value] if isinstance(value, list) else value
