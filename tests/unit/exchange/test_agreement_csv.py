"""The rows that agreement rests on, as a file: one for each claim and reviewer."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.agreement_filter import AgreementFilter
from claims.exchange.csv_cells import decode_row
from claims.exchange.write_agreement_csv import HEADER, agreement_blocks
from claims.models import ArticleStatus, Assessment, Claim, ClaimStatus, User
from claims.vocabulary import Aside, Label
from tests.cast import assess


def rows(viewer: User, **asked: object) -> list[dict[str, str]]:
    found = AgreementFilter({name: str(value) for name, value in asked.items()}, viewer=viewer)
    return read("".join(block.text for block in agreement_blocks(found)))


def read(text: str) -> list[dict[str, str]]:
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == HEADER
    return [dict(zip(header, decode_row(line), strict=True)) for line in lines]


@pytest.fixture
def labelled(claims: list[Claim], ana: User, ben: User, max: User) -> list[Claim]:
    assess(claims[0], ana, Label.UNSOURCED, strength=0, reason="hedge")
    assess(claims[0], ben, Label.OPINION)
    assess(claims[0], max, Label.OPINION)
    assess(claims[1], ana)
    return claims


def test_there_is_a_row_for_each_label_of_a_claim_that_two_people_labelled(labelled: list[Claim], max: User) -> None:
    found = rows(max)
    assert [(row["reviewer"], row["label"], row["blind"]) for row in found] == [
        ("ana", "UNSOURCED", "yes"),
        ("ben", "OPINION", "yes"),
        ("max", "OPINION", "no"),
    ]
    own = Assessment.objects.get(claim=labelled[0], reviewer__username="ana")
    first = found[0]
    assert (first["claim_id"], first["article_id"]) == (str(own.claim_id), str(own.article_id))
    assert (first["strength"], first["reason"], first["state"], first["set_aside"]) == ("0", "hedge", "disputed", "")
    assert first["scheme_version"] == "1"
    assert datetime.fromisoformat(first["assessed_at"]) == own.created_at
    assert datetime.fromisoformat(first["updated_at"]) == own.updated_at
    assert first["assessed_at"].endswith("Z")
    assert (found[1]["strength"], found[1]["reason"]) == ("", "")


def test_claims_that_are_set_aside_say_so(labelled: list[Claim], max: User) -> None:
    ClaimStatus.objects.filter(pk=labelled[0].pk).update(set_aside=Aside.HIDDEN)
    assert {row["set_aside"] for row in rows(max)} == {"hidden"}


def test_nothing_of_a_withdrawn_article_is_in_it(labelled: list[Claim], max: User) -> None:
    ArticleStatus.objects.update(withdrawn_at=datetime.now(UTC))
    assert rows(max) == []


def test_filters_are_those_of_the_page(labelled: list[Claim], max: User) -> None:
    article = labelled[0].article_id
    assert [row["reviewer"] for row in rows(max, reviewer="ben", other="ana", article=article)] == ["ana", "ben"]
    assert len(rows(max, reviewer="ben")) == 3
    Assessment.objects.update(created_at=datetime(2024, 4, 30, 23, 59, tzinfo=UTC))
    assert len(rows(max, labelled_after="2024-04-30", labelled_before="2024-04-30")) == 3
    assert rows(max, labelled_after="2024-05-01") == rows(max, labelled_before="2024-04-29") == []


def test_no_cell_is_a_formula(labelled: list[Claim], ana: User, max: User) -> None:
    ArticleStatus.objects.update(title='=HYPERLINK("https://example.org")')
    User.objects.filter(pk=ana.pk).update(username="@SUM(1)")
    text = "".join(block.text for block in agreement_blocks(AgreementFilter({}, viewer=max)))
    assert "'=HYPERLINK" in text
    assert ",'@SUM(1)," in text
    assert {row["article_title"] for row in read(text)} == {'=HYPERLINK("https://example.org")'}


def test_the_command_writes_the_same_file(labelled: list[Claim], max: User, tmp_path: Path) -> None:
    call_command("export_agreement", "--output", str(tmp_path / "rows.csv"), "--reviewer", "ben", stdout=io.StringIO())
    assert read((tmp_path / "rows.csv").read_text(encoding="utf-8")) == rows(max, reviewer="ben")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.csv", "rows.csv.manifest.json"]


def test_the_command_says_what_is_wrong_and_writes_nothing(labelled: list[Claim], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Labelled from: This is not a day"):
        call_command("export_agreement", "--output", str(tmp_path / "rows.csv"), "--labelled-after", "May")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_agreement", "--output", str(tmp_path / "nowhere" / "rows.csv"))
    assert list(tmp_path.iterdir()) == []
