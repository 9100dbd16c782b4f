"""Claims by their words: one question, which SQLite answers by FTS5 and PostgreSQL by GIN. See migration 0011_search.

What a claim holds is a comparison of its own words (`holds`), the same on both databases; the index only says which
claims are worth comparing. Newest first: the newest claims are read as they are, which finds common words at once, and
only if too few of them fit is the index asked, for so many claims at most. Whoever needs all of them asks `holding`,
whoever shows a page asks `near`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from claims.models import Claim, ClaimStatus
from claims.models.claim import ClaimQuerySet
from claims.text.search_words import MOST, Term

# So many claims, the newest of a list, are read without the index.
READ: Final = 2_000
# The index names so many claims at most; where there are no more, they are all. Counts say "1,000+" by them.
NAMED: Final = 1_200
# Of a page of fifty: some more, because a few of those with the words are set aside.
ENOUGH: Final = 100
# A shorter beginning has so many words that the index is no help.
SHORTEST_BEGINNING: Final = 3
# The key of no claim: a condition that nothing meets, and that can be written as SQL.
_NOBODY: Final = UUID(int=0)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# As in the migration: the numbers of one millisecond, and the last millisecond that has some.
_OF_MOMENT: Final = 2_097_152
_LAST_MOMENT: Final = 4_398_046_511_103

Claims = TypeVar("Claims", bound=QuerySet[Any])


class Place(NamedTuple):
    """A place in a list of claims, newest first: the moment of opening and the key of the claim that stands there."""

    opened_at: datetime
    claim: UUID


@dataclass(frozen=True)
class Holders:
    """Claims that may hold all of the words; `are_all` where no others do, else they are the newest of a list.

    Those that hold the words but not beside each other, where a phrase was asked for, are among them. The first `few`
    of them come before all others in the list, and are enough for a page.
    """

    claims: list[UUID]
    are_all: bool
    few: int = ENOUGH


@dataclass(frozen=True)
class Near:
    """What a page takes its rows from. `named` are the claims that were looked through; None: the whole list."""

    claims: ClaimQuerySet
    named: list[UUID] | None = None
    is_newer: bool = False

    def goes_on(self, among: ClaimQuerySet) -> Place | None:
        """The place that the list goes on after where the page is shorter than the list; None where this was all.

        It is the place of one of the claims `among`, because a place tells the key of what stands there.
        """
        newest = ("-opened_at", "claim")
        named = ClaimStatus.objects.filter(pk__in=self.named or []).order_by(*newest).values_list("opened_at", "pk")
        reached = named.first() if self.is_newer else named.last()
        if reached is None:
            return None
        time, claim = ("lt", "gte") if self.is_newer else ("gt", "lte")
        seen = among.newest_first().filter(
            Q(**{f"status__opened_at__{time}e": reached[0]})
            & (Q(**{f"status__opened_at__{time}": reached[0]}) | Q(**{f"status__claim__{claim}": reached[1]}))
        )
        places = seen.values_list("status__opened_at", "pk")
        found = places.first() if self.is_newer else places.last()
        return Place(*found) if found else None


def holds(asked: Sequence[Term], claim: str = "") -> Q:
    """The condition that a claim holds all that is asked for; where nothing is, no claim does.

    `claim` is the way to the claim from the rows that are asked, as in "a__".
    """
    found = Q() if asked else Q(**{f"{claim}pk": _NOBODY})
    for term in asked:
        found &= Q(**{f"{claim}folded__contains": term.needle})
    return found


def holding(claims: Claims, asked: Sequence[Term], known: Holders) -> Claims:
    """Those of the claims that hold all that is asked for, however many there are.

    `known` is what `newest_holders` found: where these are all, they are named by their keys, and no other is read.
    """
    found = claims.filter(holds(asked))
    return found.filter(pk__in=known.claims or [_NOBODY]) if known.are_all else found


def near(
    claims: ClaimQuerySet,
    asked: Sequence[Term],
    known: Holders,
    after: Place | None = None,
    before: Place | None = None,
    *,
    is_page: bool,
) -> Near:
    """Of claims that hold the words, those that come next after one place or before another.

    As many as are looked through at once, or, where `is_page`, enough for a page. `known` is what was found for the
    beginning of the list. Other conditions may leave fewer: the list goes on.
    """
    if known.are_all:
        return Near(claims)
    place, is_newer = before or after, before is not None
    found = newest_holders(asked, place, is_newer=is_newer) if place else known
    named = found.claims[: found.few] if is_page and not found.are_all else found.claims
    here = claims.filter(pk__in=named or [_NOBODY])
    return Near(here, None if found.are_all else named, is_newer)


def newest_holders(asked: Sequence[Term], beyond: Place | None = None, *, is_newer: bool = False) -> Holders:
    """The newest claims that may hold the words, from a place on; or those just before it, where `is_newer`.

    In one query where the words are common ones or there are few claims, else two, at most three.
    """
    if not asked:
        return Holders([], are_all=True)
    if connection.vendor == "sqlite" and beyond is None and _is_plain(asked):
        return _by_fts5(asked, beyond, is_newer=is_newer)  # which finds the newest with one word at once
    found, was_all = _read(asked, beyond, is_newer=is_newer)
    if was_all or len(found) >= ENOUGH or not any(map(_is_in_index, asked)):
        return Holders(found, was_all, ENOUGH)
    if connection.vendor == "postgresql":
        return _by_gin(asked, beyond, is_newer=is_newer)
    return _by_fts5(asked, beyond, is_newer=is_newer)


def forget_words() -> None:
    """Take the words that no claim holds any more out of the index's own pages; after a withdrawal.

    FTS5 only marks what it is told to delete, until it puts parts of the index together: here it does so with all of
    them. PostgreSQL's VACUUM does that for the index as for every other table.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO claims_words (claims_words) VALUES ('optimize')")


def _is_plain(asked: Sequence[Term]) -> bool:
    """Whether it is one whole word."""
    return len(asked) == 1 and len(asked[0].words) == 1 and not asked[0].is_prefix


def _is_in_index(term: Term) -> bool:
    return len(term.words) > 1 or not term.is_prefix or len(term.words[0]) >= SHORTEST_BEGINNING


def _read(asked: Sequence[Term], beyond: Place | None, *, is_newer: bool) -> tuple[list[UUID], bool]:
    """Those of the READ claims from a place on that hold the words; and whether there were no more than those."""
    where, values = _beyond(beyond, is_newer=is_newer)
    order = _order(is_newer=is_newer)
    held = " AND ".join(["folded LIKE %s"] * len(asked))
    statement = (
        f"SELECT claim_id, place FROM (SELECT claim_id, row_number() OVER ({order}) AS place FROM claims_claimstatus "  # noqa: S608 - our own names
        f"{where and 'WHERE '}{where} {order} LIMIT {READ}) AS newest "
        f"JOIN claims_claim ON claims_claim.id = claim_id WHERE ({held}) OR place = {READ} ORDER BY place"
    )
    rows = _rows(statement, [*values, *(f"%{term.needle}%" for term in asked)])
    return [key for key, _ in rows], not any(place == READ for _, place in rows)


def _by_gin(asked: Sequence[Term], beyond: Place | None, *, is_newer: bool) -> Holders:
    where, values = _beyond(beyond, is_newer=is_newer)
    statement = (
        f"SELECT claim_id FROM claims_searched WHERE words @@ %s::tsquery {where and 'AND '}{where} "  # noqa: S608
        f"{_order(is_newer=is_newer)} LIMIT {NAMED + 1}"
    )
    words = " & ".join(f"'{word}'{':*' if begins else ''}" for word, begins in _words(asked))
    found = [key for (key,) in _rows(statement, [words, *values])]
    return Holders(found[:NAMED], len(found) <= NAMED, ENOUGH)


def _by_fts5(asked: Sequence[Term], beyond: Place | None, *, is_newer: bool) -> Holders:
    """By number, which follows the time up to the millisecond; within one, by the list's own order."""
    match = " ".join(f'"{word}"{"*" if begins else ""}' for word, begins in _words(asked))
    found: list[UUID] = []
    edge, values = "", list[Any]()
    if beyond:
        first = _first_number(beyond.opened_at)
        found = _of_moment(match, first, beyond, is_newer=is_newer)
        if len(found) >= ENOUGH:
            return Holders(found, are_all=False, few=ENOUGH)
        edge, values = ("AND rowid >= %s", [first + _OF_MOMENT]) if is_newer else ("AND rowid < %s", [first])
    rows = _rows(
        "SELECT claim_id, number FROM claims_words JOIN claims_searched ON number = claims_words.rowid "  # noqa: S608
        f"WHERE claims_words MATCH %s {edge.replace('rowid', 'claims_words.rowid')} "
        f"ORDER BY claims_words.rowid {'ASC' if is_newer else 'DESC'} LIMIT {NAMED + 1}",
        [match, *values],
    )
    if len(rows) <= NAMED:
        return Holders(found + [key for key, _ in rows], are_all=True)
    few = 0
    for moment, claims in groupby(rows, lambda row: row[1] // _OF_MOMENT):
        if moment != rows[-1][1] // _OF_MOMENT:
            found += [key for key, _ in claims]
        elif len(found) < ENOUGH:  # very many claims were opened in that last moment
            if not found and beyond is None and len(read := _read(asked, beyond, is_newer=is_newer)[0]) >= ENOUGH:
                return Holders(read, are_all=False, few=ENOUGH)
            found += _of_moment(match, moment * _OF_MOMENT, None, is_newer=is_newer)
        few = few or (len(found) if len(found) >= ENOUGH else 0)
    return Holders(found, are_all=False, few=few or len(found))


def _of_moment(match: str, first: int, beyond: Place | None, *, is_newer: bool) -> list[UUID]:
    """Claims that were opened in the millisecond whose numbers begin with `first`, in the order of the list."""
    where, values = _beyond(beyond, is_newer=is_newer)
    rows = _rows(
        "SELECT claims_searched.claim_id FROM claims_words "  # noqa: S608
        "JOIN claims_searched ON number = claims_words.rowid "
        "JOIN claims_claimstatus ON claims_claimstatus.claim_id = claims_searched.claim_id "
        "WHERE claims_words MATCH %s AND claims_words.rowid >= %s AND claims_words.rowid < %s "
        f"{where and 'AND '}{where.replace('claim_id', 'claims_claimstatus.claim_id')} "
        f"{_order(is_newer=is_newer).replace('claim_id', 'claims_claimstatus.claim_id')} LIMIT {NAMED}",
        [match, first, first + _OF_MOMENT, *values],
    )
    return [key for (key,) in rows]


def _words(asked: Sequence[Term]) -> list[tuple[str, bool]]:
    """Each word that is asked for, and whether it is how a word begins. Letters and digits: no word is an operator."""
    found: dict[tuple[str, bool], None] = {}
    for term in asked:
        for at, word in enumerate(term.words, 1):
            begins = term.is_prefix and at == len(term.words)
            if not begins or len(word) >= SHORTEST_BEGINNING:
                found[word, begins] = None
    return list(found)[:MOST]


def _beyond(place: Place | None, *, is_newer: bool) -> tuple[str, list[Any]]:
    """The condition that a claim comes after this place in the list, or before it where `is_newer`; its values."""
    if place is None:
        return "", []
    at = connection.ops.adapt_datetimefield_value(place.opened_at)
    key = Claim._meta.pk.get_db_prep_value(place.claim, connection)
    time, claim = (">", "<") if is_newer else ("<", ">")
    return f"opened_at {time}= %s AND (opened_at {time} %s OR claim_id {claim} %s)", [at, at, key]


def _order(*, is_newer: bool) -> str:
    return "ORDER BY opened_at ASC, claim_id DESC" if is_newer else "ORDER BY opened_at DESC, claim_id ASC"


def _first_number(moment: datetime) -> int:
    passed = (moment - _EPOCH) // timedelta(milliseconds=1)
    return min(max(passed, 0), _LAST_MOMENT) * _OF_MOMENT


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What the statement gives; the first of each row is the key of a claim."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [(key if isinstance(key, UUID) else UUID(key), *rest) for key, *rest in cursor.fetchall()]
