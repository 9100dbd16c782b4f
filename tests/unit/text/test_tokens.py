"""Words to choose the borders of a span by, in every script, and never through the middle of a character."""

import random
import unicodedata
from itertools import pairwise

import pytest

from claims.text.tokens import snapped, tokens


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge was closed.", ["The", "bridge", "was", "closed", "."]),
        ("The mayor’s well-known plan", ["The", "mayor’s", "well-known", "plan"]),
        ("It cost 1,250.50 euros, or 3.5%.", ["It", "cost", "1,250.50", "euros", ",", "or", "3.5", "%", "."]),
        ("“No,” he said — twice", ["“", "No", ",", "”", "he", "said", "—", "twice"]),
        ("first\r\n\r\nsecond\nthird", ["first", "second", "third"]),
        ("cafe\u0301 noe\u0308l", ["cafe\u0301", "noe\u0308l"]),
        ("שלום, עולם", ["שלום", ",", "עולם"]),
        ("שָׁלוֹם עוֹלָם", ["שָׁלוֹם", "עוֹלָם"]),
        ("قال مسؤول إن", ["قال", "مسؤول", "إن"]),
        ("مَرحَبًا بِك", ["مَرحَبًا", "بِك"]),
        ("桥已关闭。", ["桥", "已", "关", "闭", "。"]),
        ("橋がclosed", ["橋", "が", "closed"]),
        ("か\u3099く", ["か\u3099", "く"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("ประเทศ", ["ป", "ร", "ะ", "เ", "ท", "ศ"]),
        ("a 👩‍👩‍👧 b", ["a", "👩‍👩‍👧", "b"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("🇫🇷🇩🇪 won", ["🇫🇷", "🇩🇪", "won"]),
        ("❤️ 1️⃣", ["❤️", "1️⃣"]),
        ("𠀀𠀁", ["𠀀", "𠀁"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("\u2066שלום\u2069 \ufeff!", ["שלום", "!"]),
        ("", []),
        (" \t\n\u00a0", []),
    ],
)
def test_a_text_is_cut_into_words_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_part_of_a_text_is_cut_with_its_own_offsets() -> None:
    assert tokens("The bridge was", 4, 10) == [(4, 10)]
    assert tokens("The bridge was", 5) == [(5, 10), (11, 14)]


def test_tokens_never_overlap_hold_no_space_at_their_ends_and_leave_no_word_out() -> None:
    pieces = [
        "word ",
        "naïve",
        "e\u0301",
        "👩‍👩‍👧",
        "שלום ",
        "桥",
        "\r\n",
        "1,000",
        "’s",
        "—",
        " ",
        "🇫🇷",
        "\u200d",
        "ا",
        "ครับ",
    ]
    rng = random.Random(4)
    for _ in range(300):
        text = "".join(rng.choices(pieces, k=20))
        found = tokens(text)
        assert all(before[1] <= after[0] for before, after in pairwise(found))
        covered = {position for start, end in found for position in range(start, end)}
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
        assert all(at in covered or sign.isspace() or sign == "\u200d" for at, sign in enumerate(text))


def test_no_token_begins_with_a_mark_that_belongs_to_the_character_before_it() -> None:
    text = "e\u0301lodie म\u0947ं 👩‍👩‍👧 שָׁלוֹם ก\u0e49า か\u3099 க\u0bbf ដ\u17b7"
    for start, _ in tokens(text):
        assert unicodedata.category(text[start]) not in {"Mn", "Mc"}, text[start:]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (6, 8, "bridge"),
        (3, 11, "bridge"),
        (0, 5, "The bridge"),
        (10, 22, "was closed."),
        (21, 22, "."),
        (0, 22, "The bridge was closed."),
    ],
)
def test_borders_snap_to_whole_words(start: int, end: int, expected: str) -> None:
    text = "The bridge was closed."
    first, last = snapped(text, start, end)
    assert text[first:last] == expected


def test_borders_that_hold_only_space_snap_to_nothing() -> None:
    with pytest.raises(ValueError, match="no words"):
        snapped("The  bridge", 3, 5)


def test_borders_snap_in_a_text_without_spaces() -> None:
    assert snapped("桥" * 5_000, 2_000, 2_003) == (2_000, 2_003)


def test_a_word_that_is_longer_than_any_word_is_still_found() -> None:
    text = f"a {'x' * 3_000} b"
    assert snapped(text, 1_500, 1_501) == (2, 3_002)
