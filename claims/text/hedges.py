"""Hedges: words with which a text keeps its distance from what it says ("reportedly"). A hedge is no source."""

import re
from typing import Final

from claims.text.lexicon import HEDGES

_WORD: Final = re.compile(r"[a-z]+")
# Nobody looks for a hedge beyond so many characters of one claim.
_MOST: Final = 5_000


def hedge_in(words: str) -> str:
    """The first hedge in these words, in small letters; "" where there is none."""
    return next((word for word in _WORD.findall(words[:_MOST].lower()) if word in HEDGES), "")
