"""What the index says of terms: how many claims have each, and which. Reading costs no more for a frequent term."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection

from claims.coverage.term_hashes import rarity
from claims.models import ClaimTerms, Posting

# A term of more claims than are looked through is counted among the newest so many, and the rest is reckoned from them.
SAMPLE: Final = 10_000
_AT_ONCE: Final = 5_000
_REMEMBERED: Final = 250_000

_ASKED: Final = {
    "sqlite": "(SELECT value AS term FROM json_each(%s))",
    "postgresql": "(SELECT unnest(%s::bigint[]) AS term)",
}
# How many claims have each term, counted no further than a cap; how many of the newest; and the newest number.
_COUNTED: Final = """
SELECT asked.term, top.last,
  (SELECT COUNT(*) FROM (SELECT 1 FROM claims_posting p WHERE p.term = asked.term LIMIT %s) few),
  (SELECT COUNT(*) FROM claims_posting p WHERE p.term = asked.term AND p.number > top.last - %s)
FROM {asked} asked, (SELECT COALESCE(MAX(number), 0) AS last FROM claims_claimterms) top
"""
_HELD: Final = "SELECT p.term, p.number FROM claims_posting p WHERE p.term IN {asked}"


class Postings:
    """The index as one run reads it: a term that more than `most` claims have finds none of them.

    Keeps what it learnt of terms, so that a run over a corpus counts each of them once.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0.0
        self._held_by: dict[int, float] = {}

    def rarities(self, terms: Collection[int]) -> dict[int, float]:
        """How telling each of these terms is."""
        if len(self._held_by) > _REMEMBERED:
            self._held_by.clear()
        for some in _in_parts(term for term in terms if term not in self._held_by):
            for term, last, count, newest in _rows(_COUNTED, [self.most + 1, SAMPLE, _asked(some)]):
                self.size = last
                is_few = count <= self.most
                self._held_by[term] = count if is_few else max(count, newest * last / min(last, SAMPLE))
        return {term: rarity(self._held_by[term], self.size) for term in terms}

    def frequent(self, terms: Collection[int]) -> set[int]:
        """Those of the terms that too many claims have to be found by them."""
        self.rarities(terms)
        return {term for term in terms if self._held_by[term] > self.most}

    def holders(self, terms: Collection[int]) -> dict[int, list[int]]:
        """The numbers of the claims that have each of those of these terms that few enough claims have."""
        found: dict[int, list[int]] = defaultdict(list)
        for some in _in_parts(term for term in terms if self._held_by[term] <= self.most):
            for term, number in _rows(_HELD, [_asked(some)]):
                found[term].append(number)
        return found


def held_in_story(terms: Collection[int], story: UUID, most: int) -> dict[int, list[int]]:
    """The numbers of claims of the story that have each of these terms, among the `most` that came in last."""
    numbers = ClaimTerms.objects.filter(article__status__story=story).order_by("-number").values("number")[:most]
    found: dict[int, list[int]] = defaultdict(list)
    for term, number in Posting.objects.filter(term__in=terms, number__in=numbers).values_list("term", "number"):
        found[term].append(number)
    return found


def _rows(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(asked=_ASKED[connection.vendor]), values)
        rows: list[Any] = cursor.fetchall()
        return rows


def _asked(terms: list[int]) -> Any:
    """Any number of terms as one value of a query."""
    return json.dumps(terms) if connection.vendor == "sqlite" else terms


def _in_parts(terms: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(terms)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
