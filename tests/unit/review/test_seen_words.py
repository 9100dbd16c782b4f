"""Nobody judges words that they have not seen: a page may be older than the text."""

from uuid import uuid4

import pytest

from claims.models import Article, Assessment, Claim, User
from claims.refusals import Gone
from claims.review.assess_claim import assess_claim
from claims.review.state import Judgement
from claims.vocabulary import Label
from tests.cast import TEXT, assess
from tests.deeds import status
from tests.unit.ingest.test_carry_claims import REWORDED, UGLY, at, revise

UNSOURCED = Judgement(Label.UNSOURCED)


def judge(claim: Claim, by: User, revision: object, version: int = 0) -> None:
    assess_claim(
        by=by,
        claim_id=claim.pk,
        judgement=UNSOURCED,
        note="",
        expected_version=version,
        key=uuid4(),
        revision_id=revision,  # type: ignore[arg-type]
    )


def test_a_label_for_words_that_have_changed_since_is_refused(
    ana: User, operator: User, article: Article, claims: list[Claim]
) -> None:
    seen = claims[1].revision_id
    revise(operator, article, REWORDED)
    with pytest.raises(Gone, match="have changed in the article since the page was loaded"):
        judge(claims[1], ana, seen)
    assert not Assessment.objects.exists()
    judge(claims[1], ana, at(claims[1]).revision_id)


def test_a_label_from_an_older_page_stands_where_the_words_are_the_same(
    ana: User, operator: User, article: Article, claims: list[Claim]
) -> None:
    seen = claims[1].revision_id
    revise(operator, article, TEXT.replace(UGLY, f"{UGLY} Nobody asked."))
    judge(claims[1], ana, seen)
    assert Assessment.objects.filter(claim=claims[1], reviewer=ana).exists()


def test_a_text_that_the_claim_never_stood_in_is_no_page_of_it(ana: User, claim: Claim) -> None:
    with pytest.raises(Gone):
        judge(claim, ana, uuid4())


def test_the_mark_of_changed_words_goes_when_everybody_has_judged_the_new_ones(
    ana: User, ben: User, operator: User, article: Article, claims: list[Claim]
) -> None:
    assess(claims[1], ana)
    revise(operator, article, REWORDED)
    assert status(claims[1]).text_changed_at is not None
    assess(claims[1], ben, label=Label.OPINION)
    assert status(claims[1]).text_changed_at is not None
    judge(claims[1], ana, at(claims[1]).revision_id, version=1)
    assert status(claims[1]).text_changed_at is None
