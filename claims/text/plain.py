"""Plain words that people type into a form or a program sends: capped, and such that every database takes them."""

import re
from typing import Final

from claims.refusals import Invalid

# Characters that no text needs, as the inside of a regular expression's brackets. No database takes a NUL or half of a
# pair; control characters are invisible, do odd things in terminals and are not allowed in XML, like noncharacters.
NO_TEXT: Final = "\x00\ud800-\udfff"
CONTROLS: Final = "\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)

_UNSTORABLE: Final = re.compile(f"[{NO_TEXT}]")
_CONTROLS: Final = re.compile(f"[{CONTROLS}]")
# Line ends of old printers and terminals: a vertical tab is what a word processor's soft line break becomes.
_LINE_ENDS: Final = re.compile("[\v\f\x85]")


def plain(what: str, typed: str, most: int) -> str:
    """Give what was typed without the blanks around it and without control characters; `what` names the field.

    Raises Invalid with what to change: more than `most` characters, a NUL, half of a surrogate pair.
    """
    if _UNSTORABLE.search(typed):
        raise Invalid(f"The {what} holds a character that cannot be stored (NUL, or half of a pair). Remove it.")
    text = without_controls(typed).strip()
    if len(text) > most:
        raise Invalid(f"The {what} has {len(text):,} characters; the most is {most:,}. Shorten it.")
    return text


def without_controls(typed: str) -> str:
    """The words without control characters but tabs and line ends, where odd line ends are plain ones."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", typed))


def storable(found: str) -> str:
    """Words that nobody typed, such as a file’s name: U+FFFD for what cannot be stored, and no controls."""
    return without_controls(_UNSTORABLE.sub("\ufffd", found))
