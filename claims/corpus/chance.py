"""Chance that comes out the same for the same names, on every machine and in every version of Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Chance of its own for whatever these names say together.

    It rests on `Random.random()` alone, whose sequence Python promises to keep.
    """

    def __init__(self, *names: object) -> None:
        self._next = Random("/".join(map(str, names))).random  # noqa: S311 - to be told again, not to be secret

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return low + int(self._next() * (high - low + 1))

    def happens(self, share: float) -> bool:
        """True in this share of cases."""
        return self._next() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[int(self._next() * len(choices))]

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """So many different ones of these, in random order; all of them where there are fewer."""
        left = list(choices)
        return [left.pop(int(self._next() * len(left))) for _ in range(min(count, len(left)))]
