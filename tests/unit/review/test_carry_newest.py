"""A step back brings the newest state of what one said, also where that is nothing; and each judgement counts once."""

from uuid import uuid4

import pytest

from claims.agreement_filter import AgreementFilter
from claims.models import Article, Assessment, Claim, Evidence, User
from claims.review.add_evidence import add_evidence
from claims.review.agreement_units import units_of
from claims.review.change_evidence import change_evidence
from claims.review.given_evidence import MOST_EVIDENCE, Given
from claims.review.remove_evidence import remove_evidence, restore_evidence
from claims.review.retract_assessment import retract_assessment
from claims.vocabulary import Label
from tests.cast import assess
from tests.deeds import status
from tests.drawing import SHUT, TWO, WHOLE, article_of_two, drawn, first_of_two, redraw, take_back  # noqa: F401

LOG = "https://elm.example/log"


def gather(claim: Claim, by: User, url: str = LOG, **parts: str) -> None:
    add_evidence(by=by, claim_id=claim.pk, given=Given(url=url, stance="supports", **parts), key=uuid4())


def on(claim: Claim) -> list[tuple[str, str]]:
    """Stance and note of the evidence in force."""
    return list(Evidence.objects.in_force().filter(claim=claim).values_list("stance", "note"))


def the_piece(claim: Claim) -> dict[str, object]:
    piece = Evidence.objects.get(claim=claim)
    return {"claim_id": claim.pk, "evidence_id": piece.pk, "expected_version": piece.version, "key": uuid4()}


def test_a_label_that_was_taken_back_does_not_come_back(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana, Label.OPINION)
    moved = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(moved)
    retract_assessment(by=ana, claim_id=made.pk, expected_version=1, key=uuid4())
    back = take_back(article, ana, moved)
    assert not Assessment.objects.exists()
    assert status(whole).given == 0
    take_back(article, ana, back)
    assert not Assessment.objects.exists()


def test_a_label_given_after_one_was_taken_back_comes_along(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana, Label.OPINION)
    moved = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(moved)
    retract_assessment(by=ana, claim_id=made.pk, expected_version=1, key=uuid4())
    back = take_back(article, ana, moved)
    assess(whole, ana, Label.UNSOURCED)
    take_back(article, ana, back)
    assert Assessment.objects.get(claim=made).label == Label.UNSOURCED


def test_evidence_that_was_changed_comes_back_as_it_is_now(ana: User, article: Article, whole: Claim) -> None:
    gather(whole, ana, note="old")
    moved = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(moved)
    given = Given(url=f"{LOG}/2", stance="refutes", note="new")
    change_evidence(by=ana, given=given, **the_piece(made))  # type: ignore[arg-type]
    back = take_back(article, ana, moved)
    assert on(whole) == [("refutes", "new")]
    take_back(article, ana, back)
    assert on(made) == [("refutes", "new")]


def test_evidence_that_was_removed_stays_removed_and_is_restored_with_its_claim(
    ana: User, article: Article, whole: Claim
) -> None:
    gather(whole, ana)
    moved = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(moved)
    remove_evidence(by=ana, **the_piece(made))  # type: ignore[arg-type]
    back = take_back(article, ana, moved)
    assert on(whole) == []
    moved = take_back(article, ana, back)
    assert on(made) == []
    restore_evidence(by=ana, **the_piece(made))  # type: ignore[arg-type]
    take_back(article, ana, moved)
    assert on(whole) == [("supports", "")]
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(("more", "said"), [(1, "1 piece of evidence did"), (3, "3 pieces of evidence did")])
def test_evidence_that_does_not_fit_stays_with_the_earlier_claims(
    ana: User, article: Article, more: int, said: str
) -> None:
    both = list(article.claims.in_reading_order())
    for claim, count in zip(both, (MOST_EVIDENCE - 1, more + 1), strict=True):
        Evidence.objects.bulk_create(
            Evidence(claim=claim, by=ana, url=f"{LOG}/{claim.start}/{n}", stance="supports") for n in range(count)
        )
    merged = redraw(article, ana, both, TWO)
    (made,) = drawn(merged)
    assert len(on(made)) == MOST_EVIDENCE
    assert merged["sentence"].startswith(f"Merged into one claim. {said} not fit")
    assert len(on(both[1])) == more + 1


def test_a_judgement_counts_once_where_the_old_claim_is_in_work_again(
    ana: User, ben: User, max: User, article: Article, whole: Claim
) -> None:
    assess(whole, ana)
    (made,) = drawn(redraw(article, ana, [whole], SHUT))
    redraw(article, ben, [], WHOLE)
    for claim in (whole, made):
        assess(claim, ben)
    found = units_of(AgreementFilter({}, viewer=max)).units
    assert [unit.claim.replace("-", "") for unit in found] == [made.pk.hex]


def test_judgements_that_were_merged_and_parted_are_as_blind_as_they_were(ana: User, article: Article) -> None:
    both = list(article.claims.in_reading_order())
    for claim in both:
        assess(claim, ana)
    blind = Assessment.objects.values_list("claim", "blind").all
    for _ in range(2):
        merged = redraw(article, ana, both, TWO)
        (made,) = drawn(merged)
        assert dict(blind()) == {both[0].pk: False, both[1].pk: False, made.pk: True}
        take_back(article, ana, merged)
        assert dict(blind()) == {both[0].pk: True, both[1].pk: True, made.pk: False}


def test_a_label_of_its_own_stays_blind_beside_a_claim_that_goes_into_it(
    ana: User, article: Article, whole: Claim
) -> None:
    (part,) = drawn(redraw(article, ana, [], SHUT))
    assess(whole, ana)
    assess(part, ana)
    redraw(article, ana, [whole, part], WHOLE)
    assert set(Assessment.objects.values_list("blind", flat=True)) == {True}


def test_a_judgement_that_went_there_and_back_is_as_blind_as_it_was(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana)
    moved = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(moved)
    blind = Assessment.objects.values_list("claim", "blind").all
    assert dict(blind()) == {whole.pk: False, made.pk: True}
    back = take_back(article, ana, moved)
    assert dict(blind()) == {whole.pk: True, made.pk: False}
    take_back(article, ana, back)
    assert dict(blind()) == {whole.pk: False, made.pk: True}
