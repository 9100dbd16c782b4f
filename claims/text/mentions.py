"""Whom a comment names: `@name` in what it says, not in addresses of mail or of the web."""

import re
import unicodedata
from html import unescape
from typing import Final

# As long as a name can be; what is longer names nobody.
MAX_NAME: Final = 150

_TAG: Final = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_MENTION: Final = re.compile(r"(?<![\w.@+/=-])@(\w[\w.@+-]*)")


def words_of(html: str) -> str:
    """What cleaned HTML says, without its tags and the addresses in them."""
    return unescape(_TAG.sub(" ", html))


def mentioned(html: str) -> list[str]:
    """The names that stand behind an @ in cleaned HTML, each once, in the order of the text.

    A name ends before the punctuation that ends a sentence, and is normalised as names of accounts are.
    """
    found = (match.group(1).rstrip(".@+-") for match in _MENTION.finditer(words_of(html)))
    names = dict.fromkeys(unicodedata.normalize("NFKC", name) for name in found)
    return [name for name in names if len(name) <= MAX_NAME]
