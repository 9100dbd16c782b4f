"""A verdict reaches readers by two moderators, and stays what it was when they let it out."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.models import Claim, Event, Notification, User, VerdictPublication
from claims.refusals import Conflict, Gone, Invalid, NotAllowed, Outdated
from claims.review.propose_publication import propose_publication
from claims.transfers import PublicationState
from claims.vocabulary import EventKind, Notice
from tests import deeds
from tests.cast import person, rule
from tests.publishing import decline, evidence, judge, newest, propose, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(claim: Claim, ana: User, max: User) -> Claim:
    """A claim that max has settled and ana found refuted, on one piece of evidence."""
    rule(claim, max)
    judge(claim, ana, on=(evidence(claim, ana),))
    return claim


@pytest.fixture
def out(judged: Claim, max: User, ada: User) -> Claim:
    """Its verdict put forward by max and published by ada."""
    propose(judged, max)
    publish(judged, ada)
    return judged


def readers() -> list[tuple[int, str]]:
    seen = VerdictPublication.objects.visible_to(AnonymousUser())
    return [(one.number, one.state) for one in seen.order_by("number")]


def test_what_is_put_forward_keeps_the_verdict_and_its_evidence_as_they_are(
    judged: Claim, max: User, ana: User
) -> None:
    put = propose(judged, max)
    judge(judged, ana, "supported", "They say the opposite.")
    put.refresh_from_db()
    assert (put.value, put.explanation, put.number, put.verdict_version) == ("refuted", "The minutes say so.", 1, 1)
    assert [(one["url"], one["stance"]) for one in put.evidence] == [("https://council.example/minutes", "refutes")]


def test_readers_see_it_only_when_a_second_moderator_has_let_it_out(judged: Claim, max: User, ada: User) -> None:
    propose(judged, max)
    assert readers() == []
    publish(judged, ada)
    assert readers() == [(1, "published")]


def test_nobody_lets_out_what_they_put_forward_and_is_told_who_could(judged: Claim, max: User, ada: User) -> None:
    propose(judged, max)
    with pytest.raises(NotAllowed, match="a second moderator has to let it out: ada could"):
        publish(judged, max)


def test_nobody_lets_out_their_own_verdict(claim: Claim, max: User, ada: User) -> None:
    rule(claim, max)
    judge(claim, ada)
    propose(claim, max)
    with pytest.raises(NotAllowed, match="nobody else can yet, and an administrator can make somebody a moderator"):
        publish(claim, ada)


@pytest.mark.parametrize("deed", [propose, publish, decline, withdraw])
def test_only_moderators_decide_what_readers_see(deed: object, judged: Claim, max: User, ana: User, eve: User) -> None:
    propose(judged, max)
    for by in (ana, eve):
        with pytest.raises(NotAllowed):
            deed(judged, by)  # type: ignore[operator]


def test_a_claim_that_is_not_settled_has_no_verdict_for_readers(claim: Claim, max: User) -> None:
    judge(claim, max)
    with pytest.raises(Invalid, match="not settled"):
        propose(claim, max)


def test_a_claim_without_a_verdict_has_none_to_put_forward(claim: Claim, max: User) -> None:
    rule(claim, max)
    with pytest.raises(Invalid, match="There is no verdict"):
        propose_publication(by=max, claim_id=claim.pk, correction="", expected_version=0, key=uuid4())


def test_a_hidden_claim_and_a_locked_article_take_no_publication(judged: Claim, max: User, ada: User) -> None:
    propose(judged, max)
    deeds.lock(judged.article, max)
    with pytest.raises(Conflict, match="locked"):
        publish(judged, ada)
    deeds.unlock(judged.article, max)
    deeds.hide(judged, max)
    with pytest.raises(Gone, match="hidden"):
        publish(judged, ada)
    decline(judged, ada)


def test_words_that_changed_since_are_judged_anew_first(judged: Claim, max: User) -> None:
    judged.status.refresh_from_db()
    judged.status.text_changed_at = judged.status.opened_at
    judged.status.save()
    with pytest.raises(Invalid, match="words of this claim have changed"):
        propose(judged, max)


def test_a_verdict_that_was_changed_since_is_not_let_out(judged: Claim, ana: User, max: User, ada: User) -> None:
    propose(judged, max)
    judge(judged, ana, "supported", "They say the opposite.")
    with pytest.raises(Conflict, match="changed after this one was put forward"):
        publish(judged, ada)
    decline(judged, max)
    propose(judged, max)
    assert publish(judged, ada).value == "supported"


def test_a_claim_that_was_reopened_since_is_not_let_out(judged: Claim, max: User, ada: User) -> None:
    propose(judged, max)
    deeds.reopen(judged, max)
    with pytest.raises(Conflict, match="not settled"):
        publish(judged, ada)


def test_one_at_a_time_is_put_forward(judged: Claim, max: User, ada: User) -> None:
    propose(judged, max)
    with pytest.raises(Conflict, match="put forward already"):
        propose(judged, ada)


def test_a_page_from_before_another_verdict_puts_nothing_forward(judged: Claim, max: User) -> None:
    with pytest.raises(Outdated, match="Another verdict was given"):
        propose(judged, max, expected_version=7)


def test_two_moderators_at_once_decide_once(judged: Claim, max: User, ada: User) -> None:
    kim = person("kim", "moderator")
    propose(judged, max)
    publish(judged, ada)
    with pytest.raises(Outdated, match="“published” now"):
        publish(judged, kim)
    with pytest.raises(Outdated):
        decline(judged, kim)


def test_a_later_verdict_leaves_the_published_one_out_until_another_is_published(
    out: Claim, ana: User, max: User, ada: User
) -> None:
    judge(out, ana, "supported", "They say the opposite.")
    assert readers() == [(1, "published")]
    with pytest.raises(Invalid, match="Say in a sentence what is put right"):
        propose(out, max)
    propose(out, max, "We misread the minutes.")
    assert readers() == [(1, "published")]
    publish(out, ada)
    assert readers() == [(1, "superseded"), (2, "published")]
    assert newest(out).correction == "We misread the minutes."


def test_what_readers_see_already_is_not_put_forward_again(out: Claim, max: User) -> None:
    with pytest.raises(Conflict, match="Readers see this verdict already"):
        propose(out, max, "Again.")


def test_what_was_declined_never_reached_readers_and_needs_no_correction(judged: Claim, max: User, ada: User) -> None:
    propose(judged, max)
    decline(judged, ada)
    assert readers() == []
    propose(judged, max)
    assert publish(judged, ada).number == 2


def test_a_withdrawn_verdict_stays_with_its_reason_and_can_come_again(out: Claim, max: User, ada: User) -> None:
    with pytest.raises(Invalid, match="why it is withdrawn"):
        withdraw(out, max, "  ")
    withdraw(out, max)
    assert readers() == [(1, "withdrawn")]
    assert newest(out).end_reason == "The minutes were forged."
    propose(out, max, "They were not.")
    publish(out, ada)
    assert readers() == [(1, "withdrawn"), (2, "published")]


def test_withdrawing_works_whatever_became_of_the_claim(out: Claim, max: User) -> None:
    deeds.lock(out.article, max)
    withdraw(out, max)
    assert newest(out).state == PublicationState.WITHDRAWN


def test_readers_see_nothing_of_a_hidden_claim(out: Claim, max: User) -> None:
    deeds.hide(out, max)
    assert readers() == []


def test_a_reopened_claim_keeps_what_was_published_of_it(out: Claim, max: User) -> None:
    deeds.reopen(out, max)
    assert readers() == [(1, "published")]


def test_a_number_that_is_none_is_gone(out: Claim, max: User) -> None:
    with pytest.raises(Gone):
        withdraw(out, max, number=9)


def test_the_same_request_sent_twice_has_one_effect(judged: Claim, max: User, ada: User) -> None:
    keys = [uuid4() for _ in range(3)]
    for _ in range(2):
        propose(judged, max, key=keys[0])
    for _ in range(2):
        publish(judged, ada, key=keys[1])
    for _ in range(2):
        withdraw(judged, max, key=keys[2])
    assert VerdictPublication.objects.count() == 1
    kinds = (EventKind.PUBLICATION_PROPOSED, EventKind.VERDICT_PUBLISHED, EventKind.VERDICT_WITHDRAWN)
    assert Event.objects.filter(kind__in=kinds).count() == 3


def test_a_key_of_another_request_is_refused(judged: Claim, max: User) -> None:
    key = uuid4()
    propose(judged, max, key=key)
    with pytest.raises(Conflict, match="key was used"):
        decline(judged, max, key=key)


def test_the_log_says_who_let_what_out_and_never_quotes(out: Claim, max: User, ada: User) -> None:
    withdraw(out, max)
    told = [
        (event.kind, event.by.username, event.after["state"])
        for event in Event.objects.filter(kind__contains="publi").order_by("number")
        if event.by and event.after
    ]
    assert told == [
        ("claim.publication_proposed", "max", "proposed"),
        ("claim.verdict_published", "ada", "published"),
    ]
    assert out.exact not in str(list(Event.objects.values_list("before", "after", "reason")))


def test_moderators_are_told_what_waits_and_the_others_what_became_of_it(
    judged: Claim, ana: User, ben: User, max: User, ada: User
) -> None:
    propose(judged, max)
    assert told_of(Notice.TO_PUBLISH) == {"ada"}
    publish(judged, ada)
    assert told_of(Notice.PUBLISHED) == {"max", "ana"}
    withdraw(judged, max)
    assert told_of(Notice.WITHDRAWN) == {"ada"}


def told_of(kind: Notice) -> set[str]:
    return set(Notification.objects.filter(kind=kind).values_list("to__username", flat=True))


def test_reviewers_know_only_of_what_is_out(judged: Claim, ana: User, max: User, ada: User) -> None:
    propose(judged, max)
    assert not VerdictPublication.objects.visible_to(ana).exists()
    assert VerdictPublication.objects.visible_to(ada).exists()
