"""Who a sentence says its statement comes from, by which words, and for what.

Rules on a shallow parse: claims.text.shallow_parse tags the words, the modules named …_cues find who speaks and by
which words, claims.text.content_spans tells how far the content goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from claims.text import lexicon
from claims.text.content_spans import settle
from claims.text.cue_verbs import CUE_FORMS
from claims.text.findings import Finding
from claims.text.hops import Hop, hops_of
from claims.text.nominal_cues import NOUNS, by_nouns
from claims.text.phrase_bounds import Phrase, verb_group_start
from claims.text.phrase_bounds import subject_before as phrase_before
from claims.text.phrase_cues import TRIGGERS, by_phrases, hedges
from claims.text.shallow_parse import Parse, parse
from claims.text.sources import (
    STRENGTH_OF,
    Memory,
    Source,
    SourceKind,
    Span,
    identify,
    is_no_speaker,
    leading_name,
    occasion_in,
)
from claims.text.verb_cues import by_verbs
from claims.text.words import Sentence, Word

__all__ = ["Attribution", "Hop", "attributions", "leading_name", "subject_before"]

_TRIGGERS: Final = frozenset(CUE_FORMS) | NOUNS | TRIGGERS | lexicon.HEDGES | {":"}
_SOURCED: Final = 2
_MEDIA: Final = frozenset(("television", "newspaper", "radio", "magazine", "tv"))
# “state news agency TASS” is an outlet, “a Reuters reporter” is somebody.
_OUTLET_NOUNS: Final = frozenset(("agency", "newspaper", "broadcaster", "channel", "outlet", "magazine", "station"))
_OTHERS_THAN_OUTLETS: Final = lexicon.PEOPLE - _OUTLET_NOUNS | {"poll", "survey"}
_MOST_HEDGES: Final = 4
# Of other verbs the subject is somebody, whatever noun it is; these go with things as well: “the plan needs work”.
_LOOSE_VERBS: Final = lexicon.LOOSE_VERBS


@dataclass(frozen=True)
class Attribution:
    """A source, the words that make it one, and what is attributed to it; spans are offsets in the text.

    `source` is None where nobody is named (“reportedly”, “is expected to”). `content` reaches from the first to the
    last of `contents`, which are two where the clause stands in the middle of what was said. `hops` are the way it
    took, the first source first.
    """

    source: Source | None
    cue: Span
    content: Span | None
    rule: str
    strength: int
    contents: tuple[Span, ...] = ()
    hops: tuple[Hop, ...] = ()


def attributions(sentence: Sentence, memory: Memory) -> list[Attribution]:
    """Find every attribution that the sentence itself makes, the likeliest first. The writer's own “I say” is none."""
    if sentence.vocabulary.isdisjoint(_TRIGGERS):
        return []
    parsed = parse(sentence, memory)
    sources: dict[int, Source | None] = {}
    findings: list[Finding] = []
    for finding in (*by_verbs(parsed), *by_phrases(parsed), *by_nouns(parsed)):
        source = _identify(parsed, finding)
        if finding.source is not None and (source is None or source.kind is SourceKind.SELF):
            continue
        finding.relays = source is not None and _is_outlet(parsed, finding.source)
        sources[id(finding)] = source
        findings.append(finding)
    hedged = [one for one in islice(hedges(parsed), _MOST_HEDGES) if not _is_inside(one, findings)]
    settled = settle(parsed, [*findings, *hedged])
    if not settled:
        return []
    people = any(source is not None and source.kind is SourceKind.PERSON for source in sources.values())
    occasion = people and occasion_in(sentence)
    found = [_attribution(parsed, finding, sources.get(id(finding)), settled, occasion=occasion) for finding in settled]
    return sorted(found, key=lambda one: _likelihood(one, found))


def _likelihood(one: Attribution, found: Sequence[Attribution]) -> tuple[bool, bool, int]:
    """Whoever could be looked up first, a person before the outlet that passed it on, then the longer content."""
    relays = bool(one.hops) and one.hops[0].kind == "outlet"
    passes_on = relays and any(
        other.rule == "cited" or start <= other.cue[0] < end
        for other in found
        if other is not one
        for start, end in one.contents
    )
    return one.strength < _SOURCED, passes_on, -sum(end - start for start, end in one.contents)


def _is_inside(hedge: Finding, findings: Sequence[Finding]) -> bool:
    """“has reportedly told”: the hedge is part of another cue."""
    return any(one.cue[0] <= hedge.cue[0] <= one.cue[1] for one in findings)


def _identify(parsed: Parse, finding: Finding) -> Source | None:
    if finding.source is None:
        return None
    first, last = finding.source
    core = [word for word in _core(parsed, first, last) if word.text[0].isalnum() or word.text in "&-"]
    if not core:
        return None
    if parsed.tags[first] == "d" and core[0].lower in ("his", "her", "their", "its") and len(core) == 1:
        pronoun = {"his": "he", "her": "she", "their": "they", "its": "it"}[core[0].lower]
        core = [Word(pronoun, pronoun, core[0].start, core[0].end)]
    elif len(core) == 1 and parsed.tags[first] == "p":
        core = [_uncontracted(core[0])]
    speaks = finding.rule != "feeling" and (
        finding.base not in _LOOSE_VERBS or any(word.lower in lexicon.DOCUMENTS for word in core)
    )
    if is_no_speaker(core, finding.base):
        return None
    found = identify(core, parsed.memory, begins=first == 0, speaks=speaks)
    if found is None:
        if len(core) == 1 and core[0].lower in lexicon.PRONOUNS and core[0].lower != "it":
            span = core[0].start, core[0].end
            return Source(*span, SourceKind.DESCRIBED, span)
        return None
    if _stands_for_another(parsed.sentence.text, core, found):
        return Source(*found.span, SourceKind.DESCRIBED, found.span)
    kind = found.kind
    if kind is SourceKind.VAGUE and "w" in parsed.tags[first : last + 1]:
        kind = SourceKind.DESCRIBED
    start, end = _span(parsed, finding.source)
    if finding.apostrophe or (parsed.tags[last] == "P" and finding.cue[0] == last + 1 and finding.rule != "said"):
        end = _before_apostrophe(parsed, last)
    named_at = (start, end) if found.named_at == found.span else found.named_at
    return Source(start, end, kind, named_at)


def _stands_for_another(text: str, core: Sequence[Word], found: Source) -> bool:
    """“They” for one person: it means somebody whom the text has not named as a speaker before."""
    named = text[slice(*found.named_at)]
    return core[0].lower == "they" and len(core) == 1 and found.kind is SourceKind.PERSON and " and " not in named


def _uncontracted(word: Word) -> Word:
    """“He’s” is “he” with a verb."""
    stem = word.text.partition("’")[0]
    return Word(stem, stem.lower(), word.start, word.start + len(stem))


def _core(parsed: Parse, first: int, last: int) -> Sequence[Word]:
    """The phrase without apposition, relative clause and what stands in brackets."""
    words = list(parsed.words[first : last + 1])
    for at in range(first + 1, last + 1):
        if parsed.tags[at] in ",(w-" and parsed.words[at].text != "-":
            words = list(parsed.words[first:at])
            break
    if words and words[-1].lower.endswith("’s"):
        final = words[-1]
        words[-1] = Word(final.text[:-2], final.lower[:-2], final.start, final.end - 2)
    return words


def _before_apostrophe(parsed: Parse, last: int) -> int:
    word = parsed.words[last]
    if not word.plain:
        return parsed.words[last - 1].end
    return word.end - 2 if word.lower.endswith("’s") else word.end


def _is_outlet(parsed: Parse, source: Phrase | None) -> bool:
    if source is None:
        return False
    core = _core(parsed, *source)
    if any(word.lower in _OTHERS_THAN_OUTLETS for word in core):
        return False
    return any(word.text in lexicon.OUTLET_NAMES or word.lower in _MEDIA for word in core)


def _span(parsed: Parse, phrase: Phrase) -> Span:
    return parsed.words[phrase[0]].start, parsed.words[phrase[1]].end


def _attribution(
    parsed: Parse, finding: Finding, source: Source | None, settled: Sequence[Finding], *, occasion: bool
) -> Attribution:
    cue = _span(parsed, finding.cue)
    if finding.apostrophe and finding.source is not None:
        cue = _before_apostrophe(parsed, finding.source[1]), cue[1]
    contents = tuple(_span(parsed, piece) for piece in finding.pieces())
    content = (contents[0][0], contents[-1][1]) if contents else None
    if source is None:
        strength = 0 if finding.rule == "hedge" else 1
    else:
        strength = STRENGTH_OF[source.kind] + (occasion and source.kind is SourceKind.PERSON)
    hops = () if source is None else hops_of(parsed, finding, source, settled)
    return Attribution(source, cue, content, finding.rule, strength, contents, hops)


def subject_before(sentence: Sentence, at: int, memory: Memory, latest: Source | None = None) -> Source | None:
    """Find whom the verb at index `at` has as its subject; `latest` is the source of the verb before it, if any."""
    parsed = parse(sentence, memory)
    phrase = phrase_before(parsed, verb_group_start(parsed, at))
    if phrase is None:
        return latest
    return _identify(parsed, Finding(phrase, (at, at), "said"))
