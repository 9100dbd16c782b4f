"""The lists of the desk as files: what their filter lets through, and nothing that the viewer may not see."""

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.models import Claim, User
from claims.vocabulary import Label
from tests.cast import assess, logged_in, person, rule
from tests.exchanging import a_bit_of_everything
from tests.linking import link

CANARY = "CANARY-77ab"
LINES = ("/claims.jsonl", "/links.jsonl", "/sources.jsonl", "/articles.jsonl")
FILES = (*LINES, "/claims.annotations.json", "/sources.csv", "/articles.csv", "/claims.csv", "/links.csv")


def sent(browser: Client, url: str, **asked: str) -> str:
    answer = browser.get(f"{url}?{urlencode(asked)}" if asked else url)
    assert answer.status_code == 200
    return answer.getvalue().decode()


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("url", FILES)
@pytest.mark.parametrize(("who", "status"), [("eve", 403), (None, 302)])
def test_readers_get_no_file(url: str, who: str | None, status: int, claims: list[Claim], request: Any) -> None:
    browser = logged_in(request.getfixturevalue(who)) if who else Client()
    answer = browser.get(url)
    assert answer.status_code == status
    assert claims[0].exact.encode() not in answer.content


@pytest.mark.parametrize("url", FILES)
def test_no_file_of_a_reviewer_tells_what_others_did_before_it_is_settled(
    url: str, claims: list[Claim], ana: User, ben: User
) -> None:
    assess(claims[0], ana, Label.SOURCED)
    link(claims[0], claims[1], ana, "FRAMES_DIFFERENTLY")
    browser = logged_in(ana)
    before = sent(browser, url)
    assess(claims[0], ben, Label.OPINION, note=CANARY)
    assess(claims[1], ben, Label.OPINION, note=CANARY)
    link(claims[0], claims[1], ben, "UNRELATED", reason=CANARY)
    assert sent(browser, url) == before


def test_the_filter_of_the_list_is_that_of_the_file(ana: User, ben: User, max: User) -> None:
    claims = a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    browser = logged_in(max)
    settled = lines(sent(browser, "/claims.jsonl", settled="SOURCED"))
    assert [line["id"] for line in settled if line["type"] == "claim"] == [str(claims[0].pk)]
    assert {line["by"] for line in settled if line["type"] == "assessment"} == {"ana", "ben"}
    assert len([line for line in settled if line["type"] == "article"]) == 1
    assert {line["type"] for line in settled} >= {"source", "evidence", "verdict", "revision", "zone"}
    assert not [line for line in settled if line["type"] == "link"]
    confirmed = lines(sent(browser, "/links.jsonl", state="confirmed"))
    (found,) = [line for line in confirmed if line["type"] == "link"]
    assert {line["id"] for line in confirmed if line["type"] == "claim"} == {found["a"], found["b"]}
    sources = lines(sent(browser, "/sources.jsonl", q="brook"))[1:]
    assert {line["name"] for line in sources} == {"=Ida Brook", "Ida Brook"}


@pytest.mark.parametrize("url", ["/claims.jsonl", "/claims.annotations.json"])
def test_half_a_filter_is_refused(url: str, ana: User, claim: Claim) -> None:
    assert logged_in(ana).get(url, {"state": "nonsense"}).status_code == 400


def test_a_file_of_lists_is_safe_to_open_as_a_table(ana: User, ben: User, max: User) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    browser = logged_in(ana)
    for url in ("/sources.csv", "/articles.csv"):
        rows = list(csv.reader(io.StringIO(sent(browser, url), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]


def test_what_is_settled_stands_in_a_reviewers_file(ana: User, max: User, claims: list[Claim]) -> None:
    rule(claims[0], max, Label.OPINION, explanation="So it is.")
    (ruling,) = [line for line in lines(sent(logged_in(ana), "/claims.jsonl")) if line["type"] == "ruling"]
    assert ruling["label"] == "OPINION"
