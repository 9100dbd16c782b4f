"""Verdicts: who gives them and when, on what evidence, and what history tells of them."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from claims.models import Claim, Evidence, User, Verdict
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.give_verdict import MOST_PICKED, Finding, give_verdict, take_verdict_back
from claims.review.history import history_of
from claims.review.verdicts import verdict_history
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import EventKind
from tests.cast import rule
from tests.deeds import hide, lock, reopen, status
from tests.unit.ledger import event_count, events

FOUND = Finding("refuted", "The minutes say otherwise.", as_of="2024-02-23", valid_until="2024-12")


def judged(claim: Claim, by: User, on: list[UUID] | None = None, **parts: Any) -> Verdict:
    """`by` gives a verdict, in the version that is in force unless told otherwise."""
    found = Verdict.objects.filter(claim=claim).first()
    sent = {"expected_version": found.version if found else 0, "key": uuid4()}
    sent |= {name: parts.pop(name) for name in ("expected_version", "key") if name in parts}
    give_verdict(by=by, claim_id=claim.pk, finding=replace(FOUND, **parts), evidence=on or [], **sent)
    return Verdict.objects.get(claim=claim)


def evidence_of(claim: Claim, by: User, **parts: Any) -> Evidence:
    return Evidence.objects.create(claim=claim, by=by, url="https://example.org/", stance="refutes", **parts)


def fresh(claim: Claim) -> Claim:
    return Claim.objects.select_related("status", "article__status").get(pk=claim.pk)


def test_a_reviewer_says_whether_a_settled_claim_holds(ana: User, ben: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    pieces = [evidence_of(claim, ana), evidence_of(claim, ben)]
    verdict = judged(claim, ana, [one.pk for one in pieces])
    assert (verdict.value, verdict.explanation) == ("refuted", "The minutes say otherwise.")
    assert (verdict.as_of, verdict.valid_until, verdict.by, verdict.version) == ("2024-02-23", "2024-12", ana, 1)
    assert set(verdict.evidence.all()) == set(pieces)
    assert status(claim).settled_label == "UNSOURCED"


def test_before_it_is_settled_only_a_moderator_does_and_nobody_else_learns_of_it(
    ana: User, max: User, eve: User, claim: Claim
) -> None:
    said = set()
    for attempt in (lambda: judged(claim, ana, expected_version=0), lambda: judged(claim, ana, expected_version=1)):
        with pytest.raises(NotAllowed, match="not settled yet, and until then only a moderator") as refusal:
            attempt()
        said.add(str(refusal.value))
    judged(claim, max)
    for version in (0, 1):
        with pytest.raises(NotAllowed) as refusal:
            judged(claim, ana, expected_version=version)
        said.add(str(refusal.value))
        with pytest.raises(NotAllowed) as refusal:
            take_verdict_back(by=ana, claim_id=claim.pk, expected_version=version, key=uuid4())
        said.add(str(refusal.value))
    assert len(said) == 1
    assert not Verdict.objects.visible_to(ana).exists()
    assert verdict_history(fresh(claim), ana) == []
    assert history_of(fresh(claim), ana, None, None).entries == []
    assert Verdict.objects.visible_to(max).exists()
    with pytest.raises(NotAllowed):
        judged(claim, eve)


def test_a_verdict_rests_on_evidence_of_this_claim_that_one_can_see(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    rule(claims[0], max)
    elsewhere, removed = evidence_of(claims[1], ben), evidence_of(claims[0], ben, removed_at="2024-01-01T00:00Z")
    own = evidence_of(claims[0], ana)
    for foreign in (elsewhere.pk, removed.pk, uuid4()):
        with pytest.raises(Gone, match="is not at this claim any more"):
            judged(claims[0], ana, [own.pk, foreign])
    assert judged(claims[0], ana, [own.pk, own.pk]).evidence.get() == own
    with pytest.raises(Invalid, match="50 pieces of evidence, and you chose 51"):
        judged(claims[0], ana, [uuid4() for _ in range(MOST_PICKED + 1)])


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"value": "true"}, "Choose one of the verdicts"),
        ({"value": ""}, "Choose one of the verdicts"),
        ({"explanation": " "}, "Say in a sentence what the verdict rests on"),
        ({"explanation": "x" * (MAX_NOTE + 1)}, "4,000 characters"),
        ({"as_of": "now"}, "As of: “now” is no time"),
        ({"valid_until": "soon"}, "Valid until: “soon” is no time"),
        ({"valid_until": "unknown"}, "give a day, a month or a year"),
        ({"valid_until": "2024/2025"}, "give a day, a month or a year"),
        ({"valid_until": "2025~"}, "without a mark"),
        ({"valid_until": "2024-02-23"}, "not after the time as of which"),
        ({"valid_until": "2023"}, "not after the time as of which"),
        ({"as_of": "2024/..", "valid_until": "2023-12-31"}, "not after the time as of which"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(
    parts: dict[str, str], sentence: str, max: User, claim: Claim
) -> None:
    with pytest.raises(Invalid, match=sentence):
        judged(claim, max, **parts)
    assert not Verdict.objects.exists()


def test_times_may_be_left_out_and_the_explanation_is_made_safe(max: User, claim: Claim) -> None:
    verdict = judged(claim, max, as_of="", valid_until="", explanation="<b>No</b><img src=x onerror=y>")
    assert (verdict.as_of, verdict.valid_until) == ("", "")
    assert "<b>No</b>" in verdict.explanation
    assert "<img" not in verdict.explanation


def test_another_verdict_takes_its_place_and_history_tells_both(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    piece = evidence_of(claim, ana)
    judged(claim, ana, [piece.pk])
    judged(claim, max, value="supported", explanation="They were found.", as_of="", valid_until="")
    take_verdict_back(by=ana, claim_id=claim.pk, expected_version=2, key=uuid4())
    verdict = Verdict.objects.get()
    assert (verdict.value, verdict.explanation, verdict.version, verdict.evidence.count()) == ("", "", 3, 0)
    told = verdict_history(fresh(claim), ana)
    refuted = "refuted, as of 23 February 2024, until December 2024, on 1 piece of evidence"
    assert [(one.by, one.sentence, one.why) for one in told] == [
        ("ana", "took back the verdict supported", ""),
        ("max", f"changed the verdict from {refuted} to supported", "They were found."),
        ("ana", f"gave the verdict {refuted}", "The minutes say otherwise."),
    ]
    sentences = [entry.sentence for entry in history_of(fresh(claim), ana, None, None).entries]
    assert sentences[-1] == "took back the verdict supported"
    assert judged(claim, ana, value="outdated").version == 4
    reopen(claim, max)
    assert verdict_history(fresh(claim), ana) == []


def test_a_verdict_that_changed_since_is_shown(ana: User, ben: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    judged(claim, ana)
    with pytest.raises(Conflict) as conflict:
        judged(claim, ben, expected_version=0)
    assert conflict.value.current["value"] == "refuted"
    assert conflict.value.current["version"] == 1
    with pytest.raises(Conflict):
        take_verdict_back(by=ben, claim_id=claim.pk, expected_version=0, key=uuid4())


def test_there_has_to_be_a_verdict_to_take_it_back(max: User, claim: Claim) -> None:
    with pytest.raises(Conflict, match="no verdict on this claim"):
        take_verdict_back(by=max, claim_id=claim.pk, expected_version=0, key=uuid4())
    judged(claim, max)
    sent = {"by": max, "claim_id": claim.pk, "expected_version": 1, "key": uuid4()}
    once = take_verdict_back(**sent)
    before = event_count()
    assert take_verdict_back(**sent) == once
    assert event_count() == before
    with pytest.raises(Conflict, match="no verdict on this claim"):
        take_verdict_back(by=max, claim_id=claim.pk, expected_version=2, key=uuid4())


def test_a_verdict_sent_twice_is_given_once_also_after_a_reopening(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    sent = {"claim_id": claim.pk, "finding": FOUND, "evidence": [], "expected_version": 0, "key": uuid4()}
    once = give_verdict(by=ana, **sent)
    assert give_verdict(by=ana, **sent) == once
    reopen(claim, max)
    assert give_verdict(by=ana, **sent) == once
    assert len(events(EventKind.VERDICT_GIVEN)) == 1


def test_the_article_being_locked_or_the_claim_hidden_there_is_no_verdict(max: User, claims: list[Claim]) -> None:
    hide(claims[0], max)
    with pytest.raises(Gone):
        judged(claims[0], max)
    lock(claims[1].article, max)
    with pytest.raises(Conflict, match="locked this article"):
        judged(claims[1], max)
