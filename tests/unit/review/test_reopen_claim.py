"""A moderator reopens what was settled, and the history keeps both."""

from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, Ruling, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.vocabulary import ClaimState, Label
from tests.cast import assess, person, rule
from tests.deeds import counted, hide, reopen, status
from tests.unit.ledger import event_count, events


def stands(claim: Claim) -> tuple[str, str, bool]:
    now = status(claim)
    return now.state, now.settled_label, now.settled_at is not None


def test_a_ruling_is_set_aside_and_the_event_keeps_it(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    rule(claim, max, Label.OPINION, explanation="The writer judges.")
    assert counted(claim.article) == (4, 1)
    outcome = reopen(claim, max, "A source came to light.")
    assert stands(claim) == (ClaimState.DISPUTED, "", False)
    assert outcome == {"state": "disputed", "version": status(claim).version}
    assert not Ruling.objects.exists()
    assert Assessment.objects.count() == 2
    assert counted(claim.article) == (4, 0)
    (event,) = events("claim.reopened")
    assert (event.by, event.reason, event.after) == (max, "A source came to light.", {"state": "disputed"})
    assert (event.before["state"], event.before["label"]) == ("ruled", "OPINION")
    assert event.before["ruling"]["explanation"] == "The writer judges."


def test_a_ruling_on_an_open_claim_leaves_it_open_again(max: User, claim: Claim) -> None:
    rule(claim, max)
    reopen(claim, max)
    assert stands(claim) == (ClaimState.OPEN, "", False)


def test_an_agreement_that_is_doubted_takes_one_opinion_more(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    reopen(claim, max)
    assert stands(claim) == (ClaimState.IN_REVIEW, "", False)
    # The same two opinions, looked at again, settle nothing.
    assess(claim, ana, reason="bare")
    assert status(claim).state == ClaimState.IN_REVIEW
    assess(claim, person("cleo", "reviewer"))
    assert stands(claim) == (ClaimState.AGREED, "UNSOURCED", True)
    assert counted(claim.article) == (4, 1)


def test_a_label_given_after_a_reopening_is_not_blind_but_one_that_stood_before_is(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    assess(claim, ana)
    assess(claim, ben)
    reopen(claim, max)
    cleo = person("cleo", "reviewer")
    assert not assess(claim, cleo).blind
    assert assess(claim, ana, reason="hedge").blind


def test_versions_of_rulings_go_on_after_reopenings(max: User, ada: User, claim: Claim) -> None:
    """A page from before a reopening must not take the next ruling for the one that it showed."""
    assert rule(claim, max).version == 1
    assert rule(claim, max, Label.OPINION).version == 2
    reopen(claim, max)
    assert rule(claim, ada).version == 3
    reopen(claim, max)
    reopened = rule(claim, max)
    assert reopened.version == 4


def test_an_agreement_that_is_reopened_forgets_no_version_of_rulings(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    rule(claim, max)
    reopen(claim, max)
    for who in (ana, ben):
        assess(claim, who)
    reopen(claim, max)
    assert rule(claim, max).version == 2


@pytest.mark.parametrize("labels", [[], [Label.SOURCED], [Label.SOURCED, Label.OPINION]])
def test_what_is_not_settled_cannot_be_reopened(
    ana: User, ben: User, max: User, claim: Claim, labels: list[Label]
) -> None:
    for who, label in zip((ana, ben), labels, strict=False):
        assess(claim, who, label)
    before = event_count(), status(claim).version
    with pytest.raises(Conflict, match="not settled"):
        reopen(claim, max)
    assert (event_count(), status(claim).version) == before


def test_only_moderators_reopen(ana: User, eve: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    for who in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may reopen claims"):
            reopen(claim, who)
    assert status(claim).state == ClaimState.RULED


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_a_reason_is_needed(max: User, claim: Claim, reason: str) -> None:
    rule(claim, max)
    with pytest.raises(Invalid, match="Say why the claim is reopened"):
        reopen(claim, max, reason)


def test_a_reason_has_a_limit(max: User, claim: Claim) -> None:
    rule(claim, max)
    with pytest.raises(Invalid, match="reason"):
        reopen(claim, max, "x" * 1_001)
    reopen(claim, max, "x" * 1_000)


def test_the_loser_of_a_race_is_told_and_changes_nothing(ana: User, max: User, ada: User, claim: Claim) -> None:
    rule(claim, max)
    seen = status(claim).version
    rule(claim, max, Label.OPINION)
    before = event_count()
    with pytest.raises(Conflict, match="Something was done with this claim"):
        reopen(claim, ada, expected_version=seen)
    assert (status(claim).state, event_count()) == (ClaimState.RULED, before)


def test_the_same_key_reopens_once(max: User, claim: Claim) -> None:
    rule(claim, max)
    sent = {"expected_version": status(claim).version, "key": uuid4()}
    first = reopen(claim, max, **sent)
    assert reopen(claim, max, **sent) == first
    rule(claim, max)
    assert reopen(claim, max, **sent) == first
    assert status(claim).state == ClaimState.RULED
    assert len(events("claim.reopened")) == 1
    with pytest.raises(Conflict, match="another request"):
        reopen(claim, max, "Something else.", **sent)


def test_what_is_hidden_or_withdrawn_is_not_reopened(max: User, claims: list[Claim]) -> None:
    hidden, withdrawn = claims[:2]
    for claim in (hidden, withdrawn):
        rule(claim, max)
    hide(hidden, max)
    with pytest.raises(Gone, match="hidden"):
        reopen(hidden, max)
    withdraw_article(by=max, article_id=withdrawn.article_id, reason="Asked for.", expected_version=0)
    with pytest.raises(Gone, match="withdrawn"):
        reopen(withdrawn, max)
    with pytest.raises(Gone, match="This claim is gone"):
        reopen(withdrawn, max, claim_id=uuid4())
