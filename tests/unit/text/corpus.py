"""The five articles and the worked claims, for tests of the text floor."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ARTICLES = Path(__file__).parents[3] / "fixtures" / "articles"
NAMES = sorted(path.name for path in ARTICLES.glob("*.txt"))


@cache
def article(name: str) -> str:
    # Bytes, not text mode: line ends are part of the text.
    return (ARTICLES / name).read_bytes().decode("utf-8")


@cache
def worked() -> dict[str, list[dict[str, Any]]]:
    return json.loads((DATA / "worked.json").read_text(encoding="utf-8"))


def json_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
