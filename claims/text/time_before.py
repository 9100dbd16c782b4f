"""Words for a time that stand before or behind a subject and are no part of it."""

from typing import Final

from claims.text.shallow_parse import Parse

# What may stand between a subject and its verb group besides a phrase in commas.
_BETWEEN: Final = frozenset("rk")
_TIME_PREPOSITIONS: Final = frozenset(("on", "in", "at", "late", "early", "earlier", "last", "this", "next", "during"))
# “this time Russia”, “some time ago Russia”.
_OPENING: Final = frozenset(("this", "some", "last", "next", "that"))
_SPANS: Final = frozenset(("time", "week", "month", "year", "day", "morning", "evening"))


def skip_time_back(parse: Parse, at: int) -> int:
    """The index before adverbs and “on Monday” that end at `at`."""
    tags = parse.tags
    while at >= 0 and tags[at] in _BETWEEN:
        at -= 1
        while at > 0 and (tags[at] in "#·k" or parse.words[at].lower in _TIME_PREPOSITIONS):
            if tags[at] == "#" and tags[at + 1] not in "k,":
                break
            at -= 1
        if at >= 0 and tags[at] == "i" and tags[at + 1] == "k":
            return at + 1
    return at


def behind_time(parse: Parse, first: int, last: int) -> int:
    """The first word of a name behind “this time” or “some time ago”; `first` where neither stands there."""
    if parse.lower(first) not in _OPENING or parse.lower(first + 1) not in _SPANS:
        return first
    at = first + 2
    while at <= last and parse.lower(at) == "ago":
        at += 1
    return at if at <= last and parse.tag(at) == "u" else first
