"""What the first pass proposes for one sentence, and the sentence that tells a reviewer why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from claims.particulars import Mode, Scope
from claims.text import lexicon, opinion_words
from claims.text.attribution import Attribution, Hop
from claims.text.opinion import Judgement
from claims.text.routes_of_speech import chain_of, mode_of
from claims.text.running_quotations import Voice
from claims.text.sources import Source, SourceKind, Span
from claims.text.words import Sentence
from claims.vocabulary import Label, Reason

_VAGUE: Final = re.compile(r"\b(?:" + "|".join(lexicon.VAGUE_PHRASES) + r")\b")
_PASSIVE: Final = re.compile(
    r"(?:\b(?:is|are|was|were|been|being)) (?:\w{1,12}ly |also |often |long |now |still |"
    r"sometimes |since )?"
    r"(?P<verb>" + "|".join(sorted(lexicon.PASSIVES)) + r")\b(?! by\b| responsible)"
)
_ADDED: Final = re.compile(r"\w, (?:which|who|whose|where)\b")
# What is hedged, or somebody's whom nobody could look up, is the writer's opinion only where that is clear.
_CLEAR: Final = 0.9
# Most of an article is fact: what reads as an opinion barely more likely than not mostly is none.
_LEAST: Final = 0.55
_HEDGING: Final = frozenset(
    (
        *("said", "believed", "expected", "thought", "understood", "reported", "rumored", "rumoured", "alleged"),
        *("reputed", "feared", "presumed", "supposed", "assumed", "tipped", "claimed", "suspected", "known"),
    )
)
_SILENT: Final = re.compile(
    r"\bno comment\b|\b(?:declin|refus)\w{1,4} (?:\w{1,12} )?to (?:comment|respond|answer|discuss)\b"
    r"|\bnot (?:\w{1,12}ly )?(?:respond|reply|comment|answer)"
)
_REFUSED: Final = re.compile(r"\b(?:declin|refus)(?:e|es|ed|ing|al)\b")
_GATHERINGS: Final = frozenset(
    (
        *("appearance", "briefing", "ceremony", "conference", "convention", "debate", "dinner", "event", "events"),
        *("forum", "fundraiser", "hearing", "luncheon", "meeting", "rally", "session", "townhall", "trial", "vigil"),
    )
)
_ON: Final = frozenset(("twitter", "facebook", "instagram", "telegram", "podcast", "show", "call", "panel", "program"))
# Longer words are shortened in a reason: it is read in passing.
_MOST_WORDS: Final = 12


@dataclass(frozen=True)
class Proposal:
    """What the first pass proposes for one sentence, `text[start:end]` in code points.

    `content`, `source` and `cue` are spans of the text or None; `strength` is None for opinions, `reason` is None for
    what is not unsourced. `confidence` is 0 to 1, `rule` names the rule and `why` tells it in one sentence. `mode` and
    `scope` are those of claims.particulars; `chain` is the route of what was said, first source first. `opinion` (0 to
    1) says how much the sentence reads as the article's own opinion. `attributions` are all that the sentence makes.
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
    mode: Mode = Mode.NONE
    scope: Scope | None = None
    chain: tuple[Hop, ...] = ()
    opinion: float = 0.0
    proposed: bool = True
    attributions: tuple[Attribution, ...] = ()
    # What its confidence goes by: see claims.text.confidence.
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a sentence and not yet weighed: a proposal's parts but for confidence and scope."""

    label: Label
    rule: str
    why: str
    strength: int | None
    reason: Reason | None = None
    cue: Span | None = None
    source: Source | None = None
    contents: tuple[Span, ...] = ()
    chain: tuple[Hop, ...] = ()
    # The place, in the list of sentences, of the one that names the source.
    named_in: int | None = None

    def mode(self, sentence: Sentence) -> Mode:
        """How the sentence gives what was said; none where nobody who could be looked up said it."""
        if self.label is not Label.SOURCED:
            return Mode.NONE
        if self.rule == "quoted-words":
            return Mode.MIXED
        return mode_of(sentence, self.contents or ((sentence.start, sentence.end),))


def by_attribution(sentence: Sentence, attribution: Attribution, at: int) -> Found:
    """The sentence itself says who said it."""
    source = attribution.source
    chain = chain_of(attribution)
    return Found(
        Label.SOURCED,
        attribution.rule,
        f"{_gives(sentence.text, attribution)}{_route(sentence.text, attribution, chain)}.",
        attribution.strength,
        None,
        attribution.cue,
        source,
        contents_of(attribution),
        chain,
        at,
    )


def by_voice(sentence: Sentence, voice: Voice) -> Found:
    """Somebody who is named elsewhere speaks here."""
    attribution = voice.attribution
    source = attribution.source
    content = _inside(sentence, voice)
    where = _named(sentence.text, source)
    told = {
        "named-after": f"The words behind it, {_quote(sentence.text, attribution.cue)}, give the quotation to {where}.",
        "dialogue": f"The question before it is answered by the other speaker, {where}.",
        "block-quotation": f"It stands under the colon after {_quote(sentence.text, attribution.cue)} of {where}.",
        "transcript": f"It is part of what {where} says in a transcript.",
        "post": f"It is a post by {where}.",
        "signed": f"{where} is signed under the quotation.",
        "quoted-words": f"It quotes words, and {where} was speaking just before.",
    }
    why = told.get(voice.rule, f"The quotation of {where} goes on here: {_gave(sentence.text, attribution.cue)}.")
    vague = attribution.strength < 2
    return Found(
        Label.UNSOURCED if vague else Label.SOURCED,
        Reason.VAGUE.value if vague else voice.rule,
        why if not vague else f"{why[:-1]}, who is nobody that could be looked up.",
        min(attribution.strength, 1) if vague else attribution.strength,
        Reason.VAGUE if vague else None,
        attribution.cue,
        source,
        content,
        () if vague else chain_of(attribution),
        voice.named_in,
    )


def by_nobody(sentence: Sentence, found: Sequence[Attribution], judgement: Judgement | None) -> Found:
    """Nobody who could be looked up is named: the writer's judgement, a hedge, a crowd, a passive, or nothing."""
    hedge = next((word for word in sentence.words if word.lower in lexicon.HEDGES), None)
    if judgement is not None and _is_the_writers(sentence, judgement, found, is_hedged=hedge is not None):
        why = opinion_words.why(judgement.rule, [_quote(sentence.text, word) for word in judgement.words])
        shows = judgement.words or judgement.rule == opinion_words.QUESTION
        shown = (judgement.start, judgement.end) if shows else None
        return Found(Label.OPINION, judgement.rule, why, None, cue=shown)
    if hedge is not None:
        cue = hedge.start, hedge.end
        behind = next((one for one in found if one.source is None and _touch(one.cue, cue)), None)
        return _unsourced(sentence, Reason.HEDGE, cue, "is a hedge with no source behind it", behind)
    if found:
        return _by_vague(sentence, found[0])
    for pattern, reason, why in (
        (_VAGUE.search(sentence.lowered), Reason.VAGUE, "names nobody who could be looked up"),
        (_PASSIVE.search(sentence.masked), Reason.PASSIVE, "does not say by whom"),
    ):
        if pattern is not None:
            cue = sentence.start + pattern.start(), sentence.start + pattern.end()
            return _unsourced(sentence, reason, cue, why)
    why = "Nobody is named as the source and no hedge is used."
    return Found(Label.UNSOURCED, Reason.BARE.value, why, 0, Reason.BARE)


def _is_the_writers(sentence: Sentence, judgement: Judgement, found: Sequence[Attribution], *, is_hedged: bool) -> bool:
    """Whether the sentence as a whole is the writer's opinion: neither hedged, nor a crowd's, nor judged by the way."""
    if judgement.confidence < _LEAST:
        return False
    if judgement.rule == "first-person":
        return True
    contents = [content for one in found for content in contents_of(one)]
    if any(all(start <= first and last <= end for first, last in judgement.evidence) for start, end in contents):
        return False
    return judgement.confidence >= _CLEAR or not (is_hedged or found or _by_the_way(sentence, judgement))


def _by_the_way(sentence: Sentence, judgement: Judgement) -> bool:
    """Whether the sentence judges only in a clause that it adds to what it states: “…, which effectively is …”.

    They are two claims; as long as they are one, what is stated first decides.
    """
    added = _ADDED.search(sentence.masked)
    return added is not None and all(start >= sentence.start + added.start() for start, _ in judgement.evidence)


def of_unnamed_quotation(sentence: Sentence) -> Found:
    """All quotation, and nowhere near it a name."""
    span = sentence.quoted_span()
    why = "It is a quotation, and nobody near it is named as its speaker."
    contents = () if span is None else (span,)
    return Found(Label.UNSOURCED, "quotation-of-nobody", why, 1, Reason.VAGUE, None, None, contents)


def _by_vague(sentence: Sentence, attribution: Attribution) -> Found:
    source = attribution.source
    if source is None:
        return _by_no_source(sentence, attribution)
    country = source.kind is SourceKind.COUNTRY
    why = "speaks here as a country, and no utterance is given" if country else "is nobody who could be looked up"
    return Found(
        Label.UNSOURCED,
        Reason.VAGUE.value,
        f"{_quote(sentence.text, source.span)} {why}.",
        1,
        Reason.VAGUE,
        attribution.cue,
        source,
        contents_of(attribution),
    )


def _by_no_source(sentence: Sentence, attribution: Attribution) -> Found:
    """“Is said to” hedges a statement; “was likened to” tells of one, and not whose it was."""
    cue = attribution.cue
    verbs = sentence.text[slice(*cue)].lower().split()
    if attribution.strength == 0 or not _HEDGING.isdisjoint(verbs):
        return _unsourced(sentence, Reason.HEDGE, cue, "is a hedge with no source behind it", attribution)
    return _unsourced(sentence, Reason.PASSIVE, cue, "does not say by whom", attribution)


def _unsourced(
    sentence: Sentence, reason: Reason, cue: Span, why: str, attribution: Attribution | None = None
) -> Found:
    return Found(
        Label.UNSOURCED,
        reason.value,
        f"{_quote(sentence.text, cue)} {why}.",
        0 if reason is Reason.HEDGE else 1,
        reason,
        cue,
        None,
        () if attribution is None else contents_of(attribution),
    )


def contents_of(attribution: Attribution) -> tuple[Span, ...]:
    """The pieces of what is attributed, in order; one where it stands in one piece."""
    if attribution.contents:
        return attribution.contents
    return () if attribution.content is None else (attribution.content,)


def _inside(sentence: Sentence, voice: Voice) -> tuple[Span, ...]:
    """What of the sentence is the speaker's: all of it, or the quoted words alone."""
    if voice.rule in ("quoted-words", "signed") and (quoted := sentence.quoted_span()):
        return (quoted,)
    own = voice.attribution.content
    if voice.rule == "transcript" and own is not None and sentence.start <= own[0] < sentence.end:
        return ((own[0], sentence.end),)
    return ((sentence.start, sentence.end),)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _named(text: str, source: Source | None) -> str:
    """The source in quotation marks, with the name behind a pronoun or a surname."""
    if source is None:
        return "nobody"
    named = _quote(text, source.span)
    return named if source.named_at == source.span else f"{named}, that is {_quote(text, source.named_at)}"


def _gives(text: str, attribution: Attribution) -> str:
    """What the words of the attribution do: they give a statement to somebody, or tell that there was none."""
    cue, named = _quote(text, attribution.cue), _named(text, attribution.source)
    words = text[slice(*attribution.cue)].lower()
    if _SILENT.search(words):
        return f"{cue} gives no statement of {named}"
    if _REFUSED.search(words):
        return f"{cue} tells what {named}{',' * (', that is ' in named)} would not do or say"
    return f"{cue} gives the statement to {named}"


def _route(text: str, attribution: Attribution, chain: Sequence[Hop]) -> str:
    """“, said to …, passed on by …”: the steps of the route behind the first source."""
    cue = attribution.cue
    words = {"outlet": "passed on by", "source": "as told by"}
    steps = []
    for hop in chain[attribution.source is not None :]:
        # Who “told Newsweek” spoke to it; who spoke “according to Interfax” did so elsewhere.
        told = hop.kind == "outlet" and cue[0] <= hop.start < cue[1]
        before = f"given {_at(text, hop)}" if hop.kind == "occasion" else words[hop.kind]
        steps.append(f", {'said to' if told else before} {_quote(text, (hop.start, hop.end))}")
    return "".join(steps)


def _at(text: str, hop: Hop) -> str:
    """“In” a statement, “at” a rally, “on” Twitter."""
    words = text[hop.start : hop.end].lower().replace("-", " ").split()
    if not _ON.isdisjoint(words):
        return "on"
    return "in" if _GATHERINGS.isdisjoint(words) else "at"


def _gave(text: str, cue: Span) -> str:
    return f"{_quote(text, cue)} named the speaker"


def _quote(text: str, span: Span) -> str:
    words = text[span[0] : span[1]].split()
    if len(words) <= _MOST_WORDS:
        return f"“{text[span[0] : span[1]]}”"
    return f"“{' '.join(words[:_MOST_WORDS])} …”"
