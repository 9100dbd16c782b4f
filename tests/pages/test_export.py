import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from claims.exchange.claim_rows import CHUNK
from claims.exchange.csv_cells import decode_row
from claims.exchange.write_csv import HEADER
from claims.models import Article, Claim, EventHead, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, rule

URL = "/claims.csv"
CANARY = "what-ben-thinks-7c1f"
HOSTILE = (
    "=1+1 said the mayor.\n\n"
    "\u202eיום שישי was said; =cmd|' /C calc'!A0 “and 🌉 so\u00a0on”, e\u0301 on Friday.\n\n"
    "'+44 20 7946' she said; \t@SUM(1) then\r\n-2,5 percent \"more\"."
)


def rows_of(text: str) -> list[dict[str, str]]:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return [dict(zip(header, decode_row(row), strict=True)) for row in rows]


def exported(viewer: User, **asked: object) -> list[dict[str, str]]:
    response = logged_in(viewer).get(URL, asked)
    assert response.status_code == 200
    return rows_of(response.getvalue().decode())


def by_command(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("export_claims", *arguments, "--output", "-", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_somebody_who_is_not_logged_in_is_sent_to_log_in(client: Client, claims: list[Claim]) -> None:
    assert client.get(URL).status_code == 302


def test_an_account_without_a_role_is_refused(eve: User, claims: list[Claim]) -> None:
    response = logged_in(eve).get(URL)
    assert response.status_code == 403
    assert claims[0].exact.encode() not in response.content


def test_the_file_is_named_by_its_day_and_is_csv(ana: User, claims: list[Claim]) -> None:
    response = logged_in(ana).get(URL)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="claims-{timezone.localdate():%Y-%m-%d}.csv"'
    assert "no-store" in response["Cache-Control"]
    assert response.streaming


def test_the_file_keeps_to_rfc_4180(ana: User, claims: list[Claim]) -> None:
    text = logged_in(ana).get(URL).getvalue()
    assert text.startswith(b"claim_id,article_id,article_title,")
    assert text.endswith(b"\r\n")
    assert text.count(b"\r\n") == 1 + len(claims)  # line breaks of the article itself stay as they are, in quotes


def test_a_claim_without_assessment_is_one_row_with_those_columns_empty(
    ana: User, claims: list[Claim], article: Article
) -> None:
    rows = exported(ana)
    assert [row["claim_id"] for row in rows] == [str(claim.pk) for claim in claims]
    row, claim = rows[1], claims[1]
    assert row["quote"] == claim.exact
    assert (row["start"], row["end"]) == (str(claim.start), str(claim.end))
    assert (row["prefix"], row["suffix"]) == (claim.prefix, claim.suffix)
    assert (row["article_id"], row["article_title"]) == (str(article.pk), article.status.title)
    assert (row["outlet"], row["zone"], row["unit"], row["state"]) == ("example.org", "body", "sentence", "open")
    assert row["url"] == f"http://testserver/claims/{claim.pk}/"
    empty = ("label", "strength", "reason", "note", "reviewer", "assessed_at", "updated_at", "scheme_version")
    assert not any(row[name] for name in (*empty, "settled_label", "settled_strength", "ruled_label"))


def test_each_visible_assessment_is_a_row(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    own = assess(claims[0], ana, Label.UNSOURCED, strength=0, reason="hedge", note="<b>bold</b> & plain")
    assess(claims[0], ben, Label.SOURCED, strength=3)
    rule(claims[0], max, Label.UNSOURCED, strength=1, explanation="Nobody is named.")
    rows = exported(ana)
    assert len(rows) == len(claims) + 1
    assert [row["reviewer"] for row in rows[:2]] == ["ana", "ben"]
    first = rows[0]
    assert (first["label"], first["strength"], first["reason"]) == ("UNSOURCED", "0", "hedge")
    assert first["note"] == own.note
    assert first["assessed_at"].endswith("Z")
    assert first["scheme_version"] == "1"
    assert (first["state"], first["settled_label"], first["settled_strength"]) == ("ruled", "UNSOURCED", "1")
    assert (first["ruled_label"], first["ruling_explanation"]) == ("UNSOURCED", "Nobody is named.")
    assert {name: value for name, value in first.items() if name in {"quote", "state", "opened_at"}} == {
        name: value for name, value in rows[1].items() if name in {"quote", "state", "opened_at"}
    }


def test_a_proposal_stands_in_columns_of_its_own(ana: User, claims: list[Claim]) -> None:
    for row, claim in zip(exported(ana), claims, strict=True):
        assert (row["proposal_label"], row["proposal_why"]) == (claim.proposal.label, claim.proposal.why)
        assert row["label"] == ""


def test_what_ben_did_with_an_unsettled_claim_is_not_in_anas_file(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    before = logged_in(ana).get(URL).getvalue()
    assess(claims[0], ben, Label.OPINION, note=CANARY)
    assert logged_in(ana).get(URL).getvalue() == before
    assert CANARY in logged_in(max).get(URL).getvalue().decode()
    assert exported(ana, reviewer="ben") == []
    assess(claims[0], ana, Label.SOURCED)
    (own,) = exported(ana, state="done")
    assert (own["reviewer"], own["label"], own["state"]) == ("ana", "SOURCED", "done")


def test_the_file_holds_exactly_what_the_page_shows(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.OPINION)
    rule(claims[1], max, Label.SOURCED, strength=3)
    for asked in ({}, {"label": "OPINION"}, {"label": "none"}, {"state": "ruled"}, {"q": "bridge"}, {"strength": "3"}):
        lines = logged_in(ana).get("/claims/", asked).context["lines"]
        assert [row["claim_id"] for row in exported(ana, **asked)] == [str(line.claim.pk) for line in lines]


@pytest.mark.parametrize("asked", [{"article": "x"}, {"opened_after": "2024-99-99"}, {"label": "sorted"}])
def test_a_filter_that_makes_no_sense_is_refused(ana: User, claims: list[Claim], asked: dict[str, str]) -> None:
    response = logged_in(ana).get(URL, asked)
    assert response.status_code == 400
    assert claims[0].exact not in response.content.decode()


def test_hostile_text_comes_back_as_it_is_stored(ana: User, max: User, make_article: MakeArticle) -> None:
    article = make_article(HOSTILE)
    first = Claim.objects.filter(article=article).in_reading_order()[0]
    own = assess(first, ana, Label.UNSOURCED, note="=HYPERLINK(1);\n+2 “so”")
    rule(first, max, Label.UNSOURCED, explanation="@SUM(1)\t=2")
    stored = {str(claim.pk): claim for claim in Claim.objects.filter(article=article)}
    rows = exported(ana)
    assert {row["claim_id"] for row in rows} == stored.keys()
    for row in rows:
        claim = stored[row["claim_id"]]
        assert (row["quote"], row["prefix"], row["suffix"]) == (claim.exact, claim.prefix, claim.suffix)
    assert (rows[0]["note"], rows[0]["ruling_explanation"]) == (own.note, "@SUM(1)\t=2")
    assert any("🌉" in row["quote"] and "\u00a0" in row["quote"] for row in rows)
    raw = logged_in(ana).get(URL).getvalue().decode()
    cells = [cell for row in csv.reader(io.StringIO(raw, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(' "\t\r\n\u202e')[:1] in set("=+-@|%")]


def test_many_claims_are_read_in_chunks_without_losing_one(
    ana: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CHUNK > 7
    monkeypatch.setattr("claims.exchange.claim_rows.CHUNK", 7)
    monkeypatch.setattr("claims.exchange.write_csv.ROWS_IN_BLOCK", 3)
    make_article("\n\n".join(f"The mayor closed bridge number {n} on Friday." for n in range(45)))
    for claim in Claim.objects.all()[::5]:
        assess(claim, ana, Label.SOURCED)
    rows = exported(ana)
    assert [row["claim_id"] for row in rows] == [
        str(pk) for pk in Claim.objects.newest_first().values_list("pk", flat=True)
    ]
    assert sum(row["label"] == "SOURCED" for row in rows) == 9


def test_the_command_writes_what_a_moderator_sees(max: User, ben: User, claims: list[Claim]) -> None:
    assess(claims[0], ben, Label.OPINION, note=CANARY)
    text = by_command("--base-url", "http://testserver/")
    assert text == logged_in(max).get(URL).getvalue().decode()
    assert CANARY in text


def test_the_command_sees_with_the_eyes_of_who_is_named(ana: User, ben: User, eve: User, claims: list[Claim]) -> None:
    assess(claims[0], ben, Label.OPINION, note=CANARY)
    assert CANARY not in by_command("--as", "ana")
    with pytest.raises(CommandError, match="only a reviewer may"):
        by_command("--as", "eve")
    with pytest.raises(CommandError, match="no account called nobody"):
        by_command("--as", "nobody")


def test_the_command_takes_the_filters_of_the_page(ana: User, claims: list[Claim], article: Article) -> None:
    assess(claims[2], ana, Label.UNSOURCED, strength=0)
    asked = ["--as", "ana", "--label", "UNSOURCED", "--strength", "0", "--state", "done", "--reviewer", "ana"]
    asked += ["--article", str(article.pk), "--opened-after", "2020-01-01", "--opened-before", "2100-01-01"]
    (row,) = rows_of(by_command(*asked, "--q", "toll"))
    assert row["quote"] == claims[2].exact
    assert row["url"] == f"/claims/{claims[2].pk}/"


def test_the_command_names_a_value_that_makes_no_sense(claims: list[Claim], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Article: This is not the key of anything here"):
        call_command("export_claims", "--output", str(tmp_path / "claims.csv"), "--article", "x")
    assert not list(tmp_path.iterdir())


def test_the_command_writes_a_file_and_says_how_many_rows(claims: list[Claim], tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("export_claims", "--format", "csv", "--output", str(tmp_path / "claims.csv"), stdout=out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "claims.csv.manifest.json"]
    written = (tmp_path / "claims.csv").read_bytes().decode()
    assert len(rows_of(written)) == len(claims)
    assert "\r\n" in written
    assert out.getvalue().startswith("Wrote 4 rows to ")


def test_the_manifest_says_what_the_file_holds_and_where_the_log_stood(claims: list[Claim], tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    call_command("export_claims", "--output", str(path), "--label", "none", stdout=io.StringIO())
    said = json.loads((tmp_path / "claims.csv.manifest.json").read_text(encoding="utf-8"))
    head = EventHead.objects.get()
    assert said["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert said["event_log"] == {"count": head.count, "hash": head.hash}
    assert (said["rows"], said["filter"], said["scheme_version"]) == (len(claims), {"label": "none"}, 1)


def test_only_moderators_are_told_with_a_file_where_the_log_stands(ana: User, max: User, claims: list[Claim]) -> None:
    head = EventHead.objects.get()
    assert logged_in(max).get("/claims.csv").headers["X-Event-Log"] == f"{head.count} {head.hash}"
    assert "X-Event-Log" not in logged_in(ana).get("/claims.csv").headers


def test_an_export_that_breaks_off_leaves_the_old_file(
    claims: list[Claim], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "claims.csv"
    old.write_text("the file of yesterday")

    def breaks_off(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claims.exchange.write_csv.encode", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        call_command("export_claims", "--output", str(old))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["the file of yesterday"]


def test_the_command_says_when_a_file_cannot_be_written(claims: list[Claim], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("export_claims", "--output", str(tmp_path / "missing" / "claims.csv"))


def test_every_column_is_documented_in_its_order(settings: Any) -> None:
    written = (Path(settings.BASE_DIR) / "docs" / "csv.md").read_text(encoding="utf-8")
    # Links and the matrix have columns of their own, which their tests look at.
    of_claims = written.partition("\n## Columns")[2].partition("\n## ")[0]
    documented = [line.split("`")[1] for line in of_claims.splitlines() if line.startswith("| `")]
    assert documented == list(HEADER)
