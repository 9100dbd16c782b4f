"""Small files and functions, so that one can be read without scrolling for its end."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.source import app_files, files, functions, length, lines, tree, where

LIMITS = [
    ("claims/**/*.py", 400),
    ("workbench/**/*.py", 400),
    ("tests/**/*.py", 400),
    ("benchmarks/**/*.py", 400),
    ("templates/**/*.html", 200),
    ("templates/**/*.txt", 200),
    ("claims/static/**/*.css", 300),
    ("claims/static/**/*.js", 300),
]


@pytest.mark.parametrize(("pattern", "limit"), LIMITS)
def test_no_file_is_long(pattern: str, limit: int) -> None:
    own = [path for path in files(pattern) if "migrations" not in path.parts]  # migrations are Django's to write
    long = {where(path): lines(path) for path in own if lines(path) > limit}
    assert not long, f"more than {limit} lines: {long}"


Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_view(function: Function) -> bool:
    """Tell a view, and what it hands its request to, by that request."""
    return "request" in {argument.arg for argument in function.args.args}


def too_long(paths: list[Path], limit: int, counts: Callable[[Function], bool] = bool) -> dict[str, int]:
    return {
        f"{where(path, node)} {node.name}": length(node)
        for path in paths
        for node in functions(tree(path))
        if counts(node) and length(node) > limit
    }


def test_no_function_is_long() -> None:
    assert not too_long(app_files(), 50)


def test_no_view_is_long() -> None:
    assert not too_long(files("claims/web/**/*.py"), 25, is_view)
