"""Words that another tool quoted are found by the quote; counts of characters only break ties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.quoted_place import Unplaced, quoted_place

TEXT = (
    "🌉🌉 It rained. The bridge was closed. It rained. “The\u00a0mayor” said so – twice. It rained. שלום e\u0301 end."
)


def found(**said: object) -> str:
    start, end = quoted_place(TEXT, **{"exact": ""} | said)  # type: ignore[arg-type]
    return TEXT[start:end]


def test_a_quote_that_stands_once_needs_no_count() -> None:
    assert found(exact="The bridge was closed.", start=9_999, end=1) == "The bridge was closed."


def test_context_tells_equal_quotes_apart() -> None:
    assert quoted_place(TEXT, exact="It rained.", prefix="closed. ") == (37, 47)
    assert quoted_place(TEXT, exact="It rained.", suffix=" The bridge") == (3, 13)


@pytest.mark.parametrize("start", [3, 5])
def test_a_count_in_code_points_or_in_units_breaks_a_tie(start: int) -> None:
    assert quoted_place(TEXT, exact="It rained.", start=start, end=start + 10) == (3, 13)


def test_context_outweighs_a_count() -> None:
    assert quoted_place(TEXT, exact="It rained.", prefix="closed. ", start=3, end=13) == (37, 47)


def test_a_tie_that_nothing_breaks_is_told() -> None:
    with pytest.raises(Unplaced, match="stand 3 times"):
        found(exact="It rained.")


@pytest.mark.parametrize("exact", ['"The mayor" said  so - twice.', "“The mayor” said\nso — twice."])
def test_other_spaces_quotation_marks_and_dashes_are_the_same_words(exact: str) -> None:
    assert found(exact=exact) == "“The\u00a0mayor” said so – twice."


def test_words_that_are_not_there_are_told() -> None:
    with pytest.raises(Unplaced, match="do not stand in the text"):
        found(exact="The ferry sank.")


def test_counts_alone_are_code_points_as_the_model_says() -> None:
    assert found(start=3, end=13) == "It rained."


def test_counts_that_give_whole_words_only_in_units_are_units() -> None:
    assert found(start=16, end=38) == "The bridge was closed."


@pytest.mark.parametrize(("start", "end"), [(None, 4), (5, 5), (7, 3), (-1, 4), (0, 9_999)])
def test_counts_that_are_no_stretch_are_told(start: int | None, end: int) -> None:
    with pytest.raises(Unplaced):
        found(start=start, end=end)


def test_a_quote_without_end_is_told_at_once() -> None:
    with pytest.raises(Unplaced, match="longer than"):
        found(exact="a" * 20_001)


@given(text=st.text(max_size=60), data=st.data())
def test_whatever_a_text_holds_its_own_words_are_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    exact = text[start:end]
    if exact.strip():
        place = quoted_place(text, exact=exact, prefix=text[:start], suffix=text[end:], start=start, end=end)
        assert text[place[0] : place[1]] == exact
        assert place == (start, end)
