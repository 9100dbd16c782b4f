"""Suggesting pairs over 10,000 and 100,000 generated claims: time, peak memory, and how many planted pairs are found.

The claims are generated: words by Zipf's law, casts of names of which most stories share a few, numbers, and events
that several articles of a story tell, each in words of its own with some left out and a number changed at times. Two
claims about one event are a planted pair. Each size runs in a process of its own on a database of its own.
"""

import itertools
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.table import Figure, percentile, show

SIZES = (10_000, 100_000)
SEED = 5
CLAIMS, ARTICLES = 25, 5
VOCABULARY = 40_000
# More stories bring more names: a person for so many claims, and a place; a few of them stand in very many stories.
CLAIMS_A_PERSON, CLAIMS_A_PLACE = 25, 100
EVENTS, CAST, TOWNS = 16, 8, 4
LOOKS = 40
# The one large story: a tenth of all articles, up to this many.
LARGE = 200


@dataclass
class Tongue:
    """Made-up words: frequent ones first, each half as frequent as the one at half its place."""

    chance: random.Random
    words: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        seen = dict.fromkeys(self._word() for _ in range(VOCABULARY * 2))
        self.words = list(seen)[:VOCABULARY]
        self.weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(self.words))))

    def _word(self) -> str:
        return "".join(
            self.chance.choice("bcdfghklmnprstvz") + self.chance.choice(["a", "e", "i", "o", "u", "ar", "en", "il"])
            for _ in range(self.chance.choice([2, 2, 3, 3, 4]))
        )

    def some(self, count: int) -> list[str]:
        """So many words by Zipf's law."""
        last = self.weights[-1]
        return [self.words[bisect(self.weights, self.chance.random() * last)] for _ in range(count)]

    def name(self) -> str:
        """A name of one word."""
        return self._word().capitalize() + self.chance.choice(["", "ov", "yan", "sen", "ez"])


def stories(size: int) -> Iterator[list[list[tuple[str, int | None]]]]:
    """Stories of articles of claims: each its words, and the number of the event that it tells, None for none."""
    chance = random.Random(SEED)
    tongue = Tongue(chance)
    people = [f"{tongue.name()} {tongue.name()}" for _ in range(size // CLAIMS_A_PERSON)]
    places = [tongue.name() for _ in range(size // CLAIMS_A_PLACE)]
    numbers, left = itertools.count(), size // CLAIMS
    large = min(LARGE, left // 10)
    while left > 0:
        count = min(left, large or ARTICLES)
        large, left = 0, left - count
        cast, towns = _known(chance, people, CAST), _known(chance, places, TOWNS)
        told: list[list[tuple[str, int | None]]] = [[] for _ in range(count)]
        for _ in range(EVENTS * count // ARTICLES):
            event, number = _event(tongue, cast, towns), next(numbers)
            for teller in chance.sample(range(count), min(count, chance.choice([1, 2, 2, 3, 4]))):
                if len(told[teller]) < CLAIMS:
                    told[teller].append((_retold(tongue, *event), number))
        for article in told:
            while len(article) < CLAIMS:
                article.append((_retold(tongue, *_event(tongue, cast, towns)), None))
            chance.shuffle(article)
        yield told


def _known(chance: random.Random, names: list[str], count: int) -> list[str]:
    """So many of the names, the first of them far more often than the last."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[names[int(len(names) * chance.random() ** 2)]] = None
    return list(found)


def _event(tongue: Tongue, cast: list[str], towns: list[str]) -> tuple[list[str], list[str], int]:
    chance = tongue.chance
    return (
        [*chance.sample(cast, chance.choice([1, 1, 2])), chance.choice(towns)],
        tongue.some(6),
        chance.randrange(3000),
    )


def _retold(tongue: Tongue, names: list[str], words: list[str], number: int) -> str:
    """One telling of an event: two thirds of its words, its names in full or in part, words of the teller's own."""
    chance = tongue.chance
    kept = [word for word in words if chance.random() < 2 / 3]
    named = [name if chance.random() < 0.5 else name.split()[-1] for name in names]
    told = [*kept, *named, *tongue.some(chance.randrange(4, 10))]
    if chance.random() < 0.5:
        told.append(str(number if chance.random() < 0.7 else number + 1))
    chance.shuffle(told)
    sentence = " ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def main() -> None:
    """Print the figures of this file alone; with a size, measure that one in this process and print it as JSON."""
    if len(sys.argv) > 1:
        print(json.dumps(_measured(int(sys.argv[1]))))
    else:
        show(measure())


def measure() -> list[Figure]:
    """Both sizes, and how the work grows from one to the other."""
    runs = [_in_process(size) for size in SIZES]
    figures = [figure for size, run in zip(SIZES, runs, strict=True) for figure in _figures(size, run)]
    # Processor time: what else runs on the machine would make one of the two look slower.
    growth = _worked(runs[1]) / _worked(runs[0])
    return [*figures, Figure("ten times the claims cost", f"{growth:.1f} times the work", "reach: 12 times")]


def _worked(run: dict[str, float]) -> float:
    return run["indexed worked"] + run["compared worked"]


def _figures(size: int, run: dict[str, float]) -> list[Figure]:
    seconds = f"{run['indexed'] + run['compared']:.1f} s, {_worked(run):.1f} s of them on the processor"
    steps = f"{run['indexed worked']:.1f} s and {run['compared worked']:.1f} s on the processor"
    reasons = f"{run['explained']:.1f} s, {run['explained worked']:.1f} s of them on the processor"
    recall = f"{run['found'] / run['planted']:.3f} of {run['planted']:,}, among {run['kept']:,} suggested"
    return [
        Figure(f"suggestions over {size:,} claims", seconds, "reach: 60 s" if size == SIZES[-1] else ""),
        Figure("  into the index, and looked for pairs", steps, ""),
        Figure("  reasons of what was found", reasons, ""),
        Figure("  the process at its peak", f"{run['megabytes']:.0f} MB, {run['before']:.0f} MB before", ""),
        Figure("  planted pairs found", recall, ""),
        Figure("  candidates of a claim, live", f"p50 {run['p50']:.0f} ms, p95 {run['p95']:.0f} ms", "reach: 50 ms"),
    ]


def _in_process(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        settings = {"DATA_DIR": folder, "DEBUG": "", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "127.0.0.1"}
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/workbench.sqlite3", **settings}
        command = [sys.executable, "-m", "benchmarks.suggestions", str(size)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return measured


def _measured(size: int) -> dict[str, float]:
    from benchmarks.corpus import Corpus  # noqa: PLC0415 - what follows needs Django, set up for this process alone

    corpus = Corpus.stored(stories(size))
    before = _peak()
    steps = corpus.suggest()
    found, kept = corpus.found()
    looks = corpus.looks(LOOKS)
    return {
        **steps,
        "before": before,
        "megabytes": _peak(),
        "planted": len(corpus.planted),
        "found": found,
        "kept": kept,
        "p50": percentile(looks, 0.5),
        "p95": percentile(looks, 0.95),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
