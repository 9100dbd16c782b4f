"""The panel's lists and pages stay cheap however many rows there are."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import search
from claims.admin import claim as claim_list
from claims.admin.lists import CappedPaginator
from claims.coverage.correct_story import post_correction
from claims.coverage.describe_story import create_story
from claims.models import Claim, Story, User
from claims.permissions import operator
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in, person, rule
from tests.pages.admin_panel import NOUNS, World, address, ask_for_correction, found, list_of, one_row_of_each  # noqa: F401

pytestmark = pytest.mark.django_db

BUDGET = 12
WHOLE_TABLE = re.compile(r"count\(", re.I)
PANEL = {model._meta.model_name: page for model, page in admin.site._registry.items()}


def queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.fixture
def grow(make_article: MakeArticle, max: User, ana: User, world: World) -> Any:
    """More rows of every kind: articles of one claim, each assessed and ruled, in a story with a correction."""

    def make(count: int) -> None:
        for number in range(count):
            story = create_story(by=max, title=f"Story {number}", description="", key=uuid4())
            article = make_article(f"The dam of valley {uuid4().hex} broke.", f"https://{uuid4().hex}.example/", story)
            claim = Claim.objects.get(article=article)
            assess(claim, ana)
            rule(claim, max)
            asked = ask_for_correction(story, "No dam.")
            post_correction(by=max, story=story, line="A dyke.", request_id=asked.pk, key=uuid4())
            person(f"p{uuid4().hex[:8]}", "reviewer")

    return make


def test_every_list_is_within_its_budget_with_few_rows_and_with_many(grow: Any, ada: User) -> None:
    client = logged_in(ada)
    grow(3)
    few = {noun: len(queries(client, list_of(noun))) for noun in NOUNS}
    grow(27)
    many = {noun: len(queries(client, list_of(noun))) for noun in NOUNS}
    assert few == many
    assert {noun: count for noun, count in many.items() if count > BUDGET} == {}


def test_no_page_counts_a_table_to_its_end(grow: Any, ada: User, world: World) -> None:
    client = logged_in(ada)
    grow(2)
    pages = [
        "/admin/", *map(list_of, NOUNS),
        *(f"{list_of(noun)}?_facets=1" for noun in NOUNS), f"{list_of('claim')}?q=dam&state=ruled&_facets=1",
        *(address(f"claims_{noun}_{page}", world) for noun in NOUNS for page in ("change", "history")),
    ]  # fmt: skip
    counts = [sql for page in pages for sql in queries(client, page) if WHOLE_TABLE.search(sql)]
    assert counts
    assert [sql for sql in counts if not re.search(r"LIMIT \d+\)", sql)] == []


def test_a_count_stops_at_its_cap_and_says_so(grow: Any, max: User, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(2)
    monkeypatch.setattr(CappedPaginator, "CAP", 5)
    shown = logged_in(max).get(list_of("claim")).content.decode()
    assert "5+ claims" in shown
    assert Claim.objects.count() > 5
    monkeypatch.undo()
    assert f"{Claim.objects.count()} claims" in logged_in(max).get(list_of("claim")).content.decode()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_has_one_order_whatever_the_address_asks(noun: str, ada: User, world: World) -> None:
    client = logged_in(ada)
    plain, asked = (client.get(list_of(noun) + query).context["cl"].queryset.query for query in ("", "?o=-1.2"))
    assert plain.order_by == asked.order_by == tuple(PANEL[noun].ordering)


@pytest.mark.parametrize("noun", NOUNS)
def test_each_choice_of_each_filter_gives_a_page(noun: str, ada: User, world: World) -> None:
    client = logged_in(ada)
    for offered in PANEL[noun].list_filter:
        for value in offered.conditions:
            assert client.get(list_of(noun), {offered.parameter_name: value}).status_code == 200
        assert client.get(list_of(noun), {offered.parameter_name: "neither"}).status_code == 302


def test_claims_are_found_by_words_by_key_and_by_state(max: User, world: World) -> None:
    client = logged_in(max)
    assert [str(claim) for claim in found(client, "claim", q="“IDA\u00a0Mayor”")] == []
    assert ["Mayor Ida Brook" in str(claim) for claim in found(client, "claim", q="“MAYOR\u00a0Ida”")] == [True]
    assert found(client, "claim", q=str(world["claim"].pk)) == [world["claim"]]
    assert found(client, "claim", state="disputed") == [world["claim"]]
    assert {claim.status.settled_label for claim in found(client, "claim", label=Label.UNSOURCED)} == {Label.UNSOURCED}


def test_a_search_for_common_words_reads_the_newest_claims_only(
    max: User, world: World, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in(max)
    make_article("A newer bridge was opened.", "https://example.com/newer")
    make_article("The newest bridge was opened.", "https://example.com/newest")
    assert len(found(client, "claim", q="bridge")) == 5
    for name in ("READ", "NAMED", "ENOUGH"):
        monkeypatch.setattr(search, name, 1)
    monkeypatch.setattr(claim_list, "SEARCHED", 1)
    newest = [str(claim) for claim in found(client, "claim", q="bridge")]
    assert newest == ["The newest bridge was opened.", "A newer bridge was opened."]


def test_events_are_found_by_person_by_thing_and_by_kind(max: User, ana: User, world: World) -> None:
    client = logged_in(max)
    assert {event.by for event in found(client, "event", q="ana")} == {ana}
    about = found(client, "event", q=str(world["claim"].pk))
    assert {event.target_id for event in about} == {str(world["claim"].pk)}
    assert [event.number for event in about] == sorted((event.number for event in about), reverse=True)
    assert {event.kind for event in found(client, "event", kind="claim.ruled")} == {"claim.ruled"}


def test_the_other_lists_are_searched_by_name(ada: User, world: World) -> None:
    client = logged_in(ada)
    assert len(found(client, "assessment", q="ana")) == 1
    assert found(client, "article", q="example.org") == [world["article"]]
    assert found(client, "article", q=str(world["article"].pk)) == [world["article"]]
    assert found(client, "article", q="nowhere.example") == []
    assert found(client, "outlet", q="exam") == [world["outlet"]]
    assert found(client, "user", q="ev") == [world["user"]]


def test_odd_addresses_are_answered_and_are_no_errors(max: User, world: World) -> None:
    client = logged_in(max)
    for url in (
        "claim/?q=%00", "claim/?p=999", "claim/?p=x", "claim/?all=", "event/?q=" + "9" * 400, "claim/not-a-key/change/",
        "event/99999999999999999999999/change/", "claim/%00/change/", "claim/?q=" + "a" * 3_000,
    ):  # fmt: skip
        assert client.get(f"/admin/claims/{url}", follow=True).status_code == 200, url
    for url in ("claim/not-a-key/history/", "claim/rule/?row=not-a-key", "claim/rule/", f"claim/rule/?row={uuid4()}"):
        assert client.get(f"/admin/claims/{url}").status_code == 404, url


def test_the_first_page_says_what_waits_and_what_happened(max: User, world: World) -> None:
    answer = logged_in(max).get("/admin/")
    assert [(work.name, work.count) for work in answer.context["to_do"]] == [
        ("Disputed claims", "1"),
        ("Disputed links", "0"),
        ("Flags without an answer", "1"),
        ("Hidden claims", "0"),
        ("Correction requests without an answer", "1"),
    ]
    assert len(answer.context["recent"]) == 10
    for work in answer.context["to_do"]:
        assert logged_in(max).get(work.url).status_code == 200


def test_the_lists_show_what_belongs_in_them(max: User, world: World, story: Story) -> None:
    claim_page = logged_in(max).get(address("claims_claim_change", world)).content.decode()
    assert "canary of a note" in claim_page
    assert f"/claims/{world['claim'].pk}/" in claim_page
    assert operator().username in logged_in(max).get(list_of("event")).content.decode()
