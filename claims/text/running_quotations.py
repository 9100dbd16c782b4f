"""Whose words a sentence is that does not say so itself: quotations run on, and are named before, after or between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.text.article_sentences import Placed
from claims.text.attribution import Attribution
from claims.text.quotations import Quotation
from claims.text.sources import Source, SourceKind
from claims.text.spoken_turns import posts_in, signed_in, turns_in
from claims.text.words import Sentence
from claims.vocabulary import ZoneKind

_MOSTLY: Final = 0.8
# Fewer words in marks are somebody's term; more are words that somebody said.
_FEWEST_WORDS: Final = 4
# So many paragraphs on, a quotation without a name is still taken for the same speaker's.
_FAR: Final = 4
# So many sentences of one quotation are looked over for the name behind them.
_AHEAD: Final = 12
# In a title the long words have capitals, the short ones (“of”, “with”) need not.
_SHORT: Final = 4
_POINTS_BACK: Final = re.compile(
    r"(?:That|This|Those|These|So|Such|Thus|With (?:that|those|these)|The (?:words|comments?|remarks?|quote|statement|"
    r"assessment|message|verdict|view))\b"
)
_POINTING: Final = re.compile(
    r"(?P<cue>(?:That|This|So|Thus|Those|These)(?: \w{1,12})? (?:is|was|are|were|goes|says|said|spoke|according to)"
    r"(?: (?:how|what|the way|from|the \w{3,12} (?:of|from|by)))?) "
    r"(?P<who>(?:(?:[Tt]he|an?|\w{3,20}) ){0,4}[A-Z][\w’.-]{1,30}(?: [A-Z][\w’.-]{1,30}){0,4})"
)
# Somebody else reacts; what is quoted next is hardly the words of the one before.
_TURNS_TO: Final = re.compile(
    r"(?:(?:Asked|Pressed|When asked|Told|Questioned)\b[^,]{0,160}, )?"
    r"(?P<who>[A-Z][\w’-]{1,30}(?: [A-Z][\w’-]{1,30}){0,3}) "
    r"(?:laughed|smiled|shrugged|nodded|grinned|sighed|paused|chuckled|hesitated|frowned|winced|was blunt|disagreed)\b"
)
_UTTERED: Final = re.compile(r"[a-z][.,!?…][\"”’']?\Z")
_ITEM: Final = re.compile(r"[-•*·–—‣▪●]|\(?\d{1,2}[.)]|\(?[a-z]\)")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence: the attribution that names them, the place of its sentence, and by which rule."""

    attribution: Attribution
    named_in: int
    rule: str


@dataclass(slots=True)
class _Floor:
    """Who has the floor: whose words the latest quotation was, and where that stood."""

    voice: Voice
    sentence: int
    paragraph: int
    # The voice that had the floor before another took it.
    before: Voice | None


def voices(placed: Sequence[Placed], own: Sequence[Attribution | None]) -> list[Voice | None]:
    """Who speaks in each sentence that has no attribution of its own; None where nobody does, or where it has one.

    `own` is for each sentence the attribution that it makes itself, or None. The time grows with the number of
    sentences and no faster.
    """
    return _Reading(placed, own).voices()


class _Reading:
    """One pass over the sentences, first to last."""

    def __init__(self, placed: Sequence[Placed], own: Sequence[Attribution | None]) -> None:
        self.placed = placed
        self.own = own
        self.beside = _named_beside(placed, own)
        self.turns = turns_in(placed)
        self.formal = (posts_in(placed), signed_in(placed), self.turns)
        self.floor: _Floor | None = None
        # Where what follows a colon ends: every paragraph from the first number to the second, both included.
        self.block: tuple[Voice, int, int] | None = None

    def voices(self) -> list[Voice | None]:
        found: list[Voice | None] = []
        for at, one in enumerate(self.placed):
            own = self.own[at]
            voice = self._voice(at) if own is None else self._turn(at, own)
            found.append(voice)
            if own is not None and voice is None:
                voice = Voice(own, at, own.rule)
            if voice is not None:
                self._take_floor(at, voice)
            if own is not None and ends_in_colon(one.sentence):
                self.block = Voice(own, at, "block-quotation"), one.paragraph + 1, one.paragraph + 1
        return found

    def _turn(self, at: int, own: Attribution) -> Voice | None:
        """The name and colon at the head of a turn are an attribution by themselves: the turn has its name first."""
        turn = self.turns.get(at)
        return Voice(turn, at, turn.rule) if turn is not None and own.rule == "colon" else None

    def _take_floor(self, at: int, voice: Voice) -> None:
        before = self.floor.before if self.floor else None
        if self.floor and _who(self.floor.voice) != _who(voice):
            before = self.floor.voice
        self.floor = _Floor(voice, at, self.placed[at].paragraph, before)

    def _voice(self, at: int) -> Voice | None:
        sentence = self.placed[at].sentence
        for known in self.formal:
            if at in known:
                return Voice(known[at], at, known[at].rule)
        if self.placed[at].zone is ZoneKind.HEADLINE:
            return None
        if sentence.quoted_share >= _MOSTLY:
            return self._of_quotation(at)
        if self.block is not None and self._in_block(at):
            return self.block[0]
        return self._of_quoted_words(at) if sentence.quotations else None

    def _of_quotation(self, at: int) -> Voice | None:
        """The speaker of a sentence that is all quotation: beside it, before it, behind it, and then further off."""
        for quotation in self.placed[at].sentence.quotations:
            if quotation in self.beside:
                return self.beside[quotation]
        paragraph, floor = self.placed[at].paragraph, self.floor
        far = paragraph - floor.paragraph if floor is not None else _FAR + 1
        if floor is not None and far == 0 and floor.sentence == at - 1 and self._quotes(floor.sentence):
            return _on(floor.voice)
        behind = self._named_behind(at)
        if behind is not None:
            return behind
        if floor is not None and self._another_came(floor, at):
            return None
        if floor is not None and far < 2 and self._quotes(floor.sentence):
            return self._answer(at, floor) or _on(floor.voice)
        behind = self._pointed_back(at) if far else None
        return behind or (_on(floor.voice) if floor is not None and far <= _FAR else None)

    def _another_came(self, floor: _Floor, at: int) -> bool:
        """“Asked whether she would resign, Okafor laughed.”: the sentence right before turns to another person."""
        before = at - 1
        if before <= floor.sentence or self.own[before] is not None or self.placed[before].sentence.quotations:
            return False
        match = _TURNS_TO.match(self.placed[before].sentence.masked)
        source = floor.voice.attribution.source
        if match is None or source is None:
            return False
        text = self.placed[before].sentence.text
        return match["who"].split()[-1] not in text[slice(*source.named_at)]

    def _quotes(self, at: int) -> bool:
        sentence = self.placed[at].sentence
        return bool(sentence.quotations) or ends_in_colon(sentence)

    def _named_behind(self, at: int) -> Voice | None:
        """“A.” “B,” she said: the name stands in a later sentence of the paragraph, after nothing but quotation."""
        for later in range(at + 1, min(at + _AHEAD, len(self.placed))):
            if self.placed[later].paragraph != self.placed[at].paragraph:
                return None
            own = self.own[later]
            if own is not None and self._refers_back(later, own):
                return Voice(own, later, "named-after")
            if own is not None or self.placed[later].sentence.quoted_share < _MOSTLY:
                return self._points_back(later)
        return None

    def _points_back(self, later: int) -> Voice | None:
        """That is how Dana Holt describes it: no verb of saying, and still it says whose words stood before."""
        sentence = self.placed[later].sentence
        match = _POINTING.match(sentence.masked)
        if match is None:
            return None
        start = sentence.start
        who, cue = (match.start("who") + start, match.end("who") + start), (start, start + match.end("cue"))
        attribution = Attribution(Source(*who, SourceKind.PERSON, who), cue, None, "named-after", 3)
        return Voice(attribution, later, "named-after")

    def _refers_back(self, later: int, own: Attribution) -> bool:
        sentence = self.placed[later].sentence
        return bool(sentence.quotations) or own.content is None or _POINTS_BACK.match(_opening(sentence)) is not None

    def _pointed_back(self, at: int) -> Voice | None:
        """‘It was a mess.’ / That is how Dana Holt describes it: the next paragraph says whose words these were."""
        paragraph = self.placed[at].paragraph
        for later in range(at + 1, min(at + _AHEAD, len(self.placed))):
            if self.placed[later].paragraph == paragraph:
                continue
            own = self.own[later]
            if self.placed[later].paragraph > paragraph + 1:
                return None
            said = own is not None and self._refers_back(later, own)
            return Voice(own, later, "named-after") if own is not None and said else self._points_back(later)
        return None

    def _answer(self, at: int, floor: _Floor) -> Voice | None:
        """In a dialogue of whole quotations a question is answered by the other speaker."""
        asked = self.placed[floor.sentence].sentence
        if floor.before is None or floor.sentence != at - 1 or not _is_question(asked):
            return None
        return Voice(floor.before.attribution, floor.before.named_in, "dialogue")

    def _in_block(self, at: int) -> bool:
        """Whether the paragraph stands under a sentence that ended in a colon; a list goes on as long as its items."""
        if self.block is None:
            return False
        voice, first, last = self.block
        one = self.placed[at]
        if first <= one.paragraph <= last:
            return True
        begins = at == 0 or self.placed[at - 1].paragraph < one.paragraph
        if one.paragraph == last + 1 and begins and _is_item(one.sentence) and _is_item(self._first_of(at - 1)):
            self.block = voice, first, one.paragraph
            return True
        if one.paragraph > last:
            self.block = None
        return False

    def _first_of(self, at: int) -> Sentence:
        """The first sentence of the paragraph that the sentence at this place is in."""
        paragraph = self.placed[at].paragraph
        while at > 0 and self.placed[at - 1].paragraph == paragraph:
            at -= 1
        return self.placed[at].sentence

    def _of_quoted_words(self, at: int) -> Voice | None:
        """A sentence with some quoted words in it, and nobody named: they are his who was speaking just before."""
        floor, one = self.floor, self.placed[at]
        if floor is None or one.paragraph - floor.paragraph > 1 or not has_said_words(one.sentence):
            return None
        return Voice(floor.voice.attribution, floor.voice.named_in, "quoted-words")


def _named_beside(placed: Sequence[Placed], own: Sequence[Attribution | None]) -> dict[Quotation, Voice]:
    """Who speaks each quotation that stands, in whole or in part, in a sentence that names its speaker."""
    beside: dict[Quotation, Voice] = {}
    for at, (one, attribution) in enumerate(zip(placed, own, strict=True)):
        if attribution is not None:
            for quotation in one.sentence.quotations:
                beside.setdefault(quotation, Voice(attribution, at, "running-quotation"))
    return beside


def _on(voice: Voice) -> Voice:
    return Voice(voice.attribution, voice.named_in, "running-quotation")


def _who(voice: Voice) -> tuple[int, int] | None:
    return voice.attribution.source.named_at if voice.attribution.source else None


def has_said_words(sentence: Sentence) -> bool:
    """Whether marks in the sentence hold words that somebody said: not a term, and not a title in capitals."""
    for quotation in sentence.quotations:
        inside = sentence.text[max(quotation.start, sentence.start) : min(quotation.end, sentence.end)]
        words = _WORD.findall(inside)
        plain = any(len(word) > _SHORT and word[0].islower() for word in words[1:])
        if len(words) >= _FEWEST_WORDS and (plain or _UTTERED.search(inside)):
            return True
    return False


def _opening(sentence: Sentence) -> str:
    return sentence.masked[:60].lstrip(" \ue000“”\"'’")


def ends_in_colon(sentence: Sentence) -> bool:
    """Whether what a sentence announces stands behind it."""
    return sentence.text[sentence.end - 1] == ":"


def _is_question(sentence: Sentence) -> bool:
    return "?" in sentence.text[max(sentence.start, sentence.end - 3) : sentence.end]


def _is_item(sentence: Sentence) -> bool:
    return _ITEM.match(sentence.text, sentence.start, sentence.end) is not None
