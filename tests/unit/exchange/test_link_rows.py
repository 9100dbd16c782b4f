"""Links as CSV: a row for each link and visible finding, safe cells, and nothing that is blind."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.exchange import link_rows as rows_module
from claims.exchange.csv_cells import decode
from claims.exchange.link_rows import LINK_COLUMNS, link_rows
from claims.exchange.write_links_csv import LINK_HEADER, link_blocks
from claims.models import Claim, Link, User
from claims.models.link import in_order
from claims.relations import Relation
from claims.vocabulary import SCHEME_VERSION
from tests.cast import MakeArticle
from tests.linking import between, confirmed, dated, link, rule_link

Pair = tuple[Claim, Claim]
BLIND = [name for name in LINK_COLUMNS if name.startswith(("found_", "ruled_", "ruling_"))] + [
    *("relation", "subtype", "from_claim_id", "independence", "signs", "reason", "reviewer", "held_by_time"),
]


@pytest.fixture
def pair(make_article: MakeArticle, claims: list[Claim]) -> Pair:
    article = make_article("=The bridge over the Elm is open. It rains.", address="https://example.net/elm")
    return claims[0], Claim.objects.filter(article=article).in_reading_order()[0]


def told(viewer: Any) -> list[dict[str, Any]]:
    rows = link_rows(Link.objects.visible_to(viewer), viewer)
    return [dict(zip(LINK_COLUMNS, row, strict=True)) for row in rows]


def test_a_settled_link_has_both_sides_and_a_row_for_each_finding(pair: Pair, ana: User, ben: User) -> None:
    dated(pair[0], ana, "2024-04-26")
    dated(pair[1], ana, "2024", kind="as_of")
    confirmed(
        *pair, ana, ben, Relation.CONTRADICTS, subtype="negation", independence="shared_origin", signs=("same_voice",)
    )
    first, second = told(ben)
    side = "a" if in_order(pair[0].pk, pair[1].pk)[0] == pair[0].pk else "b"
    other = "b" if side == "a" else "a"
    assert (first[f"{side}_quote"], first[f"{other}_quote"]) == (pair[0].exact, pair[1].exact)
    assert (first[f"{side}_claim_id"], first[f"{other}_claim_id"]) == (str(pair[0].pk), str(pair[1].pk))
    assert (first[f"{side}_outlet"], first[f"{other}_outlet"]) == ("example.org", "example.net")
    assert (first[f"{side}_event_time"], first[f"{other}_as_of"]) == ("2024-04-26", "2024")
    assert (first["state"], first["relation"], first["subtype"]) == ("confirmed", "CONTRADICTS", "negation")
    assert (first["independence"], first["signs"], first["found_signs"]) == (
        "shared_origin",
        "same_voice",
        "same_voice",
    )
    assert (first["reviewer"], second["reviewer"]) == ("ana", "ben")
    assert first["settled_at"].endswith("Z")
    assert first["scheme_version"] == SCHEME_VERSION


def test_a_direction_is_the_key_of_the_claim_that_it_goes_from(pair: Pair, ana: User, ben: User) -> None:
    confirmed(*pair, ana, ben, Relation.UPDATES, origin=pair[1].pk)
    assert {(row["from_claim_id"], row["found_from_claim_id"]) for row in told(ana)} == {(str(pair[1].pk),) * 2}


def test_before_it_is_settled_a_reviewer_reads_their_own_and_others_nothing(
    pair: Pair, ana: User, ben: User, max: User
) -> None:
    link(*pair, ana, Relation.CONTRADICTS, reason="canary", basis="canary", independence="independent")
    (row,) = told(ben)
    assert {row[name] for name in BLIND} == {""}
    assert (row["state"], told(ana)[0]["state"], told(max)[0]["state"]) == ("open", "done", "proposed")
    assert [row["reviewer"] for row in told(ana)] == ["ana"]
    assert told(AnonymousUser()) == []
    link(*pair, ben, Relation.CONTRADICTS)
    assert {row["held_by_time"] for row in told(max)} == {"yes"}
    assert {row["held_by_time"] for row in told(ben)} == {""}
    assert {row["blind"] for row in told(max)} == {"yes"}
    assert [row["reviewer"] for row in told(max)] == ["ana", "ben"]


def test_a_ruling_stands_in_every_row_once_it_holds(pair: Pair, ana: User, ben: User, max: User) -> None:
    link(*pair, ana, Relation.UNRELATED)
    rule_link(*pair, max, Relation.FRAMES_DIFFERENTLY, explanation="It is opinion.")
    (row,) = told(ben)
    assert (row["ruled_relation"], row["ruled_by"]) == ("FRAMES_DIFFERENTLY", "max")
    assert row["ruling_explanation"] == "It is opinion."
    dated(pair[0], ana, "timeless")
    dated(pair[1], ana, "timeless")
    rule_link(*pair, max, Relation.CORROBORATES)
    dated(pair[0], ana, "unknown")
    assert told(ben)[0]["ruled_relation"] == ""
    assert told(max)[0]["ruled_relation"] == "CORROBORATES"


def test_cells_are_safe_and_can_be_had_back(pair: Pair, ana: User, max: User) -> None:
    link(*pair, ana, Relation.UNRELATED, reason="=HYPERLINK(1)", basis="-2")
    text = "".join(
        block.text for block in link_blocks(Link.objects.visible_to(max), viewer=max, base_url="https://desk.example/")
    )
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(row) == LINK_HEADER
    quotes = {row["a_quote"], row["b_quote"]}
    assert "'" + pair[1].exact in quotes
    assert {decode(quote) for quote in quotes} == {pair[0].exact, pair[1].exact}
    assert (row["reason"], row["found_basis"]) == ("'=HYPERLINK(1)", "'-2")
    assert row["url"] == f"https://desk.example/links/{between(*pair).pk}/"


def test_a_chunk_takes_the_same_queries_whatever_it_holds(
    make_article: MakeArticle, claim: Claim, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = list(Claim.objects.filter(article=make_article("One fell. Two fell. Three fell. Four fell. Five fell.")))
    for other in others:
        link(claim, other, ana, Relation.UNRELATED)
    monkeypatch.setattr(rows_module, "CHUNK", 2)
    with CaptureQueriesContext(connection) as queries:
        assert len(told(ana)) == len(others)
    chunks = -(-len(others) // 2)
    assert len([one for one in queries if one["sql"].startswith("SELECT")]) <= 1 + 2 * chunks + 2


def test_the_command_writes_what_the_page_exports_with_a_manifest(
    pair: Pair, ana: User, ben: User, tmp_path: Path
) -> None:
    link(*pair, ana, Relation.UNRELATED)
    file = tmp_path / "links.csv"
    call_command("export_links", output=str(file), relation="none", viewer="ben", verbosity=0)
    assert len(file.read_text().splitlines()) == 2
    manifest = json.loads((tmp_path / "links.csv.manifest.json").read_text())
    assert (manifest["rows"], manifest["filter"]) == (1, {"relation": "none"})
    with pytest.raises(CommandError, match="to choose here"):
        call_command("export_links", output=str(file), relation="LIKES")
    with pytest.raises(CommandError, match="no account called zoe"):
        call_command("export_links", output=str(file), viewer="zoe")
