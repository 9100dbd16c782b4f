"""The words that a search looks for, and a text as a search reads it: the same on every database.

A word is a run of letters and digits; all else stands between words. So "3.5" and "o'clock" are two words each, and a
search for one of them is a search for the two beside each other. Of scripts that put no space between words every
character is a word, so that any part of a sentence can be found.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from claims.text.fold import fold
from claims.text.terms import UNSPACED

# Longer runs are no words that anybody looks for; databases take no word of any length.
LONGEST: Final = 64
# More than any search has that a page takes; what follows is not asked for.
MOST: Final = 100
_TERM: Final = re.compile(r'"([^"]+)"(\*?)|([^\s"]+)')


class _Separate(dict[int, str]):
    """What becomes of each character: remembered once it was asked."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if unicodedata.category(char)[0] not in "LMN":
            self[code] = " "
        else:
            self[code] = f" {char} " if UNSPACED.match(char) else char
        return self[code]


_SEPARATE: Final = _Separate()


@dataclass(frozen=True)
class Term:
    """Words that stand beside each other, in this order; the last is only how a word begins where `is_prefix`."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def needle(self) -> str:
        """What stands in a text that `searchable` made exactly where the term stands in it."""
        return f" {' '.join(self.words)}{'' if self.is_prefix else ' '}"


def searchable(text: str) -> str:
    """The words of a text, folded, with one space before and after each; "" where it has none."""
    words = _words_of(fold(text))
    return f" {' '.join(words)} " if words else ""


def _words_of(folded: str) -> list[str]:
    """The words of a folded text in their order, each at most LONGEST characters long."""
    return [word[:LONGEST] for word in folded.translate(_SEPARATE).split()]


def terms(query: str) -> list[Term]:
    """The words, “quoted phrases” and beginnings of words (word*) that a search asks for, each once, at most MOST.

    A text is found where it has all of them. None where nothing that was typed is a word: then nothing is found.
    """
    found: dict[Term, None] = {}
    for phrase, star, word in _TERM.findall(fold(query)):
        words = tuple(_words_of(phrase or word))
        if words:
            found[Term(words, bool(star) or (phrase or word).rstrip().endswith("*"))] = None
    return list(found)[:MOST]
