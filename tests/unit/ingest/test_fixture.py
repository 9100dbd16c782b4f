"""The fixture `articles`: the five texts exactly, and what is known of each on what basis."""

import base64
import hashlib
import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.ingest.known_articles import build
from claims.models import Article, Claim, Outlet, Proposal, Revision, Story, Zone
from claims.text.reading import propose
from claims.vocabulary import COVERAGE_ZONES, Basis

FOLDER = Path(settings.FIXTURE_DIRS[0]) / "articles"
FIXTURE = FOLDER.with_suffix(".json")
KNOWN = json.loads((FOLDER / "known.json").read_text(encoding="utf-8"))["articles"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The folder of raw texts, to be spoiled."""
    shutil.copytree(FOLDER, tmp_path / "articles")
    shutil.copy(FIXTURE, tmp_path / "articles.json")
    return tmp_path / "articles"


def rewrite(folder: Path, **facts: Any) -> None:
    known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
    known["articles"][0] |= facts
    (folder / "known.json").write_text(json.dumps(known), encoding="utf-8")


def test_the_committed_fixture_is_what_the_command_gives() -> None:
    assert FIXTURE.read_text(encoding="utf-8") == build(FOLDER)


def test_the_check_says_so_and_fails_on_any_difference(copy: Path) -> None:
    out = StringIO()
    call_command("build_fixture", folder=copy, check=True, stdout=out)
    assert out.getvalue() == "articles.json is what build_fixture gives.\n"
    fixture = copy.with_suffix(".json")
    fixture.write_text(fixture.read_text(encoding="utf-8").replace("Armenia", "Armania", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="not what build_fixture gives") as failed:
        call_command("build_fixture", folder=copy, check=True, stdout=StringIO())
    assert failed.value.returncode == 1


def test_the_command_writes_it(copy: Path) -> None:
    copy.with_suffix(".json").unlink()
    call_command("build_fixture", folder=copy, stdout=StringIO())
    assert copy.with_suffix(".json").read_bytes() == FIXTURE.read_bytes()


def test_five_raw_texts_stand_there_byte_for_byte() -> None:
    assert len(KNOWN) == 5
    for article in KNOWN:
        assert hashlib.sha256((FOLDER / article["file"]).read_bytes()).hexdigest() == article["sha256"]


def test_a_raw_text_that_is_not_the_one_its_facts_were_found_for_is_refused(copy: Path) -> None:
    with (copy / KNOWN[0]["file"]).open("ab") as file:
        file.write(b" ")
    with pytest.raises(CommandError, match="its hash differs"):
        call_command("build_fixture", folder=copy, stdout=StringIO())


@pytest.mark.parametrize("facts", [{"author": "Somebody"}, {"voice": "Newsweek"}, {"published": "2024-04-05"}])
def test_a_fact_without_a_basis_is_refused(copy: Path, facts: dict[str, str]) -> None:
    rewrite(copy, **facts)
    with pytest.raises(CommandError, match="needs a value and a basis, or neither"):
        call_command("build_fixture", folder=copy, stdout=StringIO())


def test_loaded_bytes_text_and_hash_belong_together(corpus: list[Article]) -> None:
    assert len(corpus) == 5
    for revision in Revision.objects.all():
        raw = bytes(revision.raw)
        assert hashlib.sha256(raw).hexdigest() == revision.sha256
        assert raw.decode("utf-8") == revision.text
        assert revision.replaced == []
    assert {revision.sha256 for revision in Revision.objects.all()} == {article["sha256"] for article in KNOWN}


def test_there_is_one_story_with_all_five_and_an_outlet_for_each_host(corpus: list[Article]) -> None:
    assert Story.objects.count() == 1
    assert {article.status.story for article in corpus} == {Story.objects.get()}
    assert set(Outlet.objects.values_list("host", flat=True)) == {article["outlet"] for article in KNOWN}


def test_what_is_not_stated_says_so_and_what_is_stated_has_a_basis(corpus: list[Article]) -> None:
    unstated = 0
    for article in corpus:
        for fact in article.facts():
            assert (fact.basis == Basis.NOT_STATED) == (not fact.value), (article, fact)
            unstated += not fact.value
    assert unstated


def test_reading_opens_a_claim_of_each_headline_and_body_sentence_with_what_it_proposes(corpus: list[Article]) -> None:
    assert Claim.objects.count() > 100
    read = {
        (revision.pk, one.start, one.end): one for revision in Revision.objects.all() for one in propose(revision.text)
    }
    assert len(read) == Claim.objects.count()
    for claim in Claim.objects.select_related("proposal"):
        found = read[claim.revision_id, claim.start, claim.end]
        stored = getattr(claim, "proposal", None)
        assert (stored is not None) == found.proposed
        if stored:
            assert (stored.label, stored.rule, stored.why) == (found.label, found.rule, found.why)
            assert stored.chain == [{"kind": hop.kind, "start": hop.start, "end": hop.end} for hop in found.chain]
    assert Proposal.objects.count() > 0.6 * Claim.objects.count()
    for claim in Claim.objects.select_related("revision"):
        assert claim.zone in COVERAGE_ZONES
        assert claim.revision.text[claim.start : claim.end] == claim.exact


def test_zones_tile_each_text(corpus: list[Article]) -> None:
    for revision in Revision.objects.all():
        position = 0
        for zone in Zone.objects.filter(revision=revision):
            assert zone.start == position
            position = zone.end
        assert position == len(revision.text)


def test_the_fixture_holds_nothing_but_what_texts_say() -> None:
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))
    assert {row["model"] for row in rows} == {"claims.outlet", "claims.story", "claims.article", "claims.revision"}
    for row in rows:
        if row["model"] == "claims.revision":
            assert base64.b64decode(row["fields"]["raw"]).decode() == row["fields"]["text"]
