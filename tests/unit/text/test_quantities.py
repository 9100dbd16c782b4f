"""Numbers, dates and what is counted: read from English news, and compared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.quantities import MOST_TEXT, Quantity, QuantityKind, When, clash, quantities, same
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article

# What stands where, in which sort, with which value and unit.
READ = [
    ("Four people died.", "Four", "number", "4", "person"),
    ("Nearly 100,000 Armenians fled.", "100,000", "number", "100000", "armenian"),
    ("a six-week war", "six-week", "number", "6", "week"),
    ("after six\u00a0weeks of fighting", "six\u00a0weeks", "number", "6", "week"),
    ("a 300 year old war", "300 year", "number", "300", "year"),
    ("over a hundred million people", "a hundred million", "number", "100000000", "person"),
    ("twenty-one men", "twenty-one", "number", "21", "man"),
    ("one hundred and five votes", "one hundred and five", "number", "105", "vote"),
    ("two million three hundred thousand", "two million three hundred thousand", "number", "2300000", ""),
    ("half a million people", "half a million", "number", "500000", "person"),
    ("one and a half million", "one and a half million", "number", "1500000", ""),
    ("a dozen drones", "a dozen", "number", "12", "drone"),
    ("a couple of days ago", "a couple of days", "number", "2", "day"),
    ("one soldier was killed", "one", "number", "1", "soldier"),
    ("30 Russian soldiers", "30", "number", "30", "soldier"),
    ("worth $1.5 billion", "$1.5 billion", "money", "1500000000", "usd"),
    ("less than €5m", "€5m", "money", "5000000", "eur"),
    ("5 million rubles", "5 million rubles", "money", "5000000", "rub"),
    ("US$3bn", "US$3bn", "money", "3000000000", "usd"),
    ("12.5% of voters", "12.5%", "percent", "12.5", "%"),
    ("5 per cent", "5 per cent", "percent", "5", "%"),
    ("two percentage points", "two percentage points", "percent", "2", "point"),
    ("half of them", "half", "percent", "50", "%"),
    ("three quarters of it", "three quarters", "percent", "75", "%"),
    ("Article 4 states", "Article 4", "reference", "4", "article"),
    ("Article IV states", "Article IV", "reference", "4", "article"),
    ("Resolution 1701 of 2006", "Resolution 1701", "reference", "1701", "resolution"),
    ("World War II", "War II", "reference", "2", "war"),
    ("phase two of it", "phase two", "reference", "2", "phase"),
    ("speaking to France 24, he", "France 24", "reference", "24", "france"),
    ("the third round", "third", "ordinal", "3", ""),
    ("the 2nd army", "2nd", "ordinal", "2", ""),
    ("at 6 p.m. on Monday", "6 p.m.", "time", "1080", "24h"),
    ("at 18:30", "18:30", "time", "1110", "24h"),
    ("at 6:30", "6:30", "time", "390", "12h"),
]
DATED = [
    ("on 12 September", "12 September", When(None, 9, 12)),
    ("on Sept. 12, 2022", "Sept. 12, 2022", When(2022, 9, 12)),
    ("on Tuesday, September 13", "Tuesday, September 13", When(None, 9, 13, 1)),
    ("the 12th of May 2023", "12th of May 2023", When(2023, 5, 12)),
    ("in November 2022", "November 2022", When(2022, 11)),
    ("in May", "May", When(None, 5)),
    ("on 2023-05-22", "2023-05-22", When(2023, 5, 22)),
    ("Update 05/23/23", "05/23/23", When(2023, 5, 23)),
    ("on 05/06/23", "05/06/23", When(2023)),
    ("on 23.05.2023", "23.05.2023", When(2023, 5, 23)),
    ("a 2020 war", "2020", When(2020)),
    ("in 2020 forces attacked", "2020", When(2020)),
    ("in the 1990s", "1990s", When(1990, years=10)),
    ("on Friday", "Friday", When(weekday=4)),
    ("Earlier this year, Russia", "Earlier this year", When(relative="earlier this year")),
    ("it fell last month", "last month", When(relative="last month")),
]
SILENT = [
    "F-16s, WW3, Covid-19, the G7 and S-400s",
    "He may march, and the march may end.",
    "One thing is certain, and no one knows it.",
    "First of all, he said.",
    "thousandfold, a thousandth, umpteen",
    "",
]


def read(text: str) -> Quantity:
    (one,) = quantities(text)
    return one


@pytest.mark.parametrize(("text", "words", "kind", "value", "unit"), READ)
def test_quantities_are_read(text: str, words: str, kind: str, value: str, unit: str) -> None:
    one = quantities(text)[0]
    assert (text[one.start : one.end], one.kind, one.value, one.unit) == (words, kind, Decimal(value), unit)


@pytest.mark.parametrize(("text", "words", "when"), DATED)
def test_dates_are_read(text: str, words: str, when: When) -> None:
    one = read(text)
    assert (text[one.start : one.end], one.kind, one.when) == (words, QuantityKind.DATE, when)


@pytest.mark.parametrize("text", SILENT)
def test_names_with_digits_and_adverbs_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_years_that_begin_and_end_something_are_two() -> None:
    assert [one.when.year for one in quantities("the war of 2020–23")] == [2020, 2023]
    assert [one.when.year for one in quantities("from 2019 to 2021")] == [2019, 2021]


def test_a_number_that_is_no_year_is_counted() -> None:
    assert [one.kind for one in quantities("2000 soldiers in 2000")] == [QuantityKind.NUMBER, QuantityKind.DATE]


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("30 soldiers", 30, 30, False),
        ("at least 30 soldiers", 30, None, False),
        ("no fewer than 30 soldiers", 30, None, False),
        ("30 or more soldiers", 30, None, False),
        ("up to 30 soldiers", None, 30, False),
        ("fewer than 30 soldiers", None, 30, False),
        ("about 30 soldiers", 30, 30, True),
        ("30 to 40 soldiers", 30, 40, False),
        ("30–40 soldiers", 30, 40, False),
        ("between 30 and 40 soldiers", 30, 40, False),
        ("10 to 15 million people", 10_000_000, 15_000_000, False),
        ("two or three soldiers", 2, 3, False),
        ("dozens of soldiers", 24, None, True),
        ("tens of thousands of soldiers", 20_000, None, True),
        ("hundreds of thousands of soldiers", 200_000, None, True),
    ],
)
def test_how_far_a_number_holds_is_read(text: str, low: int | None, high: int | None, approximate: bool) -> None:
    one = read(text)
    assert (one.low, one.high, one.approximate) == (low, high, approximate)


def test_what_changed_from_one_number_to_another_is_no_range() -> None:
    assert [one.value for one in quantities("It rose from 10 to 15.")] == [10, 15]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("six weeks", "a six-week war"),
        ("1.5 billion", "1,500 million"),
        ("12 September", "Sept. 12"),
        ("two weeks", "14 days"),
        ("24 months", "two years"),
        ("100 km", "62 miles"),
        ("half of voters", "50 percent of voters"),
        ("$5m", "5 million dollars"),
        ("Article IV", "Article 4"),
        ("6 p.m.", "18:00"),
        ("about 1,000 people", "1,080 people"),
        ("1,480 million", "1.5 billion"),
        ("more than 200 years", "two hundred years"),
        ("in the 1990s", "in 1995"),
        ("in 2020", "in September 2020"),
    ],
)
def test_the_same_said_in_another_way_is_the_same(a: str, b: str) -> None:
    assert same(read(a), read(b))
    assert same(read(b), read(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("four people", "5 people"),
        ("six weeks", "six months"),
        ("Article 4", "Article 5"),
        ("at least 35 soldiers", "30 soldiers"),
        ("20 to 30 soldiers", "40 soldiers"),
        ("thousands of people", "300 people"),
        ("3,000 people", "3,400 people"),
        ("35 percent", "37 percent"),
        ("12 September", "13 September"),
        ("on Monday", "on Tuesday"),
        ("in 2020", "in 2021"),
        ("6 p.m.", "19:00"),
    ],
)
def test_what_cannot_both_hold_clashes(a: str, b: str) -> None:
    assert clash(read(a), read(b)) is True
    assert not same(read(a), read(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("four soldiers", "five tanks"),
        ("six weeks", "six miles"),
        ("5 percent", "5 percentage points"),
        ("$5", "€5"),
        ("Article 4", "Resolution 5"),
        ("in 2020", "on Monday"),
        ("last year", "in 2020"),
        ("five people", "5 percent"),
    ],
)
def test_what_is_of_another_sort_is_not_compared(a: str, b: str) -> None:
    assert clash(read(a), read(b)) is None


def test_a_bound_and_what_lies_within_can_both_hold_and_are_not_the_same() -> None:
    bound, exact = read("at least 30 soldiers"), read("35 soldiers")
    assert clash(bound, exact) is False
    assert not same(bound, exact)


def test_the_articles_quantities_are_found() -> None:
    found = {name[:3]: [article(name)[one.start : one.end] for one in quantities(article(name))] for name in NAMES}
    assert "Article 4" in found["002"]
    assert "Article 5" in found["004"]
    assert "six weeks" in found["001"]
    assert "six-week" in found["003"]
    assert "100,000" in found["001"]
    assert "November 23, 2022" in found["003"]


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(number: int) -> str:
    ones, tens = ONES.split(), TENS.split()
    if number < 20:
        return ones[number]
    if number < 100:
        return tens[number // 10 - 2] + (f"-{ones[number % 10]}" if number % 10 else "")
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if rest < 100 else " "
            return f"{in_words(number // size)} {name}{joint + in_words(rest) if rest else ''}"
    raise AssertionError


@given(st.integers(2, 999_999_999))
def test_numbers_in_words_and_in_digits_are_the_same(number: int) -> None:
    spelled, figures = read(f"{in_words(number)} soldiers"), read(f"{number:,} soldiers")
    assert spelled.value == figures.value == number
    assert same(spelled, figures)


WORDS = (
    "five 5 Article May 12 of to – - % $ million hundred half a third 2020 s Monday last year . , and weeks than at "
    "least 18:00 05/23/23 2023-13-45 p.m. IV no dozens thousands one first ’ 9999999999999999999999999 99/99/99 bn"
)
PIECES = st.sampled_from(WORDS.split())


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES).map("".join)))
def test_whatever_is_read_stands_in_order_and_apart(text: str) -> None:
    position = 0
    for one in quantities(text):
        assert position <= one.start < one.end <= len(text)
        position = one.end
        assert same(one, one)
        assert clash(one, one) is False


@given(st.lists(PIECES, max_size=20).map(" ".join), st.lists(PIECES, max_size=20).map(" ".join))
def test_clashing_is_the_same_both_ways(a: str, b: str) -> None:
    for one in quantities(a):
        for other in quantities(b):
            assert clash(one, other) is clash(other, one)
            assert same(one, other) is same(other, one)


@pytest.mark.parametrize("text", ["5 ", "one hundred and ", "a a a a ", "1,", "Articles 4 and 5, ", "12 September "])
def test_time_grows_with_length(text: str) -> None:
    assert grows_linearly(quantities, text * (8_000 // len(text)))
    assert all(one.end <= MOST_TEXT for one in quantities(text * 20_000))
