"""What stands around a claim: the words that a span can be chosen from, and how far off a source is named."""

from dataclasses import dataclass
from typing import Final

from claims.particulars import Scope
from claims.text.lines import paragraphs_of
from claims.text.sentences import split
from claims.text.tokens import tokens

Span = tuple[int, int]
# So far on both sides is looked for the paragraphs beside: what is cut there stands for a whole paragraph.
_REACH: Final = 5_000
# More than this many words to choose from help nobody.
_MOST_WORDS: Final = 400
# With so many words beside it one word is told from the same word elsewhere.
_BESIDE: Final = 2


@dataclass(frozen=True)
class Choice:
    """A word that a span can begin or end with: its border in code points, and the word with those beside it."""

    border: int
    words: str


def window(text: str, start: int, end: int) -> Span:
    """The paragraphs of `text[start:end]` and one on each side, without space at the ends; code points of `text`."""
    paragraphs, first, last = _around(text, start, end)
    return paragraphs[max(0, first - 1)][0], paragraphs[min(last + 1, len(paragraphs) - 1)][1]


def choices(text: str, start: int, end: int) -> tuple[list[Choice], list[Choice]]:
    """The words of `text[start:end]` as first words of a span and as last ones, in their order."""
    words = tokens(text, start, end)[:_MOST_WORDS]
    first, last = [], []
    for number, (begin, stop) in enumerate(words):
        following = words[min(number + _BESIDE, len(words) - 1)][1]
        before = words[max(number - _BESIDE, 0)][0]
        first.append(Choice(begin, text[begin:following]))
        last.append(Choice(stop, text[before:stop]))
    return first, last


def suggest_scope(text: str, claim: Span, source: Span) -> Scope:
    """Where the source is named, seen from the claim: in its sentence, in the sentence or paragraph beside it, or not.

    A claim of several sentences has its source in the same sentence where one of them names it.
    """
    paragraphs, first, last = _around(text, *claim)
    near = paragraphs[max(0, first - 1)][0], paragraphs[min(last + 1, len(paragraphs) - 1)][1]
    if not _meet(near, source):
        return Scope.ELSEWHERE
    sentences = [(start + near[0], end + near[0]) for start, end in split(text[slice(*near)])]
    return Scope.SAME if any(_meet(one, claim) and _meet(one, source) for one in sentences) else Scope.ADJACENT


def _around(text: str, start: int, end: int) -> tuple[list[Span], int, int]:
    """The paragraphs near the span, and the places in the list of the first and the last that it lies in."""
    begin = max(0, start - _REACH)
    paragraphs = [(a + begin, b + begin) for a, b in paragraphs_of(text[begin : end + _REACH])]
    inside = [at for at, paragraph in enumerate(paragraphs) if _meet(paragraph, (start, end))]
    if not inside:
        return [(start, end)], 0, 0
    return paragraphs, inside[0], inside[-1]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
