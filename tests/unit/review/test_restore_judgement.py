"""Undo: an earlier judgement is put back as a new event, and nothing of the history goes."""

from uuid import uuid4

import pytest

from claims import audit
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, Ruling, User
from claims.receipts import Outcome
from claims.refusals import Conflict, Gone, NotAllowed
from claims.review.restore_judgement import restore_judgement
from claims.review.retract_assessment import retract_assessment
from claims.vocabulary import ClaimState, Label
from tests.cast import assess, rule
from tests.deeds import hide, lock, reopen, status
from tests.unit.ledger import event_count, events


def put_back(claim: Claim, by: User, number: int, version: int, **sent: object) -> Outcome:
    sent = {"claim_id": claim.pk, "key": uuid4()} | sent
    return restore_judgement(by=by, number=number, expected_version=version, **sent)  # type: ignore[arg-type]


def test_an_earlier_label_comes_back_whole_as_a_new_event(ana: User, claim: Claim) -> None:
    assess(claim, ana, note="AT&T is <b>not</b> named.", reason="hedge", strength=0)
    assess(claim, ana, Label.OPINION)
    first, second = events("claim.assessed")
    outcome = put_back(claim, ana, first.number, 2)
    stored = Assessment.objects.get()
    assert (stored.label, stored.strength, stored.reason) == ("UNSOURCED", 0, "hedge")
    assert stored.note == first.after["note"]
    assert (stored.version, outcome["version"]) == (3, 3)
    *old, new = events("claim.assessed")
    assert old == [first, second]
    assert (new.by, new.reason) == (ana, "Restored from version 1.")
    assert (new.before["label"], new.after["label"]) == ("OPINION", "UNSOURCED")
    assert audit.verify() is None


def test_what_was_taken_back_can_be_put_back(ana: User, claim: Claim) -> None:
    assess(claim, ana, Label.OPINION)
    retract_assessment(by=ana, claim_id=claim.pk, expected_version=1, key=uuid4())
    put_back(claim, ana, events("claim.assessed")[0].number, 0)
    stored = Assessment.objects.get()
    assert (stored.label, stored.version) == ("OPINION", 2)


def test_the_claim_is_restated_with_it(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.OPINION)
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    assert status(claim).state == ClaimState.DISPUTED
    put_back(claim, ana, events("claim.assessed")[0].number, 2)
    assert status(claim).state == ClaimState.AGREED


def test_a_moderator_puts_an_earlier_ruling_back(max: User, ada: User, claim: Claim) -> None:
    rule(claim, max, Label.OPINION, explanation="He & she judge.")
    rule(claim, max, Label.SOURCED, explanation="No: she says so.")
    first = events("claim.ruled")[0]
    put_back(claim, ada, first.number, 2)
    stored = Ruling.objects.get()
    assert (stored.label, stored.by, stored.version) == ("OPINION", ada, 3)
    assert stored.explanation == first.after["explanation"]
    assert status(claim).settled_label == "OPINION"


def test_a_ruling_of_before_a_reopening_can_be_put_back(max: User, claim: Claim) -> None:
    rule(claim, max, Label.OPINION)
    reopen(claim, max)
    put_back(claim, max, events("claim.ruled")[0].number, 0)
    assert (Ruling.objects.get().version, status(claim).state) == (2, ClaimState.RULED)


def test_a_ruling_without_an_explanation_says_where_it_comes_from(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.OPINION)
    rule(claim, max, Label.OPINION, explanation="")
    rule(claim, max, Label.SOURCED)
    number = events("claim.ruled")[0].number
    put_back(claim, max, number, 2)
    assert Ruling.objects.get().explanation == "Restored from version 1."


def test_nobody_puts_back_what_somebody_else_said_or_what_is_about_another_claim(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    assess(claims[0], ben, Label.OPINION)
    assess(claims[1], ana, Label.OPINION)
    of_ben, of_another = events("claim.assessed")
    before = event_count()
    for number in (of_ben.number, of_another.number, events("article.read")[0].number, 0, 10**9):
        with pytest.raises(Gone, match="no such judgement of yours"):
            put_back(claims[0], ana, number, 0)
    with pytest.raises(Gone, match="no such judgement of yours"):
        put_back(claims[0], max, of_ben.number, 0)
    with pytest.raises(Gone):
        put_back(claims[0], ana, of_another.number, 0, claim_id=uuid4())
    assert event_count() == before


def test_an_event_that_is_no_judgement_is_not_put_back(max: User, claim: Claim) -> None:
    rule(claim, max)
    reopen(claim, max)
    with pytest.raises(Gone):
        put_back(claim, max, events("claim.reopened")[0].number, 0)


def test_reviewers_put_no_ruling_back_and_readers_nothing(ana: User, eve: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    reopen(claim, max)
    number = events("claim.ruled")[0].number
    for guessed in (number, 10**6):  # that there is a ruling is not told either
        with pytest.raises(Gone, match="no such judgement of yours"):
            put_back(claim, ana, guessed, 0)
    with pytest.raises(NotAllowed, match="only a reviewer may label claims"):
        put_back(claim, eve, number, 0)
    assert not Ruling.objects.exists()


def test_a_moderator_who_judged_meanwhile_leaves_the_old_ruling_to_others(max: User, ada: User, claim: Claim) -> None:
    rule(claim, max)
    reopen(claim, max)
    assess(claim, max)
    number = events("claim.ruled")[0].number
    with pytest.raises(NotAllowed, match="somebody else has to rule on it: ada"):
        put_back(claim, max, number, 0)
    put_back(claim, ada, number, 0)
    assert status(claim).state == ClaimState.RULED


def test_an_old_page_puts_nothing_back(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ana, Label.OPINION)
    rule(claim, max)
    rule(claim, max, Label.OPINION)
    before = event_count()
    with pytest.raises(Conflict) as refused:
        put_back(claim, ana, events("claim.assessed")[0].number, 1)
    assert refused.value.current["label"] == "OPINION"
    with pytest.raises(Conflict, match="Another ruling was made"):
        put_back(claim, max, events("claim.ruled")[0].number, 1)
    assert event_count() == before


def test_the_same_key_has_one_effect(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ana, Label.OPINION)
    number, key = events("claim.assessed")[0].number, uuid4()
    first = put_back(claim, ana, number, 2, key=key)
    assert put_back(claim, ana, number, 2, key=key) == first
    assert Assessment.objects.get().version == 3
    assert len(events("claim.assessed")) == 3


def test_nothing_is_put_back_where_nothing_can_be_judged(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    hidden, ruled, locked = claims[:3]
    for claim in (hidden, ruled, locked):
        assess(claim, ana)
        assess(claim, ana, Label.OPINION)
    hide(hidden, max)
    rule(ruled, max)
    lock(locked.article, max)
    first = {event.target_id: event.number for event in reversed(events("claim.assessed"))}
    with pytest.raises(Gone, match="hidden"):
        put_back(hidden, ana, first[str(hidden.pk)], 2)
    with pytest.raises(Conflict, match="locked"):
        put_back(locked, ana, first[str(locked.pk)], 2)
    with pytest.raises(Conflict):
        put_back(ruled, ana, first[str(ruled.pk)], 2)
    withdraw_article(by=max, article_id=locked.article_id, reason="Asked for.", expected_version=1)
    with pytest.raises(Gone, match="withdrawn"):
        put_back(locked, ana, first[str(locked.pk)], 2)
    assert len(events("claim.assessed")) == 6
