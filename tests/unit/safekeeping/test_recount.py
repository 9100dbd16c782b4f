"""What is stored twice is compared, on both databases: a desk in order says nothing, and each disagreement is named."""

from typing import Any

import pytest
from django.core.management import CommandError
from django.db.models import F

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Link, Revision, User
from claims.safekeeping.recount import disagreements
from tests.exchanging import a_bit_of_everything
from tests.safekeeping import command, unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ana: User, ben: User, max: User, ada: User) -> list[Claim]:
    return a_bit_of_everything(ana, ben, max, ada)


def test_a_desk_in_order_has_nothing_to_say(desk: list[Claim], corpus: list[Article]) -> None:
    assert list(disagreements()) == []
    assert "unbroken" in command("verify")
    assert "Texts, claims and counters agree" in command("verify")
    assert "agree" not in command("verify", "--log-only")


def test_an_article_that_was_withdrawn_is_in_order(desk: list[Claim], max: User) -> None:
    status = ArticleStatus.objects.get(pk=desk[0].article_id)
    withdraw_article(by=max, article_id=status.pk, reason="The publisher asked.", expected_version=status.version)
    assert list(disagreements()) == []


@pytest.mark.parametrize(
    ("model", "change", "sentence"),
    [
        (Revision, {"raw": b"Another text."}, "have another SHA-256 than it says"),
        (Claim, {"exact": "Other words."}, "are not those of its place in its text"),
        (Claim, {"start": F("start") + 1}, "are not those of its place in its text"),
        (ArticleStatus, {"claims_count": F("claims_count") + 1}, "The counters of article"),
        (ArticleStatus, {"settled_count": F("settled_count") + 1}, "The counters of article"),
        (ClaimStatus, {"given": F("given") + 1}, "assessments and has"),
        (Link, {"given": F("given") + 1}, "findings and has"),
    ],
)
def test_what_disagrees_is_named(desk: list[Claim], model: Any, change: dict[str, Any], sentence: str) -> None:
    row = model.objects.order_by("pk").first()
    with unguarded():
        model.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(CommandError, match=f"{row.pk}.*{sentence}|{sentence}") as found:
            command("verify")
        assert str(row.pk) in str(found.value)
        assert "Other words" not in str(found.value)
