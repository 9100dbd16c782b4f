"""Claims and links go out as W3C's model asks, as the viewer may see them, and come back as they were."""

import io
import json
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from claims.exchange.annotation_parts import CONTEXT
from claims.exchange.read_annotations import read_annotations
from claims.exchange.web_annotation import annotation_blocks
from claims.models import Claim, User
from claims.text.context import around
from claims.vocabulary import Label
from tests.cast import assess, logged_in, person, rule
from tests.exchanging import HOSTILE, a_bit_of_everything, elsewhere, stored
from tests.linking import link
from tests.unit.exchange.web_annotation_rules import broken_by_collection, broken_by_page, is_iri

pytestmark = pytest.mark.django_db
BASE = "https://desk.example/"
# What breaks writers: signs of formulas and of markup, pairs of UTF-16, writing from right to left, ends of lines.
PIECES = st.sampled_from(
    [
        "=1+1",
        "\u202eשלום",
        "\u00a0",
        "🌉",
        "e\u0301",
        "“",
        '"',
        "\\",
        "</script>",
        "&",
        "\u2028",
        "\r\n",
        "\n\n",
        ". ",
        "Elm",
    ]
)
TEXTS = st.lists(PIECES, min_size=3, max_size=30).map(
    lambda parts: "The mayor of Elm said on Monday that the bridge was closed. " + " ".join(parts)
)
NOTES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def written(viewer: User, base_url: str = BASE) -> str:
    found = Claim.objects.visible_to(viewer)
    return "".join(block.text for block in annotation_blocks(found, viewer=viewer, base_url=base_url))


def documents(text: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    *pages, collection = json.loads(text)
    return pages, collection


def annotations(viewer: User) -> list[dict[str, Any]]:
    return [one for page in documents(written(viewer))[0] for one in page["items"]]


def broken(text: str) -> list[str]:
    pages, collection = documents(text)
    return [rule for page in pages for rule in broken_by_page(page)] + broken_by_collection(collection, pages)


@pytest.mark.parametrize("base_url", [BASE, "https://desk.example", ""])
def test_a_desk_where_everything_happened_breaks_no_rule(
    base_url: str, ana: User, ben: User, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.exchange.web_annotation.IN_PAGE", 3)
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    for viewer in (max, ana):
        text = written(viewer, base_url)
        assert broken(text) == []
        assert len(documents(text)[0]) > 1


def test_an_empty_workbench_gives_an_empty_collection(max: User) -> None:
    pages, collection = documents(written(max))
    assert (pages, collection["total"]) == ([], 0)
    assert "first" not in collection
    assert broken_by_collection(collection, []) == []


@settings(
    max_examples=25, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(text=TEXTS, note=NOTES)
def test_hostile_texts_break_no_rule_and_come_back_as_they_were(
    text: str, note: str, ana: User, ben: User, max: User
) -> None:
    with elsewhere():
        claims = stored(text, address="https://example.org/a?b=[c]&d=ü")
        assume(claims)
        for who in (ana, ben):
            assess(claims[0], who, Label.SOURCED, note=note, strength=3)
        rule(claims[-1], max, Label.UNSOURCED, explanation=f"x {note}")
        out = written(max)
        assert broken(out) == []
        entries = {
            one["claim_id"]: one for one in read_annotations(io.StringIO(out, newline="")) if one["kind"] == "claim"
        }
        assert len(entries) == len(claims)
        for claim in claims:
            entry = entries[str(claim.pk)]
            assert (entry["quote"], entry["start"], entry["end"]) == (claim.exact, claim.start, claim.end)
            assert claim.revision.text[entry["start"] : entry["end"]] == entry["quote"]
            assert around(claim.revision.text, claim.start, claim.end) == (entry["prefix"], entry["suffix"])


def test_what_is_read_back_says_all_that_was_written(ana: User, ben: User, max: User) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    entries = list(read_annotations(io.StringIO(written(max), newline="")))
    assert {entry["kind"] for entry in entries} == {"claim", "link"}
    judged = next(one for one in entries if one["kind"] == "claim" and len(one["assessments"]) == 2 and one["settled"])
    assert [one["reviewer"] for one in judged["assessments"]] == ["ana", "ben"]
    assert judged["assessments"][0]["note"] == "<b>=So</b> 🌉\u2028it is"
    ruled = next(one for one in entries if one["kind"] == "claim" and one["ruling"])
    assert ruled["ruling"] == {"label": "UNSOURCED", "explanation": "A <i>hedge</i>."}
    assert ruled["settled"] == {"label": "UNSOURCED", "strength": 0, "reason": "hedge"}
    framed = next(
        one
        for one in entries
        if one["kind"] == "link" and one["findings"] and one["findings"][0]["reason"] == "<b>so</b>"
    )
    assert framed["findings"][0]["relation"] == "FRAMES_DIFFERENTLY"


def test_the_same_file_is_read_whole_and_line_by_line_alike(ana: User, ben: User, max: User) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    text = written(max)
    by_line = list(read_annotations(io.StringIO(text, newline="")))
    assert list(read_annotations([json.dumps(json.loads(text), indent=1)])) == by_line


def test_labels_of_others_go_out_only_once_the_claim_is_settled(ana: User, ben: User, max: User) -> None:
    (claim, *_) = stored(HOSTILE)
    assess(claim, ben, Label.OPINION, note="canary")
    assert "canary" not in written(ana)
    assert "OPINION" not in written(ana)
    assert "canary" in written(max)
    assess(claim, ana, Label.OPINION)
    assert "canary" in written(ana)


def test_findings_of_others_go_out_only_once_the_link_is_settled(ana: User, ben: User, max: User) -> None:
    here, there = stored(HOSTILE), stored("The bridge was closed. It rained on Friday in Elm.", "https://x.example/")
    link(here[0], there[0], ben, "FRAMES_DIFFERENTLY", reason="canary")
    assert "canary" not in written(ana)
    assert "canary" in written(max)


def test_names_are_addresses_of_this_workbench_or_keys(max: User) -> None:
    claims = stored(HOSTILE)
    first = next(one for one in annotations(max) if one["claim"] == f"urn:uuid:{claims[0].pk}")
    assert first["id"] == f"https://desk.example/claims/{claims[0].pk}/#annotation"
    pages, collection = documents(written(max, ""))
    ids = [one["id"] for one in pages[0]["items"]] + [pages[0]["id"], collection["id"]]
    assert all(is_iri(one) and one.startswith("urn:uuid:") for one in ids)
    assert first["target"]["source"] == f"urn:uuid:{claims[0].article_id}"


def test_an_address_that_is_no_iri_is_not_written_as_one(max: User) -> None:
    claims = stored(HOSTILE, "https://example.org/bridge")
    type(claims[0].article).objects.update(address='https://example.org/a b"<c>')
    assert broken(written(max)) == []


def test_all_terms_of_ours_are_defined_beside_those_of_the_model() -> None:
    assert CONTEXT[0] == "http://www.w3.org/ns/anno.jsonld"


def test_the_list_gives_pages_that_lead_to_each_other(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = stored(HOSTILE)
    monkeypatch.setattr("claims.web.annotations.IN_PAGE", 2)
    client, address, found, begun = logged_in(ana), "/claims.annotations.json?zone=body", [], []
    while address:
        answer = client.get(address.removeprefix("http://testserver"))
        assert answer["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        page = answer.json()
        assert broken_by_page(page) == []
        found += [one["claim"] for one in page["items"]]
        begun.append(page["startIndex"])
        address = page.get("next", "")
    assert sorted(found) == sorted(f"urn:uuid:{claim.pk}" for claim in claims if claim.zone == "body")
    assert begun == list(range(0, len(found), 2))


@pytest.mark.parametrize("query", ["state=x", "after=x", "from=x", "from=-1", "from=" + "9" * 20])
def test_a_page_that_is_none_is_refused(query: str, ana: User) -> None:
    assert logged_in(ana).get(f"/claims.annotations.json?{query}").status_code == 400


def test_the_page_takes_as_many_queries_for_many_claims(ana: User, django_assert_max_num_queries: Any) -> None:
    stored(HOSTILE * 20)
    client = logged_in(ana)
    with django_assert_max_num_queries(12), override_settings(DEBUG=False):
        client.get("/claims.annotations.json")
