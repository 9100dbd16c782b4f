"""The name of the request in hand, so that all that is logged for it can be found together."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import uuid4

HEADER: Final = "X-Request-ID"
_GOOD: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_in_hand: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request that this thread has in hand, "" outside of one."""
    return _in_hand.get()


def id_of(sent: str, *, is_believed: bool) -> str:
    """The id that the desk's own proxy gave the request, or a new one: 32 hexadecimal digits.

    What anybody else sends is not believed, nor what would not be safe in a log: at most 64 letters, digits, `.`, `_`
    and `-` are.
    """
    return sent if is_believed and _GOOD.fullmatch(sent) else uuid4().hex


@contextmanager
def named(request_id: str) -> Iterator[None]:
    """Everything inside is logged under this id."""
    token = _in_hand.set(request_id)
    try:
        yield
    finally:
        _in_hand.reset(token)
