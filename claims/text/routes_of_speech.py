"""How a text gives what a source said: in which mode, how far off it names the source, and by which route it came."""

from collections.abc import Sequence
from typing import Final

from claims.particulars import Mode, Scope
from claims.text.article_sentences import Placed
from claims.text.attribution import Attribution, Hop
from claims.text.sources import Source, Span
from claims.text.words import QUOTED, Sentence

# Marks, spaces and a stop beside a quotation do not make it a paraphrase.
_NEARLY_ALL: Final = 0.9
_SMALL: Final = 3
_DOUBLE: Final = '"“”„«»'


def mode_of(sentence: Sentence, contents: Sequence[Span]) -> Mode:
    """Direct where all that is attributed stands in quotation marks, mixed where a part of it does, else indirect.

    A word or two in marks are no quotation by themselves, but inside of what somebody said they are that one's words.
    """
    letters = quoted = 0
    marked = False
    for start, end in contents:
        start, end = max(start, sentence.start), min(end, sentence.end)
        part = sentence.masked[start - sentence.start : end - sentence.start]
        letters += len(part)
        quoted += part.count(QUOTED)
        marked = marked or any(mark in part for mark in _DOUBLE)
    if quoted and quoted + _SMALL >= letters * _NEARLY_ALL:
        return Mode.DIRECT
    return Mode.MIXED if quoted or marked else Mode.INDIRECT


def scope_of(one: Placed, there: Placed, source: Source) -> Scope:
    """Where the source is named, seen from the sentence `one`; `there` is the sentence that names it.

    The same sentence, or the sentence or paragraph beside it, or elsewhere.
    """
    start, end = source.named_at
    if start < one.sentence.end and one.sentence.start < end:
        return Scope.SAME
    return Scope.ADJACENT if abs(one.paragraph - there.paragraph) < 2 else Scope.ELSEWHERE


def chain_of(attribution: Attribution) -> tuple[Hop, ...]:
    """The route of what was said: the words that name the first source, then each occasion and each who passed it on.

    No words stand in it twice: a hop that lies in the one before it is that one.
    """
    source, hops = attribution.source, attribution.hops
    if source is None:
        return hops
    begins = bool(hops) and (hops[0].start, hops[0].end) == source.span
    # A pronoun or a surname stands for the words that name whom it means.
    route = [Hop(hops[0].kind if begins else "source", *source.named_at)]
    for hop in hops[begins:]:
        if not any(one.start <= hop.start and hop.end <= one.end for one in route):
            route.append(hop)
    return tuple(route)
