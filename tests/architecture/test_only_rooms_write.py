"""A door parses, calls a room and responds: nothing outside a room may write to the database."""

import ast

import pytest
from django.contrib import admin
from django.test import RequestFactory

from claims.models import User
from tests.architecture.source import door_files, tree, where
from tests.architecture.writes import writes

# What looks like a write and is none, or is one that no room could do: file and source, each with its reason.
ALLOWED: dict[tuple[str, str], str] = {
    ("claims/management/export_command.py", "digest.update"): "a hash takes in the blocks of the file that is written",
}


def test_no_door_writes() -> None:
    found = [(where(path, node), source) for path in door_files() for node, source in writes(tree(path))]
    assert not [(place, source) for place, source in found if (place.split(":")[0], source) not in ALLOWED]


def test_nothing_is_allowed_that_is_not_there() -> None:
    found = {(where(path).split(":")[0], source) for path in door_files() for _, source in writes(tree(path))}
    assert ALLOWED.keys() <= found


def test_the_admin_panel_saves_nothing_by_itself() -> None:
    """Django's admin writes past every room where somebody may add, change or delete: so nobody may, whoever asks."""
    request = RequestFactory().get("/admin/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    assert admin.site._registry
    saving = [
        model.__name__
        for model, panel in admin.site._registry.items()
        if panel.has_add_permission(request)
        or panel.has_change_permission(request)
        or panel.has_delete_permission(request)
    ]
    assert not saving


@pytest.mark.parametrize(
    "source",
    [
        "claim.save()",
        "Claim.objects.filter(pk=1).update(label='x')",
        "make = Claim.objects.create\nmake(label='x')",
        "getattr(claim, 'save')()",
        "map(methodcaller('delete'), claims)",
        "connection.cursor()",
        "user.groups.add(group)",
        "form.save()",
        "class Edit(UpdateView): model = Claim",
        "class Form(forms.ModelForm): pass",
        "async def view(request): await claim.asave()",
        "def save_model(self, *args): super().save_model(*args)",
        # A name that holds data in one place and a row in another is no data.
        "row = {}\nrow = Claim.objects.get()\nrow.update(label='x')",
        "def view(row):\n    row.update(label='x')",
    ],
)
def test_a_write_is_seen(source: str) -> None:
    assert list(writes(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "context = {}\ncontext.update(page=page)",
        "query = request.GET.copy()\nquery.update(page='2')",
        "digest = hashlib.sha256()\ndigest.update(b'x')",
        "seen = set()\nseen.add(1)",
        "def view(request):\n    rule_on_claim(claim=claim, by=request.user)",
    ],
)
def test_plain_data_is_let_through(source: str) -> None:
    assert not list(writes(ast.parse(source)))
