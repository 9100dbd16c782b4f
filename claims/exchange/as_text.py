"""Keys and times read from the database as text, and written as everybody writes them."""

from functools import lru_cache
from typing import Final

from django.db.models import CharField
from django.db.models.functions import Cast

# Rows beside each other have many keys and times in common.
_KEPT: Final = 1_000


def as_text(field: str) -> Cast:
    """The field's value as the database writes it."""
    # Making objects of a million keys and times, only to write them, takes longer than all the rest.
    return Cast(field, CharField())


def own_key(text: str) -> str:
    """A UUID as everybody writes it: SQLite keeps them without hyphens. For keys that come once."""
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


# For keys that rows beside each other have in common.
as_key: Final = lru_cache(maxsize=_KEPT)(own_key)


@lru_cache(maxsize=_KEPT)
def as_moment(text: str) -> str:
    """A time in ISO 8601, from the text of either database; both give UTC.

    PostgreSQL leaves zeros at the end of a fraction away, so they go everywhere: both write the same file.
    """
    plain = text.removesuffix("+00")
    return f"{plain[:10]}T{(plain[11:].rstrip('0').rstrip('.') if '.' in plain else plain[11:])}Z"
