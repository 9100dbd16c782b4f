"""One line for each request: what address of the code, how long, how many queries; never who, what, or which words."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from claims.models import Claim, User
from claims.telemetry.log_lines import JsonLines
from tests.cast import logged_in

pytestmark = pytest.mark.django_db


class Kept(logging.Handler):
    """What a collector of logs would get."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def told(self, logger: str = "claims.web.request_log") -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.lines) if line["logger"] == logger]


@pytest.fixture
def log() -> Iterator[Kept]:
    root, kept = logging.getLogger(), Kept()
    own = logging.getLogger("claims.web.request_log")
    was = own.level
    own.setLevel(logging.INFO)
    root.addHandler(kept)
    yield kept
    root.removeHandler(kept)
    own.setLevel(was)


def test_a_line_tells_the_route_and_its_cost(ana: User, claim: Claim, log: Kept) -> None:
    answer = logged_in(ana).get(f"/claims/{claim.pk}/?q=canary", headers={"User-Agent": "canary of a browser"})
    (line,) = log.told()
    assert {name: line[name] for name in ("level", "route", "method", "status", "request")} == {
        "level": "info",
        "route": "claim",
        "method": "GET",
        "status": 200,
        "request": answer.headers["X-Request-ID"],
    }
    assert line["ms"] >= line["query_ms"] > 0
    assert line["queries"] > 3
    assert line["time"].endswith("+00:00")
    assert set(line) == {
        "time", "level", "logger", "request", "route", "method", "status", "ms", "queries", "query_ms",
    }  # fmt: skip


def test_nothing_of_a_person_or_a_text_gets_into_the_log(ana: User, claim: Claim, log: Kept) -> None:
    browser = logged_in(ana)
    form = {"label": "OPINION", "version": 0, "note": "canary of a note", "key": "1f9d6c1e-6b1f-4a52-8a4b-0d0c5f3c7b11"}
    browser.post(f"/claims/{claim.pk}/assess", form)
    browser.get("/claims/?q=canary")
    browser.get("/canary/")
    browser.get("/claims/", headers={"Host": "canary.example"})
    Client().post("/login/", {"username": "canary", "password": "canary"}, REMOTE_ADDR="192.0.2.77")
    everything = "\n".join(log.lines)
    assert len(log.told()) == 5
    for word in ("canary", "192.0.2.77", claim.exact, str(claim.pk), '"ana"'):
        assert word not in everything


def test_an_error_is_told_by_its_class_and_its_place_and_not_by_its_words(
    ana: User, log: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        try:
            raise KeyError("canary of an article")
        except KeyError as error:
            raise ValueError("canary of a name") from error

    monkeypatch.setattr("claims.web.verdicts.page_of", broken)
    browser = logged_in(ana)
    browser.raise_request_exception = False
    assert browser.get("/verdicts/").status_code == 500
    (line,) = log.told("django.request")
    assert line["error"] == "ValueError from KeyError"
    assert line["where"][-1].endswith(" broken")
    assert line["request"] == log.told()[0]["request"]
    assert "canary" not in "\n".join(log.lines)


@pytest.mark.parametrize(("behind", "sent", "is_kept"), [
    (True, "7d3c.A-b_9", True),
    (False, "7d3c.A-b_9", False),
    (True, "x" * 65, False),
    (True, "x y", False),
    (True, 'x"},{"', False),
    (True, "", False),
])  # fmt: skip
def test_an_id_is_believed_from_the_own_proxy_alone(
    behind: bool, sent: str, is_kept: bool, settings: Any, log: Kept
) -> None:
    settings.BEHIND_PROXY = behind
    answer = Client().get("/method/", headers={"X-Request-ID": sent})
    told = answer.headers["X-Request-ID"]
    assert (told == sent) is is_kept
    assert is_kept or len(told) == 32
    assert log.told()[0]["request"] == told


def test_two_requests_have_two_ids() -> None:
    assert len({Client().get("/method/").headers["X-Request-ID"] for _ in range(2)}) == 2


def test_an_answer_that_is_made_while_it_is_sent_is_told_of_at_its_end(ana: User, claim: Claim, log: Kept) -> None:
    answer = logged_in(ana).get("/claims.csv")
    before = log.told()
    content = b"".join(answer.streaming_content)
    assert before == []
    assert claim.exact.encode() in content
    (line,) = log.told()
    assert (line["route"], line["status"]) == ("claim-export", 200)
    assert line["queries"] > 0


def test_who_goes_away_in_the_middle_is_told_of_as_well(ana: User, claim: Claim, log: Kept) -> None:
    answer = logged_in(ana).get("/claims.csv")
    next(iter(answer.streaming_content))
    answer.close()
    assert len(log.told()) == 1
    assert connection.execute_wrappers == []


def test_a_slow_query_is_logged_without_what_it_asked_for(ana: User, claim: Claim, settings: Any, log: Kept) -> None:
    # Every query takes longer.
    settings.SLOW_QUERY_MS = 0.000_001
    logged_in(ana).get("/claims/?q=canary")
    slow = log.told("claims.telemetry.query_watch")
    assert slow
    assert all(line["request"] for line in slow)
    assert any("claims_claim" in line["sql"] and "%s" in line["sql"] for line in slow)
    assert "canary" not in "\n".join(log.lines)
