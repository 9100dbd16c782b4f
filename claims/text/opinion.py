"""Opinion in an article's own voice: how likely a sentence is one, and the words that show it.

A logistic model over the signs of `opinion_signs.py`. Its weights are data, `weights/opinion.json`, which
`python -m benchmarks.training.opinion` makes from sentences written and labelled for this project.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from claims.text import quotations
from claims.text.opinion_signs import Hit, Signs, signs_in, span_of
from claims.text.words import QUOTED, Sentence

Span = tuple[int, int]

WEIGHTS_FILE: Final = Path(__file__).parent / "weights" / "opinion.json"
_MOST_WORDS: Final = 3
_MOSTLY: Final = 0.8
_FARTHEST: Final = 30.0

# What a reviewer is told, by the sign that weighs most.
_RULES: Final = {
    "first-person": ("phrases_own", "first_singular", "first_plural"),
    "exhortation": ("obligation", "demanding", "starts-demanding", "reader"),
    "loaded": (
        "nouns_loaded",
        "verbs_loaded",
        "nouns_coloured",
        "verbs_coloured",
        "adjectives_people",
        "phrases_images",
        "nouns_values",
    ),
    "evaluation": (
        "adjectives_praise",
        "adjectives_blame",
        "adjectives_coloured",
        "adjectives_mild",
        "attitudes",
        "manners",
        "superlatives",
    ),
    "emphasis": ("intensifiers", "downtoners", "absolutes", "boosters", "emphasis", "quantities", "negations"),
    "speculation": ("supposing", "hedges", "conditional", "adjectives_stance"),
    "comparison": ("comparing",),
}
_RULE_OF: Final = {sign: rule for rule, signs in _RULES.items() for sign in signs}
_OTHERWISE: Final = "argument"


def _read() -> tuple[float, dict[str, float]]:
    found = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return float(found["bias"]), {str(sign): float(weight) for sign, weight in found["weights"].items()}


_BIAS, _WEIGHTS = _read()


@dataclass(frozen=True)
class Judgement:
    """What shows that the writer judges.

    The strongest words stand at `start` to `end` of the text. `confidence` is how likely the sentence is an opinion,
    0.5 to 1. `words` are the spans of up to three such words or phrases, in order.
    """

    start: int
    end: int
    rule: str
    confidence: float
    words: tuple[Span, ...] = ()


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
    words = sorted(span_of(masked, start, end) for _, start, end in hits[:_MOST_WORDS])
    if "question" in signs.values:
        at = masked.rindex("?")
        first, rule = (at, at + 1), "question"
    elif hits:
        first, rule = span_of(masked, *hits[0][1:]), _RULE_OF.get(hits[0][0], _OTHERWISE)
    else:
        first, rule = (0, len(masked)), _OTHERWISE
    moved = tuple((sentence.start + start, sentence.start + end) for start, end in words or [first])
    return Judgement(sentence.start + first[0], sentence.start + first[1], rule, round(likelihood, 3), moved)


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
