"""`python -m benchmarks.sentence_ends`: where sentences end, on the project's own test data, with errors to read.

Precision, recall and F1 are of the ends inside paragraphs: where a paragraph ends is no question. Beside each figure
stands what a plain rule reaches on the same paragraphs: a stop, a space and a capital, without the commonest titles.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.table import Figure, show
from claims.text.sentences import split

DATA: Final = Path(__file__).parents[1] / "tests" / "unit" / "text" / "data"
ERRORS_SHOWN: Final = 20
_AROUND: Final = 45
_STOP_AND_CAPITAL: Final = re.compile(r"[.!?…][\"'”’)\]]*+(?=\s+[\"'“‘(\[]?[A-Z\d])")
_TITLE: Final = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Sen|Rep|Gov|St|Jr|Inc|Co|Corp|No|vs)|[A-Z]|[ap]\.m)\Z")


@dataclass(frozen=True)
class Paragraph:
    """A text and the offsets at which sentences end inside it, in code points."""

    text: str
    ends: frozenset[int]


@dataclass
class Count:
    """How many ends were found rightly, found wrongly and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


def ours(text: str) -> frozenset[int]:
    """The inner sentence ends that the workbench finds."""
    return frozenset(end for _, end in split(text)[:-1])


def plain(text: str) -> frozenset[int]:
    """The inner sentence ends of the plain rule."""
    found = _STOP_AND_CAPITAL.finditer(text)
    return frozenset(match.end() for match in found if not _TITLE.search(text, 0, match.start()))


def paragraphs(name: str, *, held_back: bool | None = None) -> list[Paragraph]:
    """The paragraphs of a file of the test data; of one half of it where `held_back` is given."""
    rows = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    return [_paragraph(row) for row in rows if held_back is None or row["held_back"] is held_back]


def _paragraph(row: dict[str, Any]) -> Paragraph:
    return Paragraph(row["text"], frozenset(end for _, end in row["offsets"][:-1]))


def count(those: list[Paragraph], finder: Callable[[str], frozenset[int]]) -> Count:
    """Compare what a finder finds with where the sentences end."""
    counted = Count()
    for paragraph in those:
        found = finder(paragraph.text)
        counted.right += len(found & paragraph.ends)
        counted.extra += len(found - paragraph.ends)
        counted.missed += len(paragraph.ends - found)
    return counted


def errors(those: list[Paragraph]) -> Iterator[str]:
    """Each end that is wrong or missed, with the words around it."""
    for paragraph in those:
        for end in sorted(ours(paragraph.text) ^ paragraph.ends):
            kind = "missed" if end in paragraph.ends else "extra "
            before, after = paragraph.text[max(0, end - _AROUND) : end], paragraph.text[end : end + _AROUND]
            yield f"{kind}  {before!r} | {after!r}"


def golden_rules() -> tuple[int, int]:
    """How many golden rules hold, all or nothing for each, and how many there are."""
    rules = [json.loads(line) for line in (DATA / "golden_rules.jsonl").read_text(encoding="utf-8").splitlines()]
    held = sum([rule["text"][a:b] for a, b in split(rule["text"])] == rule["sentences"] for rule in rules)
    return held, len(rules)


def measure() -> list[Figure]:
    """One row for each set."""
    sets = {
        "ends inside paragraphs, edited news": paragraphs("news_sentences.jsonl"),
        "ends inside paragraphs, own, tuned on": paragraphs("own_sentences.jsonl", held_back=False),
        "ends inside paragraphs, own, held back": paragraphs("own_sentences.jsonl", held_back=True),
    }
    figures = []
    for name, those in sets.items():
        found, peer = count(those, ours), count(those, plain)
        measured = f"precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}"
        figures.append(Figure(name, measured, f"plain rule {peer.f1:.3f}; to reach 0.975"))
    held, rules = golden_rules()
    return [*figures, Figure("golden rules that hold", f"{held} of {rules}", "to reach 44")]


def main() -> None:
    """Print the table, then the first errors of all sets."""
    show(measure())
    print(f"\nThe first {ERRORS_SHOWN} errors:")
    those = [*paragraphs("news_sentences.jsonl"), *paragraphs("own_sentences.jsonl")]
    for _, error in zip(range(ERRORS_SHOWN), errors(those), strict=False):
        print(error)


if __name__ == "__main__":
    main()
