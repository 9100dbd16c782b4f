"""The worked example is taken away: what still stands as it was made is taken back, what somebody changed stays."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from claims.accounts.demo_accounts import demo_people
from claims.coverage.end_example import end_example
from claims.coverage.examples import Work, standing_work
from claims.coverage.index_articles import index_claims
from claims.coverage.recheck_links import recheck_links
from claims.coverage.retract_link import retract_link
from claims.management.example_loading import MODERATOR
from claims.models import (
    Assessment,
    Attribution,
    ClaimStatus,
    ClaimTime,
    Comment,
    Event,
    Evidence,
    ExampleWork,
    Flag,
    Link,
    LinkAssessment,
    Story,
    User,
)
from claims.permissions import check_is_operator
from claims.refusals import Refusal
from claims.review.attribute_claim import GivenAttribution, attribute_claim
from claims.review.date_claim import date_claim
from claims.review.retract_assessment import retract_assessment
from claims.review.set_aside import hide_claim
from claims.vocabulary import EventKind

_AWAY: Final = "The worked example was removed."
_MODELS: Final[dict[Work, Any]] = {
    Work.FINDING: LinkAssessment,
    Work.ATTRIBUTION: Attribution,
    Work.ASSESSMENT: Assessment,
    Work.TIME: ClaimTime,
    Work.CLAIM: ClaimStatus,
}


@dataclass(frozen=True)
class Removed:
    """What was taken back and what was kept because somebody changed it, counted by what it is."""

    removed: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def count(self, work: Work, deed: Callable[..., Any], /, **parts: Any) -> bool:
        """Do it under a key of its own, and say whether it was done; a refusal keeps the thing."""
        try:
            deed(key=uuid4(), **parts)
        except Refusal:
            self.kept[work] += 1
            return False
        self.removed[work] += 1
        return True


@transaction.atomic
def remove_example(*, by: User) -> Removed | None:
    """Take the example away; None where it is not there. Raises NotAllowed unless a command asks.

    Links, attributions, labels and times go back by the verbs that reviewers have. Claims that it marked were settled,
    so no reviewer can unmark them: the demo moderator hides those that nobody else did anything about.
    """
    check_is_operator(by, "remove the worked example")
    work = standing_work()
    if not work:
        return None
    done = Removed()
    same = _unchanged(work, done)
    story = _story()
    _take_back_judgements(same, done)
    _take_back_times(same[Work.TIME], done)
    _hide(same[Work.CLAIM], done)
    index_claims(by=by, claims=[status.pk for status in same[Work.CLAIM]])
    end_example(by=by, story=story, removed=done.removed, kept=done.kept)
    return done


def _unchanged(work: Iterable[ExampleWork], done: Removed) -> dict[Work, list[Any]]:
    """The rows that still stand in the version in which the example left them, by kind. A query for each kind."""
    versions: dict[Work, dict[str, int]] = defaultdict(dict)
    for one in work:
        versions[Work(one.target_type)][one.target_id] = one.version
    same: dict[Work, list[Any]] = {}
    for kind, model in _MODELS.items():
        found = model._default_manager.filter(pk__in=list(versions[kind])).order_by("pk")
        rows = {str(row.pk): row for row in found}
        same[kind] = [row for key, row in rows.items() if row.version == versions[kind][key]]
        # What is not there any more was taken back by hand.
        if changed := len(rows) - len(same[kind]):
            done.kept[kind] += changed
    return same


def _story() -> Story:
    """The story that the example was loaded into last."""
    loaded = Event.objects.filter(kind=EventKind.EXAMPLE_LOADED).order_by("-number")[0]
    return Story.objects.get(pk=loaded.target_id)


def _take_back_judgements(same: dict[Work, list[Any]], done: Removed) -> None:
    """Links before labels, and attributions while the label is still there: a settled claim takes none without one."""
    for found in same[Work.FINDING]:
        done.count(Work.FINDING, retract_link, by=found.reviewer, link_id=found.link_id, expected_version=found.version)
    for said in same[Work.ATTRIBUTION]:
        done.count(
            Work.ATTRIBUTION,
            attribute_claim,
            by=said.reviewer,
            claim_id=said.claim_id,
            given=GivenAttribution(),
            expected_version=said.version,
        )
    for judged in same[Work.ASSESSMENT]:
        done.count(
            Work.ASSESSMENT,
            retract_assessment,
            by=judged.reviewer,
            claim_id=judged.claim_id,
            expected_version=judged.version,
        )


def _take_back_times(times: Iterable[ClaimTime], done: Removed) -> None:
    for time in times:
        taken = done.count(
            Work.TIME,
            date_claim,
            by=time.by,
            claim_id=time.claim_id,
            kind=time.kind,
            value="",
            words="",
            against="",
            against_note="",
            basis="",
            expected_version=time.version,
        )
        if taken:
            recheck_links(by=time.by, claims=[time.claim_id])


def _hide(statuses: list[ClaimStatus], done: Removed) -> None:
    """Hide the claims that the example marked and nobody else did anything about."""
    claims = [status.pk for status in statuses]
    taken: set[UUID] = set()
    for model in (Assessment, Comment, Evidence, Flag):
        taken |= set(model._default_manager.filter(claim__in=claims).values_list("claim", flat=True))
    live = Link.objects.filter(given__gt=0)
    taken |= set(live.filter(a__in=claims).values_list("a", flat=True))
    taken |= set(live.filter(b__in=claims).values_list("b", flat=True))
    moderator = demo_people().get(MODERATOR)
    for status in ClaimStatus.objects.filter(pk__in=claims).order_by("pk"):
        if moderator is None or status.pk in taken:
            done.kept[Work.CLAIM] += 1
        else:
            done.count(
                Work.CLAIM,
                hide_claim,
                by=moderator,
                claim_id=status.pk,
                reason=_AWAY,
                expected_version=status.version,
            )
