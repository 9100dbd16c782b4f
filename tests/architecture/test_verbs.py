"""A write is one keyword-only, atomic, checked and audited function: a verb of a room.

Verbs may share steps that write. A file of steps is the room's own: nothing outside the room imports it.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import FUNCTIONS, ROOT, app_files, functions, imports, room_files, tree, where
from tests.architecture.writes import writes

NO_WRITER = "does not say who writes: no `by`"
NO_RULE = "asks no check_… of permissions"
# The rules that raise: they stand in one file, so that who may do what can be read in one go.
RULES = {rule.name for rule in functions(tree(ROOT / "claims/permissions.py")) if rule.name.startswith("check_")}

# What a verb may lack, each with its reason.
FORGIVEN = {
    ("change_password", NO_RULE): "it changes the password of `by` alone, who proves to know the old one",
    ("take_next", "records no event"): "a lease orders the queue for minutes, and keeps nobody from labelling",
    **{
        (verb, "records no event"): "the index is the workbench's own, computed anew from the texts at any time"
        for verb in ("index_articles", "index_claims", "start_anew", "clear_index")
    },
    **{
        (verb, "records no event"): "nobody said it: a proposal to compare, which settles nothing"
        for verb in ("suggest_links", "explain_suggestions")
    },
    **{
        (verb, fault): "the API counts what it is asked, whoever asks, and notes it for the token's owner"
        for verb in ("count_request", "note_use")
        for fault in (NO_WRITER, NO_RULE, "records no event")
    },
    **{
        (verb, "records no event"): "a draft that somebody prepares: nothing is brought in before begin_import"
        for verb in ("offer_documents", "correct_item")
    },
    **{
        (verb, "records no event"): "who does a job for some seconds, and how far it is, is no deed of anybody"
        for verb in ("take_job", "keep_lease", "count_step", "give_back", "put_off", "open_job")
    },
    ("read_first", "records no event"): "it records an event for each article, all at once by record_all",
    ("mark_read", NO_RULE): "it marks notifications of `by` alone",
    ("mark_read", "records no event"): "it changes nothing that anybody else sees, and nothing about a claim",
    ("request_correction", NO_RULE): "anybody who can read a published story may ask for a correction",
    ("request_correction", NO_WRITER): "readers have no account",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def calls(function: Function) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def audits(function: Function) -> bool:
    return bool(calls(function) & {"audit.record", "record"})


def public(module: ast.Module) -> Iterator[Function]:
    return (node for node in module.body if isinstance(node, FUNCTIONS) and not node.name.startswith("_"))


def faults(function: Function) -> list[str]:
    """Say what is missing for a function that writes to be a verb."""
    arguments = function.args
    decorators = {ast.unparse(decorator).split("(")[0] for decorator in function.decorator_list}
    names = {name.split(".")[-1] for name in calls(function)}
    return [
        fault
        for is_fault, fault in [
            (bool(arguments.args or arguments.posonlyargs or arguments.vararg), "takes arguments by position"),
            ("by" not in {argument.arg for argument in arguments.kwonlyargs}, NO_WRITER),
            ("transaction.atomic" not in decorators, "is not decorated with @transaction.atomic"),
            (not names & RULES, NO_RULE),
            (not audits(function), "records no event"),
        ]
        if is_fault and (function.name, fault) not in FORGIVEN
    ]


def verbs(path: Path) -> list[Function]:
    return [node for node in public(tree(path)) if audits(node) or list(writes(node))]


def imported_from_outside(step_file: Path) -> list[str]:
    """Say who outside the room of this file imports it."""
    module = ".".join(step_file.relative_to(ROOT).with_suffix("").parts)
    outside = [path for path in app_files() if not path.is_relative_to(step_file.parent)]
    return [
        where(path, at) for path in outside for name, at in imports(tree(path)) if f"{name}.".startswith(f"{module}.")
    ]


def test_every_function_that_writes_is_a_whole_verb_or_a_step_inside_its_room() -> None:
    lame = [(path, node) for path in room_files() for node in verbs(path) if faults(node)]
    found = {
        f"{where(path, node)} {node.name}": [*faults(node), *imported_from_outside(path)]
        for path, node in lame
        if audits(node) or imported_from_outside(path)
    }
    assert not found


WHOLE = """
@transaction.atomic
def rule_on_claim(*, claim: Claim, by: User) -> None:
    check_can_moderate(by, 'rule')
    claim.save()
    audit.record(EventKind.CLAIM_RULED, by=by, target=claim)
"""


@pytest.mark.parametrize(
    ("part", "instead", "fault"),
    [
        ("*, claim", "claim", "takes arguments by position"),
        (", by: User", "", NO_WRITER),
        ("@transaction.atomic", "", "is not decorated with @transaction.atomic"),
        ("check_can_moderate(by, 'rule')", "pass", NO_RULE),
        ("audit.record(", "print(", "records no event"),
    ],
)
def test_a_verb_that_lacks_a_part_is_seen(part: str, instead: str, fault: str) -> None:
    (whole,), (lame,) = public(ast.parse(WHOLE)), public(ast.parse(WHOLE.replace(part, instead)))
    assert faults(whole) == []
    assert fault in faults(lame)


def test_nothing_is_forgiven_that_is_not_there() -> None:
    assert {name for name, _ in FORGIVEN} <= {node.name for path in room_files() for node in verbs(path)}
