"""Lines that come in, each checked by itself, with the values that the database takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from django.db.models import Model

from claims.exchange.check_line import check_line
from claims.exchange.check_value import Check, Wrong, check_of, key, name_of_author
from claims.exchange.kinds import Kind, Part
from claims.exchange.lines_of import in_one_order
from claims.exchange.names import NOT_NAMED
from claims.exchange.read_json_lines import Numbered
from claims.refusals import Invalid

# Of a claim that is here some forms of files do not say in which text it stands.
MAY_BE_LEFT_OUT: Final = ("claim", "revision")


class Differing(NamedTuple):
    """A row that says one thing here and another in the file; nothing of it was stored."""

    number: int
    kind: str
    identity: str
    here: dict[str, Any]
    there: dict[str, Any]

    def __str__(self) -> str:
        told = "; ".join(
            f"{name} is {_short(self.here[name])} here, {_short(self.there[name])} in the file" for name in self.here
        )
        return f"line {self.number}: {self.kind} {self.identity}: {told}"


def _short(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else f"{words[:57]}…"


@dataclass
class Entry:
    """One line: `said` as the file has it, `values` as the database takes them, with authors still by name."""

    number: int
    kind: Kind
    said: dict[str, Any]
    values: dict[str, Any]

    @property
    def has_no_second(self) -> bool:
        """Whether the line says nothing of its second row: there is none, as of an outlet that nobody described."""
        parts = [part.name for part in self.kind.parts if part.field.startswith(f"{self.kind.also}__")]
        return all(name in self.said and self.said[name] is None for name in parts)

    @property
    def identity(self) -> tuple[str, ...]:
        """What finds its row again."""
        return tuple(str(self.said[name]) for name in self.kind.identity)

    def differs_from(self, line: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the line says here and what this one says, of the parts that are not equal and not derived."""
        names = [part.name for part in self.kind.parts if not part.derived and part.name not in self.kind.identity]
        names += [more.name for more in self.kind.attached]
        unsaid = {name for name in self.said if self.said[name] == NOT_NAMED}
        if "by" in unsaid:
            unsaid.add("basis")
        said = [name for name in names if name in self.said and name in line and name not in unsaid]
        other = [name for name in said if line[name] != self.said[name]]
        return {name: line[name] for name in other}, {name: self.said[name] for name in other}


@cache
def _checks(name: str, kind: Kind) -> Sequence[tuple[Part, Check]]:
    return [(part, check_of(kind, part)) for part in kind.parts]


def entry_of(kind: Kind, numbered: Numbered) -> Entry:
    """A line, checked. Raises Invalid with its number and what does not fit."""
    number, said = numbered
    values: dict[str, Any] = {}
    name = ""
    empty = bool(kind.also) and Entry(number, kind, said, {}).has_no_second
    try:
        for part, check in _checks(kind.name, kind):
            name = part.name
            if empty and part.field.startswith(f"{kind.also}__"):
                values[name] = None
            else:
                values[name] = check(said[name]) if name in said else _default(kind, part)
            if part.html and name in said:
                said[name] = values[name]
        for more in kind.attached:
            name = more.name
            values[name] = _attached(name, said.get(name, []))
        name = ""
        check_line(kind.name, values)
    except Wrong as wrong:
        where = f"{kind.name}, field {name}," if name else f"{kind.name},"
        raise Invalid(f"Line {number} ({where} {wrong}) cannot be brought in. Nothing of the file was.") from wrong
    canonical = {
        name: in_one_order(value) if isinstance(value, (dict, list)) else value for name, value in said.items()
    }
    return Entry(number, kind, canonical, values)


def _default(kind: Kind, part: Part) -> Any:
    field = kind.field_of(part)
    if (kind.name, part.name) == MAY_BE_LEFT_OUT:
        return None
    if part.name in kind.identity or (not field.has_default() and not field.null and not field.empty_strings_allowed):
        raise Wrong("is missing")
    return field.get_default()


def _attached(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > 1_000:
        raise Wrong("is no list")
    if name == "chain":
        return value
    return [name_of_author(each) if name == "mentions" else key(each) for each in value]


def references(entry: Entry) -> list[tuple[str, type[Model], Any]]:
    """What the line refers to by keys: the part, the table, the key."""
    found = []
    for part in entry.kind.parts:
        model = entry.kind.referred(part)
        if model is not None and (value := entry.values[part.name]) is not None:
            found.append((part.name, model, value))
    return found
