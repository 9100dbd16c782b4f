"""Cues of several words in a fixed order: “is how Holt puts it”, “pleaded not guilty to”."""

from claims.text.findings import Finding
from claims.text.phrase_bounds import Phrase
from claims.text.shallow_parse import Parse


def how_put(parse: Parse, at: int, source: Phrase) -> Finding | None:
    """The attribution of ““…,” is how Holt puts it” or “is the way Holt puts it”, its verb at index `at`."""
    first, last = source
    if parse.lower(first) == "the" and parse.lower(first + 1) == "way":
        first += 2
    linked = first - (3 if parse.lower(first - 1) == "way" else 2)
    mark = linked - 1 if parse.tag(linked - 1) == "," else linked
    if parse.tag(linked) != "e" or parse.lower(first - 1) not in ("how", "way") or parse.tag(mark - 1) != "Q":
        return None
    return Finding((first, last), (at, at + 1), "said", left=(mark - 1, mark - 1), speaks=True)


def plea_end(parse: Parse, start: int) -> int:
    """The last word of the plea that begins at `start`: “pleaded not guilty to | 11 counts”."""
    at = start
    while parse.lower(at) in ("not", "guilty", "to"):
        at += 1
    return at - 1
