"""The bar above a text says why the queue served a claim: of its words and its proposal, and of nothing else."""

from claims.models import Claim, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, logged_in
from tests.pages.html import Page
from tests.proposing import propose


def because(viewer: User) -> str:
    """What the bar says of the claim that the queue serves next."""
    answer = logged_in(viewer).post("/queue/next", follow=True)
    found = [part.text for part in Page(answer.content.decode()).all("p") if part.has("because")]
    return found[0] if found else ""


def test_the_bar_says_why_a_claim_was_served(ana: User, make_article: MakeArticle) -> None:
    article = make_article("The bridge killed 26 people.")
    propose(Claim.objects.get(article=article), "bare", Label.UNSOURCED, 0, "bare")
    assert because(ana) == ("Served because: it gives figures; it speaks of harm; the first pass found no source.")


def test_a_claim_with_no_sign_in_it_is_served_without_a_reason(ana: User, make_article: MakeArticle) -> None:
    article = make_article("The bridge is old.")
    propose(Claim.objects.get(article=article), "said", Label.SOURCED, 3)
    assert because(ana) == ""


def test_what_nothing_was_proposed_for_says_that_the_first_pass_was_not_sure(
    ana: User, make_article: MakeArticle
) -> None:
    article = make_article("The bridge is old.")
    propose(claim := Claim.objects.get(article=article), "said", Label.SOURCED, 3)
    claim.proposal.delete()
    assert because(ana) == "Served because: the first pass was not sure."


def test_what_others_did_has_no_part_in_it(ana: User, ben: User, make_article: MakeArticle) -> None:
    article = make_article("The bridge killed 26 people.")
    claim = Claim.objects.get(article=article)
    propose(claim, "bare", Label.UNSOURCED, 0, "bare")
    before = because(ana)
    assess(claim, ben, Label.OPINION)
    assert because(ana) == before
