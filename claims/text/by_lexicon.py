"""The plain reading of a language that is not English: quotation marks, and rules on word lists where a desk has them.

Without a lexicon no label is proposed. With one, few things are: a name beside a verb of saying, a name behind a
phrase such as “laut”, a hedge, a vague source, a phrase of the writer's own judgement. How often these rules are right
has not been measured, so their confidence stays low; what they do not see stays without a proposal.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from claims.particulars import Mode
from claims.text import quotation_glyphs
from claims.text.lexicons import Lexicon
from claims.text.lines import lines_of
from claims.text.plain_rules import Finding, Rules
from claims.text.quotations import Quotation
from claims.text.sentence_borders import joined
from claims.text.words import Sentence
from claims.vocabulary import Label

__all__ = ["joined", "read"]

_MOSTLY: Final = 0.8


def read(sentences: Sequence[Sentence], lexicon: Lexicon | None) -> list[Finding | None]:
    """Give for each sentence what stands in it, None where that is nothing.

    The sentences are of one text, in order. Their quotations are found anew, by the glyphs of any language.
    """
    quoting = list(_with_quotations(sentences))
    if lexicon is None:
        return [_quotation_only(sentence) for sentence in quoting]
    rules = Rules(lexicon)
    for sentence in quoting:
        rules.learn(sentence)
    found: list[Finding | None] = []
    for sentence in quoting:
        before = found[-1] if found else None
        found.append(rules.read(sentence) or _running(sentence, before, lexicon) or _quotation_only(sentence))
    return found


def _with_quotations(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The same sentences with the quotations that stand in them by their glyphs."""
    if not sentences:
        return
    text, first = sentences[0].text, sentences[0].start
    lines = lines_of(text[first : sentences[-1].end])
    quoted: list[Quotation] = []
    for line in lines:
        quoted += quotation_glyphs.find(text, first + line.start, first + line.end)
    begin = 0
    for sentence in sentences:
        while begin < len(quoted) and quoted[begin].end <= sentence.start:
            begin += 1
        stop = begin
        while stop < len(quoted) and quoted[stop].start < sentence.end:
            stop += 1
        yield Sentence(text, sentence.start, sentence.end, quoted[begin:stop])


def _running(sentence: Sentence, before: Finding | None, lexicon: Lexicon) -> Finding | None:
    """A sentence of nothing but quotation, behind one that says whose words are quoted."""
    if before is None or before.label is not Label.SOURCED or before.mode is not Mode.DIRECT or before.source is None:
        return None
    if sentence.quoted_share < _MOSTLY:
        return None
    who = sentence.text[slice(*before.source)]
    return Finding(
        label=Label.SOURCED,
        content=sentence.quoted_span(),
        source=before.source,
        cue=before.cue,
        strength=before.strength,
        reason=None,
        mode=Mode.DIRECT,
        confidence=before.confidence,
        rule=f"{lexicon.code}-running",
        why=f"The quotation of “{who}” goes on here: a plain rule, not measured.",
    )


def _quotation_only(sentence: Sentence) -> Finding | None:
    if not sentence.quotations:
        return None
    mode = Mode.DIRECT if sentence.quoted_share > _MOSTLY else Mode.MIXED
    why = "A quotation stands here; no word list says whose it is."
    return Finding(None, sentence.quoted_span(), None, None, None, None, mode, 0.0, "quotation", why)
