"""The first pass over an article: what each sentence's label could be, and the words that led to it.

A proposal is a help for reviewers, never an assessment. Rules only, in plain order: who is named as the source, what
is the writer's judgement, which hedge or passive stands in for a source, and otherwise a bare assertion.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from claims.text import lexicon, quotations, sentences, zones
from claims.text.attribution import Attribution, attributions
from claims.text.lines import lines_of
from claims.text.opinion import Judgement, judgement_in
from claims.text.quotations import Quotation
from claims.text.sources import Memory, SourceKind, Span, leading_name
from claims.text.words import Sentence
from claims.text.zones import Zone
from claims.vocabulary import COVERAGE_ZONES, Label, Reason

READER_VERSION: Final = 1

_MOSTLY: Final = 0.8
_VAGUE: Final = re.compile(r"\b(?:" + "|".join(lexicon.VAGUE_PHRASES) + r")\b")
_PASSIVE: Final = re.compile(
    r"(?:\b(?:is|are|was|were|been|being)) (?:\w{1,12}ly |also |often |long |now |still |"
    r"sometimes |since )?"
    r"(?P<verb>" + "|".join(sorted(lexicon.PASSIVES)) + r")\b(?! by\b| responsible)"
)


@dataclass(frozen=True)
class Proposal:
    """What the first pass proposes for one sentence, `text[start:end]` in code points.

    `content`, `source` and `cue` are spans of the text or None; `strength` is None for opinions, `reason` is None for
    what is not unsourced. `confidence` is 0 to 1, `rule` names the rule and `why` tells it in one sentence.
    """

    start: int
    end: int
    label: Label
    content: Span | None
    source: Span | None
    cue: Span | None
    strength: int | None
    reason: Reason | None
    confidence: float
    rule: str
    why: str


def annotate(text: str) -> list[dict[str, Any]]:
    """Read a text and give one entry for each headline and body sentence, in order.

    Keys: start, end, label ("sourced", "unsourced" or "opinion"), content, source, cue ((start, end) or None),
    strength, reason (a Reason's value or None), confidence, rule, why. Offsets are code points of `text`.
    """
    return [
        {
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
        }
        for proposal in propose(text)
    ]


def propose(text: str) -> list[Proposal]:
    """Read a text and propose a label for each of its headline and body sentences, in order."""
    read = list(_sentences(text))
    own: list[list[Attribution]] = []
    speakers: dict[Quotation, Attribution] = {}
    memory = Memory()
    for sentence in read:
        found = attributions(sentence, memory)
        own.append(found)
        for attribution in found:
            memory.note(attribution.source)
        memory.learn(sentence)
        leader = leading_name(sentence, memory)
        if leader is not None and not sentence.quoted_share > _MOSTLY:
            memory.note(leader)
        for quotation in sentence.quotations:
            if found and quotation not in speakers:
                speakers[quotation] = found[0]
    return list(_proposals(text, read, own, speakers))


def _sentences(text: str) -> Iterator[Sentence]:
    """The sentences of headline and body zones, each with the quotations in it."""
    for zone in zones.read(text):
        if zone.kind not in COVERAGE_ZONES:
            continue
        part = text[zone.start : zone.end]
        spans = [(zone.start + start, zone.start + end) for start, end in sentences.split(part)]
        quoted = _quotations(text, zone)
        first = 0
        for start, end in spans:
            while first < len(quoted) and quoted[first].end <= start:
                first += 1
            last = first
            while last < len(quoted) and quoted[last].start < end:
                last += 1
            yield Sentence(text, start, end, quoted[first:last])


def _quotations(text: str, zone: Zone) -> list[Quotation]:
    found: list[Quotation] = []
    for line in lines_of(text[zone.start : zone.end]):
        if not line.blank:
            unclosed = bool(found) and not found[-1].closed
            found += quotations.find(text, zone.start + line.start, zone.start + line.end, unclosed=unclosed)
    return found


def _proposals(
    text: str, read: list[Sentence], own: list[list[Attribution]], speakers: dict[Quotation, Attribution]
) -> Iterator[Proposal]:
    running: Attribution | None = None
    for sentence, found in zip(read, own, strict=True):
        strong = next((one for one in found if one.strength > 1), None)
        spoken = _speaker(sentence, speakers, running)
        if strong is not None:
            yield _sourced(sentence, strong)
        elif spoken is not None:
            yield _running(sentence, spoken)
        else:
            yield _unsourced_or_opinion(sentence, found)
        # A quotation goes on in the next sentence or paragraph; anything else ends it.
        running = (strong or spoken) if sentence.quotations or text[sentence.end - 1] == ":" else None


def _speaker(
    sentence: Sentence, speakers: dict[Quotation, Attribution], running: Attribution | None
) -> Attribution | None:
    """Whose quotation a quoted sentence is: of the speaker named beside it, else of the one who spoke just before."""
    if sentence.quoted_share < _MOSTLY:
        return None
    for quotation in sentence.quotations:
        if quotation in speakers and speakers[quotation].strength > 1:
            return speakers[quotation]
    return running


def _sourced(sentence: Sentence, attribution: Attribution) -> Proposal:
    source = attribution.source
    strength = attribution.strength
    named = sentence.text[source.start : source.end]
    cue = sentence.text[attribution.cue[0] : attribution.cue[1]]
    behind = sentence.text[source.named_at[0] : source.named_at[1]]
    who = f"“{named}”" if source.named_at == source.span else f"“{named}”, that is “{behind}”,"
    return Proposal(
        sentence.start,
        sentence.end,
        Label.SOURCED,
        attribution.content,
        source.span,
        attribution.cue,
        strength,
        None,
        0.9 if strength > 2 else 0.75,
        attribution.rule,
        f"“{cue}” gives the statement to {who}.".replace(",.", "."),
    )


def _running(sentence: Sentence, attribution: Attribution) -> Proposal:
    source = attribution.source
    who = sentence.text[source.named_at[0] : source.named_at[1]]
    return Proposal(
        sentence.start,
        sentence.end,
        Label.SOURCED,
        (sentence.start, sentence.end),
        source.span,
        attribution.cue,
        attribution.strength,
        None,
        0.75,
        "running-quotation",
        f"The quotation of “{who}” goes on here.",
    )


def _unsourced_or_opinion(sentence: Sentence, found: list[Attribution]) -> Proposal:
    judgement = judgement_in(sentence)
    hedge = next((word for word in sentence.words if word.lower in lexicon.HEDGES), None)
    if judgement is not None and (hedge is None or judgement.rule == "first-person"):
        return _opinion(sentence, judgement)
    if hedge is not None:
        return _unsourced(
            sentence, (hedge.start, hedge.end), Reason.HEDGE, 0, 0.9, "is a hedge with no source behind it"
        )
    if found:
        country = found[0].source.kind is SourceKind.COUNTRY
        why = "speaks here as a country, and no utterance is given" if country else "is nobody who could be looked up"
        return _unsourced(sentence, found[0].source.span, Reason.VAGUE, 1, 0.7, why)
    vague = _VAGUE.search(sentence.lowered)
    if vague is not None:
        return _unsourced(sentence, _span(sentence, vague), Reason.VAGUE, 1, 0.8, "names nobody who could be looked up")
    passive = _PASSIVE.search(sentence.masked)
    if passive is not None:
        return _unsourced(sentence, _span(sentence, passive), Reason.PASSIVE, 1, 0.6, "does not say by whom")
    return Proposal(
        sentence.start,
        sentence.end,
        Label.UNSOURCED,
        None,
        None,
        None,
        0,
        Reason.BARE,
        0.6,
        "bare",
        "Nobody is named as the source and no hedge is used.",
    )


def _opinion(sentence: Sentence, judgement: Judgement) -> Proposal:
    words = sentence.text[judgement.start : judgement.end]
    return Proposal(
        sentence.start,
        sentence.end,
        Label.OPINION,
        None,
        None,
        (judgement.start, judgement.end),
        None,
        None,
        judgement.confidence,
        judgement.rule,
        f"“{words}” is the writer’s own judgement.",
    )


def _unsourced(sentence: Sentence, cue: Span, reason: Reason, strength: int, confidence: float, why: str) -> Proposal:
    words = sentence.text[cue[0] : cue[1]]
    return Proposal(
        sentence.start,
        sentence.end,
        Label.UNSOURCED,
        None,
        None,
        cue,
        strength,
        reason,
        confidence,
        reason.value,
        f"“{words}” {why}.",
    )


def _span(sentence: Sentence, match: re.Match[str]) -> Span:
    return sentence.start + match.start(), sentence.start + match.end()
