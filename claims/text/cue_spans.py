"""How far a cue reaches: the verb with its auxiliaries, and to whom, where and when somebody spoke."""

from typing import Final

from claims.text.cue_verbs import CueVerb
from claims.text.lexicon import PEOPLE
from claims.text.lexicons import lexicon
from claims.text.phrase_bounds import core_end
from claims.text.shallow_parse import Parse

_EN: Final = lexicon("en")
OCCASIONS: Final = _EN.words("cue_occasions")
_VENUES: Final = _EN.words("cue_venues")
_PREPOSITIONS: Final = _EN.words("cue_venue_prepositions")
_AUDIENCE: Final = frozenset(("to", "with"))
# What may begin the content right behind the venue: “said in a statement that”, “said on Monday: “…””.
_CONTENT: Final = frozenset("tQ:,.q;-)")
_TYING: Final = frozenset(("with", "to", "in", "of", "by", "at", "on"))
_PARTICLES: Final = frozenset(("out", "back", "up", "down", "off", "on", "away", "aloud"))
_REACH: Final = 20


def cue_end(parse: Parse, verb: int, cue: CueVerb) -> int:
    """The index of the last word of the cue whose verb stands at `verb`: “told reporters on Monday”."""
    at = verb
    tags = parse.tags
    if cue.base == "go" and parse.lower(at + 1) == "on":
        at += 1
        if parse.tag(at + 1) == "T" and parse.tag(at + 2) == "B":
            at += 2
    if cue.addressee:
        at = _addressee_end(parse, at, cue)
    for _ in range(4):
        further = _next_piece(parse, at, cue, verb)
        if further is None or further - verb > _REACH:
            break
        at = further
    at = _over_phrases(parse, at, cue)
    while at > verb and tags[at] in "rc" and parse.lower(at) not in _PARTICLES and tags[at] == "c":
        at -= 1
    return at


def _over_phrases(parse: Parse, at: int, cue: CueVerb) -> int:
    """“told a crowd in Phoenix on Wednesday night that”: any phrases that stand between the cue and “that”."""
    end = at
    for _ in range(5):
        after = parse.tag(end + 1)
        if end > at and (after in ("t", "Q", "p", "d") or (after == "u" and parse.tag(end) == "k")):
            return end
        further = None
        if end > at and after == "," and (closed := _behind_state(parse, end)) is not None:
            return closed
        if after in ("i", "T") and not (end == at and parse.lower(end + 1) in cue.prepositions):
            further = core_end(parse, end + 2)
        elif after in ("k", "r"):
            further = end + 1
        if further is None or further - at > _REACH:
            break
        end = further
    return at


def _behind_state(parse: Parse, town: int) -> int | None:
    """“in Tampa, Fla., that”: the comma behind the state, where the content follows it."""
    comma = town + 4 if parse.tag(town + 3) == "·" else town + 3
    found = parse.tag(town + 2) == "u" and parse.tag(comma) == "," and parse.tag(comma + 1) in ("t", "Q")
    return comma if found else None


def _addressee_end(parse: Parse, verb: int, cue: CueVerb) -> int:
    tags = parse.tags
    if tags[verb + 1 : verb + 2] in ("o", "p") and (tags[verb + 2 : verb + 3] not in ("v", "m", "e", "h", "x")):
        return verb + 1
    if cue.base in ("ask", "warn", "brief", "text", "email", "teach") and tags[verb + 1 : verb + 2] not in (
        "u",
        "n",
        "d",
        "a",
    ):
        return verb
    end = core_end(parse, verb + 1)
    if end is None:
        return verb
    while parse.tag(end + 1) == "i" and parse.lower(end + 1) == "of":
        further = core_end(parse, end + 2)
        if further is None:
            break
        end = further
    after = parse.tag(end + 1)
    if after in ("v", "m", "e", "h", "x"):
        return verb
    if cue.base in ("tell", "remind", "assure", "inform", "notify", "advise", "convince", "persuade"):
        return end
    return end if after in ("t", "q", ":", "Q", "s", "w") or (after == "T" and cue.base in ("warn", "teach")) else verb


def _next_piece(parse: Parse, at: int, cue: CueVerb, verb: int) -> int | None:
    """The end of one more adverb, day or “in a statement” behind `at`, or None."""
    after = parse.tag(at + 1)
    lower = parse.lower(at + 1)
    if after == "k":
        return at + 1
    if after in ("a", "d"):
        end = core_end(parse, at + 1)
        dated = end is not None and parse.tags[end] == "k" and parse.tag(end + 1) not in ("g", "n", "u")
        return end if dated else None
    if after == "r" and (lower in _PARTICLES or parse.tag(at + 2) in _CONTENT or parse.tag(at + 2) == "i"):
        return at + 1
    if after == "i" or after == "T":
        if at == verb and lower in cue.prepositions and lower not in ("on", "at", "in"):
            return None
        if lower not in _PREPOSITIONS and after == "i" and not _is_topic(parse, at + 1, cue):
            return None
        return _phrase_of_venue(parse, at + 1, cue)
    return None


def _is_topic(parse: Parse, preposition: int, cue: CueVerb) -> bool:
    """“said of Holt”, “wrote for the majority that”."""
    end = core_end(parse, preposition + 1)
    if end is None:
        return False
    after = parse.tag(end + 1)
    about = cue.base in ("say", "write", "add", "tweet") and parse.words[preposition].lower in ("of", "about")
    return after in ("t", "Q", ":") or (about and after in (",", ".", "s"))


def _phrase_of_venue(parse: Parse, preposition: int, cue: CueVerb) -> int | None:
    """“in a statement”, “at a rally in Ohio”, “to reporters”, “during an interview with CNN”."""
    end = core_end(parse, preposition + 1)
    if end is None:
        return None
    words = {parse.words[at].lower for at in range(preposition + 1, end + 1)}
    lower = parse.words[preposition].lower
    known = bool(words & _VENUES) or parse.tags[end] == "k" or "k" in parse.tags[preposition + 1 : end + 1]
    audience = lower in _AUDIENCE and (bool(words & PEOPLE) or parse.tags[end] in "uo")
    if lower == "on" and cue.prepositions and "on" in cue.prepositions and not known:
        return None
    while (known or audience) and parse.lower(end + 1) in _TYING and parse.lower(end + 1) not in cue.prepositions:
        further = core_end(parse, end + 2)
        if further is None:
            break
        end = further
    if known or audience:
        return end
    return end if parse.tag(end + 1) in ("t", "Q", ":") or lower in ("of", "about") else None
