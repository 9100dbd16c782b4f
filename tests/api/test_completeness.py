"""Everything that a person can read and do: each page has its operations in docs/api.md, or the reason why not."""

import re
from functools import cache

import pytest

from claims.api.schema import PREFIX, the_schema
from claims.web.urls import urlpatterns
from tests.architecture.source import ROOT

# What a page is named by, and an operation, between ` and `.
_NAMED = re.compile(r"`([^`]+)`")
_OPERATION = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (\S+)")
NO_API = "none: "


@cache
def table() -> list[tuple[list[str], str]]:
    """The rows: the pages that one is of, and what it says of them."""
    told = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    part = told.partition("## What a page does, by operation")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")][1:]
    return [(_NAMED.findall(pages), answer.strip()) for pages, answer in rows]


def operations() -> set[str]:
    return {
        f"{verb.upper()} {path.removeprefix(PREFIX)}"
        for path, methods in the_schema()["paths"].items()
        for verb in methods
    }


def told(answer: str) -> set[str]:
    return {name for name in _NAMED.findall(answer) if _OPERATION.fullmatch(name)}


@pytest.mark.parametrize("name", sorted(str(pattern.name) for pattern in urlpatterns))
def test_each_page_has_an_operation_or_the_reason_why_it_has_none(name: str) -> None:
    answers = [answer for pages, answer in table() if name in pages]
    assert len(answers) == 1, f"{name} needs one row in docs/api.md: its operations, or “{NO_API}…” with the reason"
    assert told(answers[0]) or len(answers[0]) > len(NO_API) + 20
    assert told(answers[0]) <= operations()


def test_no_row_is_of_a_page_that_is_not_there() -> None:
    assert {page for pages, _ in table() for page in pages} <= {pattern.name for pattern in urlpatterns}


def test_only_a_row_without_a_page_of_its_own_names_no_page() -> None:
    """What stands on another page is named in words."""
    assert sum(not pages for pages, _ in table()) == 2


def test_each_operation_stands_in_the_table() -> None:
    assert operations() - {name for _, answer in table() for name in told(answer)} == set()
