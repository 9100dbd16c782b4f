"""Quotations in a paragraph, whatever glyphs mark them."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

_MARK: Final = re.compile(r"[\"“”„«»‘’']")
_DOUBLE: Final = frozenset('"“”„«»')
_CLOSING_SINGLE: Final = re.compile(r"[’'](?!\w)")
_SINGLE_REACH: Final = 600
_SINGLE_TRIES: Final = 6
_SCARE_WORDS: Final = 3


@dataclass(frozen=True)
class Quotation:
    """A quotation `text[start:end]` with its marks, in code points. `closed` is false where no closing mark came."""

    start: int
    end: int
    closed: bool


def find(text: str, start: int, end: int, *, unclosed: bool = False) -> list[Quotation]:
    """Find the quotations of one paragraph, in order; one that is never closed runs to the paragraph's end.

    `unclosed`: the paragraph before ended inside a quotation, which may go on here without a new opening mark.

    Which mark opens is told by where it stands, not by its glyph: edited text opens with U+201D and mixes straight
    and curly marks. Words in scare quotes (“support”) are no quotation.
    """
    found: list[Quotation] = []
    opened: int | None = None
    skip_until = start
    for mark in _MARK.finditer(text, start, end):
        position = mark.start()
        if position < skip_until:
            continue
        if mark[0] not in _DOUBLE:
            closing = _closing_single(text, position, start, end) if opened is None else None
            if closing is not None:
                found.append(Quotation(position, closing, True))
                skip_until = closing
        elif opened is None:
            if _can_open(text, position, start, end):
                opened = position
                unclosed = False
            elif unclosed:
                found.append(Quotation(start, position + 1, True))
                unclosed = False
        elif not _reopens(text, position, opened):
            found.append(Quotation(opened, position + 1, True))
            opened = None
    if opened is not None:
        found.append(Quotation(opened, end, False))
    return [quotation for quotation in found if not _is_scare(text, quotation)]


def _can_open(text: str, position: int, start: int, end: int) -> bool:
    followed = position + 1 < end and not text[position + 1].isspace()
    before = text[position - 1] if position > start else " "
    return followed and text[position] != "»" and (not before.isalnum() or text[position] in "“„«")


def _reopens(text: str, position: int, opened: int) -> bool:
    """An opening glyph inside an open quotation is nested or a slip: it closes nothing."""
    return text[position] in "“„«" and text[position - 1].isspace() and position > opened + 1


def _closing_single(text: str, position: int, start: int, end: int) -> int | None:
    """Where a quotation in single marks that opens at `position` ends, or None if that mark is an apostrophe."""
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    if text[position] == "’" or before.isalnum() or before in "’'" or not (after.isalpha() or after in "[…"):
        return None
    first = None
    marks = _CLOSING_SINGLE.finditer(text, position + 1, min(end, position + _SINGLE_REACH))
    for mark in islice(marks, _SINGLE_TRIES):
        at = mark.start()
        if text[at - 1].isspace():
            continue
        if text[at - 1] in ",.!?…":
            return at + 1
        first = first if first is not None else at + 1
    return first


def _is_scare(text: str, quotation: Quotation) -> bool:
    """A word or three in marks are somebody's term, unless they stand as a whole utterance: “No,” he said."""
    words = text[quotation.start + 1 : quotation.end - 1]
    if len(words.split(maxsplit=_SCARE_WORDS)) > _SCARE_WORDS or not quotation.closed:
        return False
    utterance = words[-1:] in ",.!?…" and bool(words)
    return not (utterance and words[:1].isupper())
