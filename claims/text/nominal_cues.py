"""Attributions that a noun makes: “Holt’s claim that”, “a statement from the union saying”, “fears that”."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from claims.text.findings import Finding
from claims.text.lexicon import LIGHT_VERBS
from claims.text.lexicons import lexicon
from claims.text.phrase_bounds import Phrase, phrase_end, phrase_start, subject_before, verb_group_start
from claims.text.shallow_parse import FINITE, Parse
from claims.text.word_forms import plural

_EN: Final = lexicon("en")
_MOST: Final = 6
_NARROW: Final = 8
_FOLLOWERS: Final = ("that", "of", "about", "to", "for", "over")


def _nouns(name: str) -> frozenset[str]:
    return frozenset(form for noun in _EN.words(name) for form in (noun, plural(noun)))


_TAKES: Final = {follower: _nouns(f"cue_nouns_{follower}") for follower in _FOLLOWERS}
_SOURCELESS: Final = _nouns("cue_nouns_sourceless")
_BARE: Final = frozenset(
    ("criticism", "praise", "condemnation", "opposition", "ridicule", "scorn", "complaints", "support", "outrage")
)
_MINDS: Final = frozenset(("mind", "minds"))
_CLEAR: Final = frozenset(("clear", "plain"))
_MAKING: Final = frozenset(("make", "makes", "made", "making"))
NOUNS: Final = frozenset().union(*_TAKES.values(), _SOURCELESS, _BARE, _MINDS, _CLEAR)
_FROM: Final = frozenset(("by", "from", "among"))


def by_nouns(parse: Parse) -> Iterator[Finding]:
    """Every attribution by a noun, in the order of the text."""
    if parse.sentence.vocabulary.isdisjoint(NOUNS):
        return
    yield from islice((found for at in range(len(parse.words)) if (found := _finding(parse, at)) is not None), _MOST)


def _finding(parse: Parse, at: int) -> Finding | None:
    if parse.words[at].lower in _CLEAR:
        return _made_clear(parse, at)
    if parse.words[at].lower not in NOUNS or parse.tags[at] not in "nu" or parse.words[at].named:
        return None
    if parse.words[at].lower in _MINDS:
        return _decided(parse, at)
    core = _noun_phrase(parse, at)
    named = _named_behind(parse, at)
    end = at if named is None else named[1]
    right = _complement(parse, at, end)
    if right is None:
        if named is not None and parse.words[at].lower in _BARE:
            return _drawn(parse, core, named)
        return None
    manner = "clause" if parse.lower(right) in ("that", "to") else "object"
    if named is not None:
        return Finding(named, (core, named[0] - 1), "noun-by", right=right, manner=manner, closes=True)
    owner = _owner(parse, core)
    if owner is not None:
        pronoun = parse.tags[owner[1]] == "d"
        return Finding(owner, (core, at), "noun-of", right=right, manner=manner, closes=True, apostrophe=not pronoun)
    giver = _giver(parse, core)
    if giver is not None:
        source, start = giver
        if manner == "object" and right + 1 < len(parse.words):
            return Finding(source, (start, right), "noun-given", right=right + 1, manner=manner)
        return Finding(source, (start, at), "noun-given", right=right, manner=manner)
    if parse.words[at].lower in _SOURCELESS and (
        parse.lower(right) == "that" or parse.words[at].lower == "allegations"
    ):
        return Finding(None, (core, at), "noun", right=right, manner=manner, closes=True)
    return None


def _made_clear(parse: Parse, at: int) -> Finding | None:
    """“has made clear that”, “made it clear that”."""
    verb = at - 2 if parse.lower(at - 1) == "it" else at - 1
    if verb < 1 or parse.lower(verb) not in _MAKING or parse.tag(at + 1) != "t":
        return None
    group = verb_group_start(parse, verb)
    source = subject_before(parse, group)
    return None if source is None else Finding(source, (group, at), "noun-given", right=at + 1)


def _decided(parse: Parse, at: int) -> Finding | None:
    """“made up her mind not to argue”."""
    if parse.lower(at - 2) != "up" or parse.lower(at - 3) not in _MAKING:
        return None
    right = at + 1
    group = verb_group_start(parse, at - 3)
    source = subject_before(parse, group)
    if source is None or (parse.tags[right : right + 1] != "T" and parse.tags[right : right + 2] != "!T"):
        return None
    return Finding(source, (group, at), "noun-given", right=right)


def _drawn(parse: Parse, core: int, named: Phrase) -> Finding:
    """“The deal drew criticism from conservatives”: what drew it is what was criticized."""
    if core and parse.tags[core - 1] == "v":
        group = verb_group_start(parse, core - 1)
        return Finding(named, (group, named[0] - 1), "noun-by", subject_before(parse, group))
    return Finding(named, (core, named[0] - 1), "noun-by")


def _noun_phrase(parse: Parse, at: int) -> int:
    """The first word of the noun's own phrase, behind a possessive: Holt’s | repeated claim."""
    first = at
    while first and at - first < _NARROW and parse.tags[first - 1] in 'anr"g#':
        first -= 1
    return first


def _named_behind(parse: Parse, at: int) -> Phrase | None:
    """“a claim by Holt”, “criticism from Democrats”."""
    if parse.lower(at + 1) not in _FROM:
        return None
    end = phrase_end(parse, at + 2, ties=lambda index: parse.words[index].lower in ("of", "at", "in"))
    return None if end is None else (at + 2, end)


def _complement(parse: Parse, at: int, end: int) -> int | None:
    """The index where what was claimed begins: behind “that”, “of”, “about”, or a quotation."""
    follower = parse.lower(end + 1)
    noun = parse.words[at].lower
    if parse.tag(end + 1) == ":" or parse.tag(end + 1) == "Q":
        return end + (1 if parse.tag(end + 1) == "Q" else 2) if end + 2 < len(parse.words) else None
    if noun not in _TAKES.get(follower, ()):
        return None
    if follower == "that" and (parse.tag(end + 2) in FINITE or end + 2 >= len(parse.words)):
        return None
    if follower == "that" and not any(tag in FINITE for tag in parse.tags[end + 2 : end + 20]):
        return None
    if follower == "to" and parse.tag(end + 2) not in ("B", "e", "h", "x", "r", "v", "!"):
        return None
    return end + 1


def _owner(parse: Parse, core: int) -> Phrase | None:
    """Whose noun it is: “Holt’s”, “the mayor’s”, “his”."""
    before = core - 1
    if before < 0:
        return None
    if parse.tags[before] == "P":
        last = before
        first = phrase_start(parse, last)
        return None if first is None else (first, last)
    if parse.tags[before] == "d" and parse.words[before].lower in ("his", "her", "their", "its"):
        return before, before
    return None


def _giver(parse: Parse, core: int) -> tuple[Phrase, int] | None:
    """“Holt expressed concern that”: the subject of a verb that only carries the noun, and where the cue begins."""
    tags = parse.tags
    at = core - 1
    while at > 0 and core - at < 4 and tags[at] in "da":
        at -= 1
    if at <= 0 or parse.words[at].lower not in LIGHT_VERBS or tags[at] not in "vhgB":
        return None
    group = verb_group_start(parse, at)
    source = subject_before(parse, group) if tags[at] != "g" else None
    return None if source is None else (source, group)
