"""Opinion in an article's own voice: how likely a sentence is one, and the words that show it.

A logistic model over the signs of `opinion_signs.py`. Its weights are data, `weights/opinion.json`, which
`python -m benchmarks.training.opinion` makes from sentences written and labelled for this project.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from claims.text import quotations
from claims.text.opinion_signs import Hit, Signs, signs_in, span_of, tokens_of
from claims.text.opinion_words import QUESTION, is_distance_alone, worth_showing
from claims.text.words import QUOTED, Sentence

Span = tuple[int, int]

WEIGHTS_FILE: Final = Path(__file__).parent / "weights" / "opinion.json"
_MOST_WORDS: Final = 3
_MOSTLY: Final = 0.8
_FARTHEST: Final = 30.0
# Below this a “so-called” alone makes no opinion.
_CLEAR: Final = 0.85


def _read() -> tuple[float, dict[str, float]]:
    found = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return float(found["bias"]), {str(sign): float(weight) for sign, weight in found["weights"].items()}


_BIAS, _WEIGHTS = _read()


@dataclass(frozen=True)
class Judgement:
    """What shows that the writer judges.

    `words` are the spans of up to three words or phrases to show, the strongest first; the first stands at `start` to
    `end` of the text. Where only function words or marks led to it there are none, and `start` and `end` are the
    question mark's or the sentence's. `evidence` are the spans of up to three signs of any kind, in order. `rule` says
    what kind of words they are and `confidence` how likely the sentence is an opinion, 0.5 to 1.
    """

    start: int
    end: int
    rule: str
    confidence: float
    words: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()


def opinion(sentences: list[str]) -> list[float]:
    """How likely each sentence, out of its context, is an opinion of its writer: 0 to 1, an opinion from 0.5 on."""
    return [
        opinion_of(Sentence(text, 0, len(text), quotations.find(text, 0, len(text), unclosed=True))) if text else 0.0
        for text in sentences
    ]


def opinion_of(sentence: Sentence) -> float:
    """How likely a sentence is an opinion of its writer: 0 to 1. What it quotes does not count."""
    return _likelihood(signs_in(sentence.masked))


def judgement_in(sentence: Sentence) -> Judgement | None:
    """Find the strongest sign of the article's own opinion outside quotations; None below a likelihood of 0.5."""
    masked = sentence.masked
    signs = signs_in(masked)
    likelihood = _likelihood(signs)
    if likelihood < 0.5 or masked.count(QUOTED) > _MOSTLY * len(masked):
        return None
    hits = _strongest(signs)
    tokens = tokens_of(masked)
    if likelihood < _CLEAR and is_distance_alone(hits, tokens):
        return None
    rule, shown = worth_showing(hits, tokens)
    words = _spans(sentence, masked, shown)
    evidence = sorted(_spans(sentence, masked, hits))
    whole = sentence.start, sentence.start + len(masked)
    if rule == QUESTION:
        at = sentence.start + masked.rindex("?")
        whole = at, at + 1
    start, end = words[0] if words else whole
    return Judgement(start, end, rule, round(likelihood, 3), tuple(words), tuple(evidence or [(start, end)]))


def _spans(sentence: Sentence, masked: str, hits: Sequence[Hit]) -> list[Span]:
    places = (span_of(masked, start, end) for _, start, end in hits[:_MOST_WORDS])
    return [(sentence.start + start, sentence.start + end) for start, end in places]


def _likelihood(signs: Signs) -> float:
    score = _BIAS + sum(_WEIGHTS.get(sign, 0.0) * value for sign, value in signs.values.items())
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, score))))


def _strongest(signs: Signs) -> list[Hit]:
    """The words and phrases that speak for an opinion, the strongest first, none inside another."""
    # "I believe" says more to a reader than any adjective beside it.
    told = sorted(
        (hit for hit in signs.hits if _WEIGHTS.get(hit[0], 0.0) > 0),
        key=lambda hit: (hit[0] != "phrases_own", -_WEIGHTS[hit[0]] * (hit[2] - hit[1]) ** 0.5, hit[1]),
    )
    kept: list[Hit] = []
    for hit in told:
        if all(hit[2] <= other[1] or hit[1] >= other[2] for other in kept):
            kept.append(hit)
    return kept
