"""Times in the notation of the Library of Congress: what is read, what is refused, what overlaps, how it is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.edtf import MAX_TIME, Time, day_after, overlap, parse, words

READ = [
    ("2024-02-23", "day", date(2024, 2, 23), date(2024, 2, 23), "23 February 2024"),
    ("2024-02-29", "day", date(2024, 2, 29), date(2024, 2, 29), "29 February 2024"),
    ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
    ("2023-02", "month", date(2023, 2, 1), date(2023, 2, 28), "February 2023"),
    ("2024", "year", date(2024, 1, 1), date(2024, 12, 31), "2024"),
    ("0988", "year", date(988, 1, 1), date(988, 12, 31), "0988"),
    ("9999-12-31", "day", date.max, date.max, "31 December 9999"),
    ("2024-02-23/2024-03", "interval", date(2024, 2, 23), date(2024, 3, 31), "from 23 February 2024 to March 2024"),
    ("2024-03-15/2024-03", "interval", date(2024, 3, 15), date(2024, 3, 31), "from 15 March 2024 to March 2024"),
    ("2024/..", "interval", date(2024, 1, 1), None, "from 2024 on"),
    ("../2024-03", "interval", None, date(2024, 3, 31), "until March 2024"),
    ("unknown", "unknown", None, None, "not known"),
    ("timeless", "timeless", None, None, "at any time"),
    ("2024-02~", "month", date(2024, 2, 1), date(2024, 2, 29), "about February 2024"),
    ("2024?", "year", date(2024, 1, 1), date(2024, 12, 31), "perhaps 2024"),
    ("2024-02-23%", "day", date(2024, 2, 23), date(2024, 2, 23), "perhaps about 23 February 2024"),
    ("2023?/2024", "interval", date(2023, 1, 1), date(2024, 12, 31), "from perhaps 2023 to 2024"),
]
REFUSED = [
    ("", "No time is given"),
    ("  ", "No time is given"),
    ("last Tuesday", "“last Tuesday” is no time. Write a day"),
    ("23.02.2024", "is no time"),
    ("24-02-23", "is no time"),
    ("2024-2-3", "is no time"),
    ("20240223", "is no time"),
    ("2024-02-23T18:00:00Z", "is no time"),
    ("２０２４", "is no time"),
    ("٢٠٢٤-٠٢", "is no time"),
    ("2024-02-30", "There is no such day or month as 2024-02-30"),
    ("2023-02-29", "no such day"),
    ("2024-13", "no such day or month"),
    ("2024-00", "no such day or month"),
    ("2024-02-00", "no such day or month"),
    ("0000", "no such day"),
    ("-0044", "is no time"),
    ("2024/2023", "ends before it begins"),
    ("2024-03/2024-02-28", "ends before it begins"),
    ("../..", "open at both ends"),
    ("2024/", "No time is given"),
    ("/2024", "No time is given"),
    ("2024/2025/2026", "is no time"),
    ("unknown/2024", "is no time"),
    ("2024-02-23~~", "is no time"),
    ("x" * 10_000, f"at most {MAX_TIME} characters"),
]


@pytest.mark.parametrize(("value", "kind", "earliest", "latest", "said"), READ)
def test_a_time_spans_its_days(value: str, kind: str, earliest: date | None, latest: date | None, said: str) -> None:
    time = parse(f"  {value.upper() if value.isalpha() else value} ")
    assert (time.value, time.kind, time.earliest, time.latest) == (value, kind, earliest, latest)
    assert time.uncertain == bool(set(value) & set("?~%"))
    assert words(value) == said


@pytest.mark.parametrize(("value", "sentence"), REFUSED)
def test_what_is_no_time_is_refused_with_how_times_are_written(value: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse(value)
    assert words(value) == value


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        ("2024-02-23", "2024-02-23", True),
        ("2024-02-23", "2024-02-24", False),
        ("2024-02-23", "2024-02", True),
        ("2024-02", "2024", True),
        ("2023", "2024", False),
        ("2023/2024-02-23", "2024-02-23/..", True),
        ("../2024-02-22", "2024-02-23/..", False),
        ("../2024", "2020/..", True),
        ("timeless", "2024", True),
        ("timeless", "timeless", True),
        ("timeless", "2024?", True),
        ("unknown", "2024", None),
        ("unknown", "timeless", None),
        ("2024?", "2024", None),
        ("2020~", "2024", None),
    ],
)
def test_two_times_share_a_day_or_do_not_or_it_is_not_known(a: str, b: str, shared: bool | None) -> None:
    assert overlap(parse(a), parse(b)) is shared
    assert overlap(parse(b), parse(a)) is shared


@given(st.dates(), st.dates())
def test_an_interval_holds_both_its_days(one: date, other: date) -> None:
    first, last = sorted([one, other])
    whole = parse(f"{first}/{last}")
    assert (whole.earliest, whole.latest) == (first, last)
    assert [overlap(whole, parse(str(day))) for day in (one, other)] == [True, True]


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_time_or_a_sentence(typed: str) -> None:
    read = sentence = None
    try:
        read = parse(typed)
    except ValueError as refusal:
        sentence = str(refusal)
    assert sentence is None or sentence.endswith(".")
    assert read is None or (parse(read.value) == read and words(read.value))


def test_the_last_day_of_the_calendar_has_none_after_it() -> None:
    assert (day_after(date(2024, 2, 28)), day_after(date.max)) == (date(2024, 2, 29), date.max)
    assert parse("9999").latest == date.max


def test_a_time_is_worth_the_same_however_often_it_is_read() -> None:
    assert parse("2024") == Time("2024", date(2024, 1, 1), date(2024, 12, 31), "year")
