"""What the commands of exporting and bringing in say where somebody asked for what cannot be."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.management.commands.export_claims import FORMATS

pytestmark = pytest.mark.django_db
BASE = "https://desk.example/"


def export(form: str, path: Path, base_url: str = "") -> str:
    err = io.StringIO()
    options = ("--base-url", base_url) if base_url else ()
    call_command("export_claims", "--format", form, "--output", str(path), *options, stdout=io.StringIO(), stderr=err)
    return err.getvalue()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "base_url",
    [
        "desk.example",
        "/claims/",
        "ftp://desk.example",
        "https://",
        "https://a b/",
        "https://me@desk.example/",
        "https://desk.example/?a=b",
        "https://desk.example:x",
    ],
)
def test_an_address_that_is_none_is_refused_whatever_the_format(form: str, base_url: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"--base-url is no address.*--base-url https://"):
        export(form, tmp_path / "f", base_url)
    assert not list(tmp_path.iterdir())


def test_links_are_held_to_the_same_rule(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--base-url is no address"):
        call_command("export_links", "--output", str(tmp_path / "f"), "--base-url", "desk.example")


@pytest.mark.parametrize("base_url", [BASE, "http://localhost:8000", "https://desk.example/under/", "http://[::1]:80/"])
def test_whole_addresses_are_taken(base_url: str, tmp_path: Path) -> None:
    export("csv", tmp_path / "f", base_url)
    assert (tmp_path / "f").is_file()


def test_claim_review_without_an_address_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--base-url https://…"):
        export("claimreview", tmp_path / "f")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["claimreview", "bundle"])
def test_who_answers_for_verdicts_is_asked_for(form: str, tmp_path: Path, settings: Any) -> None:
    settings.PUBLISHER_NAME = ""
    assert "PUBLISHER_NAME is not set" in export(form, tmp_path / "one", BASE)
    settings.PUBLISHER_NAME = "Elm Gazette"
    assert "PUBLISHER_NAME" not in export(form, tmp_path / "two", BASE)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("plain.txt", b"The bridge was closed.\n"), ("empty", b""), ("x.bin", b"\x00\xff\xfe"), ("page", b"<html>")],
)
def test_a_file_of_no_such_form_is_named_as_what_it_is_not(name: str, raw: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    said = "This is no export of a workbench: give JSON Lines, a bundle, CSV or Web Annotation"
    with pytest.raises(CommandError, match=said):
        call_command("import_claims", str(tmp_path / name))
