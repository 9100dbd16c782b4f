"""Plain words that people type into a form: capped, and such that every database takes them."""

import re
from typing import Final

from claims.refusals import Invalid

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def plain(what: str, typed: str, most: int) -> str:
    """Give what was typed without the blanks around it; `what` names the field in a sentence.

    Raises Invalid with what to change: more than `most` characters, a NUL, half of a surrogate pair.
    """
    text = typed.strip()
    if len(text) > most:
        raise Invalid(f"The {what} has {len(text):,} characters; the most is {most:,}. Shorten it.")
    if _UNSTORABLE.search(text):
        raise Invalid(f"The {what} holds a character that cannot be stored (NUL, or half of a pair). Remove it.")
    return text
