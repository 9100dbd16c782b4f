"""Who a quotation is by where no verb of saying is known: the name that stands beside it, as in “…,” Odom shot back."""

from collections.abc import Sequence
from typing import Final

from claims.text.attribution import Attribution
from claims.text.sources import STRENGTH_OF, Memory, Source, SourceKind, Span, identify, leading_name, occasion_in
from claims.text.words import Sentence, Word

RULE: Final = "beside-quotation"
_LONGEST_NAME: Final = 6
_LONGEST_CUE: Final = 4
_STRONG: Final = 2


def beside_quotation(sentence: Sentence, memory: Memory) -> Attribution | None:
    """The one who is named behind a quotation that ends in a comma, or at the head of a sentence that quotes."""
    words = sentence.words
    quoted = [at for at, word in enumerate(words) if word.quoted]
    if not quoted:
        return None
    found = _behind(words, quoted[0], memory)
    if found is None:
        found = _before(sentence, quoted[0], memory)
    if found is None or STRENGTH_OF.get(found[0].kind, 0) < _STRONG:
        return None
    source, cue = found
    strength = STRENGTH_OF[source.kind] + (source.kind is SourceKind.PERSON and occasion_in(sentence))
    content = sentence.quoted_span()
    return Attribution(source, cue, content, RULE, strength, () if content is None else (content,))


def _behind(words: Sequence[Word], at: int, memory: Memory) -> tuple[Source, Span] | None:
    """“…,” Odom shot back: a name, and the few words behind it."""
    last = at + 1
    while (
        last < len(words) and last - at <= _LONGEST_NAME and (words[last].named or _is_pronoun(words[last], last, at))
    ):
        last += 1
    if last == at + 1 or last >= len(words) or not words[last].plain:
        return None
    source = identify(words[at + 1 : last], memory, speaks=True)
    return None if source is None else (source, _cue(words, last))


def _before(sentence: Sentence, at: int, memory: Memory) -> tuple[Source, Span] | None:
    """Strake sent a message: “…”: the sentence's first name, and the last words before the quotation."""
    source = leading_name(sentence, memory)
    words = sentence.words
    first = next((index for index, word in enumerate(words[:at]) if source and word.start >= source.end), None)
    if source is None or first is None or not words[first].plain:
        return None
    return source, _cue(words[:at], first)


def _cue(words: Sequence[Word], first: int) -> Span:
    last = first
    while last + 1 < len(words) and words[last + 1].plain and last - first < _LONGEST_CUE - 1:
        last += 1
    return words[first].start, words[last].end


def _is_pronoun(word: Word, at: int, quoted: int) -> bool:
    return at == quoted + 1 and word.lower in ("he", "she", "they")
