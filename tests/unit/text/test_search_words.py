"""Which words a text has for a search, and which a search asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.search_words import LONGEST, Term, searchable, terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bridge was closed.", " the bridge was closed "),
        ("per\u00a0cent  of\u202fit\n", " per cent of it "),
        ("“Zürich”, it‘s Ærø", " zurich it s ærø "),
        ("well-known, 3.5 of 1,000 (100%)", " well known 3 5 of 1 000 100 "),
        ("a_b c/d e@f.example", " a b c d e f example "),
        ("東京タワー 2024年", " 東 京 タ ワ ー 2024 年 "),
        ("हिन्दी में", " हिनदी में "),
        ("ﬁ ½ 𝐀", " fi 1 2 a "),
        ("x" * 100, f" {'x' * LONGEST} "),
        ("“ … ” - % _ *", ""),
        ("", ""),
    ],
)
def test_words_stand_between_spaces_and_all_else_is_gone(text: str, words: str) -> None:
    assert searchable(text) == words


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("One “two  Three” four", [Term(("one",)), Term(("two", "three")), Term(("four",))]),
        ("one ONE “one”", [Term(("one",))]),
        ("wor*", [Term(("wor",), is_prefix=True)]),
        ("“two wor*” “two wor”*", [Term(("two", "wor"), is_prefix=True)]),
        ("it's 3.5", [Term(("it", "s")), Term(("3", "5"))]),
        ("wor*k *work", [Term(("wor", "k")), Term(("work",))]),
        ("bridge & tunnel -", [Term(("bridge",)), Term(("tunnel",))]),
        ('"toll', [Term(("toll",))]),
        ("東京", [Term(("東", "京"))]),
        ('" % _ * “”', []),
        ("", []),
    ],
)
def test_a_search_asks_for_words_phrases_and_beginnings(query: str, asked: list[Term]) -> None:
    assert terms(query) == asked


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR(a b)", "words:toll", "^toll", "a + b", "a & !b | c:*"])
def test_what_a_database_takes_for_an_operator_is_a_word_or_nothing(operator: str) -> None:
    for term in terms(operator):
        assert all(word.isalnum() for word in term.words)


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_text_is_found_by_each_of_its_words_and_what_it_says_stays_the_same(text: str, other: str) -> None:
    held = searchable(text)
    assert searchable(held) == held
    assert held == "" or (held[0] == held[-1] == " " and "  " not in held)
    for word in held.split():
        assert Term((word,)).needle in held
        assert Term((word[:1],), is_prefix=True).needle in held
    for term in terms(text):
        assert all(f" {word}" in f" {' '.join(term.words)}" for word in term.words)
    assert (searchable(other).strip() or " ") in f"{searchable(f'{text} {other}')} "
