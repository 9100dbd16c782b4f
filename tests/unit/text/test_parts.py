"""Parts of a sentence are found by their words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.parts import NotThere, locate

SENTENCE = "The mayor said\nthat the bridge\u00a0is shut, and the toll is planned."


def words(*parts: str) -> list[str]:
    return [SENTENCE[start:end] for start, end in locate(SENTENCE, list(parts))]


def test_parts_are_found_word_by_word() -> None:
    assert words("The mayor said", "the toll is planned") == ["The mayor said", "the toll is planned"]


def test_kinds_of_space_make_no_difference() -> None:
    assert words("  mayor  said that\tthe bridge is ") == ["mayor said\nthat the bridge\u00a0is"]


def test_a_part_is_looked_for_after_the_one_before() -> None:
    assert locate("a b a b", ["b", "a", "b"]) == [(2, 3), (4, 5), (6, 7)]
    with pytest.raises(NotThere) as missing:
        locate("a b", ["b", "a"])
    assert missing.value.words == "a"


@pytest.mark.parametrize("part", ["THE MAYOR", "the mayor, said", "said the", ".*", "", "  "])
def test_words_that_are_not_there_are_named(part: str) -> None:
    with pytest.raises(NotThere) as missing:
        locate(SENTENCE, ["The", part])
    assert missing.value.words == part


def test_signs_of_a_pattern_are_words() -> None:
    assert locate("What (is) this? 50 % [sic]", ["(is)", "50 % [sic]"]) == [(5, 9), (16, 26)]


def test_places_are_code_points() -> None:
    assert locate("😀 e\u0301té 😀 b", ["😀 b"]) == [(7, 10)]


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_what_a_sentence_is_made_of_is_found_in_it_in_order(parts: list[str]) -> None:
    found = locate(" ".join(parts), parts)
    assert len(found) == len(parts)
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
