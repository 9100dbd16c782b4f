"""The terms of a claim as the index keeps them: 64-bit hashes, so that no word of an article stands in it."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from math import log
from typing import Final

from claims.text.terms import terms

# Counts what the terms of a text are: raise it where other terms are found, and every article is indexed anew.
SUGGESTER_VERSION: Final = 2
_REMEMBERED: Final = 131_072
_BYTES: Final = 8

Terms = dict[int, float]


def term_hashes(text: str) -> Terms:
    """The terms of a text, each as a signed 64-bit integer that is the same in every run, with its weight."""
    return {_hash(term): round(weight, 3) for term, weight in terms(text).items()}


@lru_cache(_REMEMBERED)
def _hash(term: str) -> int:
    return int.from_bytes(blake2b(term.encode(), digest_size=_BYTES).digest(), signed=True)


def rarity(held_by: float, claims: float) -> float:
    """How telling a term is that so many of so many claims have: from 0 on, the more the rarer.

    Inverse document frequency (Spärck Jones, "A statistical interpretation of term specificity", 1972), smoothed.
    """
    return log(1 + (claims + 1) / (held_by + 0.5))


def as_stored(found: Mapping[int, float]) -> list[list[float]]:
    """Terms as the index stores them: [[hash, weight], …] in the order of the hashes."""
    return [[term, found[term]] for term in sorted(found)]


def from_stored(stored: list[list[float]]) -> Terms:
    """Terms as the index stores them, by their hash."""
    return {int(term): weight for term, weight in stored}
