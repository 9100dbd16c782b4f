"""What programs are told of published verdicts: what readers are told, and the desk's notes to nobody but the desk."""

import json
from typing import Any

import pytest
from django.utils import timezone

from claims.models import Claim, ClaimStatus, User
from tests.api.program import Program, body_of
from tests.cast import logged_in, rule
from tests.publishing import evidence, judge, propose, publish

pytestmark = pytest.mark.usefixtures("unlimited")
NOTE = "Our informant sent it."


@pytest.fixture
def proposed(claim: Claim, ana: User, max: User) -> Claim:
    rule(claim, max)
    judge(claim, max, on=(evidence(claim, ana, note=NOTE),))
    propose(claim, max)
    return claim


@pytest.fixture
def out(proposed: Claim, ada: User) -> Claim:
    publish(proposed, ada)
    return proposed


def told(path: str, user: User | None = None) -> list[dict[str, Any]]:
    answer: Any = Program(user).get(path)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json().get("publications") or answer.json()["items"]
    return found


@pytest.mark.parametrize("who", [None, "eve", "ana", "max"])
def test_published_verdicts_hold_no_note_of_the_desk(who: str | None, out: Claim, request: Any) -> None:
    user = request.getfixturevalue(who) if who else None
    for path in ("verdicts", f"claims/{out.pk}/verdicts"):
        (one,) = told(path, user)
        (piece,) = one["evidence"]
        assert sorted(piece) == ["archived_url", "date", "quote", "stance", "title", "url"]
        assert NOTE not in json.dumps(one)


def test_moderators_read_the_notes_of_what_waits_for_them(proposed: Claim, ada: User) -> None:
    (one,) = told("verdicts/waiting", ada)
    assert one["evidence"][0]["note"] == NOTE


def test_a_verdict_on_words_that_changed_is_marked_and_does_not_quote_them(out: Claim) -> None:
    ClaimStatus.objects.filter(claim=out).update(text_changed_at=timezone.now())
    (one,) = told(f"claims/{out.pk}/verdicts")
    assert (one["words_changed"], one["exact"], one["claim_review"]) == (True, "", None)
    assert told("verdicts") == []


def test_a_reviewers_file_holds_the_verdict_without_the_notes(out: Claim, ben: User, max: User) -> None:
    lines = [json.loads(line) for line in body_of(logged_in(ben).get("/claims.jsonl")).splitlines()]
    (publication,) = (line for line in lines if line["type"] == "publication")
    assert [sorted(piece) for piece in publication["evidence"]] == [
        ["archived_url", "date", "id", "quote", "stance", "title", "url"]
    ]
    assert NOTE in body_of(logged_in(max).get("/claims.jsonl"))
