"""Known answers: set, changed and ended by moderators, with one effect however often they are sent."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from claims.models import Calibration, Claim, ClaimStatus, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.calibrate import end_calibration, set_calibration
from claims.review.state import Judgement
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import Aside, EventKind, Label
from tests.unit.ledger import dump, event_count, events, tables


def calibrate(claim: Claim, by: User, label: Label = Label.UNSOURCED, version: int = 0, **sent: Any) -> dict[str, Any]:
    key: UUID = sent.pop("key", None) or uuid4()
    explanation = sent.pop("explanation", "“reportedly” names nobody.")
    return set_calibration(
        by=by,
        claim_id=claim.pk,
        judgement=Judgement(label, **sent),
        explanation=explanation,
        expected_version=version,
        key=key,
    )


def end(claim: Claim, by: User, version: int = 1, key: UUID | None = None) -> dict[str, Any]:
    return end_calibration(by=by, claim_id=claim.pk, expected_version=version, key=key or uuid4())


def calibrates(claim: Claim) -> bool:
    return ClaimStatus.objects.get(pk=claim.pk).calibrates


def test_a_moderator_sets_the_known_answer_of_a_claim(claim: Claim, max: User) -> None:
    calibrate(claim, max, strength=0, reason="hedge")
    known = Calibration.objects.get(claim=claim)
    assert (known.label, known.strength, known.reason, known.by, known.version) == ("UNSOURCED", 0, "hedge", max, 1)
    assert calibrates(claim)
    (event,) = events(EventKind.CALIBRATION_SET)
    assert (event.by, event.target_id, event.before) == (max, str(claim.pk), None)
    assert event.after is not None
    assert event.after["label"] == "UNSOURCED"


def test_reading_again_keeps_a_claim_with_a_known_answer(claim: Claim, max: User) -> None:
    before = ClaimStatus.objects.get(pk=claim.pk).version
    calibrate(claim, max)
    assert ClaimStatus.objects.get(pk=claim.pk).version == before + 1


def test_the_answer_is_changed_with_what_was_before_in_the_log(claim: Claim, max: User, ada: User) -> None:
    calibrate(claim, max)
    calibrate(claim, ada, Label.OPINION, version=1, explanation="The writer's own view.")
    known = Calibration.objects.get(claim=claim)
    assert (known.label, known.by, known.version) == ("OPINION", ada, 2)
    last = events(EventKind.CALIBRATION_SET)[-1]
    assert last.before is not None
    assert last.before["label"] == "UNSOURCED"


def test_an_ended_answer_is_gone_and_its_versions_do_not_come_again(claim: Claim, max: User) -> None:
    calibrate(claim, max)
    end(claim, max)
    assert not calibrates(claim)
    assert not Calibration.objects.exists()
    assert len(events(EventKind.CALIBRATION_ENDED)) == 1
    assert calibrate(claim, max)["version"] == 2


@pytest.mark.parametrize("who", ["ana", "eve"])
def test_only_moderators_set_and_end_answers(who: str, request: pytest.FixtureRequest, claim: Claim, max: User) -> None:
    somebody = request.getfixturevalue(who)
    calibrate(claim, max)
    before = dump(tables())
    with pytest.raises(NotAllowed, match="only a moderator may set known answers"):
        calibrate(claim, somebody, version=1)
    with pytest.raises(NotAllowed, match="only a moderator may end known answers"):
        end(claim, somebody)
    assert dump(tables()) == before


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"explanation": "  "}, "why this is the answer"),
        ({"explanation": "a" * (MAX_NOTE + 1)}, "characters"),
        ({"strength": 4}, "does not fit"),
        ({"label": Label.OPINION, "reason": "hedge"}, "unsourced only"),
    ],
)
def test_what_does_not_fit_is_refused(claim: Claim, max: User, sent: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        calibrate(claim, max, **sent)
    assert not Calibration.objects.exists()


def test_sending_it_twice_has_one_effect(claim: Claim, max: User) -> None:
    key, end_key = uuid4(), uuid4()
    first, count = calibrate(claim, max, key=key), event_count()
    assert calibrate(claim, max, key=key) == first
    assert event_count() == count
    ended = end(claim, max, key=end_key)
    assert end(claim, max, key=end_key) == ended
    assert event_count() == count + 1


def test_who_is_late_is_told_what_stands_there_now(claim: Claim, max: User, ada: User) -> None:
    calibrate(claim, max)
    with pytest.raises(Conflict) as late:
        calibrate(claim, ada, Label.OPINION)
    assert late.value.current["label"] == "UNSOURCED"
    calibrate(claim, max, Label.OPINION, version=1)
    with pytest.raises(Conflict):
        end(claim, ada, version=1)
    assert calibrates(claim)


def test_there_must_be_an_answer_to_end(claim: Claim, max: User) -> None:
    with pytest.raises(Conflict, match="no known answer"):
        end(claim, max, version=0)


def test_a_key_is_good_for_one_request(claim: Claim, claims: list[Claim], max: User) -> None:
    key = uuid4()
    calibrate(claim, max, key=key)
    with pytest.raises(Conflict, match="another request"):
        calibrate(claims[1], max, key=key)
    assert not calibrates(claims[1])


def test_a_claim_that_is_set_aside_takes_no_answer_and_an_answer_can_be_ended(claim: Claim, max: User) -> None:
    calibrate(claim, max)
    ClaimStatus.objects.filter(pk=claim.pk).update(set_aside=Aside.HIDDEN)
    with pytest.raises(Gone):
        calibrate(claim, max, version=1)
    end(claim, max)
    with pytest.raises(Gone):
        set_calibration(
            by=max,
            claim_id=uuid4(),
            judgement=Judgement(Label.OPINION),
            explanation="E",
            expected_version=0,
            key=uuid4(),
        )


def test_what_a_moderator_wrote_is_sanitised(claim: Claim, max: User) -> None:
    calibrate(claim, max, explanation="<script>alert(1)</script>Look <b>there</b>")
    assert "<script" not in Calibration.objects.get().explanation
