"""Whatever goes wrong has one shape: RFC 9457, with a sentence that says what to do, and never a stack."""

import json
from typing import Any

import pytest
from django.test import Client

from claims.api.problems import KINDS
from claims.models import Claim, Story, User
from tests.api.program import BELOW, Program

pytestmark = pytest.mark.usefixtures("unlimited")


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["type"] == f"/api/v1/docs/#problem-{KINDS[status][0]}"
    assert told["title"] == KINDS[status][1]
    assert told["detail"].endswith((".", "it."))
    assert "Traceback" not in answer.content.decode()
    return told


@pytest.mark.parametrize("url", ["nothing", "claims/", "claims/1", "stories/x/matters", "", "docs", "claims.json"])
def test_an_address_that_is_none(url: str, ana: User) -> None:
    for asks in (Program(ana), Program(None)):
        is_problem(asks.get(url), 404)


def test_addresses_below_the_api_that_django_itself_answers(db: None) -> None:
    is_problem(Client().get("/api/v2/claims"), 404)
    is_problem(Client().get("/api/"), 404)
    page = Client().get("/nothing")
    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()


def test_a_method_that_an_address_does_not_take(ana: User) -> None:
    answer = Program(ana).delete("claims")
    assert "allowed" in is_problem(answer, 405)["detail"]
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("limit=0", "from 1 to 200"),
        ("limit=201", "from 1 to 200"),
        ("limit=x", "from 1 to 200"),
        ("limit=²", "from 1 to 200"),
        ("after=x", "page of the list"),
        ("after=" + "A" * 5_000, "page of the list"),
        ("after=bm90aGluZw", "page of the list"),
        ("article=x", "not the key"),
        ("state=nonsense", "Take one from the list"),
        ("label=%00", ""),
        ("q=" + "x" * 500, "Shorten it"),
        ("q=%00", "Null characters"),
        ("opened_after=yesterday", "not a day"),
    ],
)
def test_a_question_that_makes_no_sense(query: str, sentence: str, ana: User, claim: Claim) -> None:
    asks = Program(ana)
    told = is_problem(asks.client.get(f"{BELOW}claims?{query}", headers=asks.headers), 400)
    assert sentence in told["detail"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("articles", "outlet=x"),
        ("sources", "kind=x"),
        ("sources", "q=%00"),
        ("suggestions", "story=x"),
        ("suggestions", "after=MX54"),
        ("suggestions", "after=bmFuficx"),
        ("outlets", "after=AAAA"),
        ("flags", "claim=x"),
        ("links", "relation=x"),
        ("imports", "after=MjAyNC0wMS0wMVQwMDowMDowMCswMDowMH41"),
        ("assignments", "after=MjAyNC0wMS0wMVQwMDowMDowMCswMDowMH54"),
        ("agreement", "article=x"),
    ],
)
def test_other_lists_refuse_nonsense_too(path: str, query: str, max: User) -> None:
    asks = Program(max)
    is_problem(asks.client.get(f"{BELOW}{path}?{query}", headers=asks.headers), 400)


def put_label(asks: Program, claim: Claim, raw: bytes, content_type: str = "application/json") -> Any:
    headers = asks.headers | {"If-Match": '"0"', "Idempotency-Key": "0e8f7c7e-3a0c-4a25-9f4b-0f4f8d4b2a11"}
    url = f"{BELOW}claims/{claim.pk}/label"
    return asks.client.generic("PUT", url, raw, content_type=content_type, headers=headers)


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'"OPINION"',
        b"null",
        b'{"label": NaN}',
        b'{"label": Infinity}',
        b"\xff\xfe",
        b'{"label": ' + b"9" * 5_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 20_000,
    ],
)
def test_a_body_that_is_no_json_object(raw: bytes, ana: User, claim: Claim) -> None:
    is_problem(put_label(Program(ana), claim, raw), 400)


def test_a_body_that_is_too_large_is_read_no_further(ana: User, claim: Claim) -> None:
    told = is_problem(put_label(Program(ana), claim, b'{"note": "' + b"x" * 300_000 + b'"}'), 413)
    assert "256,000" in told["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_of_another_kind(kind: str, ana: User, claim: Claim) -> None:
    assert "application/json" in is_problem(put_label(Program(ana), claim, b"label=OPINION", kind), 415)["detail"]


def test_what_is_wrong_with_a_field_is_told_with_its_place(ana: User, claim: Claim) -> None:
    told = is_problem(put_label(Program(ana), claim, json.dumps({"label": "LIE", "strength": 9}).encode()), 400)
    assert {one["pointer"] for one in told["errors"]} == {"/label", "/strength"}
    assert all(one["detail"] for one in told["errors"])


def test_something_that_is_asked_for_in_another_format(ana: User) -> None:
    asks = Program(ana)
    answer = asks.client.get(f"{BELOW}claims", headers=asks.headers | {"Accept": "text/html"})
    is_problem(answer, 406)


def test_a_failure_here_is_told_without_a_stack(ana: User, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*unused: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("claims.api.claims.whole_claim", fail)
    asks = Program(ana)
    asks.client.raise_request_exception = False
    found = Claim.objects.all()[0]
    answer = asks.get(f"claims/{found.pk}")
    assert "Send it again later" in is_problem(answer, 500)["detail"]
    assert b"secret" not in answer.content


def test_every_kind_of_problem_has_its_place_on_the_docs_page(db: None) -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    for name, title in KINDS.values():
        assert f'id="problem-{name}"' in page
        assert title in page
