"""What reviewers found of two claims, side by side, as far as a viewer may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from claims.coverage.link_words import in_words, signs_in_words
from claims.coverage.rule_on_link import mark_of
from claims.models import Link, LinkAssessment, User
from claims.permissions import can_moderate
from claims.relations import INDEPENDENCE_NAMES, SUBTYPE_NAMES, Independence, Subtype

NOT_GIVEN: Final = "–"


@dataclass(frozen=True)
class Row:
    """One aspect of the findings, a cell for each in their order; `differs` where the cells are not all alike."""

    name: str
    cells: list[str]
    differs: bool
    is_note: bool = False


@dataclass(frozen=True)
class Comparison:
    """The findings that the viewer may see, first given first; the rows in which they differ come first.

    `mark` tells these findings from the same ones after any change: a ruling carries it.
    """

    findings: list[LinkAssessment]
    rows: list[Row]
    mark: str


def compare(link: Link, viewer: User) -> Comparison:
    """The link's findings with their parts aligned. One query."""
    visible = LinkAssessment.objects.visible_to(viewer).filter(link=link)
    given = list(visible.select_related("reviewer").order_by("created_at", "pk"))
    rows = [
        _row("Relation", given, lambda one: in_words({"relation": one.relation, "forward": one.forward})),
        _row("Contradiction in", given, lambda one: SUBTYPE_NAMES[Subtype(one.subtype)] if one.subtype else NOT_GIVEN),
        _row("Origin", given, lambda one: INDEPENDENCE_NAMES[Independence(one.independence)]),
        _row("Signs of one origin", given, lambda one: signs_in_words(one.signs) or NOT_GIVEN),
        _row("The origin rests on", given, lambda one: one.basis, is_note=True),
        _row("Reason", given, lambda one: one.reason, is_note=True),
    ]
    if can_moderate(viewer):
        rows.append(_row("Given", given, lambda one: "blind" if one.blind else "after others’ could be seen"))
    told = [row for row in rows if row.name == "Relation" or any(cell not in {"", NOT_GIVEN} for cell in row.cells)]
    return Comparison(given, sorted(told, key=lambda row: not row.differs), mark_of(link, given))


def _row(
    name: str, given: list[LinkAssessment], cell: Callable[[LinkAssessment], str], *, is_note: bool = False
) -> Row:
    cells = [cell(finding) for finding in given]
    # Everybody says why in their own words: that says nothing of a difference.
    return Row(name, cells, not is_note and len(set(cells)) > 1, is_note)
