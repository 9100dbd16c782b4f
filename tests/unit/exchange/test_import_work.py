"""Work that comes back in: all of it, under the names of those who did it, and never over what is here."""

import io
import json
from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from claims.exchange.write_csv import csv_blocks
from claims.filters import ClaimFilter
from claims.management.export_command import moderators_eyes
from claims.models import (
    ArticleStatus,
    Assessment,
    Claim,
    ClaimStatus,
    Event,
    ImportedAuthor,
    Job,
    ProposalOutcome,
    User,
)
from claims.refusals import Invalid, NotAllowed
from claims.vocabulary import EventKind, Label
from tests.cast import assess, person, rule
from tests.exchanging import HOSTILE, a_bit_of_everything, elsewhere, exported, import_text, stored

ADDRESS = "https://example.org/hostile"


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]


def text_of(said: list[dict[str, object]]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in said)


def labelled_elsewhere(*labels: Label) -> str:
    """A file of a workbench where people of these labels judged the first claim of the hostile text."""
    with elsewhere():
        first = stored(HOSTILE, ADDRESS)[0]
        for number, label in enumerate(labels):
            assess(first, person(f"reviewer{number}", "reviewer"), label)
        return exported()


def call(*arguments: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_authors_become_accounts_that_nobody_can_log_in_to(operator: User) -> None:
    import_text(labelled_elsewhere(Label.SOURCED), origin="Elm Gazette")
    author = ImportedAuthor.objects.get()
    assert (author.name, author.origin, author.user.username) == ("reviewer0", "Elm Gazette", "reviewer0 (imported)")
    assert not author.user.is_active
    assert not author.user.has_usable_password()
    assert author.user.role == "reader"


def test_what_somebody_of_another_desk_did_never_stands_under_the_account_of_that_name_here(operator: User) -> None:
    text = labelled_elsewhere(Label.SOURCED)
    own = person("reviewer0", "reviewer")
    import_text(text)
    assert not Assessment.objects.filter(reviewer=own).exists()


def test_the_log_names_the_importer_and_the_file(operator: User) -> None:
    import_text(labelled_elsewhere(Label.SOURCED), origin="Elm Gazette")
    (event,) = Event.objects.filter(kind=EventKind.WORK_IMPORTED)
    assert event.by == operator
    assert event.after["sha256"] == "0" * 64
    assert event.target_id == str(Job.objects.get().pk)
    assert "Elm" not in json.dumps(event.after["added"])


@pytest.mark.parametrize("who", ["ana", "max", "eve"])
def test_only_administrators_and_commands_bring_work_in(
    who: str, operator: User, request: pytest.FixtureRequest
) -> None:
    text = labelled_elsewhere(Label.SOURCED)
    with pytest.raises(NotAllowed):
        import_text(text, by=request.getfixturevalue(who))
    assert not Claim.objects.exists()


def test_an_administrator_may(ada: User) -> None:
    import_text(labelled_elsewhere(Label.SOURCED), by=ada)
    assert Assessment.objects.count() == 1


def test_a_file_that_comes_twice_changes_nothing_the_second_time(operator: User) -> None:
    text = labelled_elsewhere(Label.SOURCED, Label.SOURCED)
    import_text(text)
    again = import_text(text)
    assert (sum(again.taken.added.values()), again.taken.differ, again.restated) == (0, 0, 0)
    assert exported() == text


def test_the_desks_own_file_finds_all_of_it_here(ana: User, ben: User, max: User) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    text = exported()
    done = import_text(text)
    assert (sum(done.taken.added.values()), done.taken.differ, done.restated) == (0, 0, 0)
    assert exported() == text


def test_assessments_that_come_to_those_here_settle_the_claim_with_them(ana: User) -> None:
    text = labelled_elsewhere(Label.SOURCED)
    first = stored(HOSTILE, ADDRESS)[0]
    assess(first, ana, Label.SOURCED)
    done = import_text(text)
    status = ClaimStatus.objects.get(claim=first)
    assert (status.state, status.settled_label, status.given) == ("agreed", Label.SOURCED, 2)
    assert done.restated == 1
    assert ArticleStatus.objects.get().settled_count == 1
    assert ProposalOutcome.objects.filter(claim=first).exists() == hasattr(first, "proposal")


def test_assessments_that_differ_from_those_here_dispute_the_claim(ana: User, ben: User) -> None:
    text = labelled_elsewhere(Label.OPINION)
    first = stored(HOSTILE, ADDRESS)[0]
    assess(first, ana, Label.SOURCED)
    assess(first, ben, Label.SOURCED)
    import_text(text)
    assert ClaimStatus.objects.get(claim=first).state == "disputed"
    assert ArticleStatus.objects.get().settled_count == 0


def test_what_differs_is_told_and_what_is_here_stands(operator: User) -> None:
    text = labelled_elsewhere(Label.SOURCED)
    import_text(text)
    other = text.replace('"label":"SOURCED","strength":null', '"label":"OPINION","strength":null')
    assert other != text
    done = import_text(other)
    (differing,) = done.taken.differing
    assert (differing.kind, differing.here, differing.there) == (
        "assessment",
        {"label": "SOURCED"},
        {"label": "OPINION"},
    )
    assert exported() == text


def test_a_label_that_nothing_settles_is_not_believed(operator: User) -> None:
    said = lines(labelled_elsewhere(Label.SOURCED))
    for line in said:
        if line["type"] == "claim" and line["state"] == "in_review":
            line |= {"state": "agreed", "settled_label": "OPINION", "settled_at": line["opened_at"], "given": 2}
    done = import_text(text_of(said))
    assert done.restated == 1
    assert set(ClaimStatus.objects.values_list("state", "settled_label")) == {("open", ""), ("in_review", "")}
    assert ArticleStatus.objects.get().settled_count == 0


def test_a_check_says_what_would_become_of_a_file_and_stores_nothing(operator: User) -> None:
    done = import_text(labelled_elsewhere(Label.SOURCED), check=True)
    assert done.taken.added["claim"] == 5
    assert not Claim.objects.exists()
    assert not Event.objects.filter(kind=EventKind.WORK_IMPORTED).exists()


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("claim", {"quote": "Something else."}, "quote is not what stands at this place"),
        ("claim", {"end": 100_000}, "lie outside"),
        ("claim", {"id": "1"}, "is no key"),
        ("claim", {"article": str(uuid4())}, "refers to a article"),
        ("revision", {"sha256": "0" * 64}, "not that of the bytes"),
        ("revision", {"raw": "?"}, "no base64"),
        ("revision", {"text": "Another text."}, "quote is not|not what its bytes say|lie outside|end lies"),
        ("assessment", {"label": "TRUE"}, "scheme does not know"),
        ("assessment", {"strength": 5, "label": "OPINION"}, "cannot be stored"),
        ("assessment", {"by": ""}, "no name of a person"),
        ("assessment", {"note": "x" * 10_000}, "too long"),
        ("assessment", {"created_at": "yesterday"}, "no time in UTC"),
        ("assessment", {"claim": None}, "is missing"),
        ("article", {"address": "javascript:alert(1)"}, "no address"),
        ("article", {"bases": {"voice": {"basis": "in_text", "link": "javascript:x"}}}, "no address"),
        ("article", {"headline": "a\u0000"}, "cannot be stored"),
        ("proposal", {"confidence": 7}, "from 0 to 1"),
    ],
)
def test_a_line_that_does_not_hold_is_refused_and_nothing_of_the_file_is_stored(
    kind: str, change: dict[str, object], said: str, operator: User
) -> None:
    found = lines(labelled_elsewhere(Label.SOURCED))
    next(line for line in found if line["type"] == kind).update(change)
    with pytest.raises(Invalid, match=said):
        import_text(text_of(found))
    assert not Claim.objects.exists()
    assert not User.objects.filter(imported__isnull=False).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("x\n", "no JSON object"),
        ("[1]\n", "no JSON object"),
        ('{"type":"claim"}\n', "first line"),
        ('{"type":"file","format":99}\n', "reads format 1"),
        ('{"type":"file","format":1,"scheme_version":1,"seen":"desk"}\n', "one reviewer"),
        ('{"type":"file","format":1,"scheme_version":1,"seen":"everything"}\n{"type":"x"}\n', "Line 2 is of no type"),
        ('{"type":"file","format":1,"scheme_version":1,"seen":"everything"}\n' + "[" * 100_000, "Line 2 is no JSON"),
        (
            '{"type":"file","format":1,"scheme_version":1,"seen":"everything"}\n'
            + '{"type":"claim","x":' + "[" * 50 + "]" * 50 + "}\n",
            "nested deeper",
        ),
        ("a" * 10_000_001, "longer than"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_with_its_line(text: str, said: str, operator: User) -> None:
    with pytest.raises(Invalid, match=said):
        import_text(text)


def test_notes_are_cleaned_on_the_way_in(operator: User) -> None:
    said = lines(labelled_elsewhere(Label.SOURCED))
    next(line for line in said if line["type"] == "assessment")["note"] = "<b>so</b><script>alert(1)</script>"
    import_text(text_of(said))
    assert "<script" not in Assessment.objects.get().note
    assert "<b>so</b>" in Assessment.objects.get().note


def test_no_text_comes_back_to_a_withdrawn_article(max: User) -> None:
    from claims.ingest.withdraw_article import withdraw_article

    text = labelled_elsewhere(Label.SOURCED)
    article = stored(HOSTILE, ADDRESS)[0].article
    withdraw_article(by=max, article_id=article.pk, reason="Its lawyer wrote.", expected_version=0)
    done = import_text(text)
    assert done.taken.differ
    assert not Assessment.objects.exists()
    assert set(Claim.objects.values_list("exact", flat=True)) == {""}


def as_csv() -> str:
    viewer = moderators_eyes()
    found = ClaimFilter({}, viewer=viewer)
    return "".join(block.text for block in csv_blocks(found.claims, viewer=viewer, base_url="https://desk.example"))


def test_csv_into_a_workbench_with_the_same_articles_is_written_again_as_it_was(
    ana: User, ben: User, max: User, tmp_path: Path
) -> None:
    with elsewhere():
        first, second, third, *_ = stored(HOSTILE, ADDRESS)
        assess(first, ana, Label.SOURCED, note="=1+1;\u2028<b>-so</b> 🌉", strength=4)
        assess(first, ben, Label.SOURCED, strength=2)
        assess(second, ana, Label.UNSOURCED, reason="hedge", note="'+44\u00a0שלום")
        rule(third, max, Label.OPINION, explanation='@SUM(1)\n"more"')
        text = as_csv()
    stored(HOSTILE, ADDRESS)
    assert as_csv() != text
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8", newline="")
    call("import_claims", tmp_path / "claims.csv", "--as-origin", "Elm Gazette")
    assert as_csv() == text
    call("import_claims", tmp_path / "claims.csv", "--as-origin", "Elm Gazette")
    assert as_csv() == text


def test_csv_of_another_form_is_refused(tmp_path: Path, operator: User) -> None:
    (tmp_path / "claims.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="first row"):
        call("import_claims", tmp_path / "claims.csv")


def test_the_command_lists_what_differs_and_ends_with_an_error(tmp_path: Path, operator: User) -> None:
    text = labelled_elsewhere(Label.SOURCED)
    import_text(text)
    (tmp_path / "work.jsonl").write_text(
        text.replace('"label":"SOURCED","strength":null', '"label":"OPINION","strength":null')
    )
    with pytest.raises(CommandError, match="1 rows differ"):
        call("import_claims", tmp_path / "work.jsonl")


def test_counters_are_those_that_counting_anew_would_give(ana: User, ben: User, max: User) -> None:
    with elsewhere():
        a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
        counted = Counter(ArticleStatus.objects.values_list("article", "claims_count", "settled_count"))
        work = dict(ClaimStatus.objects.values_list("claim", "takes_work"))
        outcomes = set(ProposalOutcome.objects.values_list("claim", "decided", "accepted"))
        text = exported()
    import_text(text)
    assert Counter(ArticleStatus.objects.values_list("article", "claims_count", "settled_count")) == counted
    assert dict(ClaimStatus.objects.values_list("claim", "takes_work")) == work
    assert set(ProposalOutcome.objects.values_list("claim", "decided", "accepted")) == outcomes
