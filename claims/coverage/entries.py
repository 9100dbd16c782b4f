"""Claims as the index has them, for one run: it reads the articles of a story together."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from claims.coverage.term_hashes import Terms, from_stored
from claims.models import ClaimTerms

_REMEMBERED: Final = 20_000
_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the index has it."""

    number: int
    claim: UUID
    article: UUID
    terms: Terms


class Entries:
    """The claims of the index by their numbers. What was read is kept for a while."""

    def __init__(self) -> None:
        self._known: dict[int, Entry] = {}

    def of_articles(self, articles: Collection[UUID]) -> list[Entry]:
        """Every claim of these articles."""
        numbers = ClaimTerms.objects.filter(article__in=articles).values_list("number", flat=True)
        return list(self.of(sorted(numbers)).values())

    def of(self, numbers: Collection[int]) -> dict[int, Entry]:
        """The claims of these numbers, where a claim has them still."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        missing = [number for number in numbers if number not in self._known]
        for first in range(0, len(missing), _AT_ONCE):
            self._read(ClaimTerms.objects.filter(number__in=missing[first : first + _AT_ONCE]))
        return {number: self._known[number] for number in numbers if number in self._known}

    def _read(self, rows: QuerySet[ClaimTerms]) -> None:
        for number, claim, article, terms in rows.values_list("number", "claim", "article", "terms"):
            self._known[number] = Entry(number, claim, article, from_stored(terms))
