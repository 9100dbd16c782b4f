"""The mutants keep up with the source: each patch applies and names tests that are there. `make mutants` runs them."""

import ast
from dataclasses import replace

import pytest

from tests.architecture.source import ROOT
from tests.mutants.patches import DoesNotApply, Mutant, everything

MUTANTS = everything()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_applies_to_the_source_as_it_is_and_is_python(mutant: Mutant) -> None:
    texts = mutant.applied(ROOT)
    assert texts
    for path, text in texts.items():
        assert path.relative_to(ROOT).parts[0] in {"claims", "workbench"}
        assert text != path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            ast.parse(text)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_says_what_it_breaks_and_names_tests_that_are_there(mutant: Mutant) -> None:
    assert mutant.breaks
    assert mutant.red
    assert not [file for file in mutant.red if not (file.startswith("tests/") and (ROOT / file).is_file())]


def test_no_two_mutants_are_the_same() -> None:
    assert len({mutant.changes for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("old", ["no such line anywhere\n", "\n"])
def test_a_patch_whose_lines_are_not_there_once_is_seen(old: str) -> None:
    path, _, new = MUTANTS[0].changes[0]
    with pytest.raises(DoesNotApply, match="not once"):
        replace(MUTANTS[0], changes=((path, old, new),)).applied(ROOT)
