"""Ways round the rules that are closed: each was tried once."""

from uuid import uuid4

import pytest

from claims.accounts.manage_account import block_account, change_password, change_role
from claims.models import Assessment, Claim, ClaimStatus, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.assess_claim import assess_claim
from claims.review.calibrate import end_calibration, set_calibration
from claims.review.retract_assessment import retract_assessment
from claims.review.rule_on_claim import mark_of, rule_on_claim
from claims.review.state import Judgement
from claims.vocabulary import Label, Role
from tests.cast import assess, logged_in, rule
from tests.deeds import hide, reopen, require, restore, retire, status
from tests.unit.ledger import event_count

OPINION = Judgement(Label.OPINION)


def take_back(claim: Claim, by: User) -> None:
    version = Assessment.objects.get(claim=claim, reviewer=by).version
    retract_assessment(by=by, claim_id=claim.pk, expected_version=version, key=uuid4())


def known(claim: Claim, by: User) -> None:
    set_calibration(by=by, claim_id=claim.pk, judgement=OPINION, explanation="A view.", expected_version=0, key=uuid4())


def test_who_took_a_label_back_to_give_the_known_answer_did_not_judge_blind(ana: User, max: User, claim: Claim) -> None:
    known(claim, max)
    assess(claim, ana, Label.SOURCED)
    take_back(claim, ana)
    assert not assess(claim, ana, Label.OPINION).blind


def test_nor_who_changes_it_after_the_answer_was_taken_away(ana: User, ben: User, max: User, claim: Claim) -> None:
    known(claim, max)
    assess(claim, ana, Label.SOURCED)
    end_calibration(by=max, claim_id=claim.pk, expected_version=1, key=uuid4())
    assert not assess(claim, ana, Label.OPINION).blind
    assert assess(claim, ben, Label.SOURCED).blind


def test_nor_who_could_see_the_others_as_a_moderator_and_is_one_no_longer(
    ana: User, max: User, ada: User, claims: list[Claim]
) -> None:
    assess(claims[0], ana)
    change_role(by=ada, user_id=max.pk, role=Role.REVIEWER, expected_version=0)
    assess(claims[1], ana)
    demoted = User.objects.get(pk=max.pk)
    assert not assess(claims[0], demoted).blind
    assert assess(claims[1], demoted).blind


def test_a_moderator_does_not_rule_on_a_label_that_they_took_back(
    max: User, ada: User, ana: User, claim: Claim
) -> None:
    assess(claim, max, Label.OPINION)
    assess(claim, ana, Label.SOURCED)
    take_back(claim, max)
    with pytest.raises(NotAllowed, match="somebody else has to rule on it: ada"):
        rule(claim, max, Label.OPINION)


def test_a_page_from_before_a_ruling_and_its_reopening_settles_nothing(
    max: User, ada: User, ana: User, claim: Claim
) -> None:
    assess(claim, ana)
    held = Claim.objects.select_related("status").get(pk=claim.pk)
    seen = mark_of(held, Assessment.objects.filter(claim=claim))
    rule(claim, ada)
    reopen(claim, ada)
    with pytest.raises(Conflict, match="a moderator has reopened the claim"):
        rule_on_claim(
            by=max,
            claim_id=claim.pk,
            judgement=OPINION,
            explanation="So.",
            expected_version=0,
            key=uuid4(),
            seen=seen,
        )


def test_a_copy_of_what_was_stored_is_answered_so_although_the_claim_was_hidden_since(
    ana: User, max: User, claim: Claim
) -> None:
    sent = {
        "by": ana,
        "claim_id": claim.pk,
        "judgement": OPINION,
        "note": "",
        "expected_version": 0,
        "key": uuid4(),
    }
    first = assess_claim(**sent)  # type: ignore[arg-type]
    hide(claim, max)
    before = event_count()
    assert assess_claim(**sent) == first  # type: ignore[arg-type]
    assert event_count() == before
    with pytest.raises(Gone, match="hidden"):
        assess_claim(**sent | {"key": uuid4(), "expected_version": 1})  # type: ignore[arg-type]


def test_a_password_that_is_changed_meanwhile_does_not_undo_a_block(ana: User, ada: User) -> None:
    stale = User.objects.get(pk=ana.pk)
    block_account(by=ada, user_id=ana.pk, reason="Left.", expected_version=0)
    with pytest.raises(NotAllowed, match="blocked"):
        change_password(by=stale, password="a long new password")
    assert not User.objects.get(pk=ana.pk).is_active


def test_a_hidden_part_is_shown_to_nobody_but_moderators(ana: User, max: User, claim: Claim) -> None:
    retire(claim, max, "The bridge", "was closed on Friday")
    part = Claim.objects.get(wholes=claim.pk, exact="was closed on Friday")
    hide(part, max)
    page = f"/claims/{claim.pk}/"
    assert str(part.pk) not in logged_in(ana).get(page).content.decode()
    assert str(part.pk) in logged_in(max).get(page).content.decode()


def test_a_claim_is_not_retired_in_favour_of_what_is_hidden(max: User, claim: Claim) -> None:
    retire(claim, max, "The bridge", "was closed")
    hide(Claim.objects.get(wholes=claim.pk, exact="was closed"), max)
    restore(claim, max)
    with pytest.raises(Invalid, match="“was closed” was opened before and is hidden now"):
        retire(claim, max, "The bridge", "was closed")


def test_why_a_claim_was_hidden_is_told_to_moderators_alone(ana: User, max: User, claim: Claim) -> None:
    hide(claim, max, reason="ben says opinion, a canary.")
    restore(claim, max, reason="He was right, the canary.")
    rule(claim, max)
    reopen(claim, max, reason="Doubt, says the canary.")
    page = f"/claims/{claim.pk}/"
    assert "canary" not in logged_in(ana).get(page).content.decode()
    assert logged_in(max).get(page).content.decode().count("canary") == 3


def test_a_settled_claim_takes_the_number_of_its_story_once_it_is_open_again(
    ana: User, ben: User, max: User, story: object, claims: list[Claim]
) -> None:
    for claim in claims[:2]:
        assess(claim, ana)
        assess(claim, ben)
    require(story, max, 5)  # type: ignore[arg-type]
    assert {status(claim).needed for claim in claims[:2]} == {2}
    assess(claims[0], ana, note="Only a note.")
    assert status(claims[0]).state == "agreed"
    take_back(claims[0], ana)
    reopen(claims[1], max)
    assert {status(claim).needed for claim in claims[:2]} == {5}
    assert ClaimStatus.objects.filter(settled_label="").count() == 4
