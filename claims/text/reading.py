"""The first pass over an article: what each sentence's label could be, and the words that led to it.

A proposal is a help for reviewers, never an assessment. In plain order: who is named as the source, in the sentence
itself or around it; what is the writer's judgement; which hedge or passive stands in for a source; and otherwise a bare
assertion.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile
from typing import Any, Final

from claims.particulars import Scope
from claims.text import lexicon
from claims.text.article_sentences import Placed, sentences_of
from claims.text.attribution import Attribution, attributions
from claims.text.beside_quotations import beside_quotation
from claims.text.confidence import THRESHOLD, confidence_of, signs_of
from claims.text.languages import Language, language_of
from claims.text.opinion import Judgement, judgement_in, opinion_of
from claims.text.other_languages import UNREAD, propose_in, unread
from claims.text.proposals import (
    Found,
    Proposal,
    by_attribution,
    by_nobody,
    by_voice,
    contents_of,
    of_unnamed_quotation,
)
from claims.text.routes_of_speech import scope_of
from claims.text.running_quotations import Voice, ends_in_colon, has_said_words, voices
from claims.text.sources import Memory, Source, SourceKind, leading_name
from claims.text.words import Sentence
from claims.text.zones import Zone
from claims.vocabulary import Label, ZoneKind

__all__ = ["READER_VERSION", "Proposal", "annotate", "propose"]

READER_VERSION: Final = 2
# The longest reads have some hundreds of sentences; what has thousands is no article and must not hold up those.
MOST_READ: Final = 2_000
# Less than this is an opinion as likely as not.
OPINION_FROM: Final = 0.5
TOO_LONG: Final = f"The first pass reads the first {MOST_READ:,} sentences of a text, and this one stands behind them."

_MOSTLY: Final = 0.8
_ASKED_FOR: Final = ("for comment", "for comments", "for an interview")


def annotate(text: str) -> list[dict[str, Any]]:
    """Read a text and give one entry for each headline and body sentence, in order.

    Keys: start, end, label ("sourced", "unsourced" or "opinion"; None where the text is not in English), content,
    source, cue ((start, end) or None), strength, reason (a Reason's value or None), confidence, rule, why; mode
    ("direct", "mixed", "indirect" or "none"), scope ("same", "adjacent", "elsewhere" or None), chain (a list of
    {"kind", "start", "end"}, first source first), opinion (0 to 1), proposed (False where the confidence is too low to
    propose anything), and attributions, all that the sentence makes: a list of {"source", "cue", "content", "contents",
    "rule"}. Offsets are code points of `text`.
    """
    return [_as_dict(proposal) for proposal in propose(text)]


def propose(text: str, found: Sequence[Zone] | None = None, language: Language | None = None) -> list[Proposal]:
    """Read a text and propose a label for each of its headline and body sentences, in order.

    Behind the first MOST_READ sentences nothing is proposed. A text that is not in English is read by word lists of
    its language, where there are any: see claims.text.other_languages. `found` are the zones of the text and `language`
    is its language, where these are known already.
    """
    placed = sentences_of(text, found)
    placed, rest = placed[:MOST_READ], placed[MOST_READ:]
    language = language or language_of(text)
    read = _read(placed) if language.read_as_english else propose_in(language, [one.sentence for one in placed])
    return read + [unread(one.sentence, TOO_LONG) for one in rest]


def _read(placed: Sequence[Placed]) -> list[Proposal]:
    made = _attributions(placed)
    own = [_own(one, found) for one, found in zip(placed, made, strict=True)]
    spoken = voices(placed, own)
    opinions = [opinion_of(one.sentence) for one in placed]
    judgements = [
        judgement_in(one.sentence) if share >= OPINION_FROM else None
        for one, share in zip(placed, opinions, strict=True)
    ]
    return [_proposal(placed, made[at], spoken[at], judgements[at], opinions[at], at) for at in range(len(placed))]


def _attributions(placed: Sequence[Placed]) -> list[list[Attribution]]:
    """The attributions that each sentence makes, each read with the names of those before it in mind."""
    memory = Memory()
    made = []
    for one in placed:
        sentence = one.sentence
        found = attributions(sentence, memory)
        if not found and sentence.quotations and has_said_words(sentence):
            beside = beside_quotation(sentence, memory)
            found = [] if beside is None else [beside]
        made.append(found)
        for attribution in found:
            memory.note(attribution.source)
        memory.learn(sentence)
        if sentence.quoted_share <= _MOSTLY:
            memory.note(_whole(sentence, leading_name(sentence, memory), memory))
    return made


def _whole(sentence: Sentence, name: Source | None, memory: Memory) -> Source | None:
    """The name that a sentence begins with, with what stands behind the full stop of a title: “Mr. Hale”."""
    if name is None or name.named_at != name.span or sentence.text[slice(*name.span)].lower() not in lexicon.TITLES:
        return name
    at = next(at for at, word in enumerate(sentence.words) if word.start == name.start)
    behind = sentence.words[at + 1 :]
    if behind and behind[0].text == ".":
        behind = behind[1:]
    surname = list(takewhile(lambda word: word.named, behind))
    if not surname or surname[-1].lower.endswith("’s"):
        return None
    span = name.start, surname[-1].end
    return Source(*span, SourceKind.PERSON, memory.meet(surname, span))


def _own(one: Placed, found: Sequence[Attribution]) -> Attribution | None:
    """The attribution that a sentence makes itself: to somebody who could be looked up, else of a quotation in it."""
    strong = _strong(one, found)
    if strong is not None or not one.sentence.quotations:
        return strong
    return next((each for each in found if each.source is not None), None)


def _strong(one: Placed, found: Sequence[Attribution]) -> Attribution | None:
    """The likeliest attribution to somebody who could be looked up, who did not merely “reportedly” say or feel it.

    Those that tell what was said come first: who “declined to comment” said nothing.
    """
    strong = [each for each in found if _is_strong(one.sentence, each)]
    return next((each for each in strong if _tells(one.sentence, each)), strong[0] if strong else None)


def _is_strong(sentence: Sentence, attribution: Attribution) -> bool:
    if attribution.strength < 2 or attribution.source is None:
        return False
    return lexicon.HEDGES.isdisjoint(sentence.text[slice(*attribution.cue)].lower().split())


def _tells(sentence: Sentence, attribution: Attribution) -> bool:
    """Whether the sentence has anything of what was said, or announces it with a colon."""
    contents = contents_of(attribution)
    if not contents:
        return ends_in_colon(sentence)
    # Who did not answer “requests for comment” said nothing either.
    return not sentence.text[slice(*contents[-1])].endswith(_ASKED_FOR)


def _proposal(
    placed: Sequence[Placed],
    made: Sequence[Attribution],
    voice: Voice | None,
    judgement: Judgement | None,
    opinion_share: float,
    at: int,
) -> Proposal:
    sentence = placed[at].sentence
    found = _found(placed[at], made, voice, judgement, at)
    mode = found.mode(sentence)
    signs = signs_of(sentence, found, mode, opinion_share)
    confidence = confidence_of(signs)
    contents = found.contents
    return Proposal(
        sentence.start,
        sentence.end,
        found.label,
        (contents[0][0], contents[-1][1]) if contents else None,
        None if found.source is None else found.source.span,
        found.cue,
        found.strength,
        found.reason,
        confidence,
        found.rule,
        found.why,
        mode,
        _scope(placed, found, at),
        found.chain,
        opinion_share,
        confidence >= THRESHOLD,
        tuple(made),
        signs,
    )


def _found(
    one: Placed, made: Sequence[Attribution], voice: Voice | None, judgement: Judgement | None, at: int
) -> Found:
    strong = _strong(one, made)
    if strong is not None and voice is None and _tells(one.sentence, strong):
        return by_attribution(one.sentence, strong, at)
    if voice is not None:
        return by_voice(one.sentence, voice)
    if one.sentence.quoted_share >= _MOSTLY and not made and one.zone is not ZoneKind.HEADLINE:
        return of_unnamed_quotation(one.sentence)
    silent = [each for each in made if _is_strong(one.sentence, each)]
    return by_nobody(one.sentence, [each for each in made if each not in silent], judgement)


def _scope(placed: Sequence[Placed], found: Found, at: int) -> Scope | None:
    """Where the source of what is sourced is named, seen from the sentence at this place."""
    if found.source is None or found.label is not Label.SOURCED:
        return None
    name = found.source.named_at[0]
    there = max(0, bisect_right(placed, name, key=lambda one: one.sentence.start) - 1)
    return scope_of(placed[at], placed[there], found.source)


def _as_dict(proposal: Proposal) -> dict[str, Any]:
    entry = _entry(proposal)
    return entry | {"label": None, "strength": None, "reason": None} if proposal.rule == UNREAD else entry


def _entry(proposal: Proposal) -> dict[str, Any]:
    return {
        "start": proposal.start,
        "end": proposal.end,
        "label": proposal.label.value.lower(),
        "content": proposal.content,
        "source": proposal.source,
        "cue": proposal.cue,
        "strength": proposal.strength,
        "reason": None if proposal.reason is None else proposal.reason.value,
        "confidence": proposal.confidence,
        "rule": proposal.rule,
        "why": proposal.why,
        "mode": proposal.mode.value,
        "scope": None if proposal.scope is None else proposal.scope.value,
        "chain": [{"kind": hop.kind, "start": hop.start, "end": hop.end} for hop in proposal.chain],
        "opinion": proposal.opinion,
        "proposed": proposal.proposed,
        "attributions": [_attribution_as_dict(attribution) for attribution in proposal.attributions],
    }


def _attribution_as_dict(attribution: Attribution) -> dict[str, Any]:
    contents = contents_of(attribution)
    return {
        "source": None if attribution.source is None else attribution.source.span,
        "cue": attribution.cue,
        "content": attribution.content,
        "contents": list(contents),
        "rule": attribution.rule,
    }
