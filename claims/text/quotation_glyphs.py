"""Quotations by their glyphs, in the habits of any language: «…», »…«, „…“, ”…”, 「…」, "…"."""

import re
from collections.abc import Iterator
from typing import Final

from claims.text.quotations import Quotation

_MARK: Final = re.compile('["“”„«»‹›「」『』]')
# What may close a quotation that this glyph opened.
_CLOSERS: Final = {
    "“": '”"',
    "”": "”",
    "„": '“”"',
    '"': '"”',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
}
_NEVER_OPENS: Final = frozenset("」』")
_SCARE_WORDS: Final = 3
_SCARE_LETTERS: Final = 8
# Thai, Lao, Burmese, Khmer, kana and Chinese characters: no spaces between words.
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_BEFORE_UTTERANCE: Final = frozenset(".!?…:—–。！？")
_GOES_ON: Final = (",", "，", "、")
_STOPS: Final = ",.!?…。！？؟।۔"


def find(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Yield the quotations of one paragraph, in order; one that is never closed runs to the paragraph's end.

    A word or three in marks are somebody's term and no quotation, as in English.
    """
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        if opened is None:
            opened = at if _can_open(text, at, start, end) else None
        elif mark[0] in _CLOSERS[text[opened]]:
            if _is_told(text, opened, at) or not _is_term(text[opened + 1 : at]):
                yield Quotation(opened, at + 1, True)
            opened = None
    if opened is not None:
        yield Quotation(opened, end, False)


def _can_open(text: str, at: int, start: int, end: int) -> bool:
    glyph = text[at]
    if glyph in _NEVER_OPENS or at + 1 >= end:
        return False
    if glyph in "„«「『":
        return True
    # The other glyphs open in some languages and close in others: where they stand tells which.
    begins_word = at == start or not text[at - 1].isalnum()
    return begins_word and not text[at + 1].isspace()


def _is_told(text: str, opened: int, closed: int) -> bool:
    """“„Nein“, sagte er” and “Er sagte: „Nein“”: where the words stand shows that they are somebody's utterance."""
    before = text[max(0, opened - 2) : opened].rstrip(" \u00a0\u202f")[-1:]
    begins = not before or before.isspace() or before in _BEFORE_UTTERANCE
    return before == ":" or (begins and text[closed + 1 : closed + 2] in _GOES_ON)


def _is_term(words: str) -> bool:
    words = words.strip()
    if words[-1:] in _STOPS:
        return False
    if _UNSPACED.search(words):
        return len(words) < _SCARE_LETTERS
    return len(words.split(maxsplit=_SCARE_WORDS)) <= _SCARE_WORDS
