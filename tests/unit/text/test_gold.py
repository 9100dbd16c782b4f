"""The labelled news texts are marked as their README says, and the first pass reads them no worse than it did.

The floors stand a little under what was reached; `python -m benchmarks.first_pass` prints all figures.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.first_pass_readers import first_pass
from benchmarks.first_pass_scores import Score, macro_f1, score
from benchmarks.first_pass_texts import GENRES, gold_texts, gum_texts
from tests.unit.text import gold as reader
from tests.unit.text.gold import GOLD, LABELS, SPLITS, GoldArticle, GoldError, gold

ARTICLES = [article for split in SPLITS for article in gold(split)]
NAMED = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
# Macro-F1 of sourced or not, of opinion or not, and F1 of sources, content words and cue words.
FLOORS = {
    "dev": (0.915, 0.80, 0.855, 0.905, 0.785),
    "test": (0.87, 0.79, 0.79, 0.865, 0.74),
}


def _marked(text: str, tmp_path: Path) -> GoldArticle:
    path = tmp_path / "99_one.txt"
    path.write_text(f"= a kind\n\n{text}\n", encoding="utf-8")
    return reader.read(path, "dev")


def _overlapping(article: GoldArticle, start: int, end: int) -> Iterator[int]:
    """The numbers of the attributions with content between start and end."""
    for attribution in article.attributions:
        if any(one < end and other > start for one, other in attribution.content):
            yield attribution.number


def test_the_markup_gives_back_text_labels_and_spans(tmp_path: Path) -> None:
    article = _marked(
        "bare: A fire.\n\nsourced: “{T1|It {S2|she} {C2|fears} {T2|rats}},” {S1|he} {C1|said}. vague: No.", tmp_path
    )
    assert article.text == "A fire.\n\n“It she fears rats,” he said. No."
    assert [article.text[one.start : one.end] for one in article.sentences] == [
        "A fire.",
        "“It she fears rats,” he said.",
        "No.",
    ]
    assert [(one.label, one.strength, one.reason, one.paragraph) for one in article.sentences] == [
        ("UNSOURCED", 0, "bare", 0),
        ("SOURCED", None, None, 1),
        ("UNSOURCED", 1, "vague", 1),
    ]
    assert [[article.text[start:end] for start, end in one.content] for one in article.attributions] == [
        ["It she fears rats"],
        ["rats"],
    ]


@pytest.mark.parametrize(
    "text",
    ["A fire.", "bare: A {S1|fire.", "bare: A fire}.", "sourced: “{T1|A. bare: B}."],
)
def test_bad_markup_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError):
        _marked(text, tmp_path)


@NAMED
def test_no_markup_is_left_in_a_text(article: GoldArticle) -> None:
    assert not set("{}|") & set(article.text)
    assert not any(f"{label}: " in article.text for label in LABELS)


@NAMED
def test_spans_hold_words_and_begin_and_end_with_none_missing(article: GoldArticle) -> None:
    for attribution in article.attributions:
        for start, end in [*attribution.source, *attribution.cue, *attribution.content]:
            assert article.text[start:end].strip() == article.text[start:end] != ""


@NAMED
def test_an_attribution_has_content_and_a_cue_unless_a_colon_stands_for_it(article: GoldArticle) -> None:
    for attribution in article.attributions:
        assert attribution.content, attribution.number
        if not attribution.cue:
            ((start, end),) = attribution.source
            assert ":" in article.text[start : end + 1]


@NAMED
def test_what_is_sourced_holds_content_and_a_bare_assertion_or_an_opinion_none(article: GoldArticle) -> None:
    for sentence in article.sentences:
        found = list(_overlapping(article, sentence.start, sentence.end))
        words = article.text[sentence.start : sentence.end]
        if sentence.label == "SOURCED":
            assert found, words
        if sentence.label == "OPINION" or sentence.reason in ("bare", "background"):
            assert not found, words


def test_the_halves_are_of_a_size_and_have_the_same_kinds() -> None:
    halves = {split: sorted({article.genre.split(",")[0] for article in gold(split)}) for split in SPLITS}
    assert {len(gold(split)) for split in SPLITS} == {24}
    assert len(set(halves["dev"]) ^ set(halves["test"])) <= 4
    assert {path.name for path in GOLD.iterdir()} == {"README.md", *SPLITS}


def test_gum_has_its_documents_and_their_licences() -> None:
    notice = (GOLD.parent / "attribution_gum" / "LICENSE.txt").read_text(encoding="utf-8")
    names = [text.name for genre in GENRES for text in gum_texts(genre)]
    assert len(names) == 66
    assert [name for name in names if f"{name}: " not in notice] == []


@pytest.mark.parametrize("split", SPLITS)
def test_the_first_pass_reads_no_worse_than_it_did(split: str) -> None:
    reached = _reached(score(gold_texts(split), first_pass))
    assert [(got, floor) for got, floor in zip(reached, FLOORS[split], strict=True) if got < floor] == []


def _reached(total: Score) -> tuple[float, ...]:
    return (
        total.sourcing,
        macro_f1(total.opinions),
        total.sources.f1,
        total.contents.f1,
        total.cues.f1,
    )
