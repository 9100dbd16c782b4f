"""One value of a line, checked against the field that it is for, and as the database takes it."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    JSONField,
    TextField,
    URLField,
    UUIDField,
)

from claims.exchange.kinds import Kind, Part
from claims.models import User
from claims.text.sanitise import TooLong, sanitise

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
MAX_TEXT: Final = 4_000_000
_MOST: Final = 2**31 - 1
Check = Callable[[Any], Any]


class Wrong(ValueError):
    """A value that does not fit; what it says completes "The field … "."""


def check_of(kind: Kind, part: Part) -> Check:
    """What checks a value of this part and gives what the database takes; raises Wrong. Authors stay names."""
    return _check_of(kind.field_of(part), part.html)


def _check_of(field: "Field[Any, Any]", html: bool) -> Check:
    check = _by_type(field, html)
    choices = {key for key, _ in field.flatchoices} | ({""} if field.blank else set())

    def checked(value: Any) -> Any:
        if value is None:
            if not field.null:
                raise Wrong("is missing")
            return None
        found = check(value)
        if field.choices and found not in choices:
            raise Wrong("has a value that the scheme does not know")
        return found

    return checked


def _by_type(field: "Field[Any, Any]", html: bool) -> Check:
    if isinstance(field, ForeignKey) and field.related_model is User:
        return name_of_author
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, UUIDField):
        return key
    if html:
        return cleaned
    for of, check in _CHECKS.items():
        if isinstance(field, of):
            return check
    if isinstance(field, (CharField, TextField)):
        most = field.max_length or MAX_TEXT
        return lambda value: text(value, most)
    raise TypeError(f"no check for {field}")


def text(value: Any, most: int = MAX_TEXT) -> str:
    """Words that every database takes."""
    if not isinstance(value, str):
        raise Wrong("is no text")
    if len(value) > most:
        raise Wrong(f"has {len(value):,} characters; the most is {most:,}")
    if _UNSTORABLE.search(value):
        raise Wrong("holds a character that cannot be stored (NUL, or half of a pair)")
    return value


def name_of_author(value: Any) -> str:
    """The name of somebody who wrote something."""
    name = text(value, 150)
    if not name.strip() or not name.isprintable():
        raise Wrong("is no name of a person")
    return name


@lru_cache(maxsize=20_000)
def _key(value: str) -> UUID:
    try:
        found = UUID(value)
    except ValueError as wrong:
        raise Wrong("is no key") from wrong
    if str(found) != value:
        raise Wrong("is no key in the usual form")
    return found


def key(value: Any) -> UUID:
    """A key, in the form in which exports write it."""
    if not isinstance(value, str):
        raise Wrong("is no key")
    return _key(value)


def cleaned(value: Any) -> str:
    """Words of people with a few tags, cleaned as if somebody had just written them."""
    try:
        return sanitise(text(value))
    except TooLong as too_long:
        raise Wrong(f"is too long: {too_long}") from too_long


def address(value: Any) -> str:
    """An http(s) address, or none."""
    found = text(value, 2_000)
    if not found:
        return found
    try:
        parts = urlsplit(found)
    except ValueError as wrong:
        raise Wrong("is no address") from wrong
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"\s", found):
        raise Wrong("is no address that begins with http:// or https://")
    return found


def _moment(value: Any) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise Wrong("is no time in UTC")
    try:
        return datetime.fromisoformat(value)
    except ValueError as wrong:
        raise Wrong("is no time in UTC") from wrong


def _raw(value: Any) -> bytes:
    try:
        return base64.b64decode(text(value, 10_000_000), validate=True)
    except binascii.Error as wrong:
        raise Wrong("is no base64") from wrong


def _tick(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("is neither true nor false")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise Wrong("is no number that fits")
    return value


def _share(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
        raise Wrong("is no number from 0 to 1")
    return float(value)


def data(value: Any) -> Any:
    """Any JSON data, of which the texts can be stored."""
    if isinstance(value, dict):
        for name, inner in value.items():
            text(name, 200)
            data(inner)
    elif isinstance(value, list):
        for inner in value:
            data(inner)
    elif isinstance(value, str):
        text(value)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > _MOST:
        raise Wrong("holds a number that does not fit")
    return value


# The more special kinds of fields first.
_CHECKS: Final[Mapping[type["Field[Any, Any]"], Check]] = {
    URLField: address,
    DateTimeField: _moment,
    BinaryField: _raw,
    BooleanField: _tick,
    FloatField: _share,
    IntegerField: _number,
    JSONField: data,
}
