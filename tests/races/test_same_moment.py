"""Several writes at the same moment, each on its own connection: one wins, the others are told, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from claims import audit
from claims.models import Assessment, Claim, ClaimStatus, Event, Receipt, Ruling, User
from claims.refusals import Conflict
from claims.review.assess_claim import assess_claim
from claims.review.rule_on_claim import rule_on_claim
from claims.review.state import Judgement
from claims.vocabulary import EventKind, Label

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment; what each returned, or the Conflict that it got."""
    start = Barrier(len(deeds))

    def on_own_connection(deed: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return deed()
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(on_own_connection, deeds))


def labelling(claim: Claim, by: User, label: Label, **parts: object) -> Callable[[], object]:
    given: dict[str, object] = {"note": "", "expected_version": 0, "key": uuid4()} | parts
    return lambda: assess_claim(by=by, claim_id=claim.pk, judgement=Judgement(label), **given)  # type: ignore[arg-type]


def assessed_events() -> int:
    return Event.objects.filter(kind=EventKind.CLAIM_ASSESSED).count()


def test_one_form_sent_many_times_at_once_has_one_effect_and_one_answer(ana: User, claim: Claim) -> None:
    key = uuid4()
    answers = at_once(*[labelling(claim, ana, Label.OPINION, key=key)] * AT_ONCE)
    assert answers == [answers[0]] * AT_ONCE
    assert not isinstance(answers[0], Conflict)
    assert (Assessment.objects.get().version, Receipt.objects.count(), assessed_events()) == (1, 1, 1)


def test_of_many_tabs_that_saw_the_same_version_one_wins_and_the_others_see_its_label(ana: User, claim: Claim) -> None:
    labels = [Label.OPINION, Label.UNSOURCED] * (AT_ONCE // 2)
    answers = at_once(*[labelling(claim, ana, label) for label in labels])
    lost = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(lost) == AT_ONCE - 1
    stored = Assessment.objects.get()
    assert {conflict.current["label"] for conflict in lost} == {stored.label}
    assert (stored.version, assessed_events()) == (1, 1)


def test_two_reviewers_at_once_settle_the_claim_once(ana: User, ben: User, claim: Claim) -> None:
    answers = at_once(labelling(claim, ana, Label.OPINION), labelling(claim, ben, Label.OPINION))
    assert not any(isinstance(answer, Conflict) for answer in answers)
    assert ClaimStatus.objects.get(pk=claim.pk).settled_label == Label.OPINION
    claim.article.status.refresh_from_db()
    assert claim.article.status.settled_count == 1


def test_of_two_moderators_at_once_one_rules_and_the_other_is_shown_the_ruling(
    max: User, ada: User, claim: Claim
) -> None:
    def ruling(by: User, label: Label) -> Callable[[], object]:
        return lambda: rule_on_claim(
            by=by, claim_id=claim.pk, judgement=Judgement(label), explanation="So.", expected_version=0, key=uuid4()
        )

    answers = at_once(ruling(max, Label.OPINION), ruling(ada, Label.UNSOURCED))
    (lost,) = [answer for answer in answers if isinstance(answer, Conflict)]
    assert lost.current["label"] == Ruling.objects.get().label


def test_many_writers_leave_one_unbroken_chain_of_events(ana: User, claims: list[Claim]) -> None:
    before = Event.objects.count()
    answers = at_once(*[labelling(claim, ana, Label.UNSOURCED) for claim in claims])
    assert not any(isinstance(answer, Conflict) for answer in answers)
    assert Event.objects.count() == before + len(claims)
    assert audit.verify() is None
