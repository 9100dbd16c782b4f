"""How many assessments the claims of a story take, and what follows for its claims."""

from uuid import uuid4

import pytest

from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.models import ArticleStatus, Claim, ClaimStatus, Story, StoryStatus, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.require_assessments import follow_story
from claims.vocabulary import MOST_ASSESSMENTS_NEEDED, ClaimState, Label
from tests.cast import MakeArticle, assess, person, rule
from tests.deeds import counted, hide, reopen, require, restore, status
from tests.unit.ledger import event_count, events


def needed(claims: list[Claim]) -> list[int]:
    return [status(claim).needed for claim in claims]


def test_every_claim_of_the_story_takes_so_many_from_now_on(
    max: User, story: Story, claims: list[Claim], make_article: MakeArticle
) -> None:
    elsewhere = make_article("Another text.").claims.get()
    require(story, max, 3)
    assert needed([*claims, elsewhere]) == [3, 3, 3, 3, 2]
    later = make_article("A later text.", story=story).claims.get()
    assert needed([later]) == [3]
    (event,) = events("story.assessments_required")
    assert (event.by, event.target_id) == (max, str(story.pk))
    assert (event.before, event.after) == (
        {"assessments_needed": 2},
        {"assessments_needed": 3, "claims_agreed": 0},
    )


def test_three_equal_labels_settle_where_three_are_needed(
    ana: User, ben: User, max: User, story: Story, claims: list[Claim]
) -> None:
    require(story, max, 3)
    assess(claims[0], ana)
    assess(claims[0], ben)
    assert status(claims[0]).state == ClaimState.IN_REVIEW
    assess(claims[0], person("cleo", "reviewer"))
    assert status(claims[0]).state == ClaimState.AGREED


def test_claims_that_have_enough_now_become_agreed(ana: User, max: User, story: Story, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.SOURCED, strength=4)
    assess(claims[1], ana, Label.OPINION)
    before = [status(claim).version for claim in claims]
    assert require(story, max, 1) == {"claims_agreed": 2}
    now = status(claims[0])
    assert (now.state, now.settled_label, now.settled_strength, now.was_settled) == ("agreed", "SOURCED", 4, True)
    assert now.settled_at is not None
    assert [status(claim).version for claim in claims] == [before[0] + 1, before[1] + 1, 0, 0]
    assert counted(claims[0].article) == (4, 2)


def test_a_dispute_and_a_doubt_are_not_settled_by_a_smaller_number(
    ana: User, ben: User, max: User, story: Story, claims: list[Claim]
) -> None:
    assess(claims[0], ana, Label.SOURCED)
    assess(claims[0], ben, Label.OPINION)
    assess(claims[1], ana)
    assess(claims[1], ben)
    reopen(claims[1], max)
    assert require(story, max, 1) == {"claims_agreed": 0}
    assert [status(claim).state for claim in claims[:2]] == [ClaimState.DISPUTED, ClaimState.IN_REVIEW]
    assert counted(claims[0].article) == (4, 0)


def test_what_is_settled_stays_settled_when_more_are_needed(
    ana: User, ben: User, max: User, story: Story, claims: list[Claim]
) -> None:
    assess(claims[0], ana)
    assess(claims[0], ben)
    rule(claims[1], max)
    require(story, max, 5)
    assert needed(claims) == [2, 2, 5, 5]
    assert counted(claims[0].article) == (4, 2)


def test_what_is_open_again_takes_what_its_story_says_now(
    ana: User, ben: User, max: User, story: Story, claims: list[Claim]
) -> None:
    for claim in claims[:2]:
        assess(claim, ana)
        assess(claim, ben)
    require(story, max, 3)
    assess(claims[0], ben, Label.OPINION)
    reopen(claims[1], max)
    assert needed(claims) == [3, 3, 3, 3]
    assess(claims[0], ben)
    assert status(claims[0]).state == ClaimState.IN_REVIEW


def test_a_hidden_claim_is_settled_too_and_counted_when_it_is_back(
    ana: User, max: User, story: Story, claims: list[Claim]
) -> None:
    assess(claims[0], ana)
    hide(claims[0], max)
    require(story, max, 1)
    assert counted(claims[0].article) == (3, 0)
    restore(claims[0], max)
    assert status(claims[0]).state == ClaimState.AGREED
    assert counted(claims[0].article) == (4, 1)


def test_claims_of_an_older_text_are_not_counted_in_the_one_in_force(
    ana: User, max: User, story: Story, claims: list[Claim], make_article: MakeArticle
) -> None:
    assess(claims[0], ana)
    make_article("A text of one sentence.", address="https://example.org/bridge")
    require(story, max, 1)
    assert counted(claims[0].article) == (1, 0)


def test_a_claim_that_was_lost_comes_back_with_the_number_that_its_story_has_by_then(
    ana: User, ben: User, max: User, story: Story, claims: list[Claim], make_article: MakeArticle
) -> None:
    require(story, max, 3)
    assess(claims[0], ana)
    assess(claims[1], ana)
    assess(claims[1], ben)
    make_article("A text of one sentence.", address="https://example.org/bridge")
    require(story, max, 4)
    assert needed(claims[:2]) == [4, 4]
    require(story, max, 2)
    assert [status(claim).state for claim in claims[:2]] == [ClaimState.IN_REVIEW, ClaimState.AGREED]
    make_article(address="https://example.org/bridge")
    assert [status(claim).set_aside for claim in claims] == [""] * 4
    assert set(needed(claims)) == {2}
    assert counted(claims[0].article) == (4, 1)


def test_an_article_follows_the_story_that_it_is_put_into(
    ana: User, max: User, story: Story, claims: list[Claim]
) -> None:
    quick = create_story(by=max, title="Quick", description="", key=uuid4())
    require(quick, max, 1)
    assess(claims[0], ana)
    article = claims[0].article
    for to, expected, settled in ((quick, 1, 1), (story, 2, 1), (None, 2, 1)):
        version = ArticleStatus.objects.get(article=article).version
        story_id = to.pk if to else None
        follow_story(by=max, article_id=article.pk, story_id=story_id)
        place_article(by=max, article_id=article.pk, story_id=story_id, expected_version=version)
        assert set(needed(claims[1:])) == {expected}
        assert counted(article) == (4, settled)
    assert needed(claims[:1]) == [1]
    (agreed,) = events("claim.agreed")
    assert (agreed.target_id, agreed.after["needed"]) == (str(claims[0].pk), 1)


def test_only_moderators_say_how_many_and_move_articles(
    ana: User, eve: User, story: Story, claims: list[Claim]
) -> None:
    for who in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may say how many assessments"):
            require(story, who, 1)
        with pytest.raises(NotAllowed, match="only a moderator may put articles into stories"):
            follow_story(by=who, article_id=claims[0].article_id, story_id=story.pk)
    assert set(needed(claims)) == {2}


@pytest.mark.parametrize("number", [-1, 0, MOST_ASSESSMENTS_NEEDED + 1])
def test_a_number_out_of_bounds_is_refused(max: User, story: Story, number: int) -> None:
    with pytest.raises(Invalid, match=f"1 to {MOST_ASSESSMENTS_NEEDED}"):
        require(story, max, number)
    assert not events("story.assessments_required")


def test_an_old_page_and_what_is_not_there_are_refused(max: User, story: Story) -> None:
    require(story, max, 3)
    before = event_count()
    with pytest.raises(Conflict, match="Somebody changed this story"):
        require(story, max, 4, expected_version=0)
    with pytest.raises(Gone, match="no such story"):
        require(story, max, 4, story_id=uuid4())
    assert event_count() == before
    assert StoryStatus.objects.get(story=story).assessments_needed == 3


def test_the_same_key_has_one_effect(ana: User, max: User, ada: User, story: Story, claims: list[Claim]) -> None:
    assess(claims[0], ana)
    sent = {"expected_version": 0, "key": uuid4()}
    first = require(story, max, 1, **sent)
    assert require(story, max, 1, **sent) == first == {"claims_agreed": 1}
    require(story, ada, 4)
    assert require(story, max, 1, **sent) == first
    assert StoryStatus.objects.get(story=story).assessments_needed == 4
    assert ClaimStatus.objects.filter(state="agreed").count() == 1
    assert len(events("story.assessments_required")) == 2
