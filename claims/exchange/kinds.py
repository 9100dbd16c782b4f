"""What a line of a JSON Lines file says: of each kind its fields, in their order, and the row that they stand for.

The writer and the reader share this table, so that what one writes the other takes. docs/json-lines.md explains it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Field, ForeignKey, Model

FORMAT: Final = 1
# The kind of the first line, which says what the file is.
HEADER: Final = "file"
EVERYTHING, DESK = "everything", "desk"


@dataclass(frozen=True)
class Part:
    """One field of a line, and the field of the row that it comes from, named from the kind's model.

    `seen` is what stands there for those who are not told everything. A part that is not `told` is for moderators
    alone; one that is `derived` follows from other rows, so that a difference in it is no conflict; `html` is words of
    people with a few tags, which are cleaned on the way in.
    """

    name: str
    field: str
    seen: str = ""
    told: bool = True
    derived: bool = False
    html: bool = False


@dataclass(frozen=True)
class Attached:
    """A list in a line that comes from a table of its own. `of(keys)` gives the values of rows under their keys."""

    name: str
    of: Callable[[Sequence[Any]], Mapping[Any, list[Any]]]


@dataclass(frozen=True)
class Kind:
    """One kind of line. `identity` are the parts by which a row is found again; the first orders the file.

    `also` names the relation to a second row that the line stands for: a status; `whose` the part that names the author
    where that is part of the identity.
    """

    name: str
    model: type[Model]
    parts: tuple[Part, ...]
    identity: tuple[str, ...] = ("id",)
    also: str = ""
    attached: tuple[Attached, ...] = ()
    # Sorts rows with the same first identity: names of parts.
    then: tuple[str, ...] = ()
    of_everything: bool = False
    # How many rows are held at a time: few where one may be a whole text.
    at_once: int = 1_000

    def part(self, name: str) -> Part:
        """The part of this name."""
        return next(part for part in self.parts if part.name == name)

    @property
    def key(self) -> Part:
        """The part that comes first in the identity, and orders the file."""
        return self.part(self.identity[0])

    def field_of(self, part: Part) -> "Field[Any, Any]":
        """The database's field that a part comes from."""
        model, name = self.model, part.field
        if self.also and name.startswith(f"{self.also}__"):
            model, name = self.second, name.removeprefix(f"{self.also}__")
        found = model._meta.get_field(name)
        assert isinstance(found, Field)  # noqa: S101 - a table of ours, not what somebody sent
        return found

    @property
    def second(self) -> type[Model]:
        """The model of the second row."""
        found = self.model._meta.get_field(self.also).related_model
        assert isinstance(found, type)  # noqa: S101 - as above
        return found

    def referred(self, part: Part) -> type[Model] | None:
        """The table that a part refers to by a key, if it does; accounts are referred to by name."""
        field = self.field_of(part)
        model = field.related_model if isinstance(field, ForeignKey) else None
        if not isinstance(model, type) or model._meta.model_name == "user":
            return None
        return model


def parts(
    words: str, *, derived: str = "", html: str = "", untold: str = "", seen: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """Parts of these names, each `name` or `name=field`; the others say of which parts a mark of Part holds."""
    found = []
    for word in words.split():
        name, _, field = word.partition("=")
        found.append(
            Part(
                name,
                field or name,
                seen=(seen or {}).get(name, ""),
                told=name not in untold.split(),
                derived=name in derived.split(),
                html=name in html.split(),
            )
        )
    return tuple(found)
