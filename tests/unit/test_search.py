"""Claims by their words: the same answers on both databases, with the index and without it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from claims import search
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, ClaimStatus, User
from claims.models.stored_rows import store_rows
from claims.search import Place, holding, holds, near, newest_holders
from claims.text.search_words import searchable, terms
from tests.cast import MakeArticle

BEGUN = datetime(2024, 4, 30, 9, tzinfo=UTC)
SAID = [
    "The Zürich bridge was closed on “Friday”.",
    "Nobody closed the well-known bridge; 3.5 tons, 1,000 people.",
    "It‘s o’clock in per\u00a0cent.",
    "The tunnel and the bridge were reopened.",
    "東京タワーは閉まった。",
    "He wrote to ana@example.org: NEAR the bridge AND NOT closed OR “on”.",
]


@pytest.fixture
def said(article: Article) -> list[Claim]:
    """A claim for each of SAID, each opened a minute after the one before."""
    return more(article, SAID)


def more(
    article: Article, said: list[str], begun: datetime = BEGUN, apart: timedelta = timedelta(minutes=1)
) -> list[Claim]:
    """Claims of this article, in the order in which they were opened; stored as an import stores them."""
    revision = article.status.revision_id
    first = Claim.objects.count()
    keys = [UUID(int=(8 << 76) | (2 << 62) | first + n) for n in range(len(said))]
    columns = ("id", "article_id", "revision_id", "zone", "unit", "start", "end", "exact", "folded")
    rows = (
        (key, article.pk, revision, "body", "span", n, n + 1, words, searchable(words))
        for n, (key, words) in enumerate(zip(keys, said, strict=True))
    )
    store_rows(Claim, columns, rows)
    store_rows(ClaimStatus, ("claim_id", "opened_at"), ((key, begun + n * apart) for n, key in enumerate(keys)))
    found = Claim.objects.in_bulk(keys)
    return [found[key] for key in keys]


def by_index(query: str) -> list[UUID]:
    """What the index alone names, whatever else there is."""
    found = (search._by_gin if connection.vendor == "postgresql" else search._by_fts5)(
        terms(query), None, is_newer=False
    )
    assert found.are_all
    return found.claims


ASKED = [
    ("bridge", [0, 1, 3, 5]),
    ("BRIDGE closed", [0, 1, 5]),
    ("“was closed”", [0]),
    ("“closed was”", []),
    ("zurich", [0]),
    ("clo*", [0, 1, 2, 5]),
    ("“the bri*”", [3, 5]),
    ("o*", [0, 2, 5]),
    ("it's", [2]),
    ("“o clock”", [2]),
    ("3.5", [1]),
    ("3,5", [1]),
    ("1000", []),
    ("1,000", [1]),
    ("well-known", [1]),
    ("known", [1]),
    ("per cent", [2]),
    ("京タ", [4]),
    ("京 閉", [4]),
    ("閉京", []),
    ("ana@example.org", [5]),
    ("NEAR", [5]),
    ("NOT bridge", [5]),
    ("bridge OR toll", []),
    ("folded:bridge", []),
    ("^bridge", [0, 1, 3, 5]),
    ("bridge & !closed | x", []),
    ("toll", []),
    ("ridge", []),
    ("%", []),
    ("_", []),
    ("* \" ' \\", []),
    ("bridge' OR '1'='1", []),
]


@pytest.mark.parametrize(("query", "found"), ASKED)
@pytest.mark.parametrize("read", [0, 3, 2_000], ids=["by the index", "by both", "read"])
def test_a_search_finds_the_same_on_both_databases_whichever_way_it_looks(
    said: list[Claim], query: str, found: list[int], read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "READ", max(read, 1))
    asked = terms(query)
    here = Claim.objects.filter(status__opened_at__lt=BEGUN + timedelta(days=1))
    names = [one.exact for one in holding(here, asked, newest_holders(asked)).in_reading_order()]
    assert names == [SAID[n] for n in found]
    assert names == [one.exact for one in here.filter(holds(asked)).in_reading_order()]


@pytest.mark.parametrize(
    ("query", "found"),
    [("bridge", [5, 3, 1, 0]), ("zurich", [0]), ("閉京", [4]), ("“closed was”", [0]), ("clos*", [5, 1, 0])],
)
def test_the_index_names_claims_with_all_of_the_words_newest_first(
    said: list[Claim], query: str, found: list[int]
) -> None:
    assert [key for key in by_index(query) if key in {one.pk for one in said}] == [said[n].pk for n in found]


@pytest.mark.parametrize("word", ["zebra", "été"])
def test_the_index_follows_each_change_of_a_claim(said: list[Claim], word: str) -> None:
    one = said[0]
    one.folded = searchable(word)
    one.save()
    assert by_index(word) == [one.pk]
    assert one.pk not in by_index("bridge")
    Claim.objects.filter(pk=one.pk).update(folded="")
    assert by_index(word) == []
    Claim.objects.filter(pk=one.pk).update(folded=searchable(word))
    ClaimStatus.objects.filter(pk=one.pk).update(opened_at=BEGUN + timedelta(days=1))
    ClaimStatus.objects.filter(pk=said[1].pk).update(opened_at=BEGUN - timedelta(days=99 * 365))
    Claim.objects.filter(pk__in=[claim.pk for claim in said[:3]]).update(folded=searchable(word))
    assert by_index(word) == [said[0].pk, said[2].pk, said[1].pk]
    ClaimStatus.objects.filter(pk=one.pk).delete()
    one.delete()
    assert by_index(word) == [said[2].pk, said[1].pk]


def test_what_was_taken_back_is_not_in_the_index(said: list[Claim], article: Article) -> None:
    with transaction.atomic():
        Claim.objects.filter(pk=said[0].pk).update(folded=" zebra ")
        more(article, ["A zebra."], BEGUN + timedelta(hours=1))
        transaction.set_rollback(True)
    assert by_index("zebra") == []


def test_a_claim_that_comes_after_its_status_is_in_the_index(article: Article, said: list[Claim]) -> None:
    row = Claim.objects.filter(pk=said[0].pk).values().get()
    with connection.constraint_checks_disabled() if connection.vendor == "sqlite" else transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM claims_claim WHERE folded LIKE '%% zurich %%'")
        assert by_index("zurich") == []
        store_rows(Claim, list(row), [list(row.values())])
    assert by_index("zurich") == [said[0].pk]


@pytest.mark.parametrize("apart", [timedelta(seconds=1), timedelta(microseconds=1), timedelta(0)])
@pytest.mark.parametrize("read", [2, 40])
@pytest.mark.parametrize("is_page", [True, False])
def test_pages_of_common_words_go_through_all_claims_in_the_order_of_the_list(
    article: Article, apart: timedelta, read: int, is_page: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"READ": read, "NAMED": 7, "ENOUGH": 5}.items():
        monkeypatch.setattr(search, name, value)
    more(article, [f"A zebra, number {n}." if n % 3 else "A horse." for n in range(60)], apart=apart)
    asked, known = terms("zebra"), newest_holders(terms("zebra"))
    assert not known.are_all
    claims = holding(Claim.objects.all(), asked, known)
    whole = list(claims.newest_first().values_list("pk", flat=True))
    assert len(whole) == 40
    for is_newer in (False, True):
        seen: list[UUID] = []
        place: Place | None = Place(BEGUN - timedelta(days=1), UUID(int=0)) if is_newer else None
        for _ in range(60):
            here = near(claims, asked, known, None if is_newer else place, place if is_newer else None, is_page=is_page)
            rows = list(here.claims.newest_first())[:: -1 if is_newer else 1]
            beyond = [one.pk for one in rows if one.pk not in seen]
            seen += beyond
            if here.named is None:
                break
            on = here.goes_on(Claim.objects.all())
            assert on is not None
            place = on
        assert seen == whole[:: -1 if is_newer else 1]


def test_the_words_of_a_withdrawn_article_leave_the_index_for_good(
    make_article: MakeArticle, max: User, said: list[Claim]
) -> None:
    gone = make_article("Quokkas were seen at the harbour on Friday.", "https://example.org/gone")
    assert len(by_index("quokkas")) == 1
    withdraw_article(by=max, article_id=gone.pk, reason="Asked.", expected_version=gone.status.version)
    assert by_index("quokkas") == []
    assert len(by_index("bridge")) >= 4
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM claims_words_data WHERE instr(block, CAST('uokka' AS blob)) > 0")
            assert cursor.fetchone() == (0,)


def test_a_single_claim_is_entered_as_many_are(article: Article, said: list[Claim]) -> None:
    one = Claim(pk=uuid4(), article=article, revision_id=article.status.revision_id, zone="body", unit="span", end=9)
    one.start, one.exact, one.folded = 1, "A zebra.", " a zebra "
    one.save(force_insert=True)
    assert by_index("zebra") == []
    ClaimStatus.objects.create(claim=one)
    assert by_index("zebra") == [one.pk]


def test_many_claims_that_are_refused_leave_the_index_as_it_was(article: Article, said: list[Claim]) -> None:
    again = [(said[0].pk, BEGUN)]
    with pytest.raises(IntegrityError), transaction.atomic():
        store_rows(ClaimStatus, ("claim_id", "opened_at"), again)
    more(article, ["A zebra."], BEGUN + timedelta(hours=1))
    assert len(by_index("zebra")) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM claims_search_held")
            assert cursor.fetchone() == (0,)


def test_a_search_without_a_word_finds_nothing(said: list[Claim]) -> None:
    assert newest_holders([]) == search.Holders([], are_all=True)
    assert not holding(Claim.objects.all(), [], newest_holders([])).exists()


def test_a_word_that_nothing_has_costs_one_query_where_there_are_few_claims(
    said: list[Claim], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert newest_holders(terms("nowhere")).are_all


@pytest.mark.parametrize(
    "query",
    [
        "a" * 200,
        "“" + "a " * 99 + "”",
        " ".join(f"{n}*" for n in range(50)),
        "é" * 200,
        " ".join(map(str, range(3_000))),
        f"“{' '.join(map(str, range(3_000)))}”",
    ],
)
def test_a_long_search_is_an_ordinary_one(said: list[Claim], query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "READ", 1)
    assert list(holding(Claim.objects.all(), terms(query), newest_holders(terms(query)))) == []
