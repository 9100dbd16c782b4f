"""The labelled texts that the first pass is measured on, in one shape: gold news, GUM by genre, worked claims."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.text.corpus import DATA
from tests.unit.text.gold import GoldArticle, gold

GENRES = ("news", "interview", "academic", "court", "textbook", "speech")
Span = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """A sentence with its label ("sourced", "unsourced" or "opinion"), or None where nothing in it is measured.

    `attributed` says that somebody's words or thoughts are in it, a vague source's among them, but not a mere hedge's.
    """

    start: int
    end: int
    label: str | None
    attributed: bool = False


@dataclass(frozen=True)
class Labelled:
    """A text with what people marked in it. `bare_names`: sources are marked without title and apposition."""

    name: str
    text: str
    sentences: tuple[Marked, ...]
    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    opinion: bool
    bare_names: bool


def gold_texts(split: str, kind: str = "") -> list[Labelled]:
    """The gold news texts of a split, of one kind where that is named."""
    return [_from_gold(article) for article in gold(split) if article.genre.startswith(kind)]


def gum_texts(genre: str) -> list[Labelled]:
    """The documents of a genre of GUM, with its unclear sentences, the writer's own and the negative ones left out."""
    lines = (DATA / "attribution_gum" / f"{genre}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_from_gum(json.loads(line)) for line in lines]


def worked_claims() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each worked claim of the five articles that is not borderline, after its article's text."""
    articles = Path(__file__).parents[1] / "fixtures" / "articles"
    for claim in json.loads((DATA / "worked.json").read_text(encoding="utf-8"))["claims"]:
        if not claim["borderline"]:
            yield (articles / claim["file"]).read_bytes().decode("utf-8"), claim


def _from_gold(article: GoldArticle) -> Labelled:
    named = [span for attribution in article.attributions if attribution.source for span in attribution.content]
    sentences = tuple(
        Marked(
            sentence.start,
            sentence.end,
            None if sentence.label == "NOT_A_CLAIM" else sentence.label.lower(),
            any(start < sentence.end and end > sentence.start for start, end in named),
        )
        for sentence in article.sentences
    )
    return Labelled(
        name=article.name,
        text=article.text,
        sentences=sentences,
        sources=_once(span for attribution in article.attributions for span in attribution.source),
        cues=_once(span for attribution in article.attributions for span in attribution.cue),
        contents=_once(span for attribution in article.attributions for span in attribution.content),
        opinion=True,
        bare_names=False,
    )


def _from_gum(row: dict[str, Any]) -> Labelled:
    sentences = tuple(
        Marked(start, end, label if label in ("sourced", "unsourced") else None, label == "sourced")
        for (start, end), label in zip(row["sentences"], row["labels"], strict=True)
    )
    marked = row["attributions"]
    return Labelled(
        name=row["id"],
        text=row["text"],
        sentences=sentences,
        sources=_once(span for attribution in marked for span in attribution["source"]),
        cues=_once(span for attribution in marked for span in attribution["cue"]),
        contents=_once(span for attribution in marked for span in attribution["content"]),
        opinion=False,
        bare_names=True,
    )


def _once(spans: Any) -> tuple[Span, ...]:
    return tuple(sorted({(start, end) for start, end in spans}))
