"""`python -m benchmarks.training.opinion`: make the weights that tell opinion from fact.

Logistic regression by Newton's method (iteratively reweighted least squares) with a penalty on large weights, over
sentences that were written and labelled for this project. The test part takes no part in it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from claims.text import opinion, opinion_signs, quotations
from claims.text.words import Sentence

Row = dict[str, Any]
Numbers = NDArray[np.float64]

SENTENCES: Final = Path(__file__).resolve().parents[2] / "tests/unit/text/data/opinion_sentences.jsonl"
_PENALTY: Final = 5.0
_STEPS: Final = 30
_FOLDS: Final = 10
_RARE: Final = 4
# Pairs of sentences that differ in little but the judging teach more than those of another tone altogether.
_HARD: Final = 3.0
_DIGITS: Final = 4
# Where the weights start from, and stay where sentences say little: some signs are plain, and rare in what was written.
_EXPECTED: Final = {
    **dict.fromkeys(("exclamation", "phrases_own", "supposing"), 1.6),
    **dict.fromkeys(("question", "attitudes", "adjectives_blame", "adjectives_praise", "nouns_loaded"), 1.2),
    **dict.fromkeys(("obligation", "boosters", "reader", "phrases_stance", "phrases_images", "manners"), 0.8),
    **dict.fromkeys(("verbs_loaded",), 0.8),
    **dict.fromkeys(("intensifiers", "superlatives", "starts-demanding", "adjectives_people"), 0.5),
    **dict.fromkeys(("hedges", "adjectives_stance", "first_singular", "ellipsis", "starts-turns", "not-but"), 0.3),
    **dict.fromkeys(("adjectives_coloured", "nouns_coloured", "verbs_coloured"), 0.4),
    **dict.fromkeys(("phrases_report", "saying", "attributed"), -0.5),
    **dict.fromkeys(("times", "happenings", "officials", "quoted"), -0.3),
    "digits": -0.1,
}
# News of crime and war is full of coloured words, and columns of figures: what was written for this is not.
_FIRM: Final = {
    **dict.fromkeys(("adjectives_coloured", "nouns_coloured", "verbs_coloured", "adjectives_people"), 8.0),
    **dict.fromkeys(("phrases_own", "exclamation", "supposing", "obligation", "digits", "attributed"), 8.0),
}


@dataclass(frozen=True)
class Model:
    """A weight for each sign, and the bias."""

    signs: list[str]
    weights: Numbers
    bias: float

    def scores(self, rows: list[Row]) -> Numbers:
        """The score of each sentence; above 0 it reads as an opinion."""
        return table(rows, self.signs) @ self.weights + self.bias


def sentences(part: str) -> list[Row]:
    """The sentences of a part, "train" or "test"."""
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["part"] == part]


def values_of(text: str) -> dict[str, float]:
    """The signs in one sentence, with what is quoted hidden."""
    sentence = Sentence(text, 0, len(text), quotations.find(text, 0, len(text)))
    return opinion_signs.signs_in(sentence.masked).values


def table(rows: list[Row], signs: list[str]) -> Numbers:
    """One line for each sentence, one column for each sign."""
    found = [values_of(row["text"]) for row in rows]
    return np.array([[values.get(sign, 0.0) for sign in signs] for values in found])


def labels(rows: Iterable[Row]) -> Numbers:
    """1 for an opinion, 0 for a fact."""
    return np.array([float(row["label"] == "opinion") for row in rows])


def fit(rows: list[Row], penalty: float = _PENALTY) -> Model:
    """Find the weights that fit the sentences best."""
    count: dict[str, int] = {}
    for row in rows:
        for sign in values_of(row["text"]):
            count[sign] = count.get(sign, 0) + 1
    signs = sorted(_EXPECTED.keys() | {sign for sign, times in count.items() if times >= _RARE})
    lines = np.column_stack([table(rows, signs), np.ones(len(rows))])
    wanted = labels(rows)
    worth = np.array([_HARD if row["hard"] else 1.0 for row in rows])
    pull = np.diag([*(penalty * _FIRM.get(sign, 1.0) for sign in signs), 1e-6])
    expected = np.array([*(_EXPECTED.get(sign, 0.0) for sign in signs), 0.0])
    weights = expected.copy()
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(lines @ weights)))
        slope = lines.T @ (worth * (wanted - likely)) - pull @ (weights - expected)
        bend = (lines.T * (worth * likely * (1 - likely))) @ lines + pull
        weights = weights + np.linalg.solve(bend, slope)
    return Model(signs, weights[:-1], float(weights[-1]))


def scores_apart(rows: list[Row], by: str) -> Numbers:
    """Each sentence's score from a model that saw nothing of its group: `by` is "topic" or "register"."""
    groups = list(dict.fromkeys(row[by] for row in rows))
    fold = np.array([groups.index(row[by]) % _FOLDS for row in rows])
    found = np.zeros(len(rows))
    for each in range(_FOLDS):
        seen = [row for row, at in zip(rows, fold, strict=True) if at != each]
        held = [row for row, at in zip(rows, fold, strict=True) if at == each]
        if held:
            found[fold == each] = fit(seen).scores(held)
    return found


def scale_of(scores: Numbers, wanted: Numbers) -> float:
    """By what to multiply scores so that their likelihoods are right on sentences that the model did not see."""
    tried = np.arange(0.3, 1.6, 0.05)
    misses = [float(np.mean(np.logaddexp(0, -(2 * wanted - 1) * scale * scores))) for scale in tried]
    return float(tried[int(np.argmin(misses))])


def main() -> None:
    """Fit, scale, and write the weights."""
    rows = sentences("train")
    apart = scores_apart(rows, "topic")
    hard = np.array([row["hard"] for row in rows])
    scale = scale_of(apart[hard], labels(rows)[hard])
    model = fit(rows)
    written = {
        "bias": round(model.bias * scale, _DIGITS),
        "sentences": len(rows),
        "weights": {
            sign: round(float(weight) * scale, _DIGITS) for sign, weight in zip(model.signs, model.weights, strict=True)
        },
    }
    opinion.WEIGHTS_FILE.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"{len(model.signs)} weights from {len(rows)} sentences, scaled by {scale:.2f}: {opinion.WEIGHTS_FILE.name}")


if __name__ == "__main__":
    main()
