"""What of the coverage is the worked example's: pages say so, and a command takes it away again."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from claims.models import Assessment, ExampleWork, Link, Story
from claims.vocabulary import SETTLED


class Work(StrEnum):
    """What the worked example makes, by the model whose row it is."""

    CLAIM = "claim"
    ASSESSMENT = "assessment"
    ATTRIBUTION = "attribution"
    TIME = "claimtime"
    FINDING = "linkassessment"
    LINK = "link"


class Made(NamedTuple):
    """One thing that the example made: what it is, its key, and the version in which it was left."""

    work: Work
    key: str
    version: int


def standing_work() -> list[ExampleWork]:
    """All that the example made and that was not taken away; nothing where it is not loaded. One query."""
    return list(ExampleWork.objects.filter(removed_at=None).order_by("pk"))


def was_ever_loaded() -> bool:
    """Whether the example was loaded once, whatever became of it."""
    return ExampleWork.objects.exists()


def taken_away(work: Work) -> set[str]:
    """The keys of what the example made of this kind and was taken away again."""
    return set(
        ExampleWork.objects.filter(target_type=work, removed_at__isnull=False).values_list("target_id", flat=True)
    )


def example_links(links: Iterable[UUID]) -> set[UUID]:
    """Those of these links that are the example's. One query."""
    asked = [str(link) for link in links]
    found = ExampleWork.objects.filter(target_type=Work.LINK, removed_at=None, target_id__in=asked)
    return {UUID(key) for key in found.values_list("target_id", flat=True)}


def is_example_link(link_id: UUID) -> bool:
    """Whether the example put this pair side by side. One query."""
    return bool(example_links([link_id]))


def is_example_claim(claim_id: UUID) -> bool:
    """Whether the example labelled this claim, as far as everybody may know: it says so of settled claims alone."""
    labels = Assessment.objects.filter(claim=claim_id, claim__status__state__in=SETTLED).values_list("pk", flat=True)
    return ExampleWork.objects.filter(
        target_type=Work.ASSESSMENT, removed_at=None, target_id__in=[str(pk) for pk in labels]
    ).exists()


def shows_example(story: Story) -> bool:
    """Whether links of the example stand between claims of this story. Two queries, one where none is loaded."""
    made = ExampleWork.objects.filter(target_type=Work.LINK, removed_at=None).values_list("target_id", flat=True)
    keys = [UUID(key) for key in made]
    return bool(keys) and Link.objects.of_story(story).filter(pk__in=keys).exists()
