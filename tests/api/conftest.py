"""What every test of the API stands on: a desk with one row of each kind, and no warnings of refusals in the log."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from claims.models import Claim, ImportItem, Job, Story, User
from claims.review.register_source import register_source
from tests.linking import link


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Each refusal is logged with a warning; what is looked at here is the answers."""
    logger = logging.getLogger("django.request")
    was, logger.disabled = logger.disabled, True
    yield
    logger.disabled = was


@pytest.fixture
def unlimited(settings: Any) -> None:
    """A test that asks more often than a minute allows."""
    settings.API_LIMITS = dict.fromkeys(("token", "address", "failed"), 1_000_000)


@pytest.fixture
def keys(claim: Claim, claims: list[Claim], story: Story, ana: User, max: User) -> dict[str, Any]:
    """What the addresses' parts stand for."""
    job = Job.objects.create(kind="import", by=ana)
    item = ImportItem.objects.create(job=job, position=0, name="a.txt", state="ready", text="The bridge is shut.")
    return {
        "claim_id": claim.pk,
        "other_id": claims[1].pk,
        "article_id": claim.article_id,
        "story_id": story.pk,
        "revision_id": claim.revision_id,
        "outlet_id": claim.article.outlet_id,
        "source_id": register_source(by=max, name="The mayor", kind="named_person", key=uuid4()).pk,
        "link_id": link(claim, claims[1], max)["link"],
        "job_id": item.job_id,
        "item_id": item.pk,
    }
