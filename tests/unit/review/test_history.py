"""What a claim's history tells to whom: everything to moderators, never to reviewers what is the moderators' own."""

from uuid import uuid4

from claims.models import Assessment, Claim, ClaimStatus, Ruling, User
from claims.review.calibrate import end_calibration, set_calibration
from claims.review.history import history_of
from claims.review.restate_claims import restate_claims
from claims.review.skip_claim import skip_claim
from claims.review.state import Judgement
from claims.vocabulary import Label
from tests.cast import assess, rule
from tests.deeds import answer, flag


def told(claim: Claim, viewer: User) -> str:
    """Every sentence and reason that this person reads."""
    claim = Claim.objects.select_related("status", "article__status").get(pk=claim.pk)
    own = Assessment.objects.filter(claim=claim, reviewer=viewer).first()
    ruling = Ruling.objects.filter(claim=claim).first()
    return "\n".join(f"{one.by} {one.sentence} {one.why}" for one in history_of(claim, viewer, own, ruling).entries)


def test_who_asked_who_passed_and_what_is_known_is_for_moderators_also_when_the_claim_is_settled(
    ana: User, ben: User, max: User, ada: User, claim: Claim
) -> None:
    before = told(claim, ana)
    known = {"judgement": Judgement(Label.OPINION), "explanation": "Canary known.", "expected_version": 0}
    set_calibration(by=max, claim_id=claim.pk, key=uuid4(), **known)
    end_calibration(by=max, claim_id=claim.pk, expected_version=1, key=uuid4())
    answer(flag(claim, ben, "Canary flag."), max, "Canary answer.")
    skip_claim(by=ben, claim_id=claim.pk, reason="involved", key=uuid4())
    assert told(claim, ana) == before
    assert len(told(claim, ada).splitlines()) == len(before.splitlines()) + 5
    rule(claim, max, Label.OPINION, explanation="So it is.")
    assert told(claim, ana).splitlines() == [*before.splitlines(), "max ruled: opinion So it is."]


def test_until_it_is_settled_nobody_reads_what_others_judged(ana: User, ben: User, max: User, claim: Claim) -> None:
    assess(claim, ben, Label.SOURCED, note="Canary note.")
    assert "ben" not in told(claim, ana)
    assert "ben" in told(claim, max)
    rule(claim, max, Label.SOURCED)
    assert "ben" in told(claim, ana)


def test_what_judgements_from_a_file_did_to_a_claim_is_told_once_it_is_settled(
    ana: User, ben: User, max: User, operator: User, claim: Claim
) -> None:
    assess(claim, ben, Label.SOURCED)
    ClaimStatus.objects.filter(claim=claim).update(state="open", given=0)
    before = told(claim, ana)
    restate_claims(by=operator, claims=[claim.pk])
    assert told(claim, ana) == before
    assert "brought judgements of it in from a file: it is in review, before open" in told(claim, max)
    assess(claim, ana, Label.SOURCED)
    undone = {"settled_label": "", "settled_at": None, "settled_reason": "", "settled_strength": None}
    ClaimStatus.objects.filter(claim=claim).update(state="in_review", **undone)
    restate_claims(by=operator, claims=[claim.pk])
    assert "from a file: it is agreed as sourced, before in review" in told(claim, ana)
