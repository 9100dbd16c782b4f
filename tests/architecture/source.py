"""The project's own files, as the tests of its shape read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ingest", "review", "coverage", "exchange", "accounts", "long_work", "upkeep", "safekeeping")
DOORS = ("web", "api", "admin", "management", "templatetags")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def files(*patterns: str) -> list[Path]:
    """Give the files that match, but nothing that was generated or installed."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def app_files() -> list[Path]:
    """Give the Python files of the workbench itself; migrations are Django's to write."""
    return [path for path in files("claims/**/*.py", "workbench/**/*.py") if "migrations" not in path.parts]


def door_files() -> list[Path]:
    """Give the Python files that must not write: the doors, and what they ask on the way in."""
    return files(*(f"claims/{door}/**/*.py" for door in DOORS), "claims/filters.py", "claims/permissions.py")


def room_files() -> list[Path]:
    """Give the Python files that may write: the rooms', and those of what writes past all of them for measuring."""
    return files(*(f"claims/{room}/**/*.py" for room in (*ROOMS, "corpus")))


def project_files() -> list[Path]:
    """Give every file that git keeps or would keep."""
    listed = subprocess.check_output(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, text=True
    )
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@cache
def tree(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function, methods and inner ones too."""
    return (node for node in ast.walk(module) if isinstance(node, FUNCTIONS))


def imports(node: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Give the dotted name of each thing that is imported, and the statement that does it."""
    for found in ast.walk(node):
        if isinstance(found, ast.Import):
            yield from ((alias.name, found) for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            yield from ((f"{found.module or ''}.{alias.name}", found) for alias in found.names)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, from its name to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def lines(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def where(path: Path, node: ast.AST | None = None) -> str:
    """Name a place as an editor understands it."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return f"{name}:{getattr(node, 'lineno', 1)}"
