"""Quotations are found whatever glyphs mark them; words in scare quotes are none."""

import pytest

from claims.text import quotations
from tests.unit.text.clock import grows_linearly


def quoted(text, *, unclosed=False):
    return [text[found.start : found.end] for found in quotations.find(text, 0, len(text), unclosed=unclosed)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It is all over now,” he said.", ["“It is all over now,”"]),
        ('"It is all over now," he said.', ['"It is all over now,"']),
        ("”It is all over now,” he said.", ["”It is all over now,”"]),
        ("“No,” he said.", ["“No,”"]),
        ("He praised the “innocent” missiles.", []),
        ("«It is all over now», he said.", ["«It is all over now»"]),
        ("'It is all over now,' he said.", ["'It is all over now,'"]),
        ("It’s the dogs’ dinner and it’s cold.", []),
        ("“It is all over now, he said.", ["“It is all over now, he said."]),
    ],
)
def test_quotations_are_found(text, found):
    assert quoted(text) == found


def test_a_quotation_goes_on_from_the_paragraph_before():
    assert quoted("It is all over now,” he said.", unclosed=True) == ["It is all over now,”"]


@pytest.mark.parametrize("unit", ['"', "“a” ", "'a ", "’ ", "“ "])
def test_time_grows_with_length_and_no_faster(unit):
    assert grows_linearly(quoted, unit * (20_000 // len(unit)))
