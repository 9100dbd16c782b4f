"""Anybody with an account asks a moderator to look at a claim that they can see, and reads what came of it."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.coverage.publish_story import publish_story
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, Flag, Story, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed, TooMany
from claims.review import flag_claim as room
from tests.cast import assess, rule
from tests.deeds import answer, counted, flag, hide, status
from tests.unit.ledger import event_count, events


@pytest.fixture
def published(story: Story, claims: list[Claim], max: User) -> Claim:
    """A settled claim of a published story: readers see it."""
    rule(claims[0], max)
    publish_story(by=max, story_id=story.pk, expected_version=story.status.version)
    return claims[0]


def test_a_reviewer_flags_and_a_moderator_answers(ana: User, max: User, claim: Claim) -> None:
    number = flag(claim, ana, "The sentence is cut in two.")
    assert (status(claim).open_flags, status(claim).version) == (1, 1)
    (event,) = events("claim.flagged")
    assert (event.by, event.reason, event.target_id) == (ana, "The sentence is cut in two.", str(claim.pk))
    answer(number, max, "It is whole.")
    stored = Flag.objects.get()
    assert (stored.by, stored.answered_by, stored.answer) == (ana, max, "It is whole.")
    assert stored.answered_at is not None
    assert (status(claim).open_flags, status(claim).version) == (0, 2)
    (event,) = events("claim.flag_answered")
    assert (event.by, event.reason, event.after) == (max, "It is whole.", {"flag": number})


def test_a_flag_moves_neither_state_nor_counters(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana)
    before = status(claim).state, counted(claim.article)
    answer(flag(claim, ben), max)
    assert (status(claim).state, counted(claim.article)) == before


def test_a_reader_with_an_account_flags_what_is_published_and_nothing_else(
    eve: User, claims: list[Claim], published: Claim
) -> None:
    assert flag(published, eve)
    before = event_count()
    for claim_id in (claims[1].pk, uuid4()):
        with pytest.raises(Gone, match="no such claim here, or it is not published"):
            room.flag_claim(by=eve, claim_id=claim_id, reason="Wrong.", key=uuid4())
    assert event_count() == before


def test_who_has_no_account_or_is_blocked_cannot_flag(ana: User, operator: User, published: Claim) -> None:
    ana.is_active = False
    for who in (AnonymousUser(), ana, operator):
        with pytest.raises(NotAllowed, match="only somebody with an account may flag claims"):
            flag(published, who)
    assert not Flag.objects.exists()


def test_what_is_hidden_is_flagged_by_moderators_alone(ana: User, max: User, claim: Claim) -> None:
    hide(claim, max)
    with pytest.raises(Gone, match="no such claim"):
        flag(claim, ana)
    assert flag(claim, max)


def test_a_withdrawn_articles_claim_is_not_flagged_but_old_flags_are_answered(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    number = flag(claim, ana)
    withdraw_article(by=max, article_id=claim.article_id, reason="Asked for.", expected_version=0)
    for who in (ben, max):
        with pytest.raises(Gone):
            flag(claim, who)
    answer(number, max)
    assert status(claim).open_flags == 0


def test_a_person_has_one_open_flag_at_a_claim(ana: User, ben: User, max: User, claim: Claim) -> None:
    number = flag(claim, ana)
    with pytest.raises(Conflict, match="Your flag at this claim waits"):
        flag(claim, ana, "And another thing.")
    flag(claim, ben)
    assert status(claim).open_flags == 2
    answer(number, max)
    flag(claim, ana, "And another thing.")
    assert status(claim).open_flags == 2


def test_flags_of_a_person_that_wait_have_a_limit(
    ana: User, max: User, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_OPEN", 2)
    first = flag(claims[0], ana)
    flag(claims[1], ana)
    with pytest.raises(TooMany, match="2 of your flags wait"):
        flag(claims[2], ana)
    answer(first, max)
    flag(claims[2], ana)


@pytest.mark.parametrize("words", ["", " \n", "x" * (Flag.MAX_REASON + 1)])
def test_words_are_needed_on_both_sides_and_have_a_limit(ana: User, max: User, claims: list[Claim], words: str) -> None:
    number = flag(claims[1], ana)
    before = event_count()
    with pytest.raises(Invalid):
        flag(claims[0], ana, words)
    with pytest.raises(Invalid):
        answer(number, max, words)
    assert event_count() == before


def test_only_moderators_answer(ana: User, ben: User, eve: User, claim: Claim) -> None:
    number = flag(claim, ana)
    for who in (ana, ben, eve):
        with pytest.raises(NotAllowed, match="only a moderator may answer flags"):
            answer(number, who)
    assert status(claim).open_flags == 1


def test_a_flag_is_answered_once(ana: User, max: User, ada: User, claim: Claim) -> None:
    number = flag(claim, ana)
    key = uuid4()
    first = answer(number, max, "It is whole.", key=key)
    assert answer(number, max, "It is whole.", key=key) == first
    with pytest.raises(Conflict, match="Another moderator has answered") as refused:
        answer(number, ada, "It is not.")
    assert refused.value.current == {"answer": "It is whole."}
    assert (status(claim).open_flags, Flag.objects.get().answer) == (0, "It is whole.")
    assert len(events("claim.flag_answered")) == 1
    with pytest.raises(Gone, match="no such flag"):
        answer(number + 1, max)


def test_the_same_key_flags_once(ana: User, max: User, claim: Claim) -> None:
    key = uuid4()
    number = flag(claim, ana, key=key)
    assert flag(claim, ana, key=key) == number
    answer(number, max)
    assert flag(claim, ana, key=key) == number
    assert (Flag.objects.count(), status(claim).open_flags) == (1, 0)
    assert len(events("claim.flagged")) == 1


def test_who_flagged_reads_it_and_others_do_not(ana: User, ben: User, max: User, eve: User, article: Article) -> None:
    first, second = article.claims.in_reading_order()[:2]
    flag(first, ana)
    flag(second, ben)
    seen = [{one.by for one in Flag.objects.visible_to(who)} for who in (ana, ben, max, eve, AnonymousUser())]
    assert seen == [{ana}, {ben}, {ana, ben}, set(), set()]
