"""What follows from a place in a text: its words, those around them, its zone."""

import pytest

from claims.text.standing import coverage_at, words_at
from claims.text.zones import Zone
from claims.vocabulary import ZoneKind

TEXT = "A headline\n\nThe “bridge”  was closed.\n\nRead More"
ZONES = [Zone(0, 12, ZoneKind.HEADLINE), Zone(12, 40, ZoneKind.BODY), Zone(40, len(TEXT), ZoneKind.SITE_CHROME)]


def test_words_are_exact_and_folded_with_what_stands_around_them() -> None:
    words = words_at(TEXT, 16, 24)
    assert (words.exact, words.folded) == ("“bridge”", " bridge ")
    assert (words.prefix, words.suffix) == (TEXT[:16], TEXT[24:])


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 2), (0, len(TEXT) + 1)])
def test_a_span_outside_the_text_is_none(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="does not lie"):
        words_at(TEXT, start, end)


@pytest.mark.parametrize(
    ("start", "end", "zone"),
    [
        (0, 10, ZoneKind.HEADLINE),
        (12, 40, ZoneKind.BODY),
        (5, 20, ZoneKind.HEADLINE),
        (39, 41, None),
        (40, 44, None),
        (11, 12, ZoneKind.HEADLINE),
    ],
)
def test_a_span_has_a_zone_where_all_of_it_is_coverage(start: int, end: int, zone: ZoneKind | None) -> None:
    assert coverage_at(ZONES, start, end) == zone


def test_a_text_without_zones_covers_nothing() -> None:
    assert coverage_at([], 0, 3) is None
