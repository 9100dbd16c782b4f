"""Who a stretch of words names: a person, a body, somebody described, a country, or nobody that could be looked up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from claims.text import lexicon
from claims.text.lexicons import lexicon as read_lexicon
from claims.text.words import Sentence, Word

Span = tuple[int, int]
_MAX_NAME: Final = 16
# Endings of words for people in the plural, as in “loyalists”.
# What gives somebody without a name standing to know: “two people familiar with the plans”.
_STANDING: Final = frozenset(("familiar", "close", "briefed", "knowledge", "involved"))
_OF_PEOPLE: Final = ("ists", "crats", "cians", "rians", "icans", "keepers", "workers", "goers", "holders")
_OCCASION: Final = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|(?:January|February|March|April|May|"
    r"June|July|August|September|October|"
    r"November|December) \d{1,2}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)"
    r"|press conference|news conference|interview(?:ed)?|briefing|hearing|tweet(?:ed)?|[Ss]peaking (?:to|at|"
    r"on|in)|in a (?:\w+ )?(?:speech|statement|post|letter)"
    r"|told (?:reporters|journalists) (?:outside|inside|at|in|during|after) (?:the |a |an )?\w"
    r"|told (?:the )?(?:\w{1,20} ){0,2}[A-Z]|on (?:Twitter|Facebook|Telegram|X|Truth Social))"
)


_EN: Final = read_lexicon("en")
_EVENTS: Final = _EN.words("events")
_DOERS: Final = _EN.words("doers")
_SHOWING: Final = _EN.words("showing_verbs")
_VAGUE_ALONE: Final = _EN.words("vague_alone")
_AMOUNTS: Final = frozenset(("some", "many", "several", "most", "few", "other"))


class SourceKind(StrEnum):
    """What sort of source words name, with the strength that it gives a claim."""

    PERSON = "person"
    BODY = "body"
    DESCRIBED = "described"
    COUNTRY = "country"
    VAGUE = "vague"
    SELF = "self"


STRENGTH_OF: Final = {
    SourceKind.PERSON: 3,
    SourceKind.BODY: 3,
    SourceKind.DESCRIBED: 2,
    SourceKind.COUNTRY: 1,
    SourceKind.VAGUE: 1,
}


@dataclass(frozen=True)
class Source:
    """A source where it stands in the text. `named_at` is where a pronoun's name stands, else the same span."""

    start: int
    end: int
    kind: SourceKind
    named_at: Span

    @property
    def span(self) -> Span:
        return self.start, self.end


@dataclass
class Memory:
    """Whom the text has named so far, for pronouns, surnames, “the senator”, and quotations that run on."""

    person: Source | None = None
    body: Source | None = None
    speaker: Source | None = None
    names: set[str] = field(default_factory=set)
    people: dict[str, Span] = field(default_factory=dict)
    roles: dict[str, Span] = field(default_factory=dict)

    def learn(self, sentence: Sentence) -> None:
        """Remember words that have a capital where no sentence begins: they are names wherever they stand."""
        self.names.update([text for text, _, _, _ in sentence.words[1:] if text[0].isupper()])

    def note(self, source: Source | None) -> None:
        """Remember the latest person and the latest body or country."""
        if source is None:
            return
        if source.kind is SourceKind.PERSON:
            self.person = Source(*source.named_at, source.kind, source.named_at)
        elif source.named_at == source.span and source.kind in (SourceKind.BODY, SourceKind.COUNTRY):
            self.body = source

    def meet(self, words: Sequence[Word], span: Span) -> Span:
        """Where the full name of a person stands: of a surname the place of the name before it, else `span`."""
        name = [word for word in words if word.named and word.lower not in lexicon.TITLES and len(word.text) > 1]
        if not name:
            return span
        surname = name[-1].text.removesuffix("’s")
        if len(name) == 1 and surname in self.people:
            return self.people[surname]
        if len(name) > 1:
            self.people[surname] = span
        for word in words:
            if word.lower in lexicon.TITLES or word.lower in lexicon.DESCRIBED:
                self.roles[_ROLES.get(word.lower, word.lower)] = span
        return span

    def recall(self, words: Sequence[Word]) -> Source | None:
        """Whom “the senator” or “the company” stands for, where the text has named one."""
        if len(words) != 2 or words[0].lower != "the":
            return None
        span, noun = (words[0].start, words[-1].end), words[-1].lower
        if noun in self.roles:
            return Source(*span, SourceKind.PERSON, self.roles[noun])
        if noun in _BODILY and self.body is not None and self.body.kind is SourceKind.BODY:
            return Source(*span, SourceKind.BODY, self.body.named_at)
        return None


_ROLES: Final = {
    "rep": "congressman",
    "representative": "congressman",
    "sen": "senator",
    "gov": "governor",
    "gen": "general",
    "prof": "professor",
}
_BODILY: Final = frozenset(("company", "group", "agency", "firm", "ministry", "organization", "union", "bank", "paper",
                            "newspaper", "magazine", "network", "association", "bureau"))  # fmt: skip


def identify(words: Sequence[Word], memory: Memory, *, begins: bool = False, speaks: bool = False) -> Source | None:
    """Tell who the words name, or None if it is nobody who could speak.

    `begins`: the words begin a sentence, so a capital says nothing. `speaks`: they are the subject of a verb that
    only somebody can have, so an unknown noun (“the poster said”) is somebody described.
    """
    if not words:
        return None
    span = words[0].start, words[-1].end
    first = words[0].lower
    if len(words) == 1 and first in lexicon.PRONOUNS:
        return _behind_pronoun(first, span, memory)
    if first in lexicon.SELVES and (words[0].text == "I" or not words[0].text.isupper()):
        return Source(*span, SourceKind.SELF, span)
    if len(words) == 1 and first in lexicon.NO_SOURCE:
        return None
    recalled = memory.recall(words)
    if recalled is not None:
        return recalled
    kind = _kind_of(words, begins=begins)
    if kind is None and speaks and (len(words) > 1 or words[0].lower not in lexicon.NO_SOURCE):
        kind = SourceKind.DESCRIBED
    if kind is None:
        return None
    return Source(*span, kind, memory.meet(words, span) if kind is SourceKind.PERSON else span)


def is_no_speaker(words: Sequence[Word], verb: str) -> bool:
    """Whether the words are an event, or somebody who shows rather than says what the verb (its base form) tells."""
    head = _head(words)
    if head.named and head is not words[0]:
        return False
    return head.lower in _EVENTS or (verb in _SHOWING and head.lower in _DOERS)


def occasion_in(sentence: Sentence) -> bool:
    """Tell whether a sentence gives a venue, an occasion or a day."""
    return _OCCASION.search(sentence.masked) is not None


def leading_name(sentence: Sentence, memory: Memory) -> Source | None:
    """The name that a sentence begins with, after “However,” or “On Tuesday,”."""
    words = sentence.words
    index = 0
    for _ in range(2):
        if index < len(words) and (words[index].lower in lexicon.PREPOSITIONS or words[index].lower in lexicon.LEADING):
            comma = next((at for at in range(index, min(index + 14, len(words))) if words[at].text == ","), None)
            index = index + 1 if comma is None else comma + 1
    if index < len(words) and not _begins_name(words[index]):
        return None
    end = index
    while end < len(words) and end - index < _MAX_NAME and _goes_on(words, index, end):
        end += 1
    while end > index and words[end - 1].lower in lexicon.PARTICLES:
        end -= 1
    name = words[index:end]
    if not name or name[-1].lower.endswith("’s") or any(word.lower in lexicon.TIME_WORDS for word in name):
        return None
    if len(name) == 1 and index == 0 and name[0].lower not in lexicon.PRONOUNS and not _is_known(name[0], memory):
        return None
    return identify(name, memory, begins=index == 0)


def _is_known(word: Word, memory: Memory) -> bool:
    # The first word of a sentence has a capital anyway: “Issues have lingered” names nobody.
    return word.text in memory.names or word.text in lexicon.BODIES or _is_country(word) or _is_acronym(word)


_SOME: Final = frozenset(("several", "many", "some", "most", "few", "others"))
_WHOSE: Final = frozenset(("his", "her", "their", "its", "the", "those"))
_INSIDE_NAMES: Final = lexicon.PARTICLES | lexicon.DESCRIBED | {"’s"}


def _begins_name(word: Word) -> bool:
    text, lower = word.text, word.lower
    return text[0].isalnum() and (text[0].isupper() or lower in lexicon.DETERMINERS or lower in lexicon.PRONOUNS)


def _goes_on(words: Sequence[Word], first: int, at: int) -> bool:
    word = words[at]
    if at == first:
        return True
    if word.text[0].isupper() or word.lower in _INSIDE_NAMES:
        return True
    return at == first + 1 and words[first].lower in lexicon.DETERMINERS and word.plain


def _behind_pronoun(pronoun: str, span: Span, memory: Memory) -> Source | None:
    if pronoun in lexicon.SINGULAR_PERSON:
        antecedent = memory.person or memory.speaker
    elif pronoun == "it":
        antecedent = memory.body
    else:
        antecedent = memory.speaker or memory.body or memory.person
    if antecedent is None:
        return None
    return Source(*span, antecedent.kind, antecedent.named_at)


def _kind_of(words: Sequence[Word], *, begins: bool) -> SourceKind | None:
    head = _head(words)
    placed = begins and words[0].lower in _CAPITAL_BY_PLACE
    names = [word for word in (words[1:] if placed else words) if word.text[0].isupper()]
    if not _STANDING.isdisjoint([word.lower for word in words]):
        return SourceKind.DESCRIBED
    if head.lower in _SOME and len(words) > 3 and words[1].lower == "of" and words[2].lower in _WHOSE:
        # “several of his aides”
        return SourceKind.DESCRIBED
    if head.lower in lexicon.DOCUMENTS and (not head.named or head is words[0]) and words[-1] is not head:
        return SourceKind.BODY if any(word.text in lexicon.BODIES for word in names) else SourceKind.DESCRIBED
    alone = len(words) == 1 or (len(words) == 2 and words[0].lower in _AMOUNTS)
    if alone and head.lower in _VAGUE_ALONE:
        return SourceKind.VAGUE
    if head.lower in lexicon.VAGUE:
        anybody = head.lower in ("people", "many", "some", "others", "insiders")
        modified = any(word is not head for word in names)
        return SourceKind.DESCRIBED if modified and not anybody else SourceKind.VAGUE
    if names and all(_is_country(word) for word in words):
        return SourceKind.COUNTRY
    if not head.named and head.lower in lexicon.PEOPLE and head.lower not in lexicon.BODY_NOUNS:
        return SourceKind.DESCRIBED
    if any(word.lower in lexicon.BODY_NOUNS or word.text in lexicon.BODIES or _is_acronym(word) for word in names):
        last = names[-1]
        if len(names) > 2 and _looks_personal(words, last):
            return SourceKind.PERSON
        return SourceKind.BODY
    if head.named and names:
        return SourceKind.PERSON
    if head.lower in lexicon.BODY_NOUNS and names:
        return SourceKind.BODY
    if head.lower in lexicon.PEOPLE or any(word.lower in lexicon.PEOPLE for word in words):
        return SourceKind.DESCRIBED
    if any(part in lexicon.PEOPLE for part in head.lower.split("-")) or head.lower.endswith(_OF_PEOPLE):
        return SourceKind.DESCRIBED
    return SourceKind.PERSON if names and words[-1].named else None


# A capital at the beginning of a sentence says nothing of these.
_CAPITAL_BY_PLACE: Final = lexicon.DETERMINERS | lexicon.VAGUE | lexicon.DESCRIBED | lexicon.PREPOSITIONS
_BEHIND_HEAD: Final = frozenset(
    (
        "of",
        "in",
        "at",
        "from",
        "for",
        "with",
        "close",
        "familiar",
        "near",
        "on",
        "to",
        "inside",
        "obtained",
        "provided",
        "reviewed",
        "published",
        "conducted",
        "posted",
        "commissioned",
    )
)


def _head(words: Sequence[Word]) -> Word:
    """The word that the others describe: the last one before “of”, “in”, “close to” and the like."""
    for at, word in enumerate(words):
        if at > 0 and word.lower in _BEHIND_HEAD:
            return words[at - 1]
    return words[-1]


def _is_country(word: Word) -> bool:
    return word.text.removesuffix("’s") in lexicon.COUNTRIES or word.lower in lexicon.COUNTRY_FILLERS


def _is_acronym(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper() and word.text not in lexicon.COUNTRIES


def _looks_personal(words: Sequence[Word], last: Word) -> bool:
    """“Foreign Ministry spokesman Ivan Petrov” ends in a name; “Ministry of Defense” does not."""
    lower = [at for at, word in enumerate(words) if word.lower in lexicon.DESCRIBED]
    return words[-1] is last and bool(lower) and lower[-1] < len(words) - 1 and last.lower not in lexicon.BODY_NOUNS
