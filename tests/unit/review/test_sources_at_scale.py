"""A registry of 100,000 sources answers by its indexes: a keystroke and a page cost what they cost in a small one."""

import re
from collections.abc import Callable
from itertools import islice, product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Source, SourceWord, User
from claims.review.near_duplicates import near_duplicates, suggested_pairs
from claims.review.said_by import said_by
from claims.review.sources import find_named, other_names, suggest, with_words
from claims.text.fold import fold
from claims.text.names import words_of
from claims.web.source_lists import SourceFilter
from tests.cast import person

GIVEN = [f"given{number}" for number in range(250)]
FAMILY = [f"family{number}" for number in range(400)]
# Every name begins with a word that all have: the commonest word there is.
COMMON = "Minister"


def registry(by: User, count: int) -> None:
    """So many sources, made past the room: it would take them one by one."""
    sources = [
        Source(name=name, folded=fold(name), kind="named_person", created_by=by)
        for name in (f"{COMMON} {given} {family}" for family, given in islice(product(FAMILY, GIVEN), count))
    ]
    Source.objects.bulk_create(sources, batch_size=2_000)
    words = [SourceWord(source=source, word=word) for source in sources for word in words_of(source.name)]
    SourceWord.objects.bulk_create(words, batch_size=5_000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_source, claims_sourceword, claims_hop")
            # As on any disk of today: a row by its key costs little more than the one beside it.
            cursor.execute("SET LOCAL random_page_cost = 1.1")


def reads(viewer: User) -> list[Callable[[], Any]]:
    """What pages ask of the registry."""
    one = Source.objects.order_by("folded", "pk")[0]
    return [
        lambda: suggest("family17"),
        lambda: suggest("minister"),
        lambda: suggest("m g f"),
        lambda: suggest("minister given1 family2"),
        lambda: suggest("nobody of this name"),
        lambda: find_named(one.name, one.kind),
        lambda: with_words("minister given3"),
        lambda: SourceFilter({}, viewer=viewer).page("", ""),
        lambda: SourceFilter({"order": "newest"}, viewer=viewer).page("", ""),
        lambda: SourceFilter({}, viewer=viewer).page(f"{one.folded}~{one.pk}", ""),
        lambda: other_names([one.pk]),
        lambda: near_duplicates(one),
        lambda: suggested_pairs(),
        lambda: said_by(one, viewer),
    ]


def costly_steps(sql: str) -> list[str]:
    """The steps of the query's plan that read a table of the registry from end to end, or sort one."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN ") + sql)
        steps = [str(row[-1]) for row in cursor.fetchall()]
    if not sqlite:
        return [step for step in steps if "Seq Scan on claims_source" in step]
    # In the order of an index, so far and no further, no table is read whole.
    scans = [step for step in steps if re.match(r"SCAN (claims_|[UVTW]\d)", step) and "INDEX" not in step]
    lists = "ORDER BY" in sql and "LIMIT" in sql and "IN (" not in sql and '"folded" =' not in sql
    return scans + [step for step in steps if lists and "TEMP B-TREE FOR ORDER BY" in step]


def costly(viewer: User) -> list[tuple[int, list[str], str]]:
    """What is wrong with the queries of each read: its number, the steps, the query."""
    found = []
    for number, read in enumerate(reads(viewer)):
        with CaptureQueriesContext(connection) as done:
            read()
        assert len(done) <= 9, number
        plans = [(costly_steps(query["sql"]), query["sql"][-300:]) for query in done.captured_queries]
        found += [(number, steps, sql) for steps, sql in plans if steps]
    return found


@pytest.mark.django_db
def test_what_is_found_in_a_registry_of_some_size() -> None:
    registry(person("ana", "reviewer"), 1_200)
    assert {found.source.name for found in suggest("family2")} == {f"{COMMON} given{n} family2" for n in range(10)}
    assert [found.source.name for found in suggest("given17 fam 3")] == []
    assert suggest("given17 family3")[0].source.name == f"{COMMON} given17 family3"
    # A common word alone is looked through in part, with a rare one in full.
    assert len(suggest("minister")) == 10
    assert len(with_words("minister")) == 500
    assert len(with_words("minister family4")) == 200


@pytest.mark.django_db
def test_no_read_goes_through_a_whole_table_of_the_registry() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("the plan of a small table is to read it whole")
    viewer = person("ana", "reviewer")
    registry(viewer, 300)
    assert costly(viewer) == []


@pytest.mark.long
@pytest.mark.django_db
def test_nor_in_a_registry_of_a_hundred_thousand() -> None:
    viewer = person("ana", "reviewer")
    registry(viewer, 100_000)
    assert costly(viewer) == []
    assert suggest("given249 family399")[0].source.name == f"{COMMON} given249 family399"


@pytest.mark.django_db
def test_a_read_of_a_whole_table_would_be_seen() -> None:
    registry(person("ana", "reviewer"), 300)
    with CaptureQueriesContext(connection) as done:
        list(Source.objects.filter(note="x"))
        list(Source.objects.in_force().order_by("-created_at", "pk")[:50])
    whole, sort = (costly_steps(query["sql"]) for query in done.captured_queries)
    assert whole
    assert sort or connection.vendor == "postgresql"
