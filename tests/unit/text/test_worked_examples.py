"""The worked examples fit the scheme, come from the articles, and are those of the guide."""

import re
from pathlib import Path

import pytest

from claims.text.worked_examples import WORKED_EXAMPLES, WorkedExample, examples_for
from claims.vocabulary import STRENGTHS_OF, Label, Reason

ROOT = Path(__file__).resolve().parents[3]
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def guide() -> list[list[str]]:
    """The rows of the guide's table, without the quotation marks around the words."""
    text = (ROOT / "docs/guide-reviewer.md").read_text(encoding="utf-8")
    table = text.partition("| Words | Label | Why |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return [[re.sub(r'^"|"$', "", row[0]), *row[1:]] for row in rows]


def test_the_guide_has_the_same_examples() -> None:
    told = [
        [
            example.words,
            ", ".join(part for part in (example.label.lower().replace("_", " "), example.grade) if part),
            example.why,
        ]
        for example in WORKED_EXAMPLES
    ]
    assert guide() == [[cell.translate(STRAIGHT) for cell in row] for row in told]


@pytest.mark.parametrize("example", WORKED_EXAMPLES, ids=lambda example: example.words[:30])
def test_an_example_fits_the_scheme_and_is_found_in_an_article(example: WorkedExample) -> None:
    assert example.strength in (STRENGTHS_OF[example.label] or (None,))
    assert (example.reason is not None) == (example.label == Label.UNSOURCED)
    articles = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "fixtures/articles").glob("*.txt"))
    pieces = [piece.strip(" ,.'") for piece in example.words.translate(STRAIGHT).split("…")]
    plain = articles.translate(STRAIGHT).replace("\xa0", " ").replace('"', "'")
    assert [piece for piece in pieces if piece and piece not in plain and not _joined(piece, plain)] == []


def _joined(piece: str, plain: str) -> bool:
    """Whether the parts before and after a left-out stretch's own punctuation are all there."""
    return all(part.strip(" ,.'") in plain for part in re.split(r"', ", piece))


def test_examples_are_those_of_the_reason_or_else_of_the_label() -> None:
    assert {example.reason for example in examples_for(Label.UNSOURCED, Reason.HEDGE)} == {Reason.HEDGE}
    assert {example.label for example in examples_for(Label.UNSOURCED, Reason.BACKGROUND)} == {Label.UNSOURCED}
    assert len(examples_for(Label.SOURCED)) == 3
    assert examples_for(Label.NOT_A_CLAIM) == ()
