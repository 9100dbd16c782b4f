"""Sources are merged while somebody stores a route that leads over them: both are done, on every database."""

from typing import Any
from uuid import uuid4

import pytest

from claims.models import Article, Attribution, Claim, Source, User
from claims.review import attribute_claim as attributing
from claims.review import redraw_claims as drawing
from claims.review.attribute_claim import GivenAttribution, GivenHop, attribute_claim
from claims.review.merge_sources import merge_sources
from claims.review.register_source import register_source
from tests.drawing import SHUT, article_of_two, first_of_two, redraw  # noqa: F401
from tests.races.test_lock_order import overlapping, pause_after

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


def attribute(claim: Claim, by: User, *hops: GivenHop) -> Any:
    given = GivenAttribution(chain=hops)
    return attribute_claim(by=by, claim_id=claim.pk, given=given, expected_version=0, key=uuid4())


def merge(source: Source, into: Source, by: User) -> Any:
    return merge_sources(
        by=by, source_id=source.pk, into_id=into.pk, reason="One mayor.", source_version=1, into_version=1, key=uuid4()
    )


@pytest.fixture
def two(ana: User) -> list[Source]:
    names = ("Ida Brook", "Mayor Brook")
    return [register_source(by=ana, name=name, kind="named_person", key=uuid4()) for name in names]


def test_sources_are_merged_while_a_route_over_one_and_a_new_one_is_stored(
    monkeypatch: pytest.MonkeyPatch, ana: User, max: User, whole: Claim, two: list[Source]
) -> None:
    pause_after(monkeypatch, attributing, "_hops")
    new = GivenHop(name="The ferry office", kind="named_body")
    overlapping(lambda: attribute(whole, ana, new, GivenHop(source=two[0].pk)), lambda: merge(*two, max))
    assert Attribution.objects.get().hops.count() == 2
    assert Source.objects.get(pk=two[0].pk).merged_into == two[1]


def test_sources_are_merged_while_a_claim_with_a_route_over_one_gets_other_borders(
    monkeypatch: pytest.MonkeyPatch, ana: User, max: User, article: Article, whole: Claim, two: list[Source]
) -> None:
    attribute(whole, ana, GivenHop(source=two[0].pk))
    pause_after(monkeypatch, drawing, "_carry")
    overlapping(lambda: redraw(article, ana, [whole], SHUT), lambda: merge(*two, max))
    assert Attribution.objects.count() == 2
    assert Source.objects.get(pk=two[0].pk).merged_into == two[1]
