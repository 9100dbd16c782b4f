"""How much checking a claim is worth: few signs, each said in words, and an order that a fact-checker would like."""

import csv
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.reading import Proposal, propose
from claims.text.worth import MOST, worth_of
from claims.vocabulary import Label, Reason
from tests.unit.text.clock import grows_linearly
from tests.unit.text.corpus import NAMES, article

PLAIN = Proposal(0, 1, Label.SOURCED, None, None, None, 3, None, 0.9, "said", "")
UNSOURCED = replace(PLAIN, label=Label.UNSOURCED, strength=0, reason=Reason.BARE)
GRADED = Path(__file__).parent / "data" / "worth_sentences.tsv"


def graded(part: str, grade: str) -> list[str]:
    with GRADED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["sentence"] for row in rows if (row["part"], row["grade"]) == (part, grade)]


def ranking(part: str) -> float:
    """How often a sentence graded high is weighed above one graded low, a tie counting half: the area under the curve.

    By the words alone: each has the same proposal.
    """
    points = {grade: [worth_of(words, PLAIN).points for words in graded(part, grade)] for grade in ("high", "low")}
    return mean((high > low) + (high == low) / 2 for high, low in product(points["high"], points["low"]))


def test_what_is_worth_checking_comes_first() -> None:
    """The words of the lists were chosen on the first half and never on the second. A coin gives 0.5."""
    assert ranking("build") >= 0.95
    assert ranking("held") >= 0.92


def test_both_halves_are_of_a_size_that_can_tell() -> None:
    for part, grade in product(("build", "held"), ("high", "low")):
        assert len(graded(part, grade)) >= 30
    sentences = [words for part, grade in product(("build", "held"), ("high", "low")) for words in graded(part, grade)]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    ("words", "points", "reasons"),
    [
        ("The bridge is long.", 0, []),
        ("It weighs 26 tons.", 2, ["it gives figures"]),
        ("It weighs a million tons.", 2, ["it gives figures"]),
        ("It was painted on Friday.", 1, ["it says when"]),
        ("It was painted in 1994.", 1, ["it says when"]),
        ("It was painted two years ago.", 3, ["it gives figures", "it says when"]),
        ("The doors shut at 7 p.m.", 1, ["it says what somebody did"]),
        ("The bridge is longer than the river and cheaper.", 1, ["it says how much, or how it compares"]),
        ("People were injured.", 2, ["it speaks of harm"]),
        ("The mayor took a bribe.", 3, ["it speaks of guilt", "it speaks of money"]),
        ("The constitution says so.", 1, ["it says what a law or a court says"]),
        ("It is a vaccine.", 1, ["it speaks of health"]),
        ("The bridge will stay.", 1, ["it says what will happen"]),
        ("The mayor resigned.", 1, ["it says what somebody did"]),
        ("The mayor, Ida Brook, resigned.", 2, ["it says who did what"]),
        ("Was anybody injured?", 1, ["it speaks of harm", "but it asks a question"]),
        ("“Was anybody injured?”", 1, ["it speaks of harm", "but it asks a question"]),
    ],
)
def test_each_sign_adds_its_points_and_says_why(words: str, points: int, reasons: list[str]) -> None:
    found = worth_of(words, PLAIN)
    assert (found.points, list(found.reasons)) == (points, reasons)


@pytest.mark.parametrize(
    "words",
    [
        "Article 4 is short.",
        "It stands in Section 2.1 of it.",
        "Group 7 is here.",
        "She was on France 24.",
        "It is in “Chapter 11”.",
    ],
)
def test_a_number_in_a_name_is_no_figure(words: str) -> None:
    assert "it gives figures" not in worth_of(words, PLAIN).reasons


@pytest.mark.parametrize(
    "words",
    [
        "Some 300 were there.",
        "“About 40 are here.”",
        "It was on Friday 300 times there.",
        "In Ukraine 300 people sing.",
        "For Berlin 1,200 is enough.",
        "It gives Bavaria 24 % of it.",
        "It gives Bavaria 2.4% of it.",
        "Article 4 has 300 words.",
    ],
)
def test_a_number_behind_another_word_with_a_capital_is_a_figure(words: str) -> None:
    assert "it gives figures" in worth_of(words, PLAIN).reasons


def test_of_many_reasons_the_three_that_weigh_most_are_said() -> None:
    words = "On Friday 300 people were killed, Ida Brook signed it, and more will die."
    assert worth_of(words, PLAIN).reasons == ("it gives figures", "it speaks of harm", "it says who did what")
    capped = worth_of(words, replace(PLAIN, label=Label.OPINION))
    assert capped.reasons == ("it gives figures", "it speaks of harm", "but it reads as opinion")


@pytest.mark.parametrize("form", ["bribe", "bribes", "bribed", "bribing", "bribery", "Bribery"])
def test_a_word_counts_in_all_its_forms(form: str) -> None:
    assert "it speaks of guilt" in worth_of(f"They speak of {form}.", PLAIN).reasons


@pytest.mark.parametrize("word", ["band", "casein", "warm", "finely", "deathly", "actor", "banner"])
def test_a_word_that_only_begins_like_another_does_not_count(word: str) -> None:
    assert worth_of(f"They speak of {word}.", PLAIN).points == 0


def test_what_has_no_source_and_what_the_first_pass_was_not_sure_of_is_worth_more() -> None:
    assert worth_of("The bridge is long.", UNSOURCED).reasons == ("the first pass found no source",)
    unsure = worth_of("The bridge is long.", replace(UNSOURCED, confidence=0.6))
    assert (unsure.points, unsure.reasons[-1]) == (3, "the first pass was not sure")
    assert worth_of("The bridge is long.", None).reasons == ("the first pass was not sure",)


@pytest.mark.parametrize(
    ("proposal", "most", "why"),
    [
        (replace(PLAIN, label=Label.OPINION), 1, "but it reads as opinion"),
        (replace(PLAIN, label=Label.NOT_A_CLAIM), 1, "but it states nothing"),
        (replace(UNSOURCED, reason=Reason.BACKGROUND), 2, "but it reads as background"),
    ],
)
def test_opinion_fragments_and_background_come_last_whatever_their_words(
    proposal: Proposal, most: int, why: str
) -> None:
    found = worth_of("Putin killed 300 people on Friday.", proposal)
    assert (found.points, found.reasons[-1]) == (most, why)


def test_all_signs_at_once_make_no_more_than_nine() -> None:
    words = "On Friday 300 people were killed, Ida Brook signed it, and more will die."
    assert worth_of(words, replace(UNSOURCED, confidence=0.5)).points == MOST


@pytest.mark.parametrize("name", NAMES)
def test_in_each_article_opinions_are_worth_less_than_the_best_claims(name: str) -> None:
    text = article(name)
    found = [(one.label, worth_of(text[one.start : one.end], one).points) for one in propose(text)]
    best = sorted((points for _, points in found), reverse=True)[:3]
    assert min(best) >= 4
    assert all(points <= 1 for label, points in found if label == Label.OPINION)


@given(st.text(max_size=300), st.sampled_from([None, PLAIN, UNSOURCED, replace(PLAIN, label=Label.OPINION)]))
def test_any_words_have_a_worth_from_nought_to_nine(words: str, proposal: Proposal | None) -> None:
    assert 0 <= worth_of(words, proposal).points <= MOST


@pytest.mark.parametrize(
    "words", ["Killed ", "9", "a", "_", "Ünï ", "1,", "a’", "year ", "?", "?”", "Art 4 ", "A 1.1,1 ", "A 1.", "AÀ"]
)
def test_the_time_grows_with_the_length_and_no_faster(words: str) -> None:
    assert grows_linearly(lambda text: worth_of(text, PLAIN), words * 100_000)
