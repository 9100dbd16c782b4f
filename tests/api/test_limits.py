"""How often somebody may ask: counted a minute, over several processes, and told in headers."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from claims.accounts.note_use import count_request
from claims.api import limits
from claims.models import ApiUse, User
from tests.api.program import Program

FEW = {"token": 3, "address": 2, "failed": 2}


@pytest.fixture(autouse=True)
def _few(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_LIMITS = FEW
    monkeypatch.setattr(limits.time, "time", lambda: 1_700_000_010.0)


def remaining(answer: Any) -> int:
    assert answer.headers["RateLimit-Reset"] == "30"
    return int(answer.headers["RateLimit-Remaining"])


def test_what_is_left_is_told_and_beyond_it_the_answer_is_429(ana: User) -> None:
    asks = Program(ana)
    assert [remaining(asks.get("me")) for _ in range(3)] == [2, 1, 0]
    answer = asks.get("me")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["RateLimit-Limit"] == "3"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Wait 30 seconds" in answer.json()["detail"]


def test_the_next_minute_begins_anew(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = Program(ana)
    for _ in range(5):
        asks.get("me")
    monkeypatch.setattr(limits.time, "time", lambda: 1_700_000_040.0)
    assert asks.get("me").status_code == 200


def test_each_token_has_its_own_limit_and_addresses_theirs(ana: User, ben: User) -> None:
    mine, other = Program(ana), Program(ben)
    for _ in range(4):
        mine.get("me")
    assert mine.get("me").status_code == 429
    assert other.get("me").status_code == 200
    assert Program(None).get("stories").status_code == 200


def test_without_a_token_an_address_is_counted_and_another_is_not(db: None) -> None:
    def ask(address: str) -> int:
        return Client().get("/api/v1/stories", REMOTE_ADDR=address).status_code

    assert [ask("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert ask("192.0.2.77") == 200
    # Of IPv6 a whole network of a provider's customer is one.
    assert [ask(f"2001:db8:1:1::{number}") for number in range(3)] == [200, 200, 429]


def test_tokens_that_are_not_good_are_counted_by_address_and_good_ones_still_work(ana: User) -> None:
    def wrong() -> Any:
        return Client().get("/api/v1/me", headers={"Authorization": f"Bearer cw_{'x' * 43}"})

    assert [wrong().status_code for _ in range(4)] == [401, 401, 429, 429]
    assert Program(ana).get("me").status_code == 200


def test_no_address_and_no_token_stands_in_the_table(ana: User) -> None:
    asks = Program(ana)
    asks.get("me")
    Client().get("/api/v1/stories", REMOTE_ADDR="192.0.2.1")
    kept = str(list(ApiUse.objects.values()))
    assert "192.0.2" not in kept
    assert asks.headers["Authorization"].removeprefix("Bearer ") not in kept


def test_refused_requests_count_too(eve: User) -> None:
    asks = Program(eve)
    assert [asks.get("claims").status_code for _ in range(4)] == [403, 403, 403, 429]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_where_several_count_at_once() -> None:
    def count() -> None:
        for _ in range(20):
            count_request(who="token:one", window=7)
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ApiUse.objects.get().count == 80
