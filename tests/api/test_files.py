"""The lists as files through the API: the rows of the list and no others, as the page writes them, block by block."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, User
from claims.transfers import Scope
from claims.vocabulary import Label
from tests.api.program import BELOW, Program, body_of
from tests.cast import assess, logged_in, rule
from tests.linking import link

pytestmark = pytest.mark.usefixtures("unlimited")

NOUNS = ("claims", "links", "sources", "articles")
FILES = tuple(f"{noun}.{ending}" for noun in NOUNS for ending in ("csv", "jsonl"))
TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


@pytest.fixture
def desk(claims: list[Claim], ana: User, max: User, keys: dict[str, Any]) -> list[Claim]:
    """Four claims of one article: one settled, one labelled by ana, two that nobody touched; and a link."""
    rule(claims[0], max, Label.OPINION)
    assess(claims[1], ana, Label.SOURCED, note="canary of a note")
    return claims


def rows(asks: Program, path: str) -> list[dict[str, str]]:
    name, _, query = path.partition("?")
    answer = asks.client.get(BELOW + name, QUERY_STRING=query, headers=asks.headers)
    return list(csv.DictReader(io.StringIO(body_of(answer), newline="")))


def lines(asks: Program, path: str) -> list[dict[str, Any]]:
    name, _, query = path.partition("?")
    answer = asks.client.get(BELOW + name, QUERY_STRING=query, headers=asks.headers)
    return [json.loads(line) for line in body_of(answer).splitlines()]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("who", ["ana", "max"])
def test_a_file_is_the_one_that_the_page_gives(
    name: str, who: str, desk: list[Claim], request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    of_api = Program(user).get(name)
    of_page = logged_in(user).get(f"/{name}")
    assert body_of(of_api) == body_of(of_page)
    assert of_api.headers["Content-Type"] == TYPES[name.partition(".")[2]]
    assert of_api.headers["Content-Disposition"] == of_page.headers["Content-Disposition"]
    assert of_api.headers.get("X-Event-Log") == of_page.headers.get("X-Event-Log")
    assert ("X-Event-Log" in of_api.headers) == (who == "max")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sent_as_it_is_written_and_says_what_is_left_of_the_limit(
    name: str, desk: list[Claim], ana: User
) -> None:
    answer = Program(ana).get(name)
    assert answer.streaming
    assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= set(answer.headers)
    assert "ETag" not in answer.headers
    assert "Authorization" in answer.headers["Vary"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("accept", ["*/*", "text/csv", "application/jsonl", "application/json"])
def test_a_file_comes_whatever_of_its_types_is_asked_for(name: str, accept: str, desk: list[Claim], ana: User) -> None:
    fits = accept in {"*/*", "application/json"} or accept in TYPES[name.partition(".")[2]]
    asks = Program(ana)
    answer = asks.client.get(BELOW + name, headers=asks.headers | {"Accept": accept})
    assert answer.status_code == (200 if fits else 406)


@pytest.mark.parametrize("name", FILES)
def test_what_goes_wrong_is_a_problem_whatever_type_is_asked_for(name: str, eve: User) -> None:
    for accept in ("text/csv", "application/jsonl", "*/*"):
        asks = Program(eve)
        answer = asks.client.get(BELOW + name, headers=asks.headers | {"Accept": accept})
        assert answer.status_code in {403, 406}
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]


def test_the_filters_of_the_lists_hold_for_their_files(desk: list[Claim], ana: User, keys: dict[str, Any]) -> None:
    asks = Program(ana, Scope.READ)
    assert {row["claim_id"] for row in rows(asks, "claims.csv?settled=OPINION")} == {str(desk[0].pk)}
    told = [line for line in lines(asks, "claims.jsonl?settled=OPINION") if line["type"] == "claim"]
    assert [line["id"] for line in told] == [str(desk[0].pk)]
    assert rows(asks, "links.csv?relation=contradicts") == []
    assert rows(asks, "sources.csv?q=mayor")[0]["source_id"] == str(keys["source_id"])
    assert rows(asks, "sources.csv?q=nobody") == []
    outlet, nowhere = keys["outlet_id"], "00000000-0000-8000-8000-000000000000"
    assert len(rows(asks, f"articles.csv?outlet={outlet}")) == 1
    assert rows(asks, f"articles.csv?story={nowhere}") == []


@pytest.mark.parametrize(
    "asked",
    ["claims.csv?label=LIE", "claims.jsonl?opened_after=soon", "links.csv?relation=hates", "links.jsonl?state=odd",
     "sources.csv?kind=ghost", "sources.jsonl?q=%00", "articles.csv?outlet=7", "articles.jsonl?story=x"],
)  # fmt: skip
def test_half_a_filter_is_not_what_was_asked(asked: str, desk: list[Claim], ana: User) -> None:
    name, _, query = asked.partition("?")
    asks = Program(ana)
    answer = asks.client.get(BELOW + name, QUERY_STRING=query, headers=asks.headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]


@pytest.mark.parametrize("name", FILES)
def test_a_reviewers_file_holds_nothing_of_another_reviewers_work(
    name: str, desk: list[Claim], ana: User, ben: User, max: User
) -> None:
    asks = Program(ana)
    # That two claims were put side by side is the desk's; what was found of them is not.
    link(desk[2], desk[3], max, reason="canary of max's")
    before = body_of(asks.get(name))
    assess(desk[2], ben, Label.UNSOURCED, note="canary of ben's")
    link(desk[2], desk[3], ben, "FRAMES_DIFFERENTLY", reason="canary of ben's")
    assert body_of(asks.get(name)) == before
    assert "canary of ben's" not in before
    assert "canary of max's" not in before
    if name.startswith("claims"):
        assert "canary of a note" in before


def test_a_head_of_a_file_has_its_headers_and_no_body(desk: list[Claim], ana: User) -> None:
    asks = Program(ana)
    answer = asks.client.head(f"{BELOW}claims.csv", headers=asks.headers)
    assert (answer.status_code, body_of(answer)) == (200, "")


def test_no_file_is_given_without_a_token_or_for_a_session(desk: list[Claim], ada: User) -> None:
    for client in (Client(), logged_in(ada)):
        assert client.get(f"{BELOW}claims.csv").status_code == 401
