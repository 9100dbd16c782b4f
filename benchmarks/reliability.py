"""Does the confidence of proposals mean something? Of those marked 0.8 to 0.9, 80 to 90 % should be right.

    python -m benchmarks.reliability            the table, each article judged by shares made without it
    python -m benchmarks.reliability --write    make claims/text/weights/confidence.json anew

Right is a proposal with the label that people gave: in our own labelled texts, in the worked claims of the five
articles, and, for what is proposed as sourced, in GUM's news. GUM marks clauses that attribute and nothing else, so its
“unsourced” proves no proposal of “unsourced” right; what it calls unclear, self or negative is left out. Rules were
tuned on the development half of our texts, so shares of it alone were too sure (by 0.14 between 0.8 and 0.9): the other
half counts as well, each article of it judged by shares made without it.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from claims.text.confidence import THRESHOLD, WEIGHTS, Signs, confidence_in
from claims.text.proposals import Proposal
from claims.text.reading import propose
from tests.unit.text.corpus import DATA, article, worked
from tests.unit.text.gold import gold

GUM = DATA / "attribution_gum" / "news.jsonl"
# A share is drawn to the one above it with the weight of so many cases; fewer cases have no share of their own.
WEIGHT, FEWEST = 8, 5
# GUM calls nobody's plans and wishes an attribution, which the scheme does: its word counts for a quarter.
WORD_OF_GUM = 0.25
# Rules do better on the texts that they were tuned on than on others.
WORD_OF_TUNED = 0.25
FOLDS = 6
EDGES = (0.0, 0.5, THRESHOLD, 0.7, 0.8, 0.9, 1.0)
WIDTH = 40
LABELS = ("SOURCED", "UNSOURCED", "OPINION")


@dataclass(frozen=True)
class Case:
    """A proposal whose label people gave too: its document, what its confidence goes by, and whether it was right."""

    document: str
    signs: Signs
    right: bool
    weight: float = 1.0


class Row(NamedTuple):
    """One line of the table: proposals with a confidence from `low` to `high`."""

    low: float
    high: float
    count: int
    said: float
    right: float


def overlapping(proposals: list[Proposal], start: int, end: int) -> Proposal | None:
    """The proposal that a stretch of the text overlaps most, or None."""
    best = max(proposals, key=lambda one: min(one.end, end) - max(one.start, start), default=None)
    return best if best and min(best.end, end) > max(best.start, start) else None


def gold_cases(split: str) -> Iterator[Case]:
    """Every sentence of our own labelled texts of a split that a proposal was made for."""
    weight = WORD_OF_TUNED if split == "dev" else 1.0
    for one in gold(split):
        proposals = propose(one.text)
        for sentence in one.sentences:
            found = overlapping(proposals, sentence.start, sentence.end)
            if found and sentence.label != "NOT_A_CLAIM":
                yield Case(one.name, found.signs, found.label.value == sentence.label, weight)


def gum_cases() -> Iterator[Case]:
    """What is proposed as sourced, and whether GUM calls it so."""
    for line in GUM.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        proposals = propose(one["text"])
        for (start, end), label in zip(one["sentences"], one["labels"], strict=True):
            found = overlapping(proposals, start, end) if label in ("sourced", "unsourced") else None
            if found and found.label == "SOURCED":
                yield Case(one["id"], found.signs, label == "sourced", WORD_OF_GUM)


def worked_cases() -> Iterator[Case]:
    """The worked claims of the five articles but for the borderline ones."""
    read = {claim["file"]: propose(article(claim["file"])) for claim in worked()["claims"]}
    for claim in worked()["claims"]:
        found = overlapping(read[claim["file"]], claim["start"], claim["end"])
        if found and not claim["borderline"]:
            yield Case(claim["file"], found.signs, found.label == claim["label"])


def everything() -> list[Case]:
    """All that shares are made of."""
    return [*gold_cases("test"), *gold_cases("dev"), *worked_cases(), *gum_cases()]


def untuned(found: Iterable[tuple[float, Case]]) -> list[tuple[float, Case]]:
    """Of these, the cases of the texts that no rule was tuned on."""
    names = {one.name for one in gold("test")}
    return [pair for pair in found if pair[1].document in names]


def shares_of(cases: Iterable[Case]) -> dict[str, float]:
    """For each run of signs, longest last, the share of right proposals, drawn towards that of the run before it."""
    seen: dict[Signs, float] = defaultdict(float)
    right: dict[Signs, float] = defaultdict(float)
    for case in cases:
        for length in range(len(case.signs) + 1):
            seen[case.signs[:length]] += case.weight
            right[case.signs[:length]] += case.weight * case.right
    shares: dict[Signs, float] = {}
    for signs in sorted(seen, key=len):
        above = shares.get(signs[:-1], 0.5) if signs else 0.5
        if not signs or seen[signs] >= FEWEST or len(signs) == 1:
            shares[signs] = (right[signs] + WEIGHT * above) / (seen[signs] + WEIGHT)
        else:
            shares[signs] = above
    return {"/".join(signs): round(share, 3) for signs, share in shares.items() if signs}


def judged(cases: list[Case]) -> list[tuple[float, Case]]:
    """Each case with the confidence that shares made of other documents give it."""
    folds: dict[str, int] = {}
    for case in cases:
        folds.setdefault(case.document, len(folds) % FOLDS)
    shares = [shares_of(case for case in cases if folds[case.document] != fold) for fold in range(FOLDS)]
    return [(confidence_in(shares[folds[case.document]], case.signs), case) for case in cases]


def table(found: Iterable[tuple[float, Case]]) -> list[Row]:
    """The proposals in steps of confidence: how sure they were on average, and how many were right."""
    steps: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, case in found:
        steps[sum(confidence >= edge for edge in EDGES[1:-1])].append((confidence, case.right))
    rows = []
    for step, inside in sorted(steps.items()):
        said, right = (sum(values) / len(inside) for values in zip(*inside, strict=True))
        rows.append(Row(EDGES[step], EDGES[step + 1], len(inside), said, right))
    return rows


def show(title: str, rows: list[Row]) -> None:
    """Print the table with a bar for each row; the mark | stands at what the confidence says."""
    total = sum(row.count for row in rows)
    off = sum(row.count * abs(row.said - row.right) for row in rows) / max(1, total)
    print(f"\n{title}: {total} proposals, {off:.3f} between said and right on average")
    for row in rows:
        bar = list("█" * round(WIDTH * row.right) + "·" * (WIDTH - round(WIDTH * row.right)))
        bar[min(WIDTH - 1, round(WIDTH * row.said))] = "|"
        below = "  (not proposed)" if row.high <= THRESHOLD else ""
        numbers = f"{row.low:.2f} to {row.high:.2f}  {row.count:5}  said {row.said:.2f}  right {row.right:.2f}"
        print(f"  {numbers}  {''.join(bar)}{below}")


def write(cases: list[Case]) -> None:
    """Store the shares of all cases, for the product."""
    WEIGHTS.parent.mkdir(exist_ok=True)
    content = {"cases": len(cases), "shares": dict(sorted(shares_of(cases).items()))}
    WEIGHTS.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nWrote {len(content['shares'])} shares to {WEIGHTS.name}.")


def main() -> None:
    """See the module's words."""
    parser = argparse.ArgumentParser(description="Whether the confidence of proposals means something.")
    parser.add_argument("--write", action="store_true", help="make the shares of the product anew")
    options = parser.parse_args()
    cases = everything()
    found = judged(cases)
    show("All texts, each judged without itself", table(found))
    for label in LABELS:
        show(f"  {label}", table(pair for pair in found if pair[1].signs[0] == label))
    show("Texts that no rule was tuned on, each judged without itself", table(untuned(found)))
    if options.write:
        write(cases)


if __name__ == "__main__":
    main()
