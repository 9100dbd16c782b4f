"""Which expressions of a Python file could write to the database, told from its syntax tree.

A verb such as `.save` counts wherever it stands, called or handed on, and on whatever: what a name holds cannot be told
from the syntax alone. What is made in the same function out of a dict, a set or a hash is let through.
"""

import ast
from collections.abc import Iterator

from tests.architecture.source import FUNCTIONS

SCOPES = (*FUNCTIONS, ast.Lambda)
BINDINGS = (ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.comprehension)

VERBS = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "execute", "executemany", "executescript", "raw", "cursor", "save_base",
    "save_model", "save_related", "save_formset", "delete_model", "delete_queryset",
}  # fmt: skip
VERBS |= {f"a{verb}" for verb in VERBS}
# The verbs of a many-to-many manager are also those of sets and lists: they count on what belongs to something else,
# as in `user.groups.add`, unless that is `self`.
RELATION_VERBS = {"add", "set", "remove", "clear", "aadd", "aset", "aremove", "aclear"}
# Views and forms that write without a verb in sight.
WRITING_CLASSES = {"CreateView", "UpdateView", "DeleteView", "ModelForm", "modelform_factory", "modelformset_factory"}
HARMLESS_MAKERS = {"dict", "set", "Counter", "defaultdict", "OrderedDict", "QueryDict"}
HARMLESS_LITERALS = (ast.Dict, ast.DictComp, ast.Set, ast.SetComp)


def writes(module: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Give each expression that could write, with its source."""
    yield from _in_scope(module, frozenset())


def _in_scope(scope: ast.AST, known: frozenset[str]) -> Iterator[tuple[ast.AST, str]]:
    harmless = known | _harmless_names(scope)
    for node in _own(scope):
        if isinstance(node, SCOPES):
            yield from _in_scope(node, harmless)
        elif _writes(node, harmless):
            yield node, ast.unparse(node)


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Walk a function or module, and stop at the functions inside it after giving them."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, SCOPES):
            yield from _own(child)


def _harmless_names(scope: ast.AST) -> frozenset[str]:
    """Give the names that this scope binds to plain data, and to nothing else."""
    plain: set[str] = set()
    other: set[str] = set()
    for node in _own(scope):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, BINDINGS) else []
        value = getattr(node, "value", None)
        names = {found.id for target in targets for found in ast.walk(target) if isinstance(found, ast.Name)}
        (plain if _is_plain(value) else other).update(names)
    return frozenset(plain - other)


def _is_plain(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        maker = ast.unparse(value.func)
        return maker in HARMLESS_MAKERS or maker.startswith("hashlib.") or maker.endswith("GET.copy")
    return isinstance(value, HARMLESS_LITERALS)


def _writes(node: ast.AST, harmless: frozenset[str]) -> bool:
    if isinstance(node, ast.Attribute):
        if node.attr in VERBS:
            return not _is_harmless(node.value, harmless)
        if node.attr in RELATION_VERBS:
            return isinstance(node.value, ast.Attribute) and not ast.unparse(node.value).startswith("self.")
        return node.attr in WRITING_CLASSES
    if isinstance(node, ast.Name):
        return node.id in WRITING_CLASSES
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {
        "getattr",
        "methodcaller",
        "attrgetter",
    }:
        return any(isinstance(found, ast.Constant) and found.value in VERBS for found in node.args)
    return False


def _is_harmless(owner: ast.expr, harmless: frozenset[str]) -> bool:
    return _is_plain(owner) or (isinstance(owner, ast.Name) and owner.id in harmless)
