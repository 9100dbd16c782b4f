import unicodedata

import pytest

from claims.text.decode import Unreadable, decode
from claims.text.directions import NAMES, ONE, badge_of


def test_they_are_those_that_unicode_gives_a_direction_to_and_no_glyph() -> None:
    kinds = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    found = {chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in kinds}
    assert found | {"\u061c", "\u200e", "\u200f"} == set(NAMES)
    assert all(unicodedata.name(char).lower() == long.lower() for char, (_, long) in NAMES.items())


@pytest.mark.parametrize(
    ("run", "short", "long"),
    [
        ("\u202e", "RLO", "right-to-left override"),
        ("\u202e\u202c\u202c", "RLO 2×PDF", "right-to-left override, 2 times pop directional formatting"),
        ("\u200e\u200f" * 9, "LRM RLM LRM RLM …", None),
    ],
)
def test_a_run_of_them_is_one_badge(run: str, short: str, long: str | None) -> None:
    assert badge_of(run)[0] == short
    assert long is None or badge_of(run)[1] == long


def test_a_text_keeps_them_and_a_text_of_nothing_else_is_refused() -> None:
    text = "".join(f"Word {char} " for char in NAMES)
    assert decode(text.encode()).text == text
    assert len(ONE.findall("x\u202ey\u2069")) == 2
    for hostile in ("a" + "\u202e" * 60, "ab\u202e" * 20_001, "The toll is set.\u200f " * 20_001):
        with pytest.raises(Unreadable, match="turn the direction"):
            decode(hostile.encode())
