"""Where in a text a lost quote may have gone: the places that are the most like it, for a person to choose from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.text.likeness import Comparison
from claims.text.sentences import split
from claims.text.wording import Span, Vocabulary, Wording, wording_of

# So many places are looked at closely, of those that share the most words with the quote.
_CLOSELY: Final = 24
_MOST_SENTENCES: Final = 4
_LEAST: Final = 0.25
# How much of the likeness is what stands around the place.
_AROUND: Final = 0.15
# A longer quote is looked for by its beginning: it is shown to a person, who sees where it ends.
_LONGEST: Final = 2_000
_WORDS_AROUND: Final = 6


@dataclass(frozen=True)
class Candidate:
    """A place that a lost span could have gone to: `text[start:end]` in code points, `likeness` from 0 to 1."""

    start: int
    end: int
    likeness: float


def candidates(quote: str, prefix: str, suffix: str, new: str, most: int = 5) -> list[Candidate]:
    """The best places in a text for a quote that was lost, the likeliest first; at most `most`, none overlapping.

    `prefix` and `suffix` are what stood around the quote; they only decide between places that are much alike. A place
    is whole words, or whole sentences where the quote is most of them.
    """
    vocabulary = Vocabulary()
    try:
        sought = wording_of(quote[:_LONGEST], vocabulary)
        around = [wording_of(text[-_LONGEST:], vocabulary) for text in (prefix, suffix[:_LONGEST])]
        text = wording_of(new, vocabulary)
    except OverflowError:
        return []
    if not sought.code or not text.code or most < 1:
        return []
    compared = Comparison(sought, text)
    found = []
    for place in _promising(sought, text):
        like = compared.likeness((0, len(sought.code)), place).letters
        near = _nearness(around, text, place)
        if like >= _LEAST:
            likeness = round((1 - _AROUND) * like + _AROUND * near, 3)
            found.append(Candidate(text.starts[place[0]], text.ends[place[1] - 1], likeness))
    return _apart(found, most)


def _promising(sought: Wording, text: Wording) -> Iterator[Span]:
    """Places worth a close look: where the very words stand, and the sentences that share the most words."""
    at = text.code.find(sought.code)
    for _ in range(_CLOSELY):
        if at < 0:
            break
        yield at, at + len(sought.code)
        at = text.code.find(sought.code, at + len(sought.code))
    sentences = [text.within(*span) for span in split(text.text)]
    yield from _best(sought, text, sentences)


def _best(sought: Wording, text: Wording, sentences: list[Span]) -> Iterator[Span]:
    common = Counter(text.code)
    wanted = Counter(sought.code)
    gains = [
        (sum(len(text.words[at]) / common[text.code[at]] ** 0.5 for at in _shared(text, sentence, wanted)), number)
        for number, sentence in enumerate(sentences)
    ]
    gains = [gain for gain in gains if gain[0] > 0]
    for _, number in sorted(gains, key=lambda gain: (-gain[0], gain[1]))[:_CLOSELY]:
        first = sentences[number][0]
        for last in range(number, min(number + _MOST_SENTENCES, len(sentences))):
            place = first, sentences[last][1]
            yield place
            yield _trimmed(text, place, wanted)
            if place[1] - first >= len(sought.code):
                break


def _shared(text: Wording, place: Span, wanted: Counter[str]) -> list[int]:
    """Which words of a place the quote has as well, each as often as it has it."""
    left = wanted.copy()
    shared = []
    for at in range(*place):
        if left[text.code[at]] > 0:
            left[text.code[at]] -= 1
            shared.append(at)
    return shared


def _trimmed(text: Wording, place: Span, wanted: Counter[str]) -> Span:
    """The part of a place that is as long as the quote and has the most of its words."""
    length = sum(wanted.values())
    if place[1] - place[0] <= length:
        return place
    score = [len(text.words[at]) if text.code[at] in wanted else 0 for at in range(*place)]
    total = best = sum(score[:length])
    start = 0
    for at in range(length, len(score)):
        total += score[at] - score[at - length]
        if total > best:
            best, start = total, at - length + 1
    return place[0] + start, place[0] + start + length


def _nearness(around: list[Wording], text: Wording, place: Span) -> float:
    """The share of the words next to the quote that stand next to the place as well."""
    before, after = (side.code for side in around)
    # The outermost word may be half a word.
    before, after = before[1:][-_WORDS_AROUND:], after[:-1][:_WORDS_AROUND]
    here = text.code[max(0, place[0] - _WORDS_AROUND) : place[0]], text.code[place[1] : place[1] + _WORDS_AROUND]
    shared = sum((Counter(before) & Counter(here[0])).values()) + sum((Counter(after) & Counter(here[1])).values())
    return shared / max(1, len(before) + len(after))


def _apart(found: list[Candidate], most: int) -> list[Candidate]:
    """The likeliest that do not overlap."""
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda one: (-one.likeness, one.start, one.end)):
        if len(kept) < most and all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return kept
