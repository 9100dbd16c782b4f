"""Links as rows of an export: one for each link and visible finding of a reviewer, one for a link that has none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims.exchange.as_text import as_key, as_moment, as_text
from claims.exchange.claim_rows import CHUNK, snapshot
from claims.exchange.names import REVIEWER_NAME, RULED_BY
from claims.models import ClaimTime, LinkAssessment, User, is_at_least
from claims.models.link import LinkQuerySet
from claims.particulars import TimeKind
from claims.relations import LINK_SETTLED
from claims.vocabulary import Role

Row = list[Any]
# Both sides have the same columns, and where each comes from.
_KEYS: Final = ("claim_id", "article_id")
_OF_SIDE: Final = {
    "article_title": "article__status__title",
    "outlet": "article__outlet__host",
    "voice": "article__voice",
    "story": "article__status__story__status__title",
    "label": "status__settled_label",
    "quote": "exact",
}
_TIMES: Final = ("event_time", "as_of")
_OF_LINK: Final = ("link_id", "state", "relation", "subtype", "from_claim_id", "independence", "signs")
_OF_FINDING: Final = (
    *("found_relation", "found_subtype", "found_from_claim_id", "found_independence", "found_signs", "found_basis"),
    *("reason", "reviewer", "blind", "assessed_at", "updated_at", "scheme_version"),
)
_OF_RULING: Final = ("ruled_relation", "ruled_by", "ruling_explanation")
_SIDES: Final = ("a", "b")
LINK_COLUMNS: Final = (
    *_OF_LINK,
    *(f"{side}_{name}" for side in _SIDES for name in (*_KEYS, *_OF_SIDE, *_TIMES)),
    *("created_at", "settled_at", "held_by_time"),
    *_OF_FINDING,
    *_OF_RULING,
)
_NO_FINDING: Final[Row] = [""] * len(_OF_FINDING)
_NO_TIMES: Final = ("", "")
_NO_RULING: Final[Row] = [""] * len(_OF_RULING)
_READ: Final = (
    *("seen_state", "state", "relation", "subtype", "forward", "independence", "signs", "held_by_time"),
    *("ruling__relation", RULED_BY, "ruling__explanation"),
)


def link_rows(links: LinkQuerySet, viewer: User | AnonymousUser) -> Iterator[Row]:
    """Give the rows of these links as the viewer may see them, newest first: the values of LINK_COLUMNS.

    Keys and times are text, the latter in ISO 8601 and UTC. Read in chunks: memory does not grow with the number of
    links, and each chunk takes two queries more.
    """
    sides = [f"{side}__{field}" for side in _SIDES for field in _OF_SIDE.values()]
    found = links.newest_first().values_list(
        *(as_text(name) for name in ("pk", "a_id", "b_id", "a__article_id", "b__article_id", "created_at")),
        as_text("settled_at"),
        *_READ,
        *sides,
    )
    of_desk, moderates = is_at_least(viewer, Role.REVIEWER), is_at_least(viewer, Role.MODERATOR)
    with snapshot():
        rows = iter(found.iterator(chunk_size=CHUNK))
        while chunk := list(islice(rows, CHUNK)):
            times = _times({UUID(key) for row in chunk for key in row[1:3]}) if of_desk else {}
            findings = _findings([UUID(row[0]) for row in chunk], viewer) if of_desk else {}
            for row in chunk:
                yield from _rows(row, times, findings, moderates=moderates)


def _rows(
    row: Row, times: dict[str, tuple[str, str]], findings: dict[str, list[Row]], *, moderates: bool
) -> Iterator[Row]:
    link, a, b, a_article, b_article, created, settled_at = row[:7]
    seen, state, relation, subtype, forward, independence, signs, held, *ruling = row[7 : 7 + len(_READ)]
    known = row[7 + len(_READ) :]
    half = len(known) // 2
    told = moderates or state in LINK_SETTLED
    head = [
        *(as_key(link), seen, relation, subtype, _origin(forward, a, b), independence if relation else ""),
        " ".join(signs),
    ]
    of_sides = [
        *(as_key(a), as_key(a_article), *known[:half], *times.get(a, _NO_TIMES)),
        *(as_key(b), as_key(b_article), *known[half:], *times.get(b, _NO_TIMES)),
    ]
    dates = [as_moment(created), as_moment(settled_at) if settled_at else ""]
    tail = ruling if told else _NO_RULING
    for finding in findings.get(link, [_NO_FINDING]):
        found = [*finding[:2], _origin(finding[2], a, b), *finding[3:]] if finding is not _NO_FINDING else finding
        yield [*head, *of_sides, *dates, "yes" if moderates and held else "", *found, *tail]


def _origin(forward: bool | None, a: str, b: str) -> str:
    """The claim that a finding with a direction goes from."""
    return "" if forward is None else as_key(a if forward else b)


def _times(claims: Iterable[UUID]) -> dict[str, tuple[str, str]]:
    """When these claims happened, and as of when they hold, under their keys as the database has them."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    given = ClaimTime.objects.filter(claim__in=list(claims))
    for claim, kind, value in given.values_list(as_text("claim"), "kind", "value"):
        found[claim][kind] = value
    return {claim: (values.get(TimeKind.EVENT, ""), values.get(TimeKind.AS_OF, "")) for claim, values in found.items()}


def _findings(links: Iterable[UUID], viewer: User | AnonymousUser) -> dict[str, list[Row]]:
    """What the viewer may see of what reviewers found of these links, the first given first."""
    given: dict[str, list[Row]] = defaultdict(list)
    moderates = is_at_least(viewer, Role.MODERATOR)
    visible = LinkAssessment.objects.visible_to(viewer).filter(link__in=list(links)).order_by("created_at", "pk")
    for (
        link,
        relation,
        subtype,
        forward,
        independence,
        signs,
        basis,
        reason,
        by,
        blind,
        begun,
        changed,
        scheme,
    ) in visible.values_list(
        as_text("link"),
        *("relation", "subtype", "forward", "independence", "signs", "basis", "reason", REVIEWER_NAME),
        *("blind", as_text("created_at"), as_text("updated_at"), "scheme_version"),
    ):
        said = [relation, subtype, forward, independence, " ".join(signs), basis, reason, by]
        given[link].append(
            [*said, ("yes" if blind else "no") if moderates else "", as_moment(begun), as_moment(changed), scheme]
        )
    return given
