"""Where noun phrases begin and end in a tagged sentence: the subject before a verb, and a phrase behind a word.

All spans here are indexes of words, (first, last), both inclusive.
"""

from collections.abc import Callable
from typing import Final

from claims.text.cue_verbs import CUE_FORMS
from claims.text.lexicon import PEOPLE
from claims.text.lexicons import lexicon
from claims.text.listed_places import first_place
from claims.text.shallow_parse import AUXILIARY, HEADS, NOMINAL, Parse
from claims.text.time_before import behind_time, skip_time_back

Phrase = tuple[int, int]
_EN: Final = lexicon("en")
# Nobody writes a longer source; it keeps time linear in lines of nothing but names or commas.
_REACH: Final = 36
_ADDING: Final = _EN.words("adding_participles")
_AMOUNTS: Final = frozenset(("nearly", "only", "almost", "about", "roughly", "just", "not"))
_MORE: Final = frozenset(("more", "less", "fewer"))
# “sending it to Holt, who said”: what stands before these is not of the name.
_CARRYING: Final = frozenset(("to", "with", "from", "by", "against", "about"))
_NARROW: Final = 12
# Prepositions that tie a phrase to the noun before it rather than to the verb.
_TYING: Final = _EN.words("tying_prepositions")


def subject_before(parse: Parse, group: int) -> Phrase | None:
    """The whole noun phrase that is the subject of the verb group whose first word has this index.

    It holds titles, phrases with prepositions, appositions in commas and relative clauses.
    """
    last = skip_time_back(parse, group - 1)
    if last < 0:
        return None
    tag = parse.tags[last]
    if tag in ",-":
        return _before_interposed(parse, last, mark=tag)
    if tag in "wt":
        head = last - 2 if parse.tag(last - 1) == "," else last - 1
        first = phrase_start(parse, head) if head >= 0 else None
        return None if first is None else (_behind_participle(parse, first, head), head)
    if tag == "p":
        return last, last
    if tag in "vBgi":
        # “An official who was not authorized to speak | said”.
        antecedent = _behind_verb(parse, last)
        first = None if antecedent is None else phrase_start(parse, antecedent)
        return None if first is None else (first, group - 1)
    first = phrase_start(parse, last)
    place = None if first is None else first_place(parse, first, last)
    if place is not None:
        first = phrase_start(parse, place)
    return None if first is None else (_with_amount(parse, first), last)


def _with_amount(parse: Parse, first: int) -> int:
    """“Nearly half of voters”, “More than 200 newspapers”: how many is part of who."""
    if parse.lower(first - 1) in _AMOUNTS:
        return first - 1
    pair = parse.lower(first - 2), parse.lower(first - 1)
    amount = (pair[1] == "than" and pair[0] in _MORE) or (pair[0] == "at" and pair[1] in ("least", "most"))
    return first - 2 if amount else first


def _behind_participle(parse: Parse, first: int, last: int) -> int:
    """“the statements made by Holt, who said”: the relative clause belongs to the last name."""
    for at in range(last, first, -1):
        if parse.tags[at] == "v" and parse.tags[at + 1] == "i":
            return at + 2
        if parse.words[at].lower in _CARRYING and parse.tags[at + 1] == "u":
            return at + 1
    return first


def phrase_start(parse: Parse, last: int) -> int | None:
    """The first word of the noun phrase that ends with the word at `last`; None where no noun phrase ends there."""
    tags = parse.tags
    if last < 0 or tags[last] not in 'un#Pgkp)a·"':
        return None
    if tags[last] == "p":
        return last
    at = last
    stop = max(-1, last - _REACH)
    coordinated: int | None = None
    while at > stop:
        tag = tags[at]
        left = tags[at - 1] if at else ""
        if tag == ")":
            opened = tags.rfind("(", max(0, at - _NARROW), at)
            if opened <= 0:
                return None if at == last else _trim(parse, at + 1, last)
            at = opened
        elif tag in "iT":
            if not _is_tied_back(parse, at):
                return _behind_preposition(parse, at, last)
        elif tag == "c":
            if left == "p" and (at == 1 or tags[at - 2] in ",Qbstr"):
                return at - 1  # “she and her colleagues”
            if not left or left not in 'un#P)·"':
                return _trim(parse, at + 1, last)
            coordinated = at if coordinated is None else coordinated
        elif tag in "vg" and left and left in "dPa#" and at < last and tags[at + 1] in "nua":
            pass
        elif tag in "vgBehmx!" or (tag == "d" and left and left in "vgB"):
            at -= tag == "d"
            begin = _behind_verb(parse, at)
            if begin is None:
                core = at + 1
                return _trim(parse, core if coordinated is None else coordinated + 1, last)
            at = begin
            continue
        elif tag == "d":
            if not left or left not in "iTcd":
                return _trim(parse, at, last)
        elif tag not in NOMINAL and not (tag == "r" and left and left in "dn#"):
            begin = coordinated if coordinated is not None and tag in "op" else at
            return _trim(parse, begin + 1, last)
        at -= 1
    return _trim(parse, max(at + 1, 0), last)


def _is_tied_back(parse: Parse, preposition: int) -> bool:
    """Whether a phrase with a preposition belongs to a noun, adjective or participle before it."""
    left = parse.tag(preposition - 1)
    if not left or left in "vgB":
        return bool(left) and _behind_verb(parse, preposition - 1) is not None
    if left == "a":
        return parse.lower(preposition - 1) in ("several", "many", "most", "few") or parse.tag(preposition - 2) in (
            "u",
            "n",
        )
    return left in 'un#P)·"k'


def _behind_verb(parse: Parse, at: int) -> int | None:
    """A verb inside the phrase: of a relative clause (“who attended”) or a participle (“arrested on Monday”).

    Gives the index of the last word before that clause, or None where the verb is of another clause.
    """
    tags, words = parse.tags, parse.words
    for back in range(at, max(0, at - _NARROW), -1):
        if tags[back] in ",;:Q-(":
            break
        if tags[back] in "wt" and back:
            return back - 1 if tags[back - 1] in 'un)·"#' else None
    if tags[at] not in "vg" or not at or tags[at - 1] not in "un)":
        return None
    cue = CUE_FORMS.get(words[at].lower)
    follows = tags[at + 1] if at + 1 < len(tags) else "."
    if tags[at] == "g":
        return at - 1 if cue is None and follows in "iTdunaPk#" else None
    if words[at - 1].lower == "those":
        return at - 1
    return at - 1 if follows in "ik" and (cue is None or words[at + 1].lower in ("of", "by", "with", "on")) else None


def _behind_preposition(parse: Parse, preposition: int, last: int) -> int | None:
    """“On Monday Holt”, “After the debate Holt”: the name behind an opening phrase."""
    tags = parse.tags
    for at in range(preposition + 1, last + 1):
        if tags[at] == "k" and at < last:
            return _trim(parse, at + 1, last)
    for at in range(preposition + 1, last + 1):
        if tags[at] == "u" and tags[at - 1] == "n":
            return at
    for at in range(preposition + 2, last + 1):
        if tags[at] == "d" and tags[at - 1] in "un":
            return at
    return _trim(parse, preposition + 1, last)


def _trim(parse: Parse, first: int, last: int) -> int | None:
    """Drop adverbs, conjunctions and marks before the phrase; None where nothing that heads one is left."""
    tags = parse.tags
    while first < last and tags[first] in 'ricsk·tw,b"-T':
        if tags[first] == '"' and '"' in tags[first + 1 : last + 1]:
            break
        first += 1
    first = behind_time(parse, first, last)
    for at in range(first, last + 1):
        if tags[at] in "unp#Pd" or (tags[at] in "ag" and tags[first] == "d"):
            return first
    return None


def _before_interposed(parse: Parse, close: int, *, mark: str) -> Phrase | None:
    """“Hale, a spokesman for the mayor, said”: from the name on, to the word before the closing comma."""
    tags = parse.tags
    end = close
    for _ in range(4):
        opened = tags.rfind(mark, max(0, end - _REACH), end)
        if opened <= 0 or not _is_interposed(parse, opened + 1, end):
            break
        head = skip_time_back(parse, opened - 1)
        first = phrase_start(parse, head)
        if first is None:
            if head >= 0 and tags[head] == "#":
                end = opened
                continue
            return None
        if first > 1 and tags[first - 1] == "i" and tags[first - 2] == ",":
            end = first - 2
            continue
        if tags[first] == "u" and parse.tag(first - 1) == "," and parse.lower(first - 2) in PEOPLE:
            longer = phrase_start(parse, first - 2)
            if longer is not None and (longer == 0 or tags[longer - 1] in "Q,-"):
                return longer, _end_of_description(parse, opened, close)
        whole = first == 0 or tags[first - 1] not in ",-"
        if whole or tags[first] == "u" or not _names_before(parse, first - 1):
            return first, _end_of_description(parse, opened, close)
        end = opened
    return None


def _end_of_description(parse: Parse, opened: int, close: int) -> int:
    """Without an interposed “, on Monday,” or “, meanwhile,”, which tells nothing of the source."""
    if parse.tag(opened + 1) in ("g", "v") and parse.lower(opened + 1) in _ADDING and parse.lower(opened + 2) != "on":
        return opened - 1
    if parse.tag(opened + 1) in tuple("wdunaP#gv") or parse.lower(opened + 1) in ("of", "from"):
        return close - 1
    return opened - 1


def _names_before(parse: Parse, comma: int) -> bool:
    return comma > 0 and parse.tags[comma - 1] in "u#)·"


def _is_interposed(parse: Parse, first: int, end: int) -> bool:
    """Whether the words between two commas describe or qualify, rather than make a clause of their own."""
    tags = parse.tags[first:end]
    if not tags or tags[0] == "Q":
        return False
    if tags[0] in "wivgsrT" or (tags[:2] == "cp" and parse.lower(first + 1) == "there"):
        return True
    if tags[0] in "pcb":
        return False
    for at, tag in enumerate(tags):
        if tag in "ehmx" or (tag == "v" and CUE_FORMS.get(parse.words[first + at].lower) is not None):
            return "w" in tags[:at] or (tag == "v" and tags[at + 1 : at + 2] in ("i", "T"))
    return True


def phrase_end(
    parse: Parse, first: int, *, ties: Callable[[int], bool] | None = None, opens: bool = False
) -> int | None:
    """The last word of the noun phrase that begins at `first`, with what is tied to it; None where none begins.

    `ties` may refuse a preposition at an index: “said Holt | in a statement”. `opens`: the phrase opens a sentence
    whose subject follows behind a comma, so what follows is an apposition only where a further comma closes it.
    """
    tags = parse.tags
    size = len(tags)
    if first >= size:
        return None
    if tags[first] in "po":
        return first
    at = core_end(parse, first)
    if at is None:
        return None
    limit = min(size, first + _REACH)
    while at + 1 < limit:
        further = _tied(parse, at, ties)
        if further is None:
            break
        at = further
    return _with_apposition(parse, at, opens=opens)


def _tied(parse: Parse, at: int, ties: Callable[[int], bool] | None) -> int | None:
    """The end of what is tied to a noun phrase that ends at `at`: “of …”, “and …”, “(…)”, “who …”."""
    tags = parse.tags
    after = tags[at + 1]
    lower = parse.words[at + 1].lower
    if after in "iT" and lower in _TYING and (ties is None or ties(at + 1)):
        return core_end(parse, at + 2)
    if after == "a" and lower in ("familiar", "close", "loyal") and parse.tag(at + 2) in ("i", "T"):
        return core_end(parse, at + 3)
    if after == "c" and parse.tag(at + 2) in ("d", "u", "P", "a", "n"):
        further = core_end(parse, at + 2)
        return None if further is None or parse.tag(further + 1) in tuple("vehmx") else further
    if after == "(":
        closed = tags.find(")", at + 1, at + _NARROW)
        return closed if closed > 0 else None
    if after == "w" and lower in ("who", "whose", "whom"):
        return _clause_end(parse, at + 2)
    participle = lower not in CUE_FORMS or (after == "v" and parse.tag(at + 2) == "i" and lower != "said")
    if after in "vg" and participle and tags[at] == "n":
        return _clause_end(parse, at + 2)
    return None


def core_end(parse: Parse, first: int) -> int | None:
    """The end of a noun phrase without anything behind its head."""
    tags = parse.tags
    head: int | None = None
    closed = -1
    for at in range(first, min(len(tags), first + _REACH)):
        tag = tags[at]
        if at < closed:
            continue
        if tag == '"' and (closed := tags.find('"', at + 1, at + 8)) > 0:
            head = closed
        elif tag in "dp":
            if head is not None:
                break
        elif tag in "un#P":
            if head is not None and tag == "u" and tags[head] == "n" and parse.words[head].lower.endswith("s"):
                break
            head = at
        elif tag == "k":
            if head is not None and tags[head] == "u":
                break
            head = at
        elif tag == "g" and head is None and at > first and tags[at - 1] == "d" and parse.tag(at + 1) not in ("n", "u"):
            head = at
        elif tag in "gv":
            if head is not None or parse.tag(at + 1) not in ("n", "u"):
                break
        elif tag not in 'a·"r' or (tag == "r" and head is not None):
            break
    if head is not None and parse.tag(head + 1) == "·" and head + 1 < len(tags) - 1 and len(parse.words[head].text) < 4:
        return head + 1
    return head


def _clause_end(parse: Parse, start: int) -> int | None:
    """The end of a relative clause behind a source: at the next comma, quotation, “that”, or the sentence's end."""
    tags = parse.tags
    for at in range(start, min(len(tags), start + _REACH)):
        if tags[at] in ",;:Q.-t)" or (tags[at] == "v" and parse.words[at].lower in CUE_FORMS and at > start + 1):
            return at - 1 if at > start else None
    return min(len(tags), start + _REACH) - 1


def _with_apposition(parse: Parse, last: int, *, opens: bool) -> int:
    """“…, a Democrat from Ohio,” behind a name, “(D-Ohio)”, “, 52,” and “, who is running for Senate”."""
    tags = parse.tags
    for _ in range(3):
        start = last + 2
        if parse.tag(last + 1) != "," or parse.tag(start) not in tuple("dnaw#Pu") or tags[last] not in "u)n·#":
            break
        end = _apposition_end(parse, start)
        if end is None or (opens and (parse.tag(end + 1) != "," or parse.tag(end + 2) not in tuple("dpunaP#"))):
            break
        last = end
    return last


def _apposition_end(parse: Parse, start: int) -> int | None:
    tags, words = parse.tags, parse.words
    relative = tags[start] == "w"
    if relative and words[start].lower not in ("who", "whose"):
        return None
    end = start
    while end < len(tags) and end - start < _REACH and tags[end] not in ",;:Q.-":
        if not relative and tags[end] in "ehmx":
            return None
        relative = relative or tags[end] == "w"
        end += 1
    if relative:
        return end - 1
    if (tags[start] in "na" or (tags[start] == "u" and tags[start - 2] != "n")) and not any(
        words[at].lower in PEOPLE for at in range(start, end)
    ):
        return None
    verbal = any(
        tags[at] == "v" and tags[at - 1] in "nu" and parse.tag(at + 1) not in ("i", "T", ",")
        for at in range(start + 1, end)
    )
    return None if verbal or tags[start] == "P" or not any(tag in HEADS for tag in tags[start:end]) else end - 1


def verb_group_start(parse: Parse, verb: int) -> int:
    """The first word of the verb group that ends with the verb: “has repeatedly argued”, “did not say”."""
    tags = parse.tags
    at = verb
    while (
        at > 0
        and verb - at < _NARROW
        and (tags[at - 1] in AUXILIARY or tags[at - 1] == "r" or (at > 1 and parse.words[at - 1].lower == "first"))
    ):
        at -= 1
    while at < verb and tags[at] == "r" and (parse.words[at].named or parse.words[at].lower in ("here", "there")):
        at += 1
    return at
