"""Nobody but a moderator can tell what another reviewer did, until the claim is settled."""

from uuid import uuid4

from django.contrib.auth.models import AnonymousUser

from claims.accounts.manage_account import change_role
from claims.coverage.publish_story import publish_story
from claims.models import Article, Assessment, Claim, Story, User
from claims.review.assess_claim import assess_claim
from claims.review.progress import next_claim, progress_in
from claims.review.retract_assessment import retract_assessment
from claims.review.state import Judgement
from claims.vocabulary import Label, Role
from tests.cast import assess, rule


def seen_by(viewer: User, claim: Claim) -> tuple[str, str | None]:
    found = Claim.objects.visible_to(viewer).get(pk=claim.pk)
    return found.seen_state, found.seen_label or None


def test_reviewer_cannot_see_the_other_label_before_giving_one(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ben, Label.OPINION, note="Looks like opinion.")
    assert not Assessment.objects.visible_to(ana).exists()
    assert seen_by(ana, claim) == ("open", None)


def test_reviewer_cannot_see_the_other_label_after_giving_one_either(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ben, Label.OPINION)
    assess(claim, ana, Label.SOURCED)
    assert [own.reviewer for own in Assessment.objects.visible_to(ana)] == [ana]
    assert seen_by(ana, claim) == ("done", "SOURCED")
    assert seen_by(ben, claim) == ("done", "OPINION")


def test_what_is_answered_to_a_write_tells_nothing_of_the_other_label(
    ana: User, ben: User, claims: list[Claim]
) -> None:
    assess(claims[0], ben, Label.OPINION, note="Mine.")
    answers = [
        assess_claim(
            by=ana, claim_id=claim.pk, judgement=Judgement(Label.SOURCED), note="", expected_version=0, key=uuid4()
        )
        for claim in claims[:2]
    ]
    assert answers[0] == answers[1]


def test_an_agreement_opens_both_assessments_to_both(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ben, note="Nobody is named.")
    assess(claim, ana)
    assert {one.reviewer for one in Assessment.objects.visible_to(ana)} == {ana, ben}
    assert seen_by(ana, claim) == ("agreed", "UNSOURCED")


def test_a_ruling_opens_the_assessments(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ben, Label.OPINION)
    rule(claim, max, Label.SOURCED)
    assert [one.reviewer for one in Assessment.objects.visible_to(ana)] == [ben]
    assert seen_by(ana, claim) == ("ruled", "SOURCED")


def test_ones_own_label_comes_before_the_settled_one(ana: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.OPINION)
    rule(claim, max, Label.SOURCED)
    assert seen_by(ana, claim) == ("ruled", "OPINION")


def test_moderators_see_all_of_it(ana: User, ben: User, max: User, ada: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    for moderator in (max, ada):
        assert Assessment.objects.visible_to(moderator).count() == 2
        assert seen_by(moderator, claim)[0] == "disputed"


def test_readers_see_no_assessment_at_all(eve: User, ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ben)
    for reader in (eve, AnonymousUser()):
        assert not Assessment.objects.visible_to(reader).exists()
        assert not Claim.objects.visible_to(reader).exists()


def test_readers_see_no_article_as_a_whole(eve: User, ana: User, claim: Claim) -> None:
    for reader in (eve, AnonymousUser()):
        assert not Article.objects.visible_to(reader).exists()
    assert Article.objects.visible_to(ana).get() == claim.article


def test_readers_see_settled_claims_of_published_stories_and_no_others(
    eve: User, max: User, story: Story, claims: list[Claim]
) -> None:
    rule(claims[0], max, Label.OPINION)
    assert not Claim.objects.visible_to(eve).exists()
    publish_story(by=max, story_id=story.pk, expected_version=0)
    for reader in (eve, AnonymousUser()):
        (seen,) = Claim.objects.visible_to(reader)
        assert (seen.pk, seen.seen_state, seen.seen_label) == (claims[0].pk, "ruled", "OPINION")


def test_the_other_work_moves_neither_progress_nor_what_is_next(ana: User, ben: User, claims: list[Claim]) -> None:
    article = claims[0].article
    before = progress_in([article], ana), next_claim(ana, article)
    assess(claims[0], ben, Label.OPINION)
    assess(claims[1], ben)
    assert (progress_in([article], ana), next_claim(ana, article)) == before


def test_a_label_given_after_the_claim_was_once_settled_is_marked_as_not_blind(
    ana: User, ben: User, max: User, claim: Claim
) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.SOURCED)
    # Both have seen both labels by now; taking one back and giving another does not make anybody blind again.
    retract_assessment(by=ben, claim_id=claim.pk, expected_version=1, key=uuid4())
    assert not assess(claim, ben, Label.OPINION).blind
    assert not assess(claim, ana, Label.OPINION).blind


def test_a_moderator_who_has_seen_others_labels_is_marked_as_not_blind(
    ana: User, max: User, claims: list[Claim]
) -> None:
    assert assess(claims[0], max).blind
    assess(claims[1], ana)
    assert not assess(claims[1], max).blind
    # A label given blind stays so when it is looked at again, and not when it is changed with the others in view.
    assess(claims[0], ana)
    assert assess(claims[0], max, note="Still so.").blind
    assert not assess(claims[0], max, Label.OPINION).blind


def test_who_moderated_once_is_not_blind_to_what_they_could_see_then(
    ana: User, ben: User, max: User, ada: User, claims: list[Claim]
) -> None:
    assess(claims[0], ana)
    change_role(by=ada, user_id=max.pk, role=Role.REVIEWER, expected_version=0)
    assess(claims[1], ana)
    former = User.objects.get(pk=max.pk)
    assert [assess(claim, former).blind for claim in claims[:3]] == [False, True, True]


def test_a_note_added_to_what_was_agreed_leaves_the_label_blind(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.SOURCED)
    assert assess(claim, ben, Label.SOURCED, note="A named person.", strength=4).blind
