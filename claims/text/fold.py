"""One form of a text for searching: what readers take for the same characters becomes the same characters."""

import re
import unicodedata
from typing import Final

_GLYPHS: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵ʹʻʼʽˈ`´＇‹›", "'"),
        **dict.fromkeys("“”„‟″‶«»〝〞〟＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"),
        # Invisible: soft hyphen, zero-width characters, direction marks, byte order mark.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", None),
    }
)
_SPACES: Final = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold a text for searching: spaces, quotation marks, dashes, accents and case no longer differ.

    Runs of any Unicode space become one space, quote glyphs and dashes become ASCII, accents go, case is folded;
    `fold(fold(text)) == fold(text)`. The result is for comparing only: its offsets are not those of `text`.
    """
    if text.isascii():  # most words of most texts: nothing decomposes, and one quote glyph is left
        return _SPACES.sub(" ", text.replace("`", "'").lower())
    glyphs = text.translate(_GLYPHS)
    if glyphs.isascii():  # nothing but curly quotation marks and dashes stood out
        return _SPACES.sub(" ", glyphs.lower())
    glyphs = glyphs.casefold()
    decomposed = unicodedata.normalize("NFKD", glyphs)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Decomposing brings out letters and marks that were hidden in one character (ﬁ, 𝐀, ŉ).
    return _SPACES.sub(" ", bare.casefold().translate(_GLYPHS))
