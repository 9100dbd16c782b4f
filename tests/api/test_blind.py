"""Nothing that another reviewer does can be told from any answer of the API before it is settled."""

import re
from typing import Any
from uuid import uuid4

import pytest

from claims.coverage.publish_story import publish_story
from claims.models import Claim, Story, User
from claims.relations import Relation
from claims.review.add_evidence import add_evidence
from claims.review.attribute_claim import GivenAttribution, GivenHop, attribute_claim
from claims.review.given_evidence import Given
from claims.review.write_comment import write_comment
from claims.vocabulary import Label
from tests.api.program import Program, body_of
from tests.api.test_permissions import TABLE, path
from tests.cast import assess, rule
from tests.linking import link

pytestmark = pytest.mark.usefixtures("unlimited")

CANARY = "CANARY-7c3e"
# What differs between two answers of a limit that is counted down, and of a token that is used.
# A number that each request gets anew tells nothing either.
VOLATILE = {"RateLimit-Remaining", "RateLimit-Reset", "X-Request-ID"}
NOT_CRAWLED = {"api-docs", "api-schema"}
QUESTIONS = (
    *(f"claims?state={state}" for state in ("open", "done", "agreed", "ruled", "in_review", "disputed")),
    *(f"claims?label={label}" for label in Label),
    *(f"claims?strength={strength}" for strength in range(6)),
    "claims?reviewer=ben",
    f"claims?q={CANARY}",
    *(f"links?state={state}" for state in ("open", "done", "confirmed", "proposed", "disputed")),
    *(f"links?relation={relation}" for relation in (*Relation, "none")),
    "links?reviewer=ben",
    "links?held=yes",
    f"sources?q={CANARY}",
    "claims.csv?state=open",
    f"claims.jsonl?q={CANARY}",
    "links.csv?state=open",
    f"sources.csv?q={CANARY}",
    "flags?waiting=1",
    "orphans?all=1",
    "agreement?reviewer=ben",
    "agreement/claims?row=OPINION&column=SOURCED",
    "claims.annotations.json?state=open",
    f"sources/suggest?q={CANARY}",
)


def asked(asks: Program, keys: dict[str, Any], claims: list[Claim]) -> dict[str, str]:
    """Every reading address for every claim, with status, headers and body."""
    found = {}
    for claim in claims:
        here = keys | {"claim_id": claim.pk}
        for name in TABLE.keys() - NOT_CRAWLED:
            found[path(name, here)] = ""
        for other in claims:
            if other != claim:
                found[f"claims/{claim.pk}/links/{other.pk}"] = ""
        found[f"claims/{claim.pk}/candidates?q=bridge"] = ""
    for url in [*found, *QUESTIONS]:
        place, _, query = url.partition("?")
        answer = asks.client.get(f"/api/v1/{place}", QUERY_STRING=query, headers=asks.headers)
        told = {name: value for name, value in answer.headers.items() if name not in VOLATILE}
        found[url] = f"{answer.status_code} {sorted(told.items())}\n{body_of(answer)}"
    return found


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    assert set(before) == set(after)
    return [url for url in before if before[url] != after[url]]


@pytest.fixture
def desk(story: Story, claims: list[Claim], max: User, keys: dict[str, Any]) -> list[Claim]:
    """A published story of four claims, of which the last is settled."""
    rule(claims[3], max, Label.OPINION)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    return claims


def works(ben: User, claims: list[Claim]) -> None:
    """All that a reviewer can do with claims that are not settled, in words that can be found again."""
    assess(claims[0], ben, Label.OPINION, note=CANARY)
    assess(claims[1], ben, Label.NOT_A_CLAIM, note=CANARY)
    assess(claims[2], ben, Label.SOURCED, note=CANARY, strength=5)
    assess(claims[2], ben, Label.UNSOURCED, note=CANARY, reason="vague")
    given = GivenAttribution(chain=(GivenHop(occasion=CANARY),))
    attribute_claim(by=ben, claim_id=claims[0].pk, given=given, expected_version=0, key=uuid4())
    evidence = Given(url="https://example.org/x", stance="refutes", title=CANARY)
    add_evidence(by=ben, claim_id=claims[0].pk, given=evidence, key=uuid4())
    write_comment(by=ben, claim_id=claims[0].pk, thread_id=None, body=CANARY, key=uuid4())
    link(claims[0], claims[1], ben, Relation.CONTRADICTS, reason=CANARY)


@pytest.mark.parametrize("visitor", ["ana", "eve", None])
def test_nobody_can_tell_from_any_answer_what_another_reviewer_did(
    visitor: str | None, request: pytest.FixtureRequest, desk: list[Claim], ben: User, keys: dict[str, Any]
) -> None:
    asks = Program(request.getfixturevalue(visitor) if visitor else None)
    asks.get("stories")
    if visitor == "ana":
        assess(desk[1], request.getfixturevalue("ana"), Label.SOURCED)  # ben will dispute this one
    before = asked(asks, keys, desk)
    works(ben, desk)
    after = asked(asks, keys, desk)
    assert [url for url, told in after.items() if CANARY in told and CANARY not in url] == []
    assert differences(before, after) == []


def test_the_crawl_would_notice(desk: list[Claim], ben: User, max: User, keys: dict[str, Any]) -> None:
    """The same by a moderator does find what was done: it is not blind itself."""
    asks = Program(max)
    asks.get("stories")
    before = asked(asks, keys, desk)
    works(ben, desk)
    after = asked(asks, keys, desk)
    changed = differences(before, after)
    assert f"claims/{desk[0].pk}" in changed
    assert f"links/{keys['link_id']}" in changed
    told = after[f"claims/{desk[0].pk}"]
    assert len(re.findall(CANARY, told)) >= 3


def test_a_settlement_opens_what_was_blind(desk: list[Claim], ana: User, ben: User, max: User) -> None:
    works(ben, desk)
    asks = Program(ana)
    assert CANARY not in asks.get(f"claims/{desk[0].pk}").content.decode()
    rule(desk[0], max, Label.OPINION)
    told = asks.get(f"claims/{desk[0].pk}").json()
    assert [one["reviewer"] for one in told["assessments"]] == ["ben"]
    assert told["evidence"][0]["title"] == CANARY
    assert told["attributions"][0]["hops"][0]["name"] == CANARY
    assert told["settled"]["label"] == "OPINION"


def test_readers_are_told_no_more_than_their_pages_tell(desk: list[Claim], eve: User, keys: dict[str, Any]) -> None:
    for asks in (Program(None), Program(eve)):
        told = asks.get(f"stories/{keys['story_id']}/published").json()
        quoted = [claim["claim"] for article in told["articles"] for claim in article["claims"]]
        assert set(quoted) <= {str(desk[3].pk)}
        assert desk[1].exact not in str(told)
