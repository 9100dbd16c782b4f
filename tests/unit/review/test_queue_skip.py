"""Passing a claim: once, with a reason, and with no effect on anybody else."""

from typing import Any
from uuid import uuid4

import pytest

from claims.ingest.read_article import read_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Claim, ClaimStatus, Lease, Skip, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.queue import newest_skips, skipped_by
from claims.review.skip_claim import skip_claim
from claims.review.take_next import take_next
from claims.text import reading
from claims.vocabulary import Aside, EventKind
from tests.cast import assess, rule
from tests.unit.ledger import event_count, events


def skip(claim: Claim, by: User, reason: str = "context", **parts: Any) -> dict[str, Any]:
    return skip_claim(by=by, claim_id=claim.pk, reason=reason, key=parts.get("key") or uuid4())


def test_a_skip_lets_the_claim_go_and_leaves_an_event_with_its_reason(ana: User, claims: list[Claim]) -> None:
    held = take_next(by=ana)
    assert held is not None
    skip(held, ana, "language")
    assert not Lease.objects.exists()
    assert Skip.objects.get().claim == held
    (event,) = events(EventKind.CLAIM_SKIPPED)
    assert (event.by, event.target_id, event.reason) == (ana, str(held.pk), "language")


def test_another_claim_that_one_holds_stays_held(ana: User, claims: list[Claim]) -> None:
    held = take_next(by=ana)
    skip(next(claim for claim in claims if claim != held), ana)
    assert Lease.objects.get().claim == held


def test_skipping_twice_has_one_effect_and_the_first_reason_stands(ana: User, claim: Claim) -> None:
    key = uuid4()
    answer = skip(claim, ana, "context", key=key)
    before = event_count()
    assert skip(claim, ana, "context", key=key) == answer
    assert skip(claim, ana, "unsure") == answer
    assert Skip.objects.get().reason == "context"
    assert event_count() == before


def test_a_key_of_another_skip_is_refused_and_stores_nothing(ana: User, claims: list[Claim]) -> None:
    key = uuid4()
    skip(claims[0], ana, key=key)
    with pytest.raises(Conflict, match="used for another request"):
        skip(claims[1], ana, key=key)
    assert Skip.objects.count() == 1


def test_a_skipped_claim_can_be_labelled_by_hand(ana: User, claim: Claim) -> None:
    skip(claim, ana)
    assert [found.claim for found in skipped_by(ana)] == [claim]
    assess(claim, ana)
    assert skipped_by(ana) == []
    assert ClaimStatus.objects.get(pk=claim.pk).given == 1


@pytest.mark.parametrize("reason", ["", "because", "CONTEXT", "x" * 5_000])
def test_a_reason_that_is_none_of_the_listed_is_refused(ana: User, claim: Claim, reason: str) -> None:
    with pytest.raises(Invalid, match="Choose why"):
        skip(claim, ana, reason)


def test_who_does_not_review_skips_nothing(eve: User, claim: Claim) -> None:
    with pytest.raises(NotAllowed):
        skip(claim, eve)


@pytest.mark.parametrize("who", ["ana", "max"])
@pytest.mark.parametrize("aside", list(Aside))
def test_hidden_and_retired_claims_are_gone(
    who: str, aside: Aside, request: pytest.FixtureRequest, claim: Claim
) -> None:
    ClaimStatus.objects.filter(pk=claim.pk).update(set_aside=aside)
    with pytest.raises(Gone):
        skip(claim, request.getfixturevalue(who))
    assert not Skip.objects.exists()


def test_withdrawn_and_unknown_claims_are_gone(ana: User, max: User, claim: Claim) -> None:
    withdraw_article(by=max, article_id=claim.article_id, reason="Asked for.", expected_version=0)
    for key in (claim.pk, uuid4()):
        with pytest.raises(Gone):
            skip_claim(by=ana, claim_id=key, reason="unsure", key=uuid4())


def test_moderators_see_all_skips_and_reviewers_their_own(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    skip(claims[0], ana)
    skip(claims[1], ben, "broken")
    assert [found.claim for found in newest_skips(max)] == [claims[1], claims[0]]
    assert [found.claim for found in newest_skips(ana)] == [claims[0]]
    assert [found.claim for found in skipped_by(ben)] == [claims[1]]
    assert skipped_by(max) == []


def test_skips_of_settled_and_hidden_claims_are_not_listed(ana: User, max: User, claims: list[Claim]) -> None:
    skip(claims[0], ana)
    skip(claims[1], ana)
    rule(claims[0], max)
    ClaimStatus.objects.filter(pk=claims[1].pk).update(set_aside=Aside.HIDDEN)
    assert skipped_by(ana) == []


def test_a_newer_reader_keeps_a_claim_that_somebody_skipped(
    ana: User, operator: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip(claim, ana)
    monkeypatch.setattr(reading, "propose", lambda *text: [])
    read_article(by=operator, article=claim.article)
    assert list(Claim.objects.all()) == [claim]
