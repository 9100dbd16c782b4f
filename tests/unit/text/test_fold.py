import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.fold import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("It\u00a0looks\u2009like  this", "it looks like this"),
        ("‘one’ “two” ”three\u201d «four»", '\'one\' "two" "three" "four"'),
        ("Russia‘s – or — Armenia’s", "russia's - or - armenia's"),
        ("Café, Türkiye, Ľ", "cafe, turkiye, l"),
        ("STRASSE Straße", "strasse strasse"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("ﬁne …", "fine ..."),
        ("line\r\nbreak\tand tab", "line break and tab"),
    ],
)
def test_what_readers_take_for_the_same_is_the_same(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_space_but_single_plain_ones_is_left(text):
    folded = fold(text)
    assert "  " not in folded
    assert not any(char.isspace() and char != " " for char in folded)
