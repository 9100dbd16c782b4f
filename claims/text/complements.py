"""What stands behind a cue: a clause, an infinitive, a quotation, or the thing that was spoken of."""

from typing import Final, NamedTuple

from claims.text.cue_verbs import CueVerb
from claims.text.phrase_bounds import core_end
from claims.text.shallow_parse import FINITE, Parse

_WH_VERBS: Final = frozenset(
    (
        "say", "ask", "wonder", "know", "question", "decide", "remember", "forget", "understand", "explain", "tell",
        "determine", "see", "reveal", "show", "disclose", "indicate", "describe", "recall", "doubt", "note", "learn",
        "realize", "discuss", "specify", "clarify", "care", "mention", "imagine", "guess", "suggest", "elaborate",
    )
)  # fmt: skip
_WH: Final = frozenset(("whether", "how", "why", "what", "who", "which", "if", "where", "when", "whose"))
_BARE: Final = frozenset('dunaP#pk"e·')
_REACH: Final = 26
# With these a plain noun behind the verb is no content: “told the court”, “found the body”.
_NOT_WITH_NOUN: Final = frozenset(("tell", "show", "find", "hold", "ask", "learn"))


class Complement(NamedTuple):
    """How what follows is built ("clause", "object" or "quotation") and the index of its first word."""

    manner: str
    start: int


def complement(parse: Parse, end: int, cue: CueVerb) -> Complement | None:
    """Tell what the content behind the cue that ends at index `end` is; None where nothing is."""
    tags = parse.tags
    at = end + 1
    tag = tags[at] if at < len(tags) else ""
    if tag in (",", ":") and (tags[at + 1 : at + 2] == "Q" or tag == ":"):
        at += 1
        return Complement("quotation", at) if at < len(tags) else None
    begin = at
    if tag == "," and (closed := tags.find(",", at + 1, at + 9)) > 0 and tags[closed + 1 : closed + 2] in ("t", "Q"):
        at = closed + 1
        tag = tags[at]
    if tag == "r" and tags[at + 1 : at + 2] not in (",", ".", ""):
        at += 1
        tag = tags[at]
    if tag == "Q":
        return Complement("quotation", at)
    if cue.base == "plead" and tag in ("!", "a", "n"):
        return Complement("object", at)
    if tag == "!" and parse.tag(at + 1) == "T":
        found = _infinitive(parse, at + 1, cue)
        return None if found is None else found._replace(start=at)
    if tag == "t" and cue.object and not (cue.clause and has_own_verb(parse, at)):
        return Complement("object", at)
    if tag == "t":
        return Complement("clause", at) if cue.clause else None
    if tag == "T":
        return _infinitive(parse, at, cue)
    if tag and tag in "qws":
        if parse.lower(at) in ("although", "if", "while", "unless") and cue.clause and cue.parenthetical:
            return Complement("clause", at)
        takes = parse.lower(at) in _WH and (cue.base in _WH_VERBS or (cue.clause and tag == "q"))
        return Complement("clause", at) if takes and (tag != "s" or cue.base in _WH_VERBS) else None
    if tag == "g":
        return Complement("object", at) if cue.object and cue.base != "like" else None
    if tag == "i":
        return Complement("object", at) if parse.lower(at) in cue.prepositions else None
    if tag == "o" or (tag and tag in _BARE):
        found = _bare(parse, at, cue)
        return found._replace(start=begin) if found is not None and tags[begin] == "r" else found
    return None


def _infinitive(parse: Parse, at: int, cue: CueVerb) -> Complement | None:
    if parse.tag(at + 1) in ("B", "e", "h", "x", "r", "n", "a", "v", "!", "Q", '"') and (
        cue.infinitive or (cue.addressee and parse.tag(at - 1) in "unoP")
    ):
        return Complement("clause", at)
    return Complement("object", at) if "to" in cue.prepositions else None


def _bare(parse: Parse, at: int, cue: CueVerb) -> Complement | None:
    """A clause without “that”, somebody who is to do something, or what the verb has as its object."""
    tags = parse.tags
    if cue.person_infinitive and at:
        end = at if tags[at] in "op" else core_end(parse, at)
        if end is not None and parse.tag(end + 1) == "i":
            end = core_end(parse, end + 2) or end
        if end is not None and (parse.tag(end + 1) == "T" or parse.tags[end + 1 : end + 3] == "!T"):
            return Complement("clause", at)
    if cue.clause and tags[at] != "o" and has_own_verb(parse, at):
        return Complement("clause", at)
    if tags[at] == "k" or (tags[at] == "a" and parse.tag(at + 1) == "k"):
        return None
    if cue.object and cue.base not in _NOT_WITH_NOUN:
        return Complement("object", at)
    return None


def has_own_verb(parse: Parse, start: int) -> bool:
    """Whether the words from `start` on make a clause: a subject, then a finite verb before the next mark."""
    tags = parse.tags
    relative = False
    if tags[start] == "p" and "’" in parse.words[start].text:
        return True
    for at in range(start + 1, min(len(tags), start + _REACH)):
        tag = tags[at]
        if tag in ";:Q":
            return tag == "Q" and at > start + 1
        if tag == "," and parse.tag(at + 1) in ("s", "g", "c", "b"):
            return False
        if tag == "," and "," not in tags[start:at] and parse.tag(at + 1) in tuple("vehmx"):
            return False
        if tag == "s" and at > start + 1:
            return False
        if tag in "wt":
            relative = True
        elif tag in FINITE:
            if not relative and not (tag == "v" and tags[at - 1] in "dTP"):
                return True
            relative = False
    return False
