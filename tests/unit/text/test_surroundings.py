"""Words to choose borders from, and where a source is named, seen from a claim."""

import pytest

from claims.particulars import Scope
from claims.text.surroundings import choices, suggest_scope, window

TEXT = (
    "The first paragraph says nothing.\n\n"
    "Mayor Ida Brook spoke on Monday. The bridge opens in May. It is old.\n\n"
    "“It will hold,” she said.\n\n"
    "The council is silent.\n\n"
    "Nobody else was asked."
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def test_the_window_is_the_claims_paragraph_and_one_on_each_side() -> None:
    start, end = window(TEXT, *span("The bridge opens in May."))
    assert TEXT[start:end].startswith("The first paragraph")
    assert TEXT[start:end].endswith("she said.")


def test_at_the_ends_of_the_text_the_window_ends_too() -> None:
    assert window(TEXT, *span("The first")) == (0, span("It is old.")[1])
    assert window(TEXT, *span("asked.")) == (span("The council")[0], len(TEXT))
    assert window("One", 0, 3) == (0, 3)


def test_each_word_is_offered_as_first_and_as_last_with_those_beside_it() -> None:
    first, last = choices(TEXT, *span("“It will hold,” she said."))
    start = span("“It")[0]
    assert [(one.border - start, one.words) for one in first][1:3] == [(1, "It will hold"), (4, "will hold,")]
    assert TEXT[: last[3].border].endswith("hold")
    assert last[3].words == "It will hold"
    assert len(first) == len(last)


def test_only_so_many_words_are_offered() -> None:
    assert len(choices("word " * 5_000, 0, 25_000)[0]) == 400


@pytest.mark.parametrize(
    ("claim", "source", "scope"),
    [
        ("Ida Brook spoke on Monday", "Mayor Ida Brook", Scope.SAME),
        ("The bridge opens in May.", "Mayor Ida Brook", Scope.ADJACENT),
        ("It will hold", "she", Scope.SAME),
        ("It will hold", "Mayor Ida Brook", Scope.ADJACENT),
        ("The bridge opens in May. It is old.", "It is old", Scope.SAME),
        ("Nobody else was asked.", "Mayor Ida Brook", Scope.ELSEWHERE),
        ("The council is silent.", "Mayor Ida Brook", Scope.ELSEWHERE),
    ],
)
def test_the_scope_follows_from_where_the_source_stands(claim: str, source: str, scope: Scope) -> None:
    assert suggest_scope(TEXT, span(claim), span(source)) == scope


def test_offsets_count_code_points_also_in_a_long_text() -> None:
    long = "🌉 e\u0301 שלום\r\n\r\n" * 3_000 + TEXT
    start, end = window(long, *span("The bridge opens in May.", long))
    assert "Ida Brook" in long[start:end]
    assert suggest_scope(long, span("The bridge opens", long), span("Mayor Ida", long)) == Scope.ADJACENT
