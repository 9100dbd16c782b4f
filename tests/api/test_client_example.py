"""The client of the guide, run against a real server: the three jobs that it is for, each twice."""

import importlib.util
import json
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.utils import timezone

from claims.accounts.make_token import make_token
from claims.models import Article, Claim, Evidence, User
from claims.transfers import Scope
from claims.vocabulary import Label
from tests.architecture.source import ROOT
from tests.cast import assess, person, rule

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = {
    "monday.txt": "The bridge over the Elm was closed on Friday.\n\nNobody was hurt.",
    "deeper/tuesday.txt": "The council is planning a toll, the mayor said on Tuesday.",
}


@pytest.fixture
def client() -> ModuleType:
    spec = importlib.util.spec_from_file_location("workbench_client", ROOT / "docs/examples/workbench_client.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def workbench(client: ModuleType, live_server: Any, user: User, *scopes: Scope) -> Any:
    until = timezone.now() + timedelta(days=1)
    token = make_token(by=user, name="nightly", scopes=scopes or tuple(Scope), expires_at=until).plain
    return client.Workbench(live_server.url, token)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_is_loaded_and_is_there_already_the_second_time(
    client: ModuleType, live_server: Any, folder: Path
) -> None:
    ana = person("ana", "reviewer")
    desk = workbench(client, live_server, ana)
    first = list(client.load(desk, folder))
    assert [(item["name"], item["state"]) for item in first] == [("tuesday.txt", "stored"), ("monday.txt", "stored")]
    assert {item["state"] for item in client.load(desk, folder)} == {"known"}
    assert Article.objects.count() == 2
    assert Claim.objects.count() == 3


def test_ruled_claims_are_pulled_and_evidence_is_pushed_once(
    client: ModuleType, live_server: Any, folder: Path
) -> None:
    ana, ben, max = person("ana", "reviewer"), person("ben", "reviewer"), person("max", "moderator")
    desk = workbench(client, live_server, ana)
    list(client.load(desk, folder))
    claims = list(Claim.objects.order_by("pk"))
    assess(claims[1], ben, Label.OPINION)
    rule(claims[0], max, Label.UNSOURCED, strength=0)
    today = f"{timezone.localdate():%Y-%m-%d}"
    pulled = list(client.pull(desk, today))
    assert [(one["id"], one["settled"]["label"]) for one in pulled] == [(str(claims[0].pk), "UNSOURCED")]
    assert not list(client.pull(desk, "2999-01-01"))
    piece = {"claim": pulled[0]["id"], "url": "https://example.org/minutes", "stance": "refutes"}
    answers = [list(client.push(desk, iter([piece]))) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Evidence.objects.get().by == ana


def test_what_is_refused_says_why(client: ModuleType, live_server: Any) -> None:
    eve = person("eve")
    desk = workbench(client, live_server, eve, Scope.READ)
    with pytest.raises(client.Refused, match="lacks the scope “review”") as refused:
        list(client.push(desk, iter([{"claim": "0" * 8 + "-0000-8000-8000-" + "0" * 12, "url": "x", "stance": "x"}])))
    assert refused.value.status == 403


def test_it_runs_as_a_command(
    client: ModuleType, live_server: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    until = timezone.now() + timedelta(days=1)
    made = make_token(by=person("ana", "reviewer"), name="nightly", scopes=tuple(Scope), expires_at=until)
    monkeypatch.setenv("WORKBENCH_TOKEN", made.plain)
    client.main("load", live_server.url, str(folder))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["state"] for line in lines] == ["stored", "stored"]


def test_it_is_short_and_needs_nothing_but_python(client: ModuleType) -> None:
    source = (ROOT / "docs/examples/workbench_client.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 200
    found = [line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert set(found) <= sys.stdlib_module_names
