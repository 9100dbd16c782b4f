"""Annotations of other tools: every spelling is read, what cannot be is told, and nothing of it judges."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange.open_work import open_work
from claims.exchange.read_annotations import read_annotations
from claims.management.bring_in import bring_in
from claims.management.export_command import moderators_eyes
from claims.models import NOT_READ, Article, ArticleStatus, Assessment, Claim, Comment, User
from claims.refusals import Invalid, NotAllowed
from tests.cast import TEXT

ADDRESS = "https://example.org/bridge"
QUOTE = "the bridge would open again in May"
START = TEXT.index(QUOTE)
SELECTOR = {"type": "TextQuoteSelector", "exact": QUOTE, "prefix": "on Monday that ", "suffix": "."}
POSITION = {"type": "TextPositionSelector", "start": START, "end": START + len(QUOTE)}
Json = dict[str, Any]


def annotation(**parts: Any) -> Json:
    target = {"source": ADDRESS, "selector": [SELECTOR, POSITION]}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://tool.example/1", "type": "Annotation",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "check this"}, "target": target,
    } | parts  # fmt: skip


def read(value: Any) -> list[Json]:
    return list(read_annotations(io.StringIO(json.dumps(value))))


def only(value: Any) -> Json:
    (entry,) = read(value)
    assert entry["kind"] == "foreign", entry
    return entry


@pytest.mark.parametrize(
    "document",
    [
        annotation(),
        [annotation()],
        {"type": "AnnotationPage", "items": [annotation()]},
        {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [annotation()]}},
        {"@context": "x", "@graph": [annotation()]},
        {"total": 1, "rows": [annotation()]},
    ],
    ids=["one", "list", "page", "collection", "graph", "rows"],
)
def test_annotations_are_found_wherever_a_file_holds_them(document: Any) -> None:
    entry = only(document)
    assert (entry["address"], entry["quote"], entry["start"]) == (ADDRESS, QUOTE, START)
    assert entry["words"] == ["check this"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("just words", ["just words"]),
        ([{"type": "TextualBody", "value": "a"}, "b"], ["a", "b"]),
        ({"type": "Choice", "items": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"@type": "cnt:ContentAsText", "chars": "older"}, ["older"]),
        ({"type": "TextualBody", "value": {"@value": "typed", "@language": "en"}}, ["typed"]),
        ("https://elsewhere.example/body", ["https://elsewhere.example/body"]),
        ({"type": "TextualBody", "value": "  "}, []),
        ([], []),
        (7, []),
    ],
)
def test_bodies_are_read_in_every_spelling(body: Any, words: list[str]) -> None:
    assert only(annotation(body=body))["words"] == words


@pytest.mark.parametrize(
    "target",
    [
        [{"source": ADDRESS, "selector": SELECTOR}],
        ["https://elsewhere.example/", {"source": ADDRESS, "selector": SELECTOR}],
        {"source": {"id": ADDRESS}, "selector": [SELECTOR]},
        {"oa:hasSource": ADDRESS, "oa:hasSelector": {"@type": "oa:TextQuoteSelector", "oa:exact": QUOTE}},
        {"source": ADDRESS, "selector": {"type": "FragmentSelector", "value": "p", "refinedBy": SELECTOR}},
        {"source": f"{ADDRESS}#part", "selector": SELECTOR},
    ],
)
def test_targets_are_read_in_every_spelling(target: Any) -> None:
    entry = only(annotation(target=target, motivation=["tagging", "oa:commenting"]))
    assert (entry["address"], entry["quote"]) == (ADDRESS, QUOTE)


@pytest.mark.parametrize(
    "kind", ["Annotation", "oa:Annotation", ["oa:Annotation", "x"], "http://www.w3.org/ns/oa#Annotation"]
)
def test_the_type_is_known_in_every_spelling(kind: Any) -> None:
    found = annotation()
    del found["type"]
    assert only(found | {"@type": kind})["quote"] == QUOTE


def test_hypothesis_own_lists_are_read() -> None:
    row = {
        "id": "x1", "user": "acct:kim@tool.example", "text": "Look here", "tags": ["claim", "toll"],
        "created": "2026-01-01T00:00:00+00:00", "target": [{"source": ADDRESS, "selector": [POSITION, SELECTOR]}],
    }  # fmt: skip
    entry = only({"total": 1, "rows": [row]})
    assert entry["words"] == ["claim", "toll", "Look here"]
    assert entry["creator"] == "acct:kim@tool.example"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (annotation(target=ADDRESS), "names no words"),
        (annotation(target=[]), "about nothing"),
        ({"type": "Person", "name": "kim"}, "not of the type"),
        (annotation(motivation="classifying", claim="urn:uuid:1"), "parts of it are missing"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(found: Json, why: str) -> None:
    (entry,) = read([found])
    assert entry["kind"] == "unread"
    assert entry["place"] == "annotation 1"
    assert why in entry["why"]


@pytest.mark.parametrize("text", ["", "{", "[" * 200_000, "not json", "[]", '{"type":"AnnotationPage","items":[]}'])
def test_a_file_without_annotations_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Invalid):
        list(read_annotations(io.StringIO(text)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "target", "body", "source", "selector", "exact", "items", "claim"]), inner
        )
    ),
    max_leaves=12,
)


@given(value=ANYTHING)
def test_whatever_stands_in_a_file_ends_in_entries_or_a_refusal(value: Any) -> None:
    try:
        assert all(entry["kind"] in {"foreign", "unread", "claim", "link"} for entry in read([annotation(), value]))
    except Invalid:
        pytest.fail("one annotation stands in it")


# Into the workbench


def brought(value: Any, folder: Path) -> tuple[dict[str, int], list[str]]:
    """What a file of this brings in, by kind, and why anything is left out."""
    path, by = folder / "annotations.jsonld", moderators_eyes()
    path.write_text(json.dumps(value), encoding="utf-8")
    with open_work(path, by=by) as work:
        done = bring_in(by=by, lines=work.lines, file=work.file)
    return dict(done.taken.added), work.reasons


@pytest.mark.usefixtures("article")
def test_words_become_a_claim_with_the_tag_beside_it_and_no_judgement(tmp_path: Path) -> None:
    assert brought(annotation(), tmp_path) == ({"claim": 1, "comment": 1}, [])
    claim = Claim.objects.get(start=START, end=START + len(QUOTE))
    assert (claim.exact, claim.unit) == (QUOTE, "span")
    assert "check this" in Comment.objects.get(claim=claim).body
    assert not Assessment.objects.exists()


@pytest.mark.usefixtures("article")
def test_a_tag_that_names_a_label_of_ours_is_no_assessment(tmp_path: Path) -> None:
    brought(annotation(body={"type": "TextualBody", "purpose": "classifying", "value": "SOURCED"}), tmp_path)
    assert not Assessment.objects.exists()
    assert "SOURCED" in Comment.objects.get().body


@pytest.mark.usefixtures("article")
def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    brought(annotation(), tmp_path)
    before = (Claim.objects.count(), Comment.objects.count())
    assert brought(annotation(), tmp_path) == ({}, [])
    assert (Claim.objects.count(), Comment.objects.count()) == before


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("address", [f"{ADDRESS}/", "http://example.org/bridge", f"{ADDRESS}#p"])
def test_an_address_in_another_spelling_is_the_same_article(address: str, tmp_path: Path) -> None:
    added, _ = brought(annotation(target={"source": address, "selector": SELECTOR}), tmp_path)
    assert added["claim"] == 1


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    ("target", "why"),
    [
        ({"source": "https://elsewhere.example/", "selector": SELECTOR}, "no article with its address"),
        ({"source": ADDRESS, "selector": SELECTOR | {"exact": "The ferry sank."}}, "do not stand in the text"),
        ({"source": ADDRESS, "selector": SELECTOR | {"exact": "the", "prefix": "", "suffix": ""}}, "times in the text"),
        ({"source": "urn:uuid:nothing", "selector": SELECTOR}, "no article with its address"),
    ],
)
def test_what_cannot_be_anchored_is_told(target: Json, why: str, tmp_path: Path) -> None:
    added, (sentence,) = brought(annotation(target=target), tmp_path)
    assert added == {}
    assert why in sentence


def test_a_text_that_nobody_read_takes_no_claims(article: Article, tmp_path: Path) -> None:
    ArticleStatus.objects.filter(article=article).update(reader_version=NOT_READ)
    added, (sentence,) = brought(annotation(), tmp_path)
    assert added == {}
    assert "the first pass has not read its article yet" in sentence


@pytest.mark.usefixtures("article")
def test_markup_and_calls_in_a_tag_are_words(ana: User, tmp_path: Path) -> None:
    brought(annotation(body="<script>x</script> @ana & <b>so</b>"), tmp_path)
    comment = Comment.objects.get()
    assert "<script" not in comment.body
    assert "<b>" not in comment.body
    assert not comment.mentions.exists()


@pytest.mark.usefixtures("article")
def test_somebody_who_may_not_bring_work_in_brings_none_in(ana: User, tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonld"
    path.write_text(json.dumps(annotation()), encoding="utf-8")
    with open_work(path, by=ana) as work, pytest.raises(NotAllowed):
        bring_in(by=ana, lines=work.lines, file=work.file)
    assert not Claim.objects.filter(unit="span").exists()
