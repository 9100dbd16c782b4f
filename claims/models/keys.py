"""Keys computed from what a row says, so that reading or loading the same text again meets the same rows.

All of them are UUIDs of version 8 (RFC 9562: the layout is the application's own).
"""

import hashlib
from uuid import UUID

from claims.vocabulary import ClaimUnit

_MASK_60 = (1 << 60) - 1
MAX_OFFSET = (1 << 24) - 1


def named_key(kind: str, name: str) -> UUID:
    """The key of a thing that has one natural name: an outlet's host, an article's address."""
    return _version_8(int.from_bytes(hashlib.sha256(f"{kind}\n{name}".encode()).digest()[:16]))


def revision_key(article: UUID, sha256: str) -> UUID:
    """The key of one state of an article's text: same article, same bytes, same key."""
    return named_key("revision", f"{article}\n{sha256}")


def span_key(revision: UUID, start: int, end: int, unit: ClaimUnit) -> UUID:
    """The key of a span of a revision; `start` and `end` are code-point offsets.

    The revision's first 60 bits come first, then start and end: the rows of one article lie together in every index,
    in reading order. Raises ValueError for offsets that no stored text can have.
    """
    if not 0 <= start < end <= MAX_OFFSET:
        raise ValueError(f"No span of a text: {start} to {end}.")
    tail = (start << 38) | (end << 14) | list(ClaimUnit).index(unit)
    return _join(_head(revision), tail)


def _head(key: UUID) -> int:
    """The 60 free bits before the variant of a version 8 UUID."""
    upper = key.int >> 64
    return (upper >> 16) << 12 | (upper & 0xFFF)


def _join(head: int, tail: int) -> UUID:
    """A version 8 UUID of 60 bits before and 62 bits after its variant."""
    upper = ((head >> 12) << 16) | (8 << 12) | (head & 0xFFF)
    return UUID(int=(upper << 64) | (0b10 << 62) | tail)


def _version_8(digest: int) -> UUID:
    return _join((digest >> 64) & _MASK_60, digest & ((1 << 62) - 1))
