"""Drawing the borders of claims: which words are a claim, named by the words themselves."""

from uuid import UUID, uuid4

import pytest

from claims.models import Article, Claim, User
from claims.receipts import Outcome
from claims.review.attribute_claim import GivenSpan
from claims.review.redraw_claims import redraw_claims
from tests.cast import MakeArticle

TWO = "The bridge was closed on Friday and the ferry will run until May.\n\nThe toll is new."
SHUT, FERRY, WHOLE = "The bridge was closed on Friday", "the ferry will run until May", TWO.split("\n")[0]


@pytest.fixture(name="article")
def article_of_two(make_article: MakeArticle) -> Article:
    """An article of two claims, the first with two statements in it."""
    return make_article(TWO)


@pytest.fixture(name="whole")
def first_of_two(article: Article) -> Claim:
    return article.claims.in_reading_order().first()


def place(article: Article, words: str) -> GivenSpan:
    start = article.status.revision.text.index(words)
    return GivenSpan(start, start + len(words), words)


def redraw(article: Article, by: User, old: list[Claim], *words: str, **sent: object) -> Outcome:
    """Put the claims of these words in the place of the old ones."""
    sent = {"revision_id": article.status.revision_id, "key": uuid4()} | sent
    spans = [place(article, one) for one in words]
    return redraw_claims(by=by, article_id=article.pk, old=[claim.pk for claim in old], spans=spans, **sent)  # type: ignore[arg-type]


def drawn(outcome: Outcome) -> list[Claim]:
    return [Claim.objects.get(pk=one["id"]) for one in outcome["claims"]]


def take_back(article: Article, by: User, outcome: Outcome) -> Outcome:
    undo = outcome["undo"]
    return redraw_claims(
        by=by,
        article_id=article.pk,
        revision_id=article.status.revision_id,
        old=[UUID(key) for key in undo["old"]],
        spans=[GivenSpan(**span) for span in undo["spans"]],
        key=uuid4(),
    )


def in_work(article: Article) -> list[str]:
    return [claim.exact for claim in Claim.objects.filter(article=article).in_work().in_reading_order()]
