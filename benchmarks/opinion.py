"""`python -m benchmarks.opinion`: how well opinions are told from facts, on this project's own test sentences.

The sentences were made up for this project, by those who wrote the word lists: a figure on newspapers will be lower.
"""

from benchmarks.table import Figure, show
from benchmarks.training.opinion import Row, labels, scores_apart, sentences
from claims.text.opinion import opinion

_ERRORS = 20


def macro_f1(wanted: list[bool], found: list[bool]) -> float:
    """The mean of the F1 of opinions and the F1 of facts, 0 to 1."""
    both = []
    for label in (True, False):
        hits = sum(one == other == label for one, other in zip(wanted, found, strict=True))
        both.append(2 * hits / max(1, wanted.count(label) + found.count(label)))
    return sum(both) / 2


def confusion(wanted: list[bool], found: list[bool]) -> str:
    """How many opinions and facts were found as which."""
    pairs = list(zip(wanted, found, strict=True))
    return (
        f"opinion: {pairs.count((True, True))} right, {pairs.count((True, False))} missed; "
        f"fact: {pairs.count((False, False))} right, {pairs.count((False, True))} taken for opinion"
    )


def measure() -> list[Figure]:
    """Macro-F1 on the untouched test topics, and on training topics and registers that a model did not see."""
    figures = []
    for name, rows in _kinds("test"):
        wanted = [row["label"] == "opinion" for row in rows]
        found = [value >= 0.5 for value in opinion([row["text"] for row in rows])]
        figures.append(
            Figure(f"{name}, test topics", f"macro-F1 {macro_f1(wanted, found):.3f}", confusion(wanted, found))
        )
    training = sentences("train")
    for by in ("topic", "register"):
        scores = scores_apart(training, by)
        for name, chosen in (("all", None), ("hard ones", True)):
            kept = [at for at, row in enumerate(training) if chosen is None or row["hard"]]
            wanted = [bool(value) for value in labels([training[at] for at in kept])]
            found = [bool(scores[at] > 0) for at in kept]
            reached = f"macro-F1 {macro_f1(wanted, found):.3f}"
            figures.append(Figure(f"{name}, each {by} left out in turn", reached, confusion(wanted, found)))
    return figures


def _kinds(part: str) -> list[tuple[str, list[Row]]]:
    rows = sentences(part)
    return [("all", rows), ("hard ones", [row for row in rows if row["hard"]])]


def main() -> None:
    """The table, and errors of each kind to read."""
    print("Opinion or fact, on sentences made up for this project (to reach on newspapers: 0.65)")
    show(measure())
    rows = sentences("test")
    values = opinion([row["text"] for row in rows])
    for label, title in (("opinion", "Opinions missed"), ("fact", "Facts taken for opinions")):
        print(f"\n{title}")
        wrong = [
            (value, row)
            for value, row in zip(values, rows, strict=True)
            if row["label"] == label and (value >= 0.5) != (label == "opinion")
        ]
        for value, row in sorted(wrong, key=lambda each: -abs(each[0] - 0.5))[:_ERRORS]:
            print(f"  {value:.2f}  {row['register']:<9}  {row['text']}")


if __name__ == "__main__":
    main()
