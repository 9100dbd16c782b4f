"""How a claim is settled: by agreement, or by a moderator where reviewers differ."""

from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Ruling, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.retract_assessment import retract_assessment
from claims.review.rule_on_claim import rule_on_claim
from claims.review.state import Judgement
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import SCHEME_VERSION, ClaimState, Label
from tests.cast import assess, person, rule
from tests.unit.ledger import event_count, events


def status(claim: Claim) -> ClaimStatus:
    return ClaimStatus.objects.get(claim=claim)


def settled_as(claim: Claim) -> tuple[str, str, int | None, str]:
    now = status(claim)
    return now.state, now.settled_label, now.settled_strength, now.settled_reason


def send(claim: Claim, by: User, judgement: Judgement | None = None, version: int = 0, **parts: object) -> dict:
    given = {"explanation": "So it is.", "key": uuid4()} | parts
    ruling = judgement or Judgement(Label.UNSOURCED, 0, "hedge")
    return rule_on_claim(by=by, claim_id=claim.pk, judgement=ruling, expected_version=version, **given)


def test_two_equal_labels_settle_a_claim_with_the_lowest_strength(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED, strength=4)
    assert settled_as(claim) == (ClaimState.IN_REVIEW, "", None, "")
    assess(claim, ben, Label.SOURCED, strength=3)
    assert settled_as(claim) == (ClaimState.AGREED, "SOURCED", 3, "")
    assert status(claim).settled_at is not None


def test_one_reviewer_twice_is_no_agreement(ana: User, claim: Claim) -> None:
    assess(claim, ana)
    assess(claim, ana)
    assert status(claim).state == ClaimState.IN_REVIEW


def test_different_labels_are_a_dispute_and_nothing_is_settled(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    assert settled_as(claim) == (ClaimState.DISPUTED, "", None, "")
    assert status(claim).settled_at is None


def test_a_dispute_ends_when_one_side_changes_its_mind_or_steps_back(ana: User, ben: User, claims: list[Claim]) -> None:
    for claim in claims[:2]:
        assess(claim, ana, Label.SOURCED)
        assess(claim, ben, Label.OPINION)
    assess(claims[0], ben, Label.SOURCED)
    retract_assessment(by=ben, claim_id=claims[1].pk, expected_version=1, key=uuid4())
    assert status(claims[0]).state == ClaimState.AGREED
    assert status(claims[1]).state == ClaimState.IN_REVIEW


def test_a_third_voice_does_not_outvote_a_dispute(ana: User, ben: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    assess(claim, person("cleo", "reviewer"), Label.SOURCED)
    assert status(claim).state == ClaimState.DISPUTED


def test_a_ruling_settles_a_dispute_with_its_reason(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ana, Label.SOURCED)
    assess(claim, ben, Label.OPINION)
    outcome = send(claim, max, explanation="Only a hedge stands there.")
    assert settled_as(claim) == (ClaimState.RULED, "UNSOURCED", 0, "hedge")
    ruling = Ruling.objects.get(claim=claim)
    assert (ruling.by, ruling.explanation, ruling.version) == (max, "Only a hedge stands there.", 1)
    assert ruling.scheme_version == SCHEME_VERSION
    assert outcome["version"] == 1
    (event,) = events("claim.ruled")
    assert (event.by, event.reason, event.before) == (max, "Only a hedge stands there.", None)
    assert event.after["label"] == "UNSOURCED"


def test_a_moderator_can_rule_on_an_open_and_on_an_agreed_claim(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    assess(claims[1], ana, Label.SOURCED)
    assess(claims[1], ben, Label.SOURCED)
    for claim in claims[:2]:
        rule(claim, max, Label.OPINION)
        assert settled_as(claim) == (ClaimState.RULED, "OPINION", None, "")


def test_ruling_anew_replaces_the_ruling_and_the_log_keeps_both(max: User, ada: User, claim: Claim) -> None:
    rule(claim, max, Label.OPINION)
    send(claim, ada, version=1, explanation="On second thoughts.")
    assert settled_as(claim)[1] == "UNSOURCED"
    assert Ruling.objects.get().by == ada
    assert [event.after["label"] for event in events("claim.ruled")] == ["OPINION", "UNSOURCED"]
    assert events("claim.ruled")[1].before["explanation"] == "So it is."


def test_two_moderators_at_once_do_not_overwrite_each_other(max: User, ada: User, claim: Claim) -> None:
    rule(claim, max, Label.OPINION)
    before = event_count()
    with pytest.raises(Conflict, match="Another ruling was made") as refused:
        send(claim, ada, version=0)
    assert refused.value.current["label"] == "OPINION"
    assert Ruling.objects.get().by == max
    assert event_count() == before


def test_the_same_key_rules_once(max: User, claim: Claim) -> None:
    key = uuid4()
    first = send(claim, max, key=key)
    assert send(claim, max, key=key) == first
    with pytest.raises(Conflict, match="another request"):
        send(claim, max, Judgement(Label.OPINION), version=1, key=key)
    assert Ruling.objects.get().version == 1
    assert len(events("claim.ruled")) == 1


@pytest.mark.parametrize("explanation", ["", "   \n", "\x00"])
def test_a_ruling_needs_an_explanation(max: User, claim: Claim, explanation: str) -> None:
    before = event_count()
    with pytest.raises(Invalid, match="Say in a sentence why"):
        send(claim, max, explanation=explanation)
    assert not Ruling.objects.exists()
    assert event_count() == before


def test_a_rulings_explanation_is_cleaned_and_capped(max: User, claim: Claim) -> None:
    with pytest.raises(Invalid, match="characters"):
        send(claim, max, explanation="x" * (MAX_NOTE + 1))
    send(claim, max, explanation="<script>x</script>See <i>there</i>.")
    assert "<script" not in Ruling.objects.get().explanation
    assert "<i>there</i>" in Ruling.objects.get().explanation


def test_a_ruling_whose_parts_do_not_fit_is_refused(max: User, claim: Claim) -> None:
    for misfit in (Judgement(Label.SOURCED, 0), Judgement(Label.OPINION, 3), Judgement(Label.SOURCED, 3, "hedge")):
        with pytest.raises(Invalid):
            send(claim, max, misfit)
    assert not Ruling.objects.exists()


def test_a_reviewer_may_not_rule_and_reads_why(ana: User, eve: User, claim: Claim) -> None:
    for by, role in ((ana, "reviewer"), (eve, "reader")):
        with pytest.raises(NotAllowed, match=f"Your role is {role}, and only a moderator may rule on claims"):
            send(claim, by)
    assert not Ruling.objects.exists()
    assert status(claim).version == 0


def test_nobody_rules_on_what_is_gone(max: User, claim: Claim) -> None:
    withdraw_article(by=max, article_id=claim.article_id, reason="Asked for.", expected_version=0)
    with pytest.raises(Gone, match="withdrawn"):
        send(claim, max)


def counted(article: Article) -> tuple[int, int]:
    now = ArticleStatus.objects.get(article=article)
    return now.claims_count, now.settled_count


def test_the_articles_counter_counts_each_settled_claim_once(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    article = claims[0].article
    assert counted(article) == (4, 0)
    assess(claims[0], ana)
    assess(claims[0], ben, Label.OPINION)
    assert counted(article) == (4, 0)
    rule(claims[0], max)
    rule(claims[0], max, Label.OPINION)
    assert counted(article) == (4, 1)
    assess(claims[1], ana)
    assess(claims[1], ben)
    assert counted(article) == (4, 2)
    rule(claims[1], max)
    assert counted(article) == (4, 2)


def test_a_refused_write_moves_no_counter_and_no_version(ana: User, max: User, claim: Claim) -> None:
    rule(claim, max)
    before = status(claim).version, counted(claim.article)
    with pytest.raises(Conflict):
        assess(claim, ana)
    with pytest.raises(Conflict):
        send(claim, max, version=0)
    assert (status(claim).version, counted(claim.article)) == before


def test_a_ruling_anew_keeps_the_moment_at_which_the_claim_was_first_settled(max: User, claim: Claim) -> None:
    rule(claim, max)
    first = status(claim).settled_at
    rule(claim, max, Label.OPINION)
    assert status(claim).settled_at == first
    assert Ruling.objects.get().updated_at > first
