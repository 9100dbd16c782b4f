"""How generated claims relate in truth, and what generated reviewers find of some of these pairs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final, NamedTuple
from uuid import UUID

from claims.corpus.chance import Chance
from claims.corpus.stories import Happening, Sentence
from claims.coverage.link_state import is_held_by_time, link_state, settle
from claims.models import Link, LinkAssessment, LinkRuling
from claims.models.link import in_order, link_key
from claims.relations import LINK_SETTLED, TIME_BOUND, Independence, LinkState, OriginSignKind, Relation, Subtype
from claims.vocabulary import SCHEME_VERSION, Label

_SUBTYPES: Final = {"n": Subtype.NUMBER, "site": Subtype.PLACE, "party": Subtype.AGENT}
_LINKED: Final = 0.3
_DATED: Final = 0.85
_SECOND: Final = 0.85
_RIGHT: Final = 0.9
_DISPUTE_RULED: Final = 0.5
_UNRELATED: Final = 0.4


class Told(NamedTuple):
    """A claim: its key, its sentence, and its article."""

    claim: UUID
    sentence: Sentence
    article: UUID


class Pair(NamedTuple):
    """Two claims of different articles and how they relate in truth.

    `origin` is the newer one of an update; `is_copy` says that both articles have the sentence from one text.
    """

    a: Told
    b: Told
    relation: Relation
    subtype: str = ""
    origin: UUID | None = None
    is_copy: bool = False


@dataclass
class Linked:
    """A link with its findings and its ruling, none of them stored; `by` of the findings are numbers of reviewers."""

    link: Link
    given: list[tuple[int, LinkAssessment]] = field(default_factory=list)
    ruling: tuple[int, LinkRuling] | None = None

    @property
    def writes(self) -> int:
        """How many deeds there were, each of which counts for both claims as well."""
        return len(self.given) + bool(self.ruling)


def pairs_of(happening: Happening, told: Sequence[Told]) -> Iterator[Pair]:
    """Every pair of different articles that tells one fact, or has one sentence from one text; in order."""
    groups: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.sentence.label is not Label.NOT_A_CLAIM:
            groups[one.sentence.fact if one.sentence.fact >= 0 else -id(one.sentence)].append(one)
    for group in groups.values():
        yield from (_pair(happening, a, b) for a, b in combinations(group, 2) if a.article != b.article)


def _pair(happening: Happening, a: Told, b: Told) -> Pair:
    ours, theirs = a.sentence, b.sentence
    if ours.value == theirs.value and ours.stage == theirs.stage:
        return Pair(a, b, Relation.CORROBORATES, is_copy=ours is theirs)
    if ours.stage != theirs.stage:
        return Pair(a, b, Relation.UPDATES, origin=(a if ours.stage > theirs.stage else b).claim)
    return Pair(a, b, Relation.CONTRADICTS, _SUBTYPES[happening.kinds[ours.fact]])


def dated(pairs: Sequence[Pair], chance: Chance) -> dict[UUID, Told]:
    """The claims of these pairs whose time the desk knows."""
    sides = {one.claim: one for pair in pairs for one in (pair.a, pair.b)}
    return {key: one for key, one in sides.items() if chance.happens(_DATED)}


def chosen(pairs: Sequence[Pair], told: Sequence[Told], chance: Chance) -> list[Pair]:
    """Those pairs that the desk compared, and here and there one that has nothing to do with each other."""
    found = [pair for pair in pairs if chance.happens(_LINKED)]
    if len(told) > 1 and chance.happens(_UNRELATED):
        a, b = chance.some(told, 2)
        if a.article != b.article and a.sentence.fact != b.sentence.fact:
            found.append(Pair(a, b, Relation.UNRELATED))
    return found


def linked(
    pair: Pair, chance: Chance, reviewers: Sequence[int], moderator: int, begun: datetime, *, times_overlap: bool
) -> Linked:
    """What these reviewers find of the pair, and where that brings the link."""
    a, b = in_order(pair.a.claim, pair.b.claim)
    link = Link(pk=link_key(a, b), a_id=a, b_id=b, created_at=begun)
    done = Linked(link)
    for number, reviewer in enumerate(reviewers[:2]):
        if number and not chance.happens(_SECOND):
            break
        at = begun + timedelta(hours=20 * number, seconds=chance.below(60_000))
        relation = pair.relation if chance.happens(_RIGHT) else Relation.QUALIFIES
        finding = LinkAssessment(link=link, scheme_version=SCHEME_VERSION, created_at=at, updated_at=at)
        _put(finding, pair, relation, link)
        done.given.append((reviewer, finding))
    _settle(done, pair, chance, moderator, times_overlap=times_overlap)
    return done


def _settle(done: Linked, pair: Pair, chance: Chance, moderator: int, *, times_overlap: bool) -> None:
    link, given = done.link, [finding for _, finding in done.given]
    last = given[-1].updated_at
    state = link_state(given, None, times_overlap=times_overlap)
    # A moderator cannot confirm what the times do not allow either.
    can_rule = state == LinkState.DISPUTED and (times_overlap or pair.relation not in TIME_BOUND)
    if can_rule and chance.happens(_DISPUTE_RULED):
        last += timedelta(hours=chance.between(5, 90))
        ruling = LinkRuling(link=link, scheme_version=SCHEME_VERSION, created_at=last, updated_at=last)
        ruling.explanation = "The two texts were compared word by word."
        _put(ruling, pair, pair.relation, link)
        done.ruling = moderator, ruling
    ruled = done.ruling[1] if done.ruling else None
    link.state = link_state(given, ruled, times_overlap=times_overlap)
    link.held_by_time = is_held_by_time(given, ruled, times_overlap=times_overlap)
    link.given, link.version = len(given), done.writes
    if link.state in LINK_SETTLED:
        settle(link, given, ruled)
        link.settled_at, link.was_settled = last, True


def _put(found: LinkAssessment | LinkRuling, pair: Pair, relation: Relation, link: Link) -> None:
    found.relation = relation
    found.subtype = pair.subtype if relation is Relation.CONTRADICTS else ""
    if relation is Relation.QUALIFIES:
        found.forward = True
    elif pair.origin is not None and relation is Relation.UPDATES:
        found.forward = pair.origin == link.a_id
    if relation is Relation.CORROBORATES and pair.is_copy:
        found.independence, found.signs = Independence.SHARED, [OriginSignKind.SHARED_PASSAGE.value]
