"""Finding a thousand claims again in a long text that was edited, and showing what was edited: processor time."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import Figure, percentile, show
from claims.text.anchors import SURE, reanchor
from claims.text.diff import diff
from claims.text.sentences import split

ARTICLES = Path(__file__).resolve().parents[1] / "fixtures" / "articles"
SIZE, CLAIMS, EDITS, TRIES = 200_000, 1_000, 500, 5
SEED = 8


def texts() -> tuple[str, str]:
    """Sentences of the articles with words changed, and the same with some inserted, deleted, moved and edited."""
    chance = random.Random(SEED)
    articles = [path.read_bytes().decode() for path in sorted(ARTICLES.glob("*.txt"))]
    written = [text[start:end] for text in articles for start, end in split(text)]
    words = [word for sentence in written for word in sentence.split()]

    def changed(sentence: str, share: float) -> str:
        return " ".join(chance.choice(words) if chance.random() < share else word for word in sentence.split())

    old: list[str] = []
    while sum(map(len, old)) < SIZE:
        old.append(changed(chance.choice(written), 0.5))
    new = list(old)
    for _ in range(EDITS):
        at = chance.randrange(len(new))
        edit = chance.randrange(4)
        if edit == 0:
            new.insert(at, changed(chance.choice(written), 0.5))
        elif edit == 1:
            del new[at]
        elif edit == 2:
            new.insert(chance.randrange(len(new)), new.pop(at))
        else:
            new[at] = changed(new[at], 0.1)
    return "\n".join(old), "\n".join(new)


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TRIES):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return percentile(times, 0.5)


def measure() -> list[Figure]:
    """Time re-anchoring and the diff of the same two texts, and count what was found."""
    old, new = texts()
    spans = (split(old) * 3)[:CLAIMS]
    sure = sum(found is not None and found[2] >= SURE for found in reanchor(old, new, spans))
    again = _seconds(lambda: reanchor(old, new, spans))
    shown = _seconds(lambda: diff(old, new))
    return [
        Figure(f"{CLAIMS:,} claims found again in 200 kB", f"{again:.2f} s, {sure} sure", "reach: 2 s"),
        Figure("diff of the same texts", f"{shown:.2f} s", "reach: 2 s"),
    ]


if __name__ == "__main__":
    show(measure())
