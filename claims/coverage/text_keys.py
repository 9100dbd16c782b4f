"""Keys and days read as the database writes them, for readings of thousands of rows.

Making objects of them costs more than reading them, and rows that belong together have most of them in common.
"""

from datetime import date
from uuid import UUID

from django.db.models import CharField, F
from django.db.models.functions import Cast, Coalesce


def as_text(field: str | Coalesce) -> Cast:
    """The field's value as the database writes it."""
    return Cast(F(field) if isinstance(field, str) else field, CharField())


class Keys(dict[str, UUID]):
    """The keys that were met, by their text; `keys[text]` makes each once."""

    def __missing__(self, text: str) -> UUID:
        """A key that was not met before."""
        key = self[text] = UUID(text)
        return key


class Days(dict[str, date]):
    """The days that were met, by their text."""

    def __missing__(self, text: str) -> date:
        """A day that was not met before."""
        day = self[text] = date.fromisoformat(text)
        return day
