"""Whatever texts say and people write, what goes out comes back in, and is written again byte for byte."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from claims.exchange.claim_details import FURTHER
from claims.exchange.web_annotation import annotation_blocks
from claims.exchange.write_csv import csv_blocks
from claims.filters import ClaimFilter
from claims.management.export_command import moderators_eyes
from claims.models import Assessment, Claim, ClaimTerms, Comment, Evidence, User, Verdict
from claims.refusals import Refusal
from claims.review.add_evidence import add_evidence
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.give_verdict import Finding, give_verdict
from claims.review.given_evidence import Given
from claims.review.register_source import register_source
from claims.review.write_comment import write_comment
from claims.vocabulary import Label
from tests.cast import assess, person, rule
from tests.deeds import reopen
from tests.exchanging import HOSTILE, a_bit_of_everything, elsewhere, exported, import_text, stored
from tests.linking import confirmed, dated, link

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
DEEDS = ("attribute", "evidence", "verdict", "date", "rule", "reopen")
deeds = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 3), notes),
    max_size=8,
)
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
    call_command("import_claims", str(folder / name), *options, stdout=out, stderr=sys.stdout)
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


def do(deed: str, claim: Claim, words: str) -> None:
    """Somebody does this with the claim, and these words are theirs; nothing where that may not be done."""
    ana = User.objects.get(username="ana")
    max = User.objects.filter(username="max").first() or person("max", "moderator")
    try:
        with transaction.atomic():
            match deed:
                case "attribute":
                    hops = (GivenHop(name=words, kind="named_person", role=words), GivenHop(occasion=words))
                    cue = GivenSpan(claim.start, claim.start + 1)
                    said = GivenAttribution(cue=cue, chain=hops, mode="direct", needs_locator=True)
                    attribute_claim(by=ana, claim_id=claim.pk, given=said, expected_version=0, key=uuid4())
                case "evidence":
                    given = Given("https://a.example/?b=;=1", "refutes", words, words, "2024-02", "", words)
                    add_evidence(by=ana, claim_id=claim.pk, given=given, key=uuid4())
                case "verdict":
                    pieces = Evidence.objects.filter(claim=claim).values_list("pk", flat=True)
                    finding = Finding("conflicting", words, as_of="2024-03", valid_until="2025")
                    give_verdict(
                        by=max, claim_id=claim.pk, finding=finding, evidence=pieces, expected_version=0, key=uuid4()
                    )
                case "date":
                    dated(claim, ana, "2024-02-23/..")
                case "rule":
                    rule(claim, max, Label.OPINION, explanation=words)
                case "reopen":
                    reopen(claim, max)
    except Refusal:  # a name without a letter, a claim that is not settled
        return


def work_on(claims: list[Claim], done: list[tuple[str, int, str]]) -> None:
    for deed, number, words in done if claims else ():
        do(deed, claims[number % len(claims)], words)


@many
@given(texts=st.lists(words, min_size=1, max_size=2), said=st.lists(st.tuples(labels, notes), max_size=5), done=deeds)
def test_json_lines_into_an_empty_workbench(
    texts: list[str], said: list[tuple[Label, str]], done: list[tuple[str, int, str]], db: None
) -> None:
    with elsewhere():
        with elsewhere():
            claims = read(texts)
            ana = label(claims, said)
            work_on(claims, done)
            name = "x" + "".join(filter(str.isprintable, texts[0]))[:150]
            register_source(by=ana, name=name, kind="named_person", key=uuid4())
            text = exported()
        brought = import_text(text)
        assert exported() == text
        assert brought.restated == 0


@many
@given(texts=st.lists(words, min_size=1, max_size=2), said=st.lists(st.tuples(labels, notes), max_size=5))
def test_annotations_into_a_workbench_with_the_same_articles(
    texts: list[str], said: list[tuple[Label, str]], db: None, tmp_path: Path
) -> None:
    with elsewhere():
        with elsewhere():
            claims = read(texts)
            articles = exported()
            label(claims, said)
            text = as_annotations()
        import_text(articles)
        brought_in(text, "a.jsonld", tmp_path)
        assert as_annotations() == text


@many
@given(
    texts=st.lists(words, min_size=1, max_size=2),
    said=st.lists(st.tuples(labels, notes), max_size=5),
    done=deeds,
)
@example(texts=["=1+1"], said=[(Label.OPINION, "")], done=[(deed, 0, "=so;\u2028“-1” → 🌉") for deed in DEEDS])
@example(texts=["a"], said=[(Label.OPINION, "")] * 2, done=[("reopen", 0, ""), ("rule", 1, "@x"), ("reopen", 1, "")])
def test_csv_into_a_workbench_with_the_same_articles(
    texts: list[str], said: list[tuple[Label, str]], done: list[tuple[str, int, str]], db: None, tmp_path: Path
) -> None:
    with elsewhere():
        with elsewhere():
            claims = read(texts)
            articles = exported()
            label(claims, said)
            work_on(claims, done)
            text = as_csv()
        import_text(articles)
        assert "Left out" not in brought_in(text, "a.csv", tmp_path)
        assert as_csv() == text
        brought_in(text, "a.csv", tmp_path)
        assert as_csv() == text


def test_a_desks_own_csv_is_no_conflict(ana: User, ben: User, max: User, tmp_path: Path) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    text = as_csv()
    assert "Differ: 0" in brought_in(text, "a.csv", tmp_path)
    assert as_csv() == text


def test_csv_with_the_columns_of_before_says_what_it_leaves_out(
    ana: User, ben: User, max: User, tmp_path: Path
) -> None:
    with elsewhere():
        claims = stored(HOSTILE, "https://example.org/a")
        assess(claims[0], ana, Label.OPINION)
        for deed in ("attribute", "evidence", "verdict"):
            do(deed, claims[0], "so")
        rows = list(csv.reader(io.StringIO(as_csv(), newline="")))
    stored(HOSTILE, "https://example.org/a")
    former = io.StringIO(newline="")
    csv.writer(former).writerows(row[: -len(FURTHER)] for row in rows)
    said = brought_in(former.getvalue(), "a.csv", tmp_path)
    assert "1 attribution, 1 evidence, 1 verdict" in said
    assert (Assessment.objects.count(), Verdict.objects.count()) == (1, 0)


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


def test_an_annotation_that_stands_nowhere_is_named_with_the_reason(db: None, tmp_path: Path) -> None:
    stored("The bridge over the Elm was closed on Friday.", "https://example.org/b")
    quote = {"type": "TextQuoteSelector", "exact": "opened on Monday"}
    lost = [
        {"id": "https://tool.example/1", "target": {"source": "https://example.org/b", "selector": quote}},
        {"target": {"source": "https://example.org/other", "selector": quote}},
        {"target": {"source": "https://example.org/b"}},
    ]
    (tmp_path / "a.jsonld").write_text(json.dumps([{"type": "Annotation"} | one for one in lost]))
    out, err = io.StringIO(), io.StringIO()
    call_command("import_claims", str(tmp_path / "a.jsonld"), stdout=out, stderr=err)
    first, second, third = err.getvalue().splitlines()
    assert first.startswith("left out: annotation 1 (https://tool.example/1): ")
    assert second == "left out: annotation 2 (“opened on Monday”): no article with its address is here."
    assert third.startswith("left out: annotation 3: It names no words")
    assert "1 annotation, 2 annotation of another tool" in out.getvalue()


def test_claims_that_come_in_are_compared_with_the_others(ana: User, tmp_path: Path) -> None:
    with elsewhere():
        stored("The bridge over the Elm was closed on Friday.", "https://example.org/b")
        text = exported()
    brought_in(text, "a.jsonl", tmp_path, "--check")
    assert not ClaimTerms.objects.exists()
    brought_in(text, "a.jsonl", tmp_path)
    assert set(ClaimTerms.objects.values_list("claim", flat=True)) == set(Claim.objects.values_list("pk", flat=True))
    assert Claim.objects.exists()


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
