"""A list of places inside a source: “Officials in Kyiv, Moscow and Washington”."""

from typing import Final

from claims.text.shallow_parse import Parse

_IN: Final = frozenset(("in", "from", "of", "at", "across", "near"))
_MOST: Final = 8


def first_place(parse: Parse, first: int, last: int) -> int | None:
    """The last word of the first place of a list whose end are the words from `first` to `last`.

    None where these words are no end of such a list: names with “and”, commas and names before them, and a preposition
    behind somebody before those.
    """
    tags = parse.tags
    if any(tag not in "uc" for tag in tags[first : last + 1]) or "c" not in tags[first : last + 1]:
        return None
    at = first
    for _ in range(_MOST):
        if parse.tag(at - 1) != "," or parse.tag(at - 2) != "u":
            return None
        end = at - 2
        at = end
        while at and tags[at - 1] == "u":
            at -= 1
        if parse.lower(at - 1) in _IN and parse.tag(at - 2) == "n":
            return end
    return None
