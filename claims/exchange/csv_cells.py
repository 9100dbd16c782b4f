"""Cells of a CSV file that no spreadsheet takes for formulas, and back again, whatever the text.

Quoting is no defence: a spreadsheet unquotes first and then looks for a sign. So an apostrophe is put where a formula
could begin: at the start of the cell, and after a `;`, a tab or a line break inside it, because readers that split
there look into quoted cells. It stands right at that border, before all blanks and quotation marks, so that a reader
that strips those still meets the apostrophe first.
"""

import re
import string
from collections.abc import Sequence
from typing import Final

# The signs that start a formula, a DDE call or an escaped one, in every width that a spreadsheet takes for the same.
_SIGNS: Final = r"=+\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪⁼⁺⁻₌₊₋−﬩"
# Where a reader may begin a new field or a new line. All of these but `;` are control characters or separators.
_BREAKS: Final = r"\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
# What a reader may strip before it looks: blanks, control characters, whatever has no width, quotation marks.
_BLANKS: Final = r" \xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_NO_WIDTH: Final = (
    r"\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd"
    r"\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_QUOTES: Final = r"\"'`´‘’‚‛“”„‟«»‹›＂＇「」『』"
_SKIPPED: Final = f"[{_BLANKS}{_NO_WIDTH}{_QUOTES}]*+"

# At the start of a cell a tab or line break is dangerous by itself: some readers drop it and look at what follows.
_HERE: Final = rf"{_SKIPPED}[{_SIGNS}]"
_HERE_AT_START: Final = rf"{_SKIPPED}[{_SIGNS}{_BREAKS}]"
_START: Final = rf"\A(?={_HERE_AT_START})|(?<=[;{_BREAKS}])(?={_HERE})"
_MARKED_START: Final = rf"\A'(?={_HERE_AT_START})|(?<=[;{_BREAKS}])'(?={_HERE})"
# The apostrophe is one of the characters that are skipped. So a marked start is itself a start, what was marked by
# hand is marked once more, and each can be told from the other.
_find_starts: Final = re.compile(_START)
_find_marked_starts: Final = re.compile(_MARKED_START)
_SAFE_STARTS: Final = frozenset(string.ascii_letters + string.digits)


def encode(cell: str) -> str:
    """Give the cell as it is written: an apostrophe more at each place where a formula could begin."""
    # Nearly every cell begins with a letter, maybe after a blank or an opening quotation mark, and holds no `;`, tab or
    # line break (none of which is printable).
    if not cell or (cell.lstrip(" “‘")[:1] in _SAFE_STARTS and ";" not in cell and cell.isprintable()):
        return cell
    return _find_starts.sub("'", cell)


def decode(cell: str) -> str:
    """Give back what `encode` was given: `decode(encode(cell)) == cell` for every text."""
    return _find_marked_starts.sub("", cell)


def decode_row(row: Sequence[str]) -> list[str]:
    """Give a row as it was before it was written, from its cells as a CSV reader gives them."""
    return [decode(cell) for cell in row]
