"""The confidence of a proposal is a share of right ones, and too little of it proposes nothing."""

import json

import pytest

from benchmarks.reliability import Case, Row, everything, judged, shares_of, table, untuned, worked_cases
from claims.text.confidence import THRESHOLD, WEIGHTS, confidence_in, confidence_of
from claims.text.reading import annotate, propose
from tests.unit.text.corpus import NAMES, article


def cases(right: int, wrong: int, *signs: str) -> list[Case]:
    return [Case(f"d{number % 5}", signs, number < right) for number in range(right + wrong)]


def test_a_share_is_that_of_its_cases_drawn_to_what_is_above_it() -> None:
    shares = shares_of([*cases(90, 10, "SOURCED", "said"), *cases(0, 6, "SOURCED", "guessed")])
    assert shares["SOURCED/said"] == pytest.approx(0.89, abs=0.02)
    assert 0.3 < shares["SOURCED/guessed"] < 0.6


def test_what_was_hardly_ever_seen_is_as_sure_as_its_kind() -> None:
    shares = shares_of([*cases(90, 10, "SOURCED", "said"), *cases(0, 1, "SOURCED", "guessed")])
    assert shares["SOURCED/guessed"] == shares["SOURCED"]


@pytest.mark.parametrize(
    ("signs", "share"),
    [(("A", "b", "c"), 0.9), (("A", "b", "x"), 0.8), (("A", "x", "c"), 0.7), (("X",), 0.5)],
)
def test_the_longest_known_run_of_signs_counts(signs: tuple[str, ...], share: float) -> None:
    assert confidence_in({"A": 0.7, "A/b": 0.8, "A/b/c": 0.9}, signs) == share


def test_a_table_puts_confidence_beside_what_was_right() -> None:
    found = [(0.85, case) for case in cases(8, 2, "A")] + [(0.2, case) for case in cases(0, 4, "B")]
    assert table(found) == [
        Row(0.0, 0.5, 4, pytest.approx(0.2), 0.0),
        Row(0.8, 0.9, 10, pytest.approx(0.85), 0.8),
    ]


def test_no_document_is_judged_by_itself() -> None:
    found = judged([*cases(5, 0, "A", "b"), *(Case("other", ("A", "b"), False) for _ in range(5))])
    assert {round(confidence, 2) for confidence, case in found if case.document == "other"} == {0.88}


def test_the_stored_shares_are_shares() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))["shares"]
    assert {"SOURCED", "UNSOURCED", "OPINION"} <= stored.keys()
    assert all(0 < share < 1 for share in stored.values())
    assert WEIGHTS.stat().st_size < 400_000


def test_below_the_threshold_nothing_is_proposed() -> None:
    read = [one for name in NAMES for one in propose(article(name))]
    assert all(one.proposed == (one.confidence >= THRESHOLD) for one in read)
    assert all(one.confidence == confidence_of(one.signs) for one in read)


def test_the_dictionary_form_says_so() -> None:
    assert {entry["proposed"] for entry in annotate("Smith said that the border was open.")} == {True}


def test_of_what_is_marked_sure_as_much_is_right_on_texts_that_no_rule_was_tuned_on() -> None:
    found = untuned(judged(everything()))
    sure = [row for row in table(found) if row.low >= 0.8]
    assert sum(row.count for row in sure) > 0.6 * len(found)
    for row in sure:
        # The most that chance leaves open for so few cases.
        assert abs(row.right - row.said) <= 0.1, row
    off = sum(row.count * abs(row.said - row.right) for row in table(found)) / len(found)
    assert off <= 0.08


def test_most_of_the_worked_claims_are_marked_sure_and_right() -> None:
    sure = [case for case in worked_cases() if confidence_of(case.signs) >= 0.8]
    assert sum(case.right for case in sure) >= 0.8 * len(sure)
