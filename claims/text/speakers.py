"""Who stands before or behind a word, told by capitals and a language's small words: no grammar is needed for that."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from claims.text.lexicons import Lexicon
from claims.text.words import Word

Span = tuple[int, int]

_REACH: Final = 14
_PLAIN_REACH: Final = 6
_NAME_MARKS: Final = frozenset('«»„“”"')


class Standing(IntEnum):
    """How well words tell who speaks; the value is the strength that it gives a claim."""

    VAGUE = 1
    DESCRIBED = 2
    NAMED = 3


@dataclass(frozen=True)
class Speaker:
    """Whom words name, `text[start:end]`, and how well they tell."""

    start: int
    end: int
    standing: Standing

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass(frozen=True)
class SmallWords:
    """The lists of a lexicon that show where a noun phrase begins and ends."""

    lexicon: Lexicon

    @cached_property
    def determiners(self) -> frozenset[str]:
        return self.lexicon.words("determiners")

    @cached_property
    def particles(self) -> frozenset[str]:
        return self.lexicon.words("particles")

    @cached_property
    def pronouns(self) -> frozenset[str]:
        return self.lexicon.words("pronouns")

    @cached_property
    def fillers(self) -> frozenset[str]:
        return self.lexicon.words("fillers")

    @cached_property
    def ends(self) -> frozenset[str]:
        """Words that no noun phrase holds, unless they are its particles."""
        lists = ("boundaries", "conjunctions", "cue_verbs", "fillers")
        return frozenset[str]().union(*map(self.lexicon.words, lists)) - self.particles

    @cached_property
    def conjunctions(self) -> frozenset[str]:
        return self.lexicon.words("conjunctions")

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        return self.lexicon.words("abbreviations")

    @cached_property
    def vague(self) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(phrase.lower().split()) for phrase in self.lexicon.phrases("vague_sources"))

    @cached_property
    def nouns_have_capitals(self) -> bool:
        return self.lexicon.has("nouns_have_capitals")


@dataclass
class Heard:
    """Who has been named so far: for pronouns, and for surnames alone."""

    latest: Speaker | None = None
    names: set[str] = field(default_factory=set)

    def learn(self, words: Sequence[Word]) -> None:
        """Remember the words of a sentence that have a capital behind another word: they are names everywhere."""
        self.names.update(word.text for one, word in pairwise(words) if one.plain and word.named)


def before(words: Sequence[Word], at: int, small: SmallWords, heard: Heard) -> Speaker | None:
    """Who is named by the words that end before index `at`, over auxiliaries and over what stands between commas."""
    last = at - 1
    while last >= 0 and words[last].lower in small.fillers:
        last -= 1
    between: Sequence[Word] = ()
    if last > 0 and words[last].text == ",":
        opening = next((place for place in range(last - 1, max(-1, last - _REACH), -1) if words[place].text == ","), 0)
        between, last = words[opening + 1 : last], opening - 1
    first = last
    while first >= 0 and last - first < _REACH and _inside(words, first, small):
        first -= 1
    taken = list(words[first + 1 : last + 1])
    opens_clause = first < 0 or words[first].lower in small.fillers | small.conjunctions
    if not opens_clause and words[first].plain and not words[first].quoted:
        # “Am Montag sagte”: what hangs on a preposition is no subject; a noun phrase of its own begins with an article.
        begins = next((place for place, word in enumerate(taken) if place and word.lower in small.determiners), None)
        taken = [] if begins is None else taken[begins:]
    found = _speaker(taken, small, heard, begins=first < 0)
    if found is not None and between and _is_named(between, small, heard, begins=False):
        # “The spokesman, Peter Klein, said”: what stands between commas may give the name.
        found = Speaker(found.start, between[-1].end, Standing.NAMED)
        _remember(found, between, heard)
    return found


def behind(
    words: Sequence[Word], at: int, small: SmallWords, heard: Heard, *, object_too: bool = False
) -> Speaker | None:
    """Who is named by the words that begin behind index `at`.

    `object_too`: what stands there may as well be what was said, so a noun without article or capital is nobody.
    """
    taken: list[Word] = []
    for place in range(at + 1, min(at + 1 + _REACH, len(words))):
        word = words[place]
        if not _inside(words, place, small):
            break
        is_small = word.lower in small.particles or word.lower in small.determiners
        if word.plain and not word.named and not is_small and any(each.named for each in taken):
            break
        if len(taken) >= _PLAIN_REACH and not any(each.named for each in taken):
            break
        taken.append(word)
        if word.lower in small.pronouns and len(taken) == 1:
            break
    stops = words[at + 1 + len(taken) : at + 2 + len(taken)]
    if not any(each.named for each in taken) and not (stops and stops[0].text == ","):
        taken = _one_noun(taken, small)
        if object_too and taken and taken[0].lower not in small.determiners | small.pronouns:
            return None
    return _speaker(taken, small, heard, begins=False)


def _one_noun(taken: list[Word], small: SmallWords) -> list[Word]:
    """“According to police the bridge …”: without capital and comma only the first noun is sure, with its particles."""
    kept: list[Word] = []
    for place, word in enumerate(taken):
        is_small = word.lower in small.particles or word.lower in small.determiners
        after_noun = bool(kept) and kept[-1].lower not in small.particles and kept[-1].lower not in small.determiners
        if not is_small and after_noun:
            break
        kept = taken[: place + 1]
    return kept


def _inside(words: Sequence[Word], at: int, small: SmallWords) -> bool:
    word = words[at]
    if word.text == "." and at > 0:
        # “Sr. García”, “A. S. Ivanov”
        return words[at - 1].lower in small.abbreviations or (len(words[at - 1].text) == 1 and words[at - 1].named)
    if word.text in _NAME_MARKS:
        # “пишет «Коммерсантъ»”: a name in marks, too short to be a quotation.
        return any(each.named for each in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2]))
    return word.plain and not word.quoted and word.lower not in small.ends


def _speaker(taken: list[Word], small: SmallWords, heard: Heard, *, begins: bool) -> Speaker | None:
    taken = _without_rims(taken, small)
    if not taken or not taken[0].text[0].isalpha():
        return None
    span = taken[0].start, taken[-1].end
    lower = [word.lower for word in taken]
    if len(taken) == 1 and lower[0] in small.pronouns:
        return None if heard.latest is None else Speaker(*span, heard.latest.standing)
    if _is_vague(taken, small):
        return Speaker(*span, Standing.VAGUE)
    named = _is_named(taken, small, heard, begins=begins)
    if not named and not _is_described(taken, small, begins=begins):
        return None
    found = Speaker(*span, Standing.NAMED if named else Standing.DESCRIBED)
    if named:
        _remember(found, taken, heard)
    return found


def _without_rims(taken: list[Word], small: SmallWords) -> list[Word]:
    """The words without marks and small words at their ends."""
    first, after = 0, len(taken)
    while first < after and not taken[first].plain:
        first += 1
    while after > first:
        last = taken[after - 1]
        if last.plain and last.lower not in small.particles and last.lower not in small.determiners:
            break
        if _closes_name(taken[first:after]):
            break
        after -= 1
    return taken[first:after]


def _closes_name(taken: Sequence[Word]) -> bool:
    return taken[-1].text in _NAME_MARKS and any(word.text in _NAME_MARKS for word in taken[:-1])


def _is_described(taken: Sequence[Word], small: SmallWords, *, begins: bool) -> bool:
    """Whether the words hold a noun, as far as capitals or an article show that."""
    if small.nouns_have_capitals:
        return any(word.named and word.lower not in small.determiners for word in taken)
    return not begins or taken[0].named


def _remember(speaker: Speaker, taken: Sequence[Word], heard: Heard) -> None:
    heard.latest = speaker
    heard.names.update(word.text for word in taken if word.named)


def _is_vague(taken: Sequence[Word], small: SmallWords) -> bool:
    """A vague collective at the beginning or the end of the words, and no name beside it."""
    lower = tuple(word.lower for word in taken)
    if not small.nouns_have_capitals and any(word.named for word in taken[1:]):
        return False
    return any(lower[at:] in small.vague or lower[: at + 1] in small.vague for at in range(len(lower)))


def _is_named(taken: Sequence[Word], small: SmallWords, heard: Heard, *, begins: bool) -> bool:
    """Whether a name is among these words; where every noun has a capital it takes two in a row, or one known."""
    capitals = [word.named and word.lower not in small.determiners for word in taken]
    if any(len(word.text) > 1 and word.text.isupper() for word in taken):
        return True
    if small.nouns_have_capitals:
        known = any(word.text in heard.names for word in taken)
        return known or any(one and two for one, two in pairwise(capitals))
    # A capital at the head of a sentence says nothing, unless the word has one elsewhere: “Жители говорят”.
    return any(capitals[1:]) or (capitals[0] and (not begins or taken[0].text in heard.names))
