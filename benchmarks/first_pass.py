"""How good the first pass is, beside a plain reader on the same texts and the figure to reach.

`python -m benchmarks.first_pass [--part PART] [--split dev|test] [--errors 20]`

The gold news texts (`tests/unit/text/data/gold`) are this project's own; GUM's documents have attribution clauses only.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from benchmarks.first_pass_errors import differences, show_differences
from benchmarks.first_pass_readers import baseline, first_pass, proposals
from benchmarks.first_pass_scores import Reader, Score, macro_f1, score
from benchmarks.first_pass_texts import GENRES, Labelled, gold_texts, gum_texts, worked_claims
from benchmarks.table import Figure, show
from claims.text.reading import annotate
from tests.unit.text.gold import SPLITS

SPEED_TO_REACH = 2_000
PASSES = 5
NAMED_SPLITS = tuple(f"gold {split}" for split in SPLITS)
Measured = list[tuple[str, Score, Score]]
# Of each part: what a row is called, how it is computed, and what must be reached on gold texts.
ROWS: dict[str, list[tuple[str, Callable[[Score], float], str]]] = {
    "sentences": [
        ("sourced or not, macro-F1 over sentences", lambda one: one.sourcing, "0.84"),
        ("sourced or not, macro-F1 by article", lambda one: one.sourcing_by_article, "0.84"),
        ("sourced or not, vague sources as sourced, macro-F1", lambda one: macro_f1(one.attributed), "0.84"),
    ],
    "attribution": [
        ("sources found, F1", lambda one: one.sources.f1, "0.70"),
        ("sources found, precision", lambda one: one.sources.precision, ""),
        ("sources found, recall", lambda one: one.sources.recall, ""),
        ("sources to the word, F1", lambda one: one.exact.f1, ""),
        ("content words, F1", lambda one: one.contents.f1, "0.83"),
        ("cue words, F1", lambda one: one.cues.f1, "0.58"),
    ],
    "opinion": [("opinion or not, macro-F1", lambda one: macro_f1(one.opinions), "0.65")],
}
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
PARTS = (*ROWS, "confidence", "claims", "speed")


def main() -> None:
    """Print the table, and the differences to read where they are asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--part", choices=PARTS, action="append", help="only this part; may be given more than once")
    asked.add_argument("--split", choices=SPLITS, action="append", help="only this half of the gold texts")
    asked.add_argument("--errors", type=int, default=0, help="so many differences of each kind, of the gold texts")
    chosen = asked.parse_args()
    parts, splits = chosen.part or PARTS, chosen.split or SPLITS
    show(measure(parts, splits, gum=not chosen.split))
    if set(parts) & {"sentences", "opinion"}:
        for split in splits:
            show_confusion(split, score(gold_texts(split), first_pass))
    if chosen.errors and "claims" in parts:
        show_claims()
    if chosen.errors and set(parts) & set(ROWS):
        # Whoever reads the errors of the test half can no longer measure on it.
        for split in chosen.split or ("dev",):
            show_differences(list(differences(gold_texts(split), first_pass)), chosen.errors)


def measure(parts: tuple[str, ...] = PARTS, splits: tuple[str, ...] = SPLITS, *, gum: bool = True) -> list[Figure]:
    """The rows of the parts, each for both halves of the gold texts and, unless left out, GUM's genres."""
    groups: list[tuple[str, list[Labelled], Reader]] = []
    for split, name in zip(SPLITS, NAMED_SPLITS, strict=True):
        if split not in splits:
            continue
        groups += [
            (name, gold_texts(split), first_pass),
            ("  its politics", gold_texts(split, "politics"), first_pass),
            ("  one attribution a sentence", gold_texts(split), proposals),
        ]
    if gum:
        groups += [(f"GUM {genre}", gum_texts(genre), first_pass) for genre in GENRES]
    measured = [(name, score(texts, reader), score(texts, baseline)) for name, texts, reader in groups]
    figures = [figure for part in parts if part in ROWS for row in ROWS[part] for figure in _rows(row, measured)]
    if "confidence" in parts:
        figures += [figure for name, ours, _ in measured if name in NAMED_SPLITS for figure in _confidence(name, ours)]
    return [*figures, *(_claims() if "claims" in parts else []), *(_speed() if "speed" in parts else [])]


def _rows(row: tuple[str, Callable[[Score], float], str], measured: Measured) -> list[Figure]:
    what, computed, reach = row
    figures = [Figure(what, "", f"reach {reach} on unseen news" if reach else "")]
    for name, ours, plain in measured:
        told_elsewhere = name.endswith("a sentence") and row not in ROWS["attribution"]
        if told_elsewhere or (what.startswith("opinion") and not ours.opinions):
            continue
        figures.append(Figure(f"  {name}", f"{computed(ours):.3f}", f"plain reader {computed(plain):.3f}"))
    return figures


def _confidence(name: str, total: Score) -> list[Figure]:
    """Of the proposals of each tenth of confidence, the share whose label is right."""
    figures = [Figure(f"confidence, {name}", f"{total.held} sentences left without a proposal", "")]
    for low, high in pairwise(BINS):
        right = [good for sure, good in total.sure if low <= sure < high]
        if right:
            share = f"{sum(right) / len(right):.0%} of {len(right)} right"
            figures.append(Figure(f"  {low:.1f} to {min(high, 1):.1f}", share, f"{low:.0%} to {min(high, 1):.0%}"))
    return figures


def _read_claims() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The worked claims of the five articles, each with the proposal that overlaps it most."""
    for text, claim in worked_claims():
        yield (
            claim,
            max(annotate(text), key=lambda one: min(one["end"], claim["end"]) - max(one["start"], claim["start"])),
        )


def _claims() -> list[Figure]:
    read = list(_read_claims())
    right = sum(entry["label"].upper() == claim["label"] for claim, entry in read)
    (hedged,) = (
        f"{entry['label']}, {entry['reason']}, strength {entry['strength']}"
        for claim, entry in read
        if "reportedly drawing up plans to invade Kazakhstan" in claim["exact"]
    )
    share = f"{right} of {len(read)}, {right / len(read):.0%}"
    return [
        Figure("five articles: worked claims labelled right", share, "reach 85 %"),
        Figure("five articles: the Kazakhstan claim", hedged, "unsourced, hedge, strength 0"),
    ]


def _speed() -> list[Figure]:
    """Sentences read in a second of one core's time, the best of a few passes over GUM's news and the gold texts."""
    figures = []
    for name, texts in (("GUM news", gum_texts("news")), ("gold texts", [*gold_texts("dev"), *gold_texts("test")])):
        best = max(_pass(texts) for _ in range(PASSES))
        figures.append(Figure(f"sentences a second, {name}", f"{best:,.0f}", f"reach {SPEED_TO_REACH:,}"))
    return figures


def _pass(texts: list[Labelled]) -> float:
    begun = time.process_time()
    read = sum(len(annotate(labelled.text)) for labelled in texts)
    return read / (time.process_time() - begun)


def show_claims() -> None:
    """Print the worked claims that were read with another label."""
    for claim, entry in _read_claims():
        if entry["label"].upper() != claim["label"]:
            print(f"- {claim['id']} {claim['label']} read as {entry['label']} ({entry['rule']}): {claim['exact']}")


def show_confusion(split: str, total: Score) -> None:
    """Print which label was read for which, over a half of the gold texts."""
    counts = Counter(total.labels)
    names = ("sourced", "unsourced", "opinion")
    print(f"\nlabels of gold {split}: marked (down), read (across)")
    print(f"{'':<10}" + "".join(f"{name:>11}" for name in names))
    for marked in names:
        print(f"{marked:<10}" + "".join(f"{counts[marked, read]:>11}" for read in names))


if __name__ == "__main__":
    main()
