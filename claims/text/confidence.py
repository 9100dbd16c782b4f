"""How sure the first pass is: the share of proposals like this one that were right in texts that people labelled.

The shares are in `weights/confidence.json`, which `python -m benchmarks.reliability --write` makes anew. A rule that
was seen seldom is drawn towards its kind: each share is that of its own cases, and of some cases more at the share of
what is above it (Jelinek and Mercer 1980 on estimates from sparse data).
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from claims.particulars import Mode
from claims.text import lexicon
from claims.text.proposals import Found
from claims.text.words import Sentence
from claims.vocabulary import Label

WEIGHTS: Final = Path(__file__).with_name("weights") / "confidence.json"
# Of the proposals below this fewer than half were right in texts held back: whoever looks at them is misled.
THRESHOLD: Final = 0.6
_UNKNOWN: Final = 0.5
# Where the opinion of a sentence lies between 0 and 1: below each of these, and above the last.
_STEPS: Final = (0.15, 0.3, 0.5, 0.7, 0.85)

Signs = tuple[str, ...]


def signs_of(sentence: Sentence, found: Found, mode: Mode, opinion: float) -> Signs:
    """What the confidence of a proposal goes by, the coarsest first: label, rule, and what else tells cases apart."""
    step = str(sum(opinion >= one for one in _STEPS))
    if found.label is Label.SOURCED:
        kind = "" if found.source is None else found.source.kind.value
        pronoun = "named" if found.source is None or found.source.named_at == found.source.span else "pronoun"
        return found.label.value, found.rule, mode.value, f"{kind} {pronoun}"
    if found.label is Label.OPINION:
        # How likely the sentence is an opinion says more than by which of its words.
        return found.label.value, step
    return found.label.value, found.rule, _speech_in(sentence), step


def confidence_of(signs: Signs) -> float:
    """The share of proposals with these signs that are right, 0 to 1."""
    return confidence_in(_shares(), signs)


def confidence_in(shares: Mapping[str, float], signs: Signs) -> float:
    """The share that a table gives for these signs: that of the longest run of them, from the first, that it has."""
    for length in range(len(signs), 0, -1):
        share = shares.get("/".join(signs[:length]))
        if share is not None:
            return share
    return _UNKNOWN


@cache
def _shares() -> dict[str, float]:
    if not WEIGHTS.exists():
        return {}
    known: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["shares"]
    return known


def _speech_in(sentence: Sentence) -> str:
    """Whether a sentence without a source holds quoted words or a verb that could be somebody's: it may be missed."""
    if sentence.quotations:
        return "quoted"
    return "plain" if sentence.vocabulary.isdisjoint(lexicon.CUE_VERBS) else "verb"
