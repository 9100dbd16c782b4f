import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.context import around, clip
from tests.unit.text.corpus import article, worked


@pytest.mark.parametrize("claim", worked()["claims"], ids=lambda claim: claim["id"])
def test_context_of_a_worked_claim_is_the_written_one(claim):
    text = article(claim["file"])
    assert text[claim["start"] : claim["end"]] == claim["exact"]
    assert around(text, claim["start"], claim["end"]) == (claim["prefix"], claim["suffix"])


@pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 99)])
def test_span_outside_the_text_is_refused(span):
    with pytest.raises(ValueError, match="does not lie in"):
        around("short", *span)


def test_context_counts_code_points():
    assert around("🙂🙂claim🙂🙂", 2, 7, width=1) == ("🙂", "🙂")


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("short", 5, "short"),
        ("three little words", 12, "three…"),
        ("three little words", 13, "three little…"),
        ("three little words", 14, "three little…"),
        ("unbreakable", 5, "unbr…"),
        ("two  spaces", 6, "two…"),
        ("ab", 1, "…"),
    ],
)
def test_text_is_clipped_at_a_word_border(text, limit, clipped):
    assert clip(text, limit) == clipped


def test_clipping_to_nothing_is_refused():
    with pytest.raises(ValueError, match="less than one"):
        clip("words", 0)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clipped_text_is_never_longer_than_the_limit(text, limit):
    clipped = clip(text, limit)
    assert len(clipped) <= limit
    assert clipped == text or clipped.endswith("…")
