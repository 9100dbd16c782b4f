"""Opinion in an article's own voice: the words that show it."""

import re
from dataclasses import dataclass
from typing import Final

from claims.text import lexicon
from claims.text.words import Sentence

_FIRST_PERSON: Final = re.compile(lexicon.FIRST_PERSON)
_PHRASES: Final = re.compile(
    r"\b(?:" + "|".join(re.escape(phrase) for phrase in dict.fromkeys(lexicon.OPINION_PHRASES)) + r")"
)
_SELVES: Final = frozenset(("i", "my", "we", "you", "i’m", "i’d"))
_ENOUGH: Final = 2
_QUESTION: Final = re.compile(r"\?['\"’”)]*\s*\Z")


@dataclass(frozen=True)
class Judgement:
    """What shows that the writer judges: the words at `start` to `end` of the text, a rule's name, a confidence."""

    start: int
    end: int
    rule: str
    confidence: float


def judgement_in(sentence: Sentence) -> Judgement | None:
    """Find the strongest sign of the article's own opinion outside quotations, or None."""
    masked = sentence.masked
    first = None if sentence.vocabulary.isdisjoint(_SELVES) else _FIRST_PERSON.search(masked)
    if first is not None:
        return _at(sentence, first, "first-person", 0.85)
    question = _QUESTION.search(masked)
    if question is not None and sentence.quoted_share < 0.5:
        return _at(sentence, question, "question", 0.75)
    phrase = _PHRASES.search(sentence.lowered)
    if phrase is not None:
        return _at(sentence, phrase, "phrase", 0.7)
    strong = [word for word in sentence.words if word.lower in lexicon.STRONG_WORDS and not word.named]
    strong += [word for word in sentence.words[:1] if word.lower in lexicon.STRONG_WORDS]
    if strong:
        return Judgement(strong[0].start, strong[0].end, "evaluation", 0.65)
    weak = [word for word in sentence.words if word.lower in lexicon.WEAK_WORDS and not word.named]
    if len(weak) > _ENOUGH:
        return Judgement(weak[0].start, weak[0].end, "evaluation", 0.5)
    return None


def _at(sentence: Sentence, match: re.Match[str], rule: str, confidence: float) -> Judgement:
    return Judgement(sentence.start + match.start(), sentence.start + match.end(), rule, confidence)
