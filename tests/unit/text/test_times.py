"""What the words of a claim say of when; which evidence is later than a claim; when a verdict has run out."""

from datetime import date
from itertools import pairwise

import pytest

from claims.text.edtf import parse
from claims.text.sentences import split
from claims.text.time_words import MOST_WORDS
from claims.text.times import (
    NO_DAY,
    TimeSuggestion,
    later_than,
    outdated_since,
    reference_of,
    stated_time,
    suggest_times,
)
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article

SATURDAY = date(2024, 2, 24)
NOTE = "the article's publication date (in the text)"

MEANT = [
    # What the words give by themselves.
    ("It was signed on 23 May 2023.", "on 23 May 2023", "2023-05-23"),
    ("They are pictured on November 23, 2022, in Yerevan.", "on November 23, 2022", "2022-11-23"),
    ("The 23rd of May, 2023 was a Tuesday to remember.", "23rd of May, 2023", "2023-05-23"),
    ("It ended by 5 May 2023.", "by 5 May 2023", "../2023-05-05"),
    ("It began in early May 2023.", "in early May 2023", "2023-05"),
    ("It has lasted since May\u00a02023.", "since May\u00a02023", "2023-05/.."),
    ("Logged 2023-05-23.", "2023-05-23", "2023-05-23"),
    ("An alliance set up by Putin in 2002", "in 2002", "2002"),
    ("The worst since a 2020 war that killed thousands", "a 2020", "2020"),
    ("They fought from 2020 to 2023.", "from 2020 to 2023", "2020/2023"),
    ("They fought in the 1990s.", "1990s", "1990/1999"),
    ("He told everyone in the summer of 2019.", "in the summer of 2019", "2019"),
    # Counted from the day that the article states.
    ("The bridge was closed on Friday.", "on Friday", "2024-02-23"),
    ("Pashinyan said on Saturday that it will end.", "on Saturday", "2024-02-24"),
    ("The CSTO met Tuesday in response.", "Tuesday", "2024-02-20"),
    ("Monday’s remarks were not the first.", "Monday", "2024-02-19"),
    ("The council will meet on Friday.", "on Friday", "2024-03-01"),
    ("In September, Azerbaijan launched an attack.", "In September", "2023-09"),
    ("It opened in February.", "in February", "2024-02"),
    ("The mayor said that it would open in May.", "in May", "2024-05"),
    ("He threatened at the beginning of April.", "at the beginning of April", "2023-04"),
    ("Since late September forces are eliminating them.", "Since late September", "2023-09/.."),
    ("They met on September 13.", "on September 13", "2023-09-13"),
    ("They met on 29 February.", "on 29 February", "2020-02-29"),
    ("It rained yesterday.", "yesterday", "2024-02-23"),
    ("Troops arrived today.", "today", "2024-02-24"),
    ("It burned last night.", "last night", "2024-02-23/2024-02-24"),
    ("It changed last year.", "last year", "2023"),
    ("It changed last week.", "last week", "2024-02-12/2024-02-18"),
    ("Earlier this year, Russia was quick to deploy.", "Earlier this year", "2024-01-01/2024-02-24"),
    ("Later this week he speaks.", "Later this week", "2024-02-24/2024-02-25"),
    ("It closed two weeks ago.", "two weeks ago", "2024-02-05/2024-02-11"),
    ("It closed 3 months ago.", "3 months ago", "2023-11"),
    # Open, and it stays so.
    ("It opens on Friday.", "on Friday", ""),
    ("A couple of days ago, Azerbaijan attacked.", "A couple of days ago", ""),
    ("He was there last Tuesday.", "last Tuesday", ""),
    ("It was signed on 31 April 2020.", "on 31 April 2020", ""),
]
SILENT = [
    "The six-week war ended.",
    "He may march, and the march may end.",
    "In recent months the price of 2020 shares rose to 2,020.",
    "It costs 1999 dollars now.",
    "",
]


@pytest.mark.parametrize(("claim", "words", "value"), MEANT)
def test_words_that_say_when_are_found_and_reckoned(claim: str, words: str, value: str) -> None:
    found = [one for one in suggest_times(claim, SATURDAY, NOTE) if one.words == words]
    assert [one.value for one in found] == [value]
    (one,) = found
    assert claim[one.start : one.end] == words
    assert one.why.startswith("unresolved: ") == (not value)
    assert not value or parse(value)
    assert one.against_note == (NOTE if one.against else "")


@pytest.mark.parametrize("claim", SILENT)
def test_numbers_and_verbs_are_no_times(claim: str) -> None:
    assert suggest_times(claim, SATURDAY, NOTE) == []


def test_how_a_weekday_was_reckoned_is_said() -> None:
    (past,) = suggest_times("The bridge was closed on Tuesday.", SATURDAY, NOTE)
    assert past.why == "the Tuesday before 2024-02-24, by the past tense"
    (same,) = suggest_times("The bridge was closed on Saturday.", SATURDAY, NOTE)
    assert same.why == "2024-02-24 is a Saturday, by the past tense"
    (to_come,) = suggest_times("The bridge will open on Tuesday.", SATURDAY, NOTE)
    assert (to_come.value, to_come.why) == (
        "2024-02-27",
        "the Tuesday after 2024-02-24, by the words for what is to come",
    )
    assert {one.against for one in (past, same, to_come)} == {"2024-02-24"}


def test_without_a_day_of_publication_relative_words_stay_unresolved() -> None:
    claim = "On Monday he said that the war began in 2020 and ended last week, on September 13, in March, two days ago."
    found = {one.words: one for one in suggest_times(claim, None, NO_DAY)}
    assert found.pop("in 2020").value == "2020"
    assert set(found) == {"On Monday", "last week", "on September 13", "in March", "two days ago"}
    for one in found.values():
        assert (one.value, one.against, one.against_note) == ("", "", "")
        assert one.why == "unresolved: the article states no publication date"


def said_in(number: str, day: date | None) -> list[tuple[str, str]]:
    """What the sentences of one of the five articles say of when: words and value."""
    (name,) = [name for name in NAMES if name.startswith(number)]
    text = article(name)
    claims = [text[start:end] for start, end in split(text)]
    return [(one.words, one.value) for claim in claims for one in suggest_times(claim, day, NOTE)]


# Words of each article that say when, with what they mean if it had stated 12 April 2024; "" where it stays open.
OF_THE_ARTICLES = {
    "000": {"in 2002": "2002", "last year": "2023", "on Tuesday": "2024-04-09", "at the beginning of April": "2024-04"},
    "001": {"on Tuesday": "2024-04-09", "on Friday": "2024-04-12", "In September": "2023-09", "in 2020": "2020"},
    "002": {"on Tuesday": "2024-04-09", "Earlier this year": "2024-01-01/2024-04-12", "a 2020": "2020"},
    "003": {"on Monday": "2024-04-08", "Later this week": "2024-04-12/2024-04-14", "in 2021": "2021"},
    "004": {"A couple of days ago": "", "since late September": "2023-09/..", "in the summer of 2019": "2019"},
}
GIVEN_BY_THE_WORDS = {"in 2002", "in 2020", "a 2020", "in 2021", "in the summer of 2019"}


@pytest.mark.parametrize("number", OF_THE_ARTICLES)
def test_the_five_articles_say_when(number: str) -> None:
    found = set(said_in(number, date(2024, 4, 12)))
    assert set(OF_THE_ARTICLES[number].items()) <= found
    # None of them states when it was published: what is relative stays so.
    unstated = dict(said_in(number, None))
    for words in OF_THE_ARTICLES[number]:
        assert bool(unstated[words]) == (words in GIVEN_BY_THE_WORDS), words


@pytest.mark.parametrize(
    ("published", "day", "note"),
    [
        ("2023-05-23", date(2023, 5, 23), "the article's publication date (in the text)"),
        ("2023-05-23T18:00:00+02:00", date(2023, 5, 23), "the article's publication date (in the text)"),
        ("2023-05-23 18:00", date(2023, 5, 23), "the article's publication date (in the text)"),
        ("", None, "the article states no publication date"),
        ("2023-05", None, "the article's publication date is not known to the day: 2023-05"),
        ("2023-05-23?", None, "the article's publication date is not known to the day: 2023-05-23?"),
        ("in spring", None, "the article's publication date is not known to the day: in spring"),
    ],
)
def test_only_a_stated_day_is_counted_from(published: str, day: date | None, note: str) -> None:
    reference = reference_of(published, "in the text")
    assert (reference.day, reference.note) == (day, note)


@pytest.mark.parametrize(
    ("dated", "as_of", "published", "why"),
    [
        ("2024-03-02", "2024-02-23", "", "dated 2024-03-02, later than the claim's as-of 2024-02-23"),
        ("2024-03", "2024-02", "2023-01-01", "dated 2024-03, later than the claim's as-of 2024-02"),
        ("2025", "../2024", "", "dated 2025, later than the claim's as-of ../2024"),
        (
            "2024-03-02",
            "",
            "2024-02-23",
            "dated 2024-03-02, later than the article's stated publication date 2024-02-23",
        ),
        ("2024-03-02", "unknown", "2024-02-23", "than the article's stated publication date 2024-02-23"),
        ("2024-03-02", "timeless", "2024-02-23", "than the article's stated publication date 2024-02-23"),
        ("2024-03-02", "", "2024-02-23T06:00:00Z", "publication date 2024-02-23"),
        ("2024-02-23", "2024-02-23", "", ""),
        ("2024-02", "2024-02-23", "", ""),
        ("2024", "2024-02-23", "", ""),
        ("2024-03-02", "2024-02-23/..", "2020-01-01", ""),
        ("../2024-03-02", "2024-02-23", "", ""),
        ("", "2024-02-23", "2024-02-23", ""),
        ("unknown", "2024-02-23", "2024-02-23", ""),
        ("timeless", "2024-02-23", "", ""),
        ("2024-03-02?", "2024-02-23", "", ""),
        ("2024-03-02", "2024-02-23~", "", ""),
        ("2024-03-02", "", "", ""),
        ("2024-03-02", "", "in spring", ""),
    ],
)
def test_evidence_is_later_than_a_claim_only_where_that_is_sure(
    dated: str, as_of: str, published: str, why: str
) -> None:
    said = later_than(dated, as_of, published)
    assert (said.endswith(why), bool(said)) == (True, bool(why))


@pytest.mark.parametrize(
    ("until", "since"),
    [
        ("2024-02-23", date(2024, 2, 24)),
        ("2024-01", date(2024, 2, 1)),
        ("2023", date(2024, 1, 1)),
        ("2024-02-24", None),
        ("2024-02", None),
        ("", None),
        ("unknown", None),
        ("2023~", None),
        ("2023/..", None),
    ],
)
def test_a_verdict_runs_out_the_day_after_its_last(until: str, since: date | None) -> None:
    assert outdated_since(until, SATURDAY) == since


def test_a_stated_time_that_is_none_is_none() -> None:
    assert stated_time("yesterday") is None


@pytest.mark.parametrize("day", [date.min, date.max, date(2024, 2, 29)])
def test_days_at_the_ends_of_the_calendar_break_nothing(day: date) -> None:
    claim = "Last year it was said on Monday, yesterday and 5 years ago; next week it will end on 29 February, in May."
    for one in suggest_times(claim, day, NOTE):
        assert isinstance(one, TimeSuggestion)


@pytest.mark.parametrize("piece", ["on Monday ", "in ", "January ", "from 2020 to ", "the end of ", " ", "1", "mid-"])
def test_hostile_words_take_no_time_and_give_few_suggestions(piece: str) -> None:
    claim = piece * (20_000 // len(piece))
    assert len(suggest_times(claim, SATURDAY, NOTE)) <= MOST_WORDS
    assert grows_linearly(lambda text: suggest_times(text, SATURDAY, NOTE), claim)


def test_no_suggestion_stands_on_another() -> None:
    claim = "On Monday, 23 May 2023, in May 2023, in May, last May and on May 23, in 2023, the 2023 law was signed."
    spans = [(one.start, one.end) for one in suggest_times(claim, SATURDAY, NOTE)]
    assert spans == sorted(spans)
    assert len(spans) >= 5
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
