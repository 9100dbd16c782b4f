"""In how many of a thousand sentences of news in general a word stands.

`weights/word_shares.json` holds the features of claims.text.ranking that stand in several sentences of open texts,
named with their licences in `weights/word_shares.LICENSE.txt`; `python -m benchmarks.word_shares` counts them again.
"""

import json
from functools import cache
from pathlib import Path
from typing import Final

WEIGHTS: Final = Path(__file__).parent / "weights" / "word_shares.json"
# The sentences in general weigh as so many candidates.
SENTENCES: Final = 500
THOUSAND: Final = 1_000


@cache
def _shares() -> dict[str, float]:
    of_a_thousand: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["of_a_thousand"]
    return {feature: held_by / THOUSAND for feature, held_by in of_a_thousand.items()}


def share(feature: str) -> float:
    """The share of sentences, 0 to 1, that have a feature; 0 for what is not known to be common."""
    return _shares().get(feature, 0.0)
