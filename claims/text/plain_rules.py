"""Rules that need nothing but a language's word lists: who is named beside a verb of saying, hedges, vague sources."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from claims.particulars import Mode
from claims.text.languages import MARKS
from claims.text.lexicons import Lexicon
from claims.text.speakers import Heard, SmallWords, Span, Speaker, Standing, before, behind
from claims.text.words import QUOTED, Sentence, Word
from claims.vocabulary import Label, Reason

CONFIDENCE_QUOTED: Final = 0.65
CONFIDENCE_PLAIN: Final = 0.6

# As in claims.text.languages: \w would cut words at the vowel signs of many scripts. A hyphen inside a word is its own,
# and so is an apostrophe behind one: “l’économiste” is two words.
_WORD: Final = re.compile(
    rf"{QUOTED}++|[^\s{MARKS}{QUOTED}]++(?:-[^\s{MARKS}{QUOTED}]++)*+(?:’(?=[^\W\d_]))?|[^\s{QUOTED}]"
)
_MOST_CUES: Final = 8
_SPLIT_REACH: Final = 25
_STANDS_BEHIND: Final = "…"
_FEW_AHEAD: Final = 3
_FEW_BESIDE: Final = 4
# Of `source_phrases` those that stand behind the source: “… zufolge”.
_POSTPOSITIONS: Final = "postpositions"

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """What plain reading finds in one sentence; spans are code points of the text, `label` is None where it has none.

    Without a label it says only where the sentence quotes: no label is proposed then.
    """

    label: Label | None
    content: Span | None
    source: Span | None
    cue: Span | None
    strength: int | None
    reason: Reason | None
    mode: Mode
    confidence: float
    rule: str
    why: str


@dataclass(frozen=True)
class _Said:
    """Somebody said something: by which words `words[first:after]`, and by which rule."""

    speaker: Speaker
    cue: Span
    first: int
    after: int
    rule: str


class Rules:
    """The rules of one language over one text, from its first sentence to its last: names are remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.small = SmallWords(lexicon)
        self.heard = Heard()

    def learn(self, sentence: Sentence) -> None:
        """Remember the names in a sentence, before the first is read."""
        if not self.small.nouns_have_capitals:
            self.heard.learn(list(self._words(sentence)))

    def read(self, sentence: Sentence) -> Finding | None:
        """What the lists show in this sentence; the strongest source comes first, a hedge before a vague one."""
        words = list(self._words(sentence))
        said = [one for one in islice(self._said(words), _MOST_CUES) if _tells(sentence, words, one)]
        strong = max(said, key=lambda one: one.speaker.standing, default=None)
        if strong is not None and strong.speaker.standing > Standing.VAGUE:
            return self._sourced(sentence, words, strong)
        if hedge := self._phrase_in(sentence, words, "hedges"):
            return self._unsourced(sentence, hedge, Reason.HEDGE, 0, "is a hedge with no source behind it")
        if strong is not None:
            return self._unsourced(sentence, strong.speaker.span, Reason.VAGUE, 1, "is nobody who could be looked up")
        if opinion := self._phrase_in(sentence, words, "opinion_phrases"):
            return self._opinion(sentence, opinion)
        return None

    def _words(self, sentence: Sentence) -> Iterator[Word]:
        offset = sentence.start
        for match in _WORD.finditer(sentence.masked):
            text, start = match[0], offset + match.start()
            verb, _, pronoun = text.rpartition("-") if "-" in text else ("", "", "")
            if verb and pronoun.lower() in self.small.pronouns:
                # “explique-t-elle”
                end, verb = start + len(text), verb.removesuffix("-t")
                yield Word(verb, verb.lower(), start, start + len(verb))
                yield Word(pronoun, pronoun.lower(), end - len(pronoun), end)
            else:
                yield Word(text, _lower(text), start, start + len(text))

    def _said(self, words: Sequence[Word]) -> Iterator[_Said]:
        for first, after in self._places(words, "source_phrases"):
            if speaker := behind(words, after - 1, self.small, self.heard):
                # “, so Berger”: a mark may belong to the phrase, and is no cue.
                begin = first if words[first].plain else first + 1
                yield _Said(speaker, (words[begin].start, words[after - 1].end), first, after, "phrase")
        for first, after in self._places(words, _POSTPOSITIONS):
            if speaker := before(words, first, self.small, self.heard):
                yield _Said(speaker, (words[first].start, words[after - 1].end), first, after, "phrase")
        for at, word in enumerate(words):
            last = at if word.lower in self._verbs else self._end_of_split(words, at)
            if last is not None:
                yield from self._at_verb(words, at, last)

    def _at_verb(self, words: Sequence[Word], at: int, last: int) -> Iterator[_Said]:
        """Somebody before or behind a verb that begins at index `at` and ends at `last`."""
        first = at
        while first > 0 and words[first - 1].lower in self.small.fillers:
            first -= 1
        quoted = first > 0 and (words[first - 1].quoted or (first > 1 and words[first - 2].quoted))
        marked = first > 0 and words[first - 1].text in ",—–-"
        after = behind(words, at, self.small, self.heard, object_too=not (quoted or marked))
        ahead = None if quoted else before(words, at, self.small, self.heard)
        speaker = after if ahead is None or (marked and after and after.standing > ahead.standing) else ahead
        if speaker is not None:
            rule = "verb-name" if speaker is after else "name-verb"
            yield _Said(speaker, (words[first].start, words[last].end), first, last + 1, rule)

    def _end_of_split(self, words: Sequence[Word], at: int) -> int | None:
        """“teilte … mit,”: where the second word of a split verb stands, before a mark; None where it does not."""
        second = self._split_verbs.get(words[at].lower, ())
        for place in range(at + 1, min(at + _SPLIT_REACH, len(words)) if second else 0):
            if words[place].lower in second and (place + 1 == len(words) or not words[place + 1].plain):
                return place
        return None

    def _sourced(self, sentence: Sentence, words: Sequence[Word], said: _Said) -> Finding:
        quoted = sentence.quoted_span()
        cue, who = sentence.text[slice(*said.cue)], sentence.text[slice(*said.speaker.span)]
        return Finding(
            label=Label.SOURCED,
            content=quoted or _content(words, said),
            source=said.speaker.span,
            cue=said.cue,
            strength=int(said.speaker.standing),
            reason=None,
            mode=_mode(words, said, is_quoted=quoted is not None),
            confidence=CONFIDENCE_PLAIN if quoted is None else CONFIDENCE_QUOTED,
            rule=f"{self.lexicon.code}-{said.rule}",
            why=f"“{cue}” gives the statement to “{who}”: {self._by}.",
        )

    def _unsourced(self, sentence: Sentence, cue: Span, reason: Reason, strength: int, why: str) -> Finding:
        words = sentence.text[slice(*cue)]
        rule, why = f"{self.lexicon.code}-{reason.value}", f"“{words}” {why}: {self._by}."
        return Finding(Label.UNSOURCED, None, None, cue, strength, reason, Mode.NONE, CONFIDENCE_PLAIN, rule, why)

    def _opinion(self, sentence: Sentence, cue: Span) -> Finding:
        words = sentence.text[slice(*cue)]
        rule, why = f"{self.lexicon.code}-opinion", f"“{words}” is the writer’s own judgement: {self._by}."
        return Finding(Label.OPINION, None, None, cue, None, None, Mode.NONE, CONFIDENCE_PLAIN, rule, why)

    def _phrase_in(self, sentence: Sentence, words: Sequence[Word], name: str) -> Span | None:
        """The first place where a phrase of this list stands outside quotations."""
        if self.lexicon.has("words_have_spaces", otherwise=True):
            place = next(self._places(words, name), None)
            return None if place is None else (words[place[0]].start, words[place[1] - 1].end)
        spots = ((sentence.lowered.find(phrase), phrase) for phrase in self.lexicon.phrases(name))
        first = min(((at, phrase) for at, phrase in spots if at >= 0), default=None)
        return None if first is None else (sentence.start + first[0], sentence.start + first[0] + len(first[1]))

    def _places(self, words: Sequence[Word], name: str) -> Iterator[tuple[int, int]]:
        """Where phrases of a list stand, as (first word, word after the last), the longest at each word."""
        phrases = self._phrases[name]
        for at, word in enumerate(words):
            for phrase in phrases.get(word.lower, ()):
                if tuple(each.lower for each in words[at : at + len(phrase)]) == phrase:
                    yield at, at + len(phrase)
                    break

    @cached_property
    def _by(self) -> str:
        return f"a plain rule on the {self.lexicon.name} word list, not measured"

    @cached_property
    def _verbs(self) -> frozenset[str]:
        return self.lexicon.words("cue_verbs")

    @cached_property
    def _split_verbs(self) -> Mapping[str, set[str]]:
        split: dict[str, set[str]] = defaultdict(set)
        for phrase in self.lexicon.phrases("split_verbs"):
            first, _, second = phrase.lower().partition(" ")
            split[first].add(second.strip())
        return split

    @cached_property
    def _phrases(self) -> Mapping[str, Mapping[str, list[Phrase]]]:
        """The phrases of each list by their first words, the longest first."""
        sources = self.lexicon.phrases("source_phrases")
        return {
            "hedges": _by_first_word(self.lexicon.phrases("hedges")),
            "opinion_phrases": _by_first_word(self.lexicon.phrases("opinion_phrases")),
            "source_phrases": _by_first_word([phrase for phrase in sources if _STANDS_BEHIND not in phrase]),
            _POSTPOSITIONS: _by_first_word([phrase.strip("… ") for phrase in sources if _STANDS_BEHIND in phrase]),
        }


def _by_first_word(phrases: Sequence[str]) -> Mapping[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(map(_lower, _WORD.findall(phrase.replace("'", "’"))))
        if words:
            found[words[0]].append(words)
    return found


def _lower(word: str) -> str:
    return word[:-1].lower() if word[-1] == "’" and len(word) > 1 else word.lower()


def _content(words: Sequence[Word], said: _Said) -> Span | None:
    """What is said: the words before “, sagte Berger”, else those behind both the verb and the name."""
    ahead = _told(words[: said.first], said)
    rest = _told([word for word in words[said.after :] if word.start >= said.speaker.end], said)
    following = next((word.text for word in words[said.after :] if word.start >= said.speaker.end), "")
    if said.rule == "name-verb" or not ahead:
        told = rest
    elif said.rule == "verb-name":
        told = rest if following in (",", ":") and len(ahead) <= _FEW_AHEAD else ahead
    else:
        told = rest if len(ahead) <= _FEW_AHEAD else ahead
    return (told[0].start, told[-1].end) if told else None


def _tells(sentence: Sentence, words: Sequence[Word], said: _Said) -> bool:
    """“Der Minister sagte ab”: where a single word is all that would be said, nothing is."""
    if said.rule != "name-verb" or sentence.quotations:
        return True
    content = _content(words, said)
    return content is not None and any(map(str.isspace, sentence.text[slice(*content)]))


def _told(words: Sequence[Word], said: _Said) -> list[Word]:
    """These words without the speaker, and without the marks at both ends."""
    told = [word for word in words if not said.speaker.start <= word.start < said.speaker.end]
    while told and not told[0].plain:
        told.pop(0)
    while told and not told[-1].plain:
        told.pop()
    return told


def _mode(words: Sequence[Word], said: _Said, *, is_quoted: bool) -> Mode:
    """Direct where nearly nothing stands beside the quotation but who said it."""
    if not is_quoted:
        return Mode.INDIRECT
    first, last = min(said.cue[0], said.speaker.start), max(said.cue[1], said.speaker.end)
    beside = sum(word.plain and not word.quoted and not first <= word.start < last for word in words)
    return Mode.DIRECT if beside <= _FEW_BESIDE else Mode.MIXED
