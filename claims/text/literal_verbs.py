"""Verbs that tell of a deed, not of words: “conceded a penalty”, “police questioned the student”."""

from typing import Final

from claims.text.lexicon import COUNTRIES, PEOPLE
from claims.text.lexicons import lexicon
from claims.text.phrase_bounds import core_end
from claims.text.shallow_parse import Parse

_EN: Final = lexicon("en")
# With these, somebody as the object is whom something was done to: “questioned the student”.
_OF_PEOPLE: Final = _EN.words("literal_with_people")
# With these, a thing of sport or of war as the object or subject tells a deed.
_IN_SPORT: Final = _EN.words("literal_in_sport")
_SPORT: Final = _EN.words("sport_nouns")
_IN_WAR: Final = _EN.words("literal_in_war")
_FORCES: Final = _EN.words("force_nouns")
# A thing is kept up, not said, unless it is quoted: “maintained a policy”.
_OF_STATES: Final = _EN.words("literal_with_nouns")


def is_literal(parse: Parse, base: str, start: int) -> bool:
    """Whether a verb with an object that begins at index `start` reports nothing."""
    if base in _OF_STATES:
        return True
    if base in _IN_WAR:
        # A country as the object is attacked, not spoken of: “has attacked Armenia”.
        by_force = any(word.lower in _FORCES for word in parse.words[max(0, start - 6) : start])
        return by_force or (base == "attack" and parse.words[start].text in COUNTRIES)
    if base not in _OF_PEOPLE and base not in _IN_SPORT:
        return False
    end = core_end(parse, start)
    if end is None:
        return False
    head = parse.lower(end)
    return (base in _OF_PEOPLE and head in PEOPLE) or (base in _IN_SPORT and head in _SPORT)


def is_empty(parse: Parse, group: int, start: int) -> bool:
    """“did not object to this”: neither an act nor anything that it is about. `group` is where the verb begins."""
    last = start + (parse.tag(start) in ("i", "T"))
    refers = parse.lower(last) in ("this", "that", "it") and parse.tag(last + 1) in (".", "")
    denies = any(word.lower.endswith("n’t") or word.lower in ("not", "never") for word in parse.words[group:start])
    return refers and denies
