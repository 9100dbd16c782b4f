"""Names that say something, imports where a reader looks for them, and nothing that works behind a reader's back."""

import pytest

from tests.architecture.source import app_files, files, functions, imports, tree, where

# Whatever is put under such a name could as well lie anywhere else.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base_utils", "tools"}
HTTP = ("django.http", "django.shortcuts", "django.views", "django.template", "django.contrib.messages")


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {path: {path.stem, *path.parent.parts} for path in [*app_files(), *files("tests/**/*.py")]}
    assert not [where(path) for path, names in parts.items() if names & EMPTY_NAMES]


def test_no_import_stands_inside_a_function() -> None:
    late = [
        where(path, statement)
        for path in app_files()
        for function in functions(tree(path))
        for _, statement in imports(function)
    ]
    assert not late


def test_there_are_no_signals() -> None:
    heard = [
        where(path, statement)
        for path in app_files()
        for name, statement in imports(tree(path))
        if name.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals")) or ".signals" in name
    ]
    assert not heard


def test_no_model_has_a_clever_save() -> None:
    clever = {"save", "asave", "delete", "adelete", "save_base", "bulk_create", "update", "create"}
    found = [
        f"{where(path, function)} {function.name}"
        for path in files("claims/models/**/*.py")
        for function in functions(tree(path))
        if function.name in clever
    ]
    assert not found


@pytest.mark.parametrize("floor", ["models", "text", "ingest", "review", "coverage", "exchange", "accounts"])
def test_only_doors_speak_http(floor: str) -> None:
    spoken = [
        f"{where(path, statement)} {name}"
        for path in files(f"claims/{floor}/**/*.py", "claims/permissions.py", "claims/audit.py")
        for name, statement in imports(tree(path))
        if name.startswith(HTTP)
    ]
    assert not spoken
