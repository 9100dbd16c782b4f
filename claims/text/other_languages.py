"""What is proposed for a text that is not in English: what a desk's word lists show, and else nothing."""

from collections.abc import Sequence
from typing import Final

from claims.particulars import Mode, Scope
from claims.text.attribution import Hop
from claims.text.by_lexicon import joined, read
from claims.text.languages import Language
from claims.text.plain_rules import CONFIDENCE_PLAIN, Finding
from claims.text.proposals import Proposal
from claims.text.sources import Span
from claims.text.words import Sentence
from claims.vocabulary import Label, Reason

# The rule's name where no rule gave a label.
UNREAD: Final = "unread"


def propose_in(language: Language, sentences: Sequence[Sentence]) -> list[Proposal]:
    """A proposal for each sentence of a text in this language; without a label it says where the sentence quotes."""
    whole = joined(sentences, language.lexicon)
    found = read(whole, language.lexicon)
    return [_proposal(sentence, one, language) for sentence, one in zip(whole, found, strict=True)]


def _proposal(sentence: Sentence, found: Finding | None, language: Language) -> Proposal:
    if found is None or found.label is None:
        named = language.name or "another language than English"
        lists = "its word lists show nothing here" if language.lexicon else "there are no word lists for it"
        return unread(sentence, f"The text reads as {named}, and {lists}.", None if found is None else found.content)
    source, mode, scope = found.source, Mode.NONE, None
    if found.label is Label.SOURCED and source is not None:
        mode = found.mode
        scope = Scope.SAME if sentence.start <= source[0] < sentence.end else Scope.ADJACENT
    return Proposal(
        sentence.start,
        sentence.end,
        found.label,
        found.content,
        source,
        found.cue,
        found.strength,
        found.reason,
        found.confidence,
        found.rule,
        found.why,
        mode,
        scope,
        () if scope is None or source is None else (Hop("source", *source),),
        proposed=found.confidence >= CONFIDENCE_PLAIN,
    )


def unread(sentence: Sentence, why: str, content: Span | None = None) -> Proposal:
    """A sentence that no rule gives a label, and why; `annotate` shows it without one, and nothing is proposed."""
    return Proposal(
        sentence.start,
        sentence.end,
        Label.UNSOURCED,
        content,
        source=None,
        cue=None,
        strength=0,
        reason=Reason.BARE,
        confidence=0.0,
        rule=UNREAD,
        why=why,
        proposed=False,
    )
