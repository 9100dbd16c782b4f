"""What the demo ships goes out and comes back in; and what a desk has itself is no conflict when it comes in again."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims.exchange.annotation_parts import Place, target_of
from claims.exchange.web_annotation import annotation_blocks
from claims.filters import ClaimFilter
from claims.management.export_command import moderators_eyes
from claims.models import Article, Claim, Hop, Proposal, Revision, User
from claims.text.hops import HOP_KINDS
from claims.vocabulary import Label
from tests.cast import assess, person
from tests.exchanging import HOSTILE, a_bit_of_everything, elsewhere, exported, stored

BASE = "https://desk.example"
ADDRESS = "https://example.org/hostile"


def as_annotations() -> str:
    viewer = moderators_eyes()
    blocks = annotation_blocks(ClaimFilter({}, viewer=viewer).claims, viewer=viewer, base_url=BASE)
    return "".join(block.text for block in blocks)


def call(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def load_demo(settings: Any) -> None:
    """The five articles and the worked example, as `make run` shows them."""
    settings.DEBUG = True
    call("loaddata", "articles", "--verbosity", "0")
    call("read_articles")
    assert "Loaded a worked example" in call("demo")


@pytest.mark.parametrize("form", ["jsonl", "bundle"])
def test_the_demo_comes_back_into_an_empty_workbench(form: str, db: None, settings: Any, tmp_path: Path) -> None:
    with elsewhere():
        load_demo(settings)
        call("export_claims", "--format", form, "--output", tmp_path / "one", "--base-url", BASE)
        steps = {step["kind"] for chain in Proposal.objects.values_list("chain", flat=True) for step in chain}
        assert Article.objects.count() == 5
        assert Hop.objects.exists()
    assert "outlet" in steps <= HOP_KINDS
    assert not Claim.objects.exists()
    assert "Differ: 0." in call("import_claims", tmp_path / "one", "--as-origin", "Elm Gazette")
    call("export_claims", "--format", form, "--output", tmp_path / "two", "--base-url", BASE)
    if form == "jsonl":
        assert (tmp_path / "two").read_bytes() == (tmp_path / "one").read_bytes()
        return
    with zipfile.ZipFile(tmp_path / "one") as one, zipfile.ZipFile(tmp_path / "two") as two:
        assert one.namelist() == two.namelist()
        for name in set(one.namelist()) - {"manifest.json"}:
            assert one.read(name) == two.read(name), name


@pytest.mark.parametrize("desk", ["demo", "everything"])
def test_a_desks_own_file_is_no_conflict(desk: str, db: None, settings: Any, tmp_path: Path) -> None:
    if desk == "demo":
        load_demo(settings)
    else:
        ana, ben = (person(name, "reviewer") for name in ("ana", "ben"))
        a_bit_of_everything(ana, ben, person("max", "moderator"), person("mia", "moderator"))
    text, accounts = exported(), User.objects.count()
    for form in ("csv", "webannotation"):
        call("export_claims", "--format", form, "--output", tmp_path / form, "--base-url", BASE)
        said = call("import_claims", tmp_path / form, "--as-origin", "Elm Gazette")
        assert "in: nothing." in said
        assert "Differ: 0." in said
        assert exported() == text
    assert User.objects.count() == accounts


def test_annotations_into_a_workbench_that_took_in_the_same_articles_itself(ana: User, tmp_path: Path) -> None:
    with elsewhere():
        assess(stored(HOSTILE, ADDRESS)[0], ana, Label.OPINION, note="=so 🌉")
        text = as_annotations()
        came = Revision.objects.get().received_at
    stored(HOSTILE, ADDRESS)
    assert Revision.objects.get().received_at > came
    (tmp_path / "a.jsonld").write_text(text, encoding="utf-8", newline="")
    call("import_claims", tmp_path / "a.jsonld")
    assert as_annotations() == text


def place(**parts: str | None) -> Place:
    return Place(**{
        "article": "a", "revision": "b", "fetched_at": "", "sha256": "0" * 64, "published": "", "basis": "in_text",
        "address": ADDRESS, "start": 0, "end": 1, "exact": "x", "prefix": "", "suffix": "",
    } | parts)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({}, None),
        ({"fetched_at": "2024-03-01T10:00:00Z", "published": "2024-02-29"}, {"sourceDate": "2024-03-01T10:00:00Z"}),
        (
            {"published": "2024-02-29"},
            {"sourceDateStart": "2024-02-29T00:00:00Z", "sourceDateEnd": "2024-02-29T23:59:59Z"},
        ),
        ({"published": "2024-02-29T23:30:00-05:00"}, {"sourceDate": "2024-03-01T04:30:00Z"}),
        ({"published": "2024-02-29T23:30:00"}, None),
        ({"published": "2024-02-30"}, None),
        ({"published": "2024-02"}, None),
        ({"published": "2024-02-29?"}, None),
        ({"published": "0001-01-01T00:00:00+10:00"}, None),
        ({"published": "2024-02-29", "basis": "assumed"}, None),
        ({"published": "2024-02-29", "basis": None}, None),
    ],
)
def test_a_text_has_the_time_that_belongs_to_it_or_none(
    known: dict[str, str | None], state: dict[str, str] | None
) -> None:
    target = target_of(place(**known))
    assert target.get("state") == (state and {"type": "TimeState"} | state)
    assert target["sha256"] == "0" * 64
