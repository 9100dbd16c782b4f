"""What a moderator looks at to settle a claim: the assessments side by side, and which claims wait."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q

from claims.models import Assessment, Claim, User
from claims.models.claim import ClaimQuerySet
from claims.permissions import moderators
from claims.review.rule_on_claim import mark_of
from claims.vocabulary import LABEL_BY_VALUE, REASONS, STRENGTHS, ClaimState, Label, Reason

NOT_GIVEN = "–"


@dataclass(frozen=True)
class Row:
    """One aspect of the assessments, a cell for each in their order; `differs` where the cells are not all alike."""

    name: str
    cells: list[str]
    differs: bool
    is_note: bool = False


@dataclass(frozen=True)
class Comparison:
    """The assessments of a claim, first given first; the rows in which they differ come first.

    `mark` tells these assessments from the same ones after any change: a ruling carries it.
    """

    assessments: list[Assessment]
    rows: list[Row]
    mark: str


def compare(claim: Claim) -> Comparison:
    """The claim's assessments with their parts aligned."""
    given = list(claim.assessments.select_related("reviewer").order_by("created_at", "pk"))
    rows = [
        _row("Label", given, lambda one: LABEL_BY_VALUE[Label(one.label)].name),
        _row("Strength", given, _strength),
        _row("Reason", given, lambda one: REASONS[Reason(one.reason)] if one.reason else NOT_GIVEN),
        _row("Span", given, lambda one: f"{claim.get_unit_display()}, code points {claim.start} to {claim.end}"),
        _row("Given", given, lambda one: "blind" if one.blind else "after others’ could be seen"),
    ]
    notes = Row("Note", [one.note for one in given], len({one.note for one in given}) > 1, is_note=True)
    return Comparison(given, sorted([*rows, notes], key=lambda row: not row.differs), mark_of(claim, given))


def _row(name: str, given: list[Assessment], cell: Callable[[Assessment], str]) -> Row:
    cells = [cell(assessment) for assessment in given]
    return Row(name, cells, len(set(cells)) > 1)


def _strength(assessment: Assessment) -> str:
    strength = assessment.strength
    return NOT_GIVEN if strength is None else f"{strength}: {STRENGTHS[strength]}"


def waiting_for_ruling(viewer: User) -> ClaimQuerySet:
    """Disputed claims that this moderator may rule on, oldest first: not those that they assessed, if others can."""
    disputed = (
        Claim.objects.visible_to(viewer)
        .in_work()
        .filter(status__state=ClaimState.DISPUTED, revision=F("article__status__revision"))
        .order_by("status__opened_at", "-status__claim")
    )
    return disputed.filter(Q(own__isnull=True)) if moderators().exclude(pk=viewer.pk).exists() else disputed
