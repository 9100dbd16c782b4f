"""Figures through the API: known answers, agreement on links, the first pass. They are those of the pages."""

from typing import Any

import pytest

from claims.models import Claim, Story, User
from claims.relations import Relation
from claims.vocabulary import Label
from tests.api.program import BELOW, Program, body_of
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.linking import link
from tests.proposing import propose_for_the_cast
from tests.unit.review.test_calibrate import calibrate

pytestmark = pytest.mark.usefixtures("unlimited")
NOT_SAID = {"label": "OPINION", "strength": None, "reason": ""}


def told(asks: Program, path: str) -> Any:
    place, _, query = path.partition("?")
    answer = asks.client.get(BELOW + place, QUERY_STRING=query, headers=asks.headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_somebody_is_told_of_a_known_answer_once_they_have_labelled_its_claim(
    claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    calibrate(claims[0], max, Label.OPINION)
    asks = Program(ana)
    assert told(asks, "calibration/mine") == {"right": 0, "strength_off": 0, "wrong": 0, "answers": []}
    assess(claims[0], ben, Label.OPINION)
    assert told(asks, "calibration/mine")["answers"] == []
    assess(claims[0], ana, Label.NOT_A_CLAIM)
    own = told(asks, "calibration/mine")
    assert (own["wrong"], own["answers"][0]["verdict"], own["answers"][0]["said"]["label"]) == (
        1, "wrong", "NOT_A_CLAIM",
    )  # fmt: skip
    assert own["answers"][0]["known"]["label"] == "OPINION"


def test_a_right_label_is_not_told_the_strength_that_it_can_still_get(claim: Claim, ana: User, max: User) -> None:
    calibrate(claim, max, Label.SOURCED, strength=4)
    assess(claim, ana, Label.SOURCED)
    assert told(Program(ana), "calibration/mine")["answers"][0]["known"] is None


def test_moderators_are_told_how_everybody_does(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    calibrate(claims[0], max, Label.OPINION)
    assess(claims[0], ana, Label.OPINION)
    assess(claims[0], ben, Label.NOT_A_CLAIM)
    found = told(Program(max), "calibration")
    assert [(one["reviewer"], one["right"], one["wrong"]) for one in found["people"]] == [("ana", 1, 0), ("ben", 0, 1)]
    assert found["items"][0]["score"] == {"right": 1, "strength_off": 0, "wrong": 1}


def test_a_known_answer_is_read_in_the_version_that_changes_it(claim: Claim, max: User) -> None:
    asks, path = Program(max), f"claims/{claim.pk}/known-answer"
    asks.put(path, {"label": "OPINION", "explanation": "It judges."}, version=0)
    answer = asks.get(path)
    assert (answer.json()["label"], answer.json()["explanation"]) == ("OPINION", "It judges.")
    changed = asks.put(path, {"label": "NOT_A_CLAIM", "explanation": "It asks."}, version=answer.headers["ETag"])
    assert changed.status_code == 200
    asks.delete(path, version=changed.json()["version"])
    assert asks.get(path).status_code == 410


def test_agreement_on_links_is_that_of_the_page(
    claims: list[Claim], make_article: MakeArticle, ana: User, ben: User, max: User
) -> None:
    article = make_article("The bridge is shut. The mayor left. A toll is near.", "https://example.net/twin")
    twins = Claim.objects.filter(article=article).in_reading_order()
    given = [(Relation.UNRELATED, Relation.UNRELATED), (Relation.FRAMES_DIFFERENTLY, Relation.UNRELATED)]
    for pair, (first, second) in zip(zip(claims, twins, strict=False), given, strict=False):
        link(*pair, ana, first)
        link(*pair, ben, second)
    found = told(Program(max), "agreement/links")
    assert (found["whole"]["units"], found["whole"]["percent"]["value"]) == (2, 0.5)
    assert [one["name"] for one in found["pairs"]] == ["ana and ben"]
    given_to = {one["name"]: one["given"] for one in found["relations"] if one["given"]}
    assert given_to == {"UNRELATED": 2, "FRAMES_DIFFERENTLY": 1}
    place = {name: number for number, name in enumerate(found["order"])}
    assert found["met"][place["UNRELATED"]][place["UNRELATED"]] == 1
    assert found["met"][place["UNRELATED"]][place["FRAMES_DIFFERENTLY"]] == 1
    assert told(Program(max), "agreement/links?reviewer=nobody")["whole"]["units"] == 0


def test_the_claims_behind_a_cell_come_page_by_page(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    for claim in claims[:3]:
        assess(claim, ana, Label.OPINION)
        assess(claim, ben, Label.NOT_A_CLAIM)
    asks, path = Program(max), "agreement/claims?row=OPINION&column=NOT_A_CLAIM"
    first = told(asks, f"{path}&limit=2")
    rest = asks.client.get(first["next"], headers=asks.headers).json()
    found = [*first["items"], *rest["items"]]
    assert [one["claim"] for one in found] == [str(claim.pk) for claim in reversed(claims[:3])]
    assert found[0]["given"] == [
        {"reviewer": "ana", "label": "OPINION"}, {"reviewer": "ben", "label": "NOT_A_CLAIM"},
    ]  # fmt: skip
    assert rest["next"] is None
    assert told(asks, "agreement/claims?row=OPINION&column=OPINION")["items"] == []
    # Of two people the row is the first one's.
    assert told(asks, "agreement/claims?row=NOT_A_CLAIM&column=OPINION&reviewer=ana&other=ben")["items"] == []
    assert asks.get("agreement/claims", row="OPINION").status_code == 400


def test_what_the_first_pass_got_wrong_is_counted_and_listed(claims: list[Claim], ana: User, max: User) -> None:
    propose_for_the_cast(claims)
    first = claims[0]
    overruled = Label.OPINION if first.proposal.label != Label.OPINION else Label.SOURCED
    assess(first, ana, overruled)
    rule(claims[1], max, Label(claims[1].proposal.label))
    asks = Program(max)
    found = told(asks, "agreement/first-pass")
    assert (found["whole"]["accepted"], found["whole"]["overruled"], found["whole"]["share"]) == (1, 1, 0.5)
    assert sum(one["accepted"] + one["overruled"] for one in found["rules"]) == 2
    assert [one["host"] for one in found["outlets"]]
    behind = told(asks, "agreement/first-pass/overruled")["items"]
    assert [(one["claim"], one["decided"]) for one in behind] == [(str(first.pk), overruled.value)]
    assert told(asks, "agreement/first-pass?rule=no-such-rule")["whole"]["share"] is None
    assert asks.get("agreement/first-pass", outlet="7").status_code == 400
    assert asks.get("agreement/first-pass", outlet="00000000-0000-8000-8000-000000000000").status_code == 410


@pytest.mark.parametrize("name", ["agreement.csv", "agreement-links.csv", "first-pass.csv"])
def test_their_files_are_those_of_the_pages(
    name: str, claims: list[Claim], story: Story, ana: User, ben: User, max: User
) -> None:
    propose_for_the_cast(claims)
    for who in (ana, ben):
        assess(claims[0], who, Label.OPINION)
        link(claims[0], claims[1], who, Relation.UNRELATED)
    of_api, of_page = Program(max).get(name), logged_in(max).get(f"/{name}")
    written = body_of(of_api)
    assert written == body_of(of_page)
    assert len(written.splitlines()) > 1
    assert of_api.headers["Content-Disposition"] == of_page.headers["Content-Disposition"]
    assert of_api.headers["X-Event-Log"] == of_page.headers["X-Event-Log"]
