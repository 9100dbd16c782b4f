"""Hedges are found whatever stands around them."""

import pytest

from claims.text.hedges import hedge_in


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("The Kremlin is also reportedly drawing up plans", "reportedly"),
        ("“Allegedly,” he said.", "allegedly"),
        ("He reported it.", ""),
        ("", ""),
    ],
)
def test_the_first_hedge_is_found(words: str, hedge: str) -> None:
    assert hedge_in(words) == hedge
