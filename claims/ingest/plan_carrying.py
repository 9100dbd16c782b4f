"""Where an article's claims stand in another text of it: the plan, before anything is written."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from claims.models import Anchor, Claim, Revision
from claims.text.anchors import SURE, reanchor
from claims.text.fold import fold
from claims.text.standing import Stretch, coverage_at
from claims.vocabulary import Aside, ClaimUnit, ZoneKind

Span = tuple[int, int]
# A sentence that was edited is taken for the sentence of the new text that shares so much of its place: otherwise an
# edit at its end would leave a claim beside the sentence that is nearly the same. One whose words all stand there
# stays with just these words, unless the rest is a mark or two.
MOSTLY, NEARLY_ALL = 0.6, 0.9
# Claims are looked for from so many earlier texts at most: a page that changes every hour leaves some in each.
MOST_TEXTS = 20


@dataclass(frozen=True)
class Course:
    """Where one claim goes: its place in the new text with its zone, or None where that is not sure.

    `confidence` is what the place rests on, 0 to 1; `reworded` says that the words there differ by more than spaces
    and glyphs.
    """

    claim: Claim
    place: Span | None
    zone: ZoneKind | None
    confidence: float
    reworded: bool = False

    @property
    def returns(self) -> bool:
        """Whether it was an orphan and is found again."""
        return self.place is not None and self.claim.status.set_aside == Aside.ORPHANED

    @property
    def is_orphaned(self) -> bool:
        """Whether it becomes an orphan by this; who is set aside otherwise stays so."""
        return self.place is None and not self.claim.status.set_aside


@dataclass(frozen=True)
class Plan:
    """The course of every claim that does not stand in the new text yet; `texts` are the texts that they stand in."""

    found: list[Course]
    lost: list[Course]
    texts: dict[UUID, str]

    def count(self) -> dict[str, int]:
        """How many claims move along, how many of them with other words, how many are lost, how many come back."""
        return {
            "moved": sum(not course.returns for course in self.found),
            "reworded": sum(course.reworded for course in self.found),
            "orphaned": sum(course.is_orphaned for course in self.lost),
            "returned": sum(course.returns for course in self.found),
        }


def plan(article: UUID, revision: UUID, text: str, zones: Sequence[Stretch], sentences: Iterable[Span]) -> Plan:
    """Say where the article's claims stand in `text`, which is or will be the revision with this key.

    `zones` and `sentences` are those of `text`; offsets are code points. Five queries, however many claims there are.
    """
    claims = _to_carry(article, revision)
    texts = _texts(article, claims)
    stood = {
        claim: (start, end, 1.0)
        for claim, start, end in Anchor.objects.filter(revision=revision).values_list("claim", "start", "end")
    }
    stood |= {one.pk: (one.start, one.end, 1.0) for one in claims if one.revision_id == revision}
    sought = [one for one in claims if one.pk not in stood and one.revision_id in texts]
    places = _places(sought, texts, text) | stood
    taken = _taken(article, revision)
    found: list[Course] = []
    lost: list[Course] = []
    whole = sorted(sentences)
    for claim in sorted(claims, key=lambda one: _turn(one, places.get(one.pk), one.pk in stood)):
        course = _course(claim, places.get(claim.pk), claim.pk in stood, text, zones, whole)
        if course.place and taken.setdefault(course.place, _standing(claim)) != _standing(claim):
            course = Course(claim, None, None, 0.0)  # another claim is sure to be there
        (found if course.place else lost).append(course)
    return Plan(found, lost, texts)


def _to_carry(article: UUID, revision: UUID) -> list[Claim]:
    elsewhere = ~Q(revision=revision) | Q(status__set_aside=Aside.ORPHANED)
    return list(Claim.objects.filter(elsewhere, article=article).select_related("status").order_by("pk"))


def _texts(article: UUID, claims: list[Claim]) -> dict[UUID, str]:
    """The texts to look from: first those that claims in work stand in, then those that have work on them, the newest.

    Whatever comes back to where it stood before is found without.
    """
    in_work = {one.revision_id for one in claims if not one.status.set_aside}
    touched = {one.revision_id for one in claims if one.status.version}
    here = {one.revision_id for one in claims}
    newest = Revision.objects.filter(article=article, pk__in=here).order_by("-received_at", "-pk")
    keys = sorted(newest.values_list("pk", flat=True), key=lambda key: (key not in in_work, key not in touched))
    return dict(Revision.objects.filter(pk__in=keys[:MOST_TEXTS]).values_list("pk", "text"))


def _places(claims: list[Claim], texts: dict[UUID, str], text: str) -> dict[UUID, tuple[int, int, float]]:
    """Where those are that were found, by their keys; those of one text are looked for together."""
    of_text: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in claims:
        of_text[claim.revision_id].append(claim)
    places: dict[UUID, tuple[int, int, float]] = {}
    for revision, there in of_text.items():
        found = reanchor(texts[revision], text, [(claim.start, claim.end) for claim in there])
        places |= {claim.pk: place for claim, place in zip(there, found, strict=True) if place}
    return places


def _taken(article: UUID, revision: UUID) -> dict[Span, tuple[UUID, int, int]]:
    """The places of claims that stand in the new text already, because it was in force before."""
    there = Claim.objects.filter(article=article, revision=revision).exclude(status__set_aside=Aside.ORPHANED)
    return {(start, end): (revision, start, end) for start, end in there.values_list("start", "end")}


def _standing(claim: Claim) -> tuple[UUID, int, int]:
    """Claims that stood at one place may go to one place."""
    return claim.revision_id, claim.start, claim.end


def _turn(claim: Claim, place: tuple[int, int, float] | None, stood: bool) -> tuple[bool, float, bool, bool, UUID]:
    """Who is surest of a place gets it; of two that are equally sure the one with work on it."""
    confidence = place[2] if place else 0.0
    return not stood, -confidence, bool(claim.status.set_aside), claim.status.version == 0, claim.pk


def _course(
    claim: Claim,
    place: tuple[int, int, float] | None,
    stood: bool,
    text: str,
    zones: Sequence[Stretch],
    sentences: list[Span],
) -> Course:
    if place is None:
        return Course(claim, None, None, 0.0)
    start, end, confidence = place
    if confidence < SURE:
        return Course(claim, None, None, confidence)
    words = fold(claim.exact).strip()
    if claim.unit == ClaimUnit.SENTENCE and not stood:
        share = NEARLY_ALL if fold(text[start:end]).strip() == words else MOSTLY
        start, end = _whole(start, end, sentences, share)
    zone = coverage_at(zones, start, end)
    if zone is None:
        return Course(claim, None, None, 0.0)
    return Course(claim, (start, end), zone, confidence, fold(text[start:end]).strip() != words)


def _whole(start: int, end: int, sentences: list[Span], share: float) -> Span:
    """The sentence that has at least this share of its place in common with the span, else the span itself."""
    # Sentences do not overlap: the one that begins before the span is the first that can reach into it.
    at = max(0, bisect_right(sentences, (start, end)) - 1)
    while at < len(sentences) and sentences[at][0] < end:
        first, last = sentences[at]
        at += 1
        common = min(end, last) - max(start, first)
        if common >= share * (max(end, last) - min(start, first)):
            return first, last
    return start, end
