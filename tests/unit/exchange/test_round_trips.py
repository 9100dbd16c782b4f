"""Whatever texts say and people write, what goes out comes back in, and is written again byte for byte."""

import io
import json
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claims.exchange.web_annotation import annotation_blocks
from claims.exchange.write_csv import csv_blocks
from claims.filters import ClaimFilter
from claims.management.export_command import moderators_eyes
from claims.models import Assessment, Claim, Comment, User
from claims.refusals import Refusal
from claims.review.register_source import register_source
from claims.review.write_comment import write_comment
from claims.vocabulary import Label
from tests.cast import assess, person, rule
from tests.exchanging import HOSTILE, a_bit_of_everything, elsewhere, exported, import_text, stored
from tests.linking import confirmed, link

BASE = "https://desk.example"
PIECES = (
    *("=1+1", "@SUM(A1)", "+44", "-2", "'", '"', "“", "”", ";", "\t", "\r", "\n", "\u2028", "\u2029", "\x85", "\u00a0"),
    *(
        "🌉",
        "e\u0301",
        "שלום",
        "\u202e",
        "\u200b",
        "\ufeff",
        ",",
        "\\",
        "\\u0000",
        "<b>so</b>",
        "&amp;",
        "</script>",
        "\ufffd",
    ),
    *("cmd|' /C calc'!A0", "The mayor said so on Friday.", " ", "a", "｜", "＝", "{}", "[]", "null"),
)
words = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=8).map("".join)
notes = words.map(lambda text: "".join(char for char in text if char.isprintable() or char in "\n\u2028")[:200])
labels = st.sampled_from([Label.SOURCED, Label.UNSOURCED, Label.OPINION, Label.NOT_A_CLAIM])
many = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def as_csv() -> str:
    viewer = moderators_eyes()
    blocks = csv_blocks(ClaimFilter({}, viewer=viewer).claims, viewer=viewer, base_url=BASE)
    return "".join(block.text for block in blocks)


def as_annotations() -> str:
    viewer = moderators_eyes()
    blocks = annotation_blocks(ClaimFilter({}, viewer=viewer).claims, viewer=viewer, base_url=BASE)
    return "".join(block.text for block in blocks)


def brought_in(text: str, name: str, folder: Path, *options: str) -> str:
    out = io.StringIO()
    (folder / name).write_text(text, encoding="utf-8", newline="")
    call_command("import_claims", str(folder / name), *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def read(texts: list[str]) -> list[Claim]:
    """The claims of these texts, of those that can be read."""
    found: list[Claim] = []
    for number, text in enumerate(texts):
        try:
            with transaction.atomic():
                found += stored(f"{text}\n\nThe bridge was closed on Friday.", f"https://example.org/{number}")
        except Refusal:  # nothing that could be read as a text
            continue
    return found


def label(claims: list[Claim], said: list[tuple[Label, str]]) -> User:
    """Two people label the first claims, with notes; one of them."""
    people = [person("ana", "reviewer"), person("ben", "reviewer")]
    for number, (given_label, note) in enumerate(said[: 2 * len(claims)]):
        assess(claims[number // 2], people[number % 2], given_label, note=note)
    return people[0]


@many
@given(texts=st.lists(words, min_size=1, max_size=2), said=st.lists(st.tuples(labels, notes), max_size=5))
def test_json_lines_into_an_empty_workbench(texts: list[str], said: list[tuple[Label, str]], db: None) -> None:
    with elsewhere():
        with elsewhere():
            ana = label(read(texts), said)
            register_source(by=ana, name=f"x{texts[0]}".strip()[:200], kind="named_person", key=uuid4())
            text = exported()
        done = import_text(text)
        assert exported() == text
        assert done.restated == 0


@many
@given(texts=st.lists(words, min_size=1, max_size=2), said=st.lists(st.tuples(labels, notes), max_size=5))
def test_csv_and_annotations_into_a_workbench_with_the_same_articles(
    texts: list[str], said: list[tuple[Label, str]], db: None, tmp_path: Path
) -> None:
    with elsewhere():
        with elsewhere():
            claims = read(texts)
            articles = exported()
            label(claims, said)
            table, annotations = as_csv(), as_annotations()
        for text, name, write in ((table, "a.csv", as_csv), (annotations, "a.jsonld", as_annotations)):
            with elsewhere():
                import_text(articles)
                brought_in(text, name, tmp_path)
                assert write() == text


def test_annotations_with_rulings_and_links(ana: User, ben: User, max: User, tmp_path: Path) -> None:
    with elsewhere():
        first, second, third, *_ = stored(HOSTILE, "https://example.org/a")
        there = stored("The bridge over the Elm was closed on Friday.", "https://example.org/b")
        articles = exported()
        assess(first, ana, Label.SOURCED, note="<b>=so</b> 🌉", strength=3)
        rule(second, max, Label.OPINION, explanation="=\u2028so")
        link(first, there[0], ana, "QUALIFIES", origin=first.pk, reason="so")
        confirmed(third, there[0], ana, ben, "FRAMES_DIFFERENTLY")
        text = as_annotations()
    import_text(articles)
    brought_in(text, "a.jsonld", tmp_path)
    assert as_annotations() == text


def test_annotations_of_other_tools_become_claims_with_a_comment_and_no_label(db: None, tmp_path: Path) -> None:
    (claim,) = stored("The bridge over the Elm was closed on Friday.", "https://example.org/b")
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://tool.example/1",
        "type": "Annotation",
        "creator": {"type": "Person", "name": "Kim"},
        "body": {"type": "TextualBody", "value": "Is it <open> now?"},
        "target": {
            "source": "https://example.org/b",
            "selector": {"type": "TextQuoteSelector", "exact": "closed on Friday", "prefix": "was "},
        },
    }
    brought_in(json.dumps(annotation), "a.jsonld", tmp_path)
    comment = Comment.objects.get()
    assert (comment.claim.exact, comment.claim.unit, comment.by.username) == (
        "closed on Friday",
        "span",
        "Kim (imported)",
    )
    assert "&lt;open&gt;" in comment.body
    assert not Assessment.objects.exists()
    brought_in(json.dumps(annotation), "a.jsonld", tmp_path)
    assert (Comment.objects.count(), Claim.objects.count()) == (1, 2)
    assert claim.pk != comment.claim_id


def test_a_bundle_says_what_it_holds_and_comes_back_in(ana: User, ben: User, max: User, tmp_path: Path) -> None:
    made = [tmp_path / "one.zip", tmp_path / "two.zip"]
    with elsewhere():
        a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
        for path in made:
            out = io.StringIO()
            call_command("export_claims", "--format", "bundle", "--output", path, "--base-url", BASE, stdout=out)
        text = exported()
    one, two = (zipfile.ZipFile(path) for path in made)
    manifest = json.loads(one.read("manifest.json"))
    assert set(one.namelist()) == {*manifest["files"], "manifest.json"}
    assert one.read("data.jsonl").decode() == text
    assert manifest["counts"]["claim"] == text.count('{"type":"claim"')
    assert {"software_version", "scheme_version", "filter", "event_log", "made_at"} <= manifest.keys()
    for name in manifest["files"]:
        assert one.read(name) == two.read(name)
        assert manifest["files"][name]["size"] == one.getinfo(name).file_size
    one.close()
    two.close()
    call_command("import_claims", made[0], stdout=io.StringIO())
    assert exported() == text


def test_a_bundle_that_was_changed_is_refused(ana: User, ben: User, max: User, tmp_path: Path) -> None:
    path, other = tmp_path / "one.zip", tmp_path / "two.zip"
    with elsewhere():
        stored(HOSTILE)
        call_command("export_claims", "--format", "bundle", "--output", path, stdout=io.StringIO())
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b" " if name == "data.jsonl" else b""))
    with pytest.raises(CommandError, match="not what its manifest says"):
        call_command("import_claims", other)
    path.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(CommandError, match="no bundle"):
        call_command("import_claims", path)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("form", ["csv", "jsonl", "webannotation", "claimreview"])
def test_every_form_is_written_whole_with_its_manifest(
    form: str, ana: User, ben: User, max: User, tmp_path: Path
) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    call_command(
        "export_claims", "--format", form, "--output", tmp_path / "f", "--base-url", BASE, stdout=io.StringIO()
    )
    assert json.loads((tmp_path / "f.manifest.json").read_text())["software_version"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f", "f.manifest.json"]


def test_comments_come_back_with_their_threads(ana: User, ben: User, max: User) -> None:
    with elsewhere():
        claim = stored(HOSTILE)[0]
        write_comment(by=ana, claim_id=claim.pk, thread_id=None, body="So? @max", key=uuid4())
        thread = Comment.objects.get().pk
        write_comment(by=max, claim_id=claim.pk, thread_id=thread, body="<b>=So</b>", key=uuid4())
        text = exported()
    import_text(text)
    assert exported() == text
