"""The same people and the same small texts in every test.

ana and ben review, max moderates, ada administers, eve has an account and no role.
"""

from collections.abc import Callable
from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from claims.coverage.describe_story import create_story
from claims.coverage.place_article import place_article
from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.models import Article, Assessment, Claim, Ruling, Story, User
from claims.permissions import operator as operator_account
from claims.review.assess_claim import assess_claim
from claims.review.rule_on_claim import rule_on_claim
from claims.review.state import Judgement
from claims.vocabulary import Label

TEXT = (
    "The bridge over the Elm was closed on Friday.\n\n"
    "Mayor Ida Brook said on Monday that the bridge would open again in May.\n\n"
    "The council is reportedly planning a toll.\n\n"
    "It is the ugliest bridge in the country."
)


def person(name: str, role: str = "") -> User:
    """An account in a role."""
    user = User.objects.create(username=name, password="!")
    if role:
        user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def ana(db: None) -> User:
    return person("ana", "reviewer")


@pytest.fixture
def ben(db: None) -> User:
    return person("ben", "reviewer")


@pytest.fixture
def max(db: None) -> User:
    return person("max", "moderator")


@pytest.fixture
def ada(db: None) -> User:
    return person("ada", "administrator")


@pytest.fixture
def eve(db: None) -> User:
    return person("eve")


@pytest.fixture
def operator(db: None) -> User:
    return operator_account()


MakeArticle = Callable[..., Article]


@pytest.fixture
def make_article(operator: User) -> MakeArticle:
    """Store and read a text; `make_article("Text.", address="https://…")`."""

    def make(text: str = TEXT, address: str = "", story: Story | None = None) -> Article:
        stored = store_article(by=operator, raw=text.encode(), address=address, first_story=story)
        read_article(by=operator, article=stored.revision.article)
        return Article.objects.select_related("status", "outlet").get(pk=stored.revision.article_id)

    return make


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    """An article of four claims in no story."""
    return make_article(address="https://example.org/bridge")


@pytest.fixture
def claims(article: Article) -> list[Claim]:
    """Its claims in reading order."""
    return list(Claim.objects.filter(article=article).in_reading_order())


@pytest.fixture
def claim(claims: list[Claim]) -> Claim:
    """Its first claim."""
    return claims[0]


@pytest.fixture
def story(max: User, article: Article) -> Story:
    """An unpublished story that the article is in."""
    made = create_story(by=max, title="The bridge", description="", key=uuid4())
    place_article(by=max, article_id=article.pk, story_id=made.pk, expected_version=article.status.version)
    return made


@pytest.fixture
def corpus(db: None) -> list[Article]:
    """The five articles of the fixture, loaded and read."""
    call_command("loaddata", "articles", verbosity=0)
    call_command("read_articles", stdout=StringIO())
    return list(Article.objects.order_by("received_at", "pk"))


def assess(claim: Claim, by: User, label: Label = Label.UNSOURCED, note: str = "", **parts: object) -> Assessment:
    """`by` judges the claim, or judges it anew."""
    own = Assessment.objects.filter(claim=claim, reviewer=by).first()
    assess_claim(
        by=by,
        claim_id=claim.pk,
        judgement=Judgement(label, **parts),  # type: ignore[arg-type]
        note=note,
        expected_version=own.version if own else 0,
        key=uuid4(),
    )
    return Assessment.objects.get(claim=claim, reviewer=by)


def rule(
    claim: Claim, by: User, label: Label = Label.UNSOURCED, explanation: str = "So it is.", **parts: object
) -> Ruling:
    """`by` settles the claim."""
    old = Ruling.objects.filter(claim=claim).first()
    rule_on_claim(
        by=by,
        claim_id=claim.pk,
        judgement=Judgement(label, **parts),  # type: ignore[arg-type]
        explanation=explanation,
        expected_version=old.version if old else 0,
        key=uuid4(),
    )
    return Ruling.objects.get(claim=claim)


def logged_in(user: User) -> Client:
    """A browser of this person's."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
