"""The columns of the export that say more than the label: attribution, times, evidence, verdict, a changed text."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.coverage.publish_story import publish_story
from claims.exchange.claim_details import DETAIL_COLUMNS
from claims.exchange.claim_rows import COLUMNS
from claims.exchange.write_csv import HEADER, csv_blocks
from claims.models import Attribution, Claim, ClaimStatus, ClaimTime, Evidence, Story, User, Verdict
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.vocabulary import Label
from tests.cast import TEXT, MakeArticle, assess, logged_in, rule
from tests.pages.test_export import exported
from tests.pages.test_published_csv import rows_for

EVIL = '=HYPERLINK("https://example.org")'


def attribute(claim: Claim, by: User, *chain: GivenHop, **parts: Any) -> None:
    given = GivenAttribution(chain=chain, **parts)
    attribute_claim(by=by, claim_id=claim.pk, given=given, expected_version=0, key=uuid4())


def row_of(claim: Claim, viewer: User, reviewer: str = "") -> dict[str, str]:
    (row,) = [row for row in exported(viewer) if row["claim_id"] == str(claim.pk) and reviewer in {"", row["reviewer"]}]
    return row


def details_in(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in DETAIL_COLUMNS}


NOTHING = dict.fromkeys(DETAIL_COLUMNS, "") | {"evidence_count": "0"}


def test_new_columns_stand_behind_those_that_were_there() -> None:
    assert HEADER[: len(COLUMNS) + 1] == (*COLUMNS, "url")
    assert HEADER[0] == "claim_id"
    assert len(set(HEADER)) == len(HEADER)


def test_where_nothing_is_known_the_columns_are_empty(ana: User, claims: list[Claim]) -> None:
    assert [details_in(row) for row in exported(ana)] == [NOTHING] * len(claims)


def test_each_reviewers_row_has_their_own_attribution(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    for person, name in ((ana, "Ida Brook"), (ben, "Tom Reed")):
        assess(claims[1], person, Label.SOURCED)
        attribute(claims[1], person, GivenHop(name=name, kind="named_person"), GivenHop(occasion=f"for {name}"))
    for viewer in (ana, ben, max):
        for reviewer, name in (("ana", "Ida Brook"), ("ben", "Tom Reed")):
            assert row_of(claims[1], viewer, reviewer)["chain"] == f"{name} → for {name}"
    assert row_of(claims[0], ana)["chain"] == ""


def test_ticks_are_yes_and_the_root_is_the_first_source(ana: User, claims: list[Claim]) -> None:
    assess(claims[1], ana, Label.SOURCED)
    attribute(
        claims[1],
        ana,
        GivenHop(occasion="a meeting"),
        GivenHop(name="An official who was there", kind="unnamed_described"),
        needs_locator=True,
        content_is_opinion=True,
    )
    row = row_of(claims[1], ana)
    assert (row["source_name"], row["source_kind"]) == ("An official who was there", "unnamed_described")
    assert row["chain"] == "a meeting → An official who was there"
    assert row["chain_ids"].startswith("occasion ")
    assert (row["needs_locator"], row["content_is_opinion"], row["quote_kind"]) == ("yes", "yes", "")


def test_an_attribution_without_a_label_is_in_no_file(ana: User, max: User, claims: list[Claim]) -> None:
    attribute(claims[1], ana, GivenHop(name="Ida Brook", kind="named_person"))
    assert details_in(row_of(claims[1], ana)) == details_in(row_of(claims[1], max)) == NOTHING
    assess(claims[1], ana, Label.SOURCED)
    assert row_of(claims[1], ana)["source_name"] == "Ida Brook"


def test_times_evidence_and_verdict_stand_in_every_row_of_the_claim(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    claim = claims[1]
    for person in (ana, ben):
        assess(claim, person, Label.SOURCED)
    ClaimTime.objects.create(claim=claim, kind="event", value="2023-05", basis="in_text", by=ana)
    ClaimTime.objects.create(claim=claim, kind="as_of", value="unknown", basis="in_text", by=ana)
    kept = [Evidence.objects.create(claim=claim, url="https://example.org/1", stance="supports", by=ben)]
    kept += [Evidence.objects.create(claim=claim, url="https://example.org/2", stance="context", by=ana)]
    Evidence.objects.create(claim=claim, url="https://x.example/", stance="refutes", by=ana, removed_at=timezone.now())
    Verdict.objects.create(claim=claim, value="supported", explanation="So.", as_of="2023-06-01", by=max)
    ClaimStatus.objects.filter(pk=claim.pk).update(text_changed_at=timezone.now())
    for reviewer in ("ana", "ben"):
        row = row_of(claim, ana, reviewer)
        assert (row["event_time"], row["as_of"]) == ("2023-05", "unknown")
        assert (row["evidence_count"], row["verdict"], row["verdict_as_of"]) == ("2", "supported", "2023-06-01")
        assert row["text_changed"] == "yes"
    assert row_of(claims[0], ana)["text_changed"] == ""
    Verdict.objects.update(value="")
    assert (row_of(claim, ana, "ana")["verdict"], row_of(claim, ana, "ana")["verdict_as_of"]) == ("", "")


def test_what_others_did_with_an_unsettled_claim_changes_no_byte_of_the_file(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    before = logged_in(ana).get("/claims.csv").getvalue()
    assess(claims[1], ben, Label.SOURCED)
    attribute(claims[1], ben, GivenHop(name="Ida Brook", kind="named_person"))
    Evidence.objects.create(claim=claims[1], url="https://example.org/1", stance="supports", by=ben)
    Verdict.objects.create(claim=claims[1], value="refuted", explanation="So.", by=max)
    assert logged_in(ana).get("/claims.csv").getvalue() == before
    seen = row_of(claims[1], max)
    assert (seen["source_name"], seen["evidence_count"], seen["verdict"]) == ("Ida Brook", "1", "refuted")
    assess(claims[1], ana, Label.UNSOURCED)
    own = row_of(claims[1], ana)
    assert (own["source_name"], own["evidence_count"], own["verdict"]) == ("", "0", "")


def test_readers_get_none_of_it_and_no_claim_whose_words_changed(
    make_article: MakeArticle, story: Story, ana: User, max: User
) -> None:
    long = make_article(TEXT + " ".join(f"On day {day} nothing happened." for day in range(1, 40)), story=story)
    claim = Claim.objects.filter(article=long).in_reading_order()[1]
    assess(claim, ana, Label.SOURCED)
    attribute(claim, ana, GivenHop(name="Ida Brook", kind="named_person"))
    rule(claim, max, Label.SOURCED, strength=4)
    ClaimTime.objects.create(claim=claim, kind="event", value="2023-05", basis="in_text", by=ana)
    Evidence.objects.create(claim=claim, url="https://example.org/1", stance="supports", by=ana)
    Verdict.objects.create(claim=claim, value="supported", explanation="So.", by=max)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    (row,) = rows_for(Client(), story)
    assert row["settled_label"] == "SOURCED"
    assert details_in(row) == dict.fromkeys(DETAIL_COLUMNS, "")
    # What was settled was said of other words: it is not in the file until a moderator confirms it.
    ClaimStatus.objects.filter(pk=claim.pk).update(text_changed_at=timezone.now())
    assert rows_for(Client(), story) == []


def test_no_cell_is_a_formula_and_each_comes_back(ana: User, make_article: MakeArticle) -> None:
    text = f"{EVIL} said the mayor."
    claim = Claim.objects.get(article=make_article(text))
    assess(claim, ana, Label.SOURCED)
    whole = GivenSpan(0, len(EVIL))
    attribute(
        claim,
        ana,
        GivenHop(name="@mayor", kind="social_post"),
        GivenHop(occasion="-1+1"),
        source=whole,
        cue=whole,
        content=whole,
    )
    row = row_of(claim, ana)
    assert (row["source_name"], row["chain"]) == ("@mayor", "@mayor → -1+1")
    assert row["cue"] == row["source_words"] == row["content_words"] == EVIL
    raw = logged_in(ana).get("/claims.csv").getvalue().decode()
    assert ",'@mayor," in raw
    assert ",=HYP" not in raw.replace('"', "")


def of_rows(queries: CaptureQueriesContext) -> list[str]:
    """The queries that read rows, and not the viewer's role."""
    asked = [query["sql"] for query in queries]
    return [sql for sql in asked if sql.startswith(("SELECT", "DECLARE")) and "auth_group" not in sql]


@pytest.mark.parametrize("touched", [1, 4])
def test_a_chunk_takes_the_same_number_of_queries_however_much_is_known(
    ana: User, max: User, claims: list[Claim], touched: int
) -> None:
    for claim in claims[:touched]:
        assess(claim, ana, Label.SOURCED)
        attribute(claim, ana, GivenHop(name=f"Source {claim.pk}", kind="document"), GivenHop(occasion="x"))
    assert Attribution.objects.count() == touched
    with CaptureQueriesContext(connection) as queries:
        rows = sum(block.rows for block in csv_blocks(Claim.objects.visible_to(max), viewer=max))
    assert rows == len(claims)
    assert len(of_rows(queries)) == 7


def test_untouched_claims_cost_no_query_more(max: User, claims: list[Claim]) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(csv_blocks(Claim.objects.visible_to(max), viewer=max))
    assert len(of_rows(queries)) == 1


def test_somebody_without_an_account_is_told_nothing_also_where_a_claim_is_given(
    ana: User, claims: list[Claim]
) -> None:
    assess(claims[1], ana, Label.SOURCED)
    attribute(claims[1], ana, GivenHop(name="Tom Reed", kind="named_person"))
    blocks = csv_blocks(Claim.objects.visible_to(ana), viewer=AnonymousUser())
    assert "Tom Reed" not in "".join(block.text for block in blocks)
