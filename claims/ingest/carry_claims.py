"""Claims move with the text of their article: a step of the verbs that bring a text into force.

What was said of a claim goes along. An anchor keeps where it stood; a claim whose place is not sure stays in the
earlier text, as an orphan, until a moderator says where it went or a later text has its words again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from claims.audit import Entry
from claims.ingest.plan_carrying import Course, Plan
from claims.models import Anchor, Attribution, Claim, ClaimStatus, Event, Proposal, Revision
from claims.text.anchors import SURE, reanchor
from claims.text.chain_spans import moved as moved_chain
from claims.text.chain_spans import spans_of
from claims.text.standing import words_at
from claims.vocabulary import Aside, EventKind

AT_ONCE = 500
MOVED = ("revision", "zone", "start", "end", "exact", "prefix", "suffix", "folded")
SPANS = ("source", "cue", "content")
Stood = dict[UUID, dict[str, Any]]


def carry(plan: Plan, revision: Revision) -> list[Entry]:
    """Move the claims of the plan to the revision, and set aside those that are lost; what is to be recorded of it.

    The status rows of all these claims are locked. Claims that nobody touched leave no entry: they are counted only.
    """
    courses = [*plan.found, *plan.lost]
    stood: Stood = {one.claim.pk: _standing(one.claim) for one in courses}
    _keep_anchors(course for course in courses if course.claim.revision_id != revision.pk)
    _carry_spans(plan, revision.text)
    for course in plan.found:
        _stand_at(course, revision)
    # One statement for hundreds of rows: an update of each would be thousands.
    Claim.objects.bulk_create(
        [course.claim for course in plan.found],
        AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=MOVED,
    )
    for keys in in_parts(course.claim.pk for course in plan.found):
        Anchor.objects.filter(revision=revision, claim__in=keys).delete()
    unmarked = _judged_as_it_reads(plan.found, stood)
    _restate(plan, unmarked)
    return [
        _entry(course, stood[course.claim.pk], revision)
        for course in sorted(courses, key=lambda one: (stood[one.claim.pk]["start"], one.claim.pk))
        if course.claim.status.version and (course.place or course.is_orphaned)
    ]


def _standing(claim: Claim) -> dict[str, Any]:
    return {"revision": str(claim.revision_id), "start": claim.start, "end": claim.end}


def _keep_anchors(courses: Iterable[Course]) -> None:
    """Keep where the claims stand, once for each text: an orphan has its anchor there since it became one."""
    anchors = [
        Anchor(
            claim=claim,
            revision_id=claim.revision_id,
            zone=claim.zone,
            start=claim.start,
            end=claim.end,
            exact=claim.exact,
            prefix=claim.prefix,
            suffix=claim.suffix,
            settled_label=claim.status.settled_label,
            set_aside=claim.status.set_aside,
            confidence=course.confidence,
        )
        for course in courses
        for claim in [course.claim]
    ]
    Anchor.objects.bulk_create(anchors, AT_ONCE, ignore_conflicts=True)


def _stand_at(course: Course, revision: Revision) -> None:
    """Put the claim's row where it stands now, not yet stored."""
    if course.place is None or course.zone is None:
        return
    claim, (start, end) = course.claim, course.place
    words = words_at(revision.text, start, end)
    claim.revision, claim.zone, claim.start, claim.end = revision, course.zone, start, end
    claim.exact, claim.prefix, claim.suffix, claim.folded = words.exact, words.prefix, words.suffix, words.folded


def _carry_spans(plan: Plan, text: str) -> None:
    """Move the spans of attributions, and of proposals that somebody has judged beside; what is not sure is null.

    Other proposals are made anew by the reading. The claims still stand in their earlier texts.
    """
    moved = {course.claim.pk: course for course in plan.found if course.claim.status.version}
    rows: list[Attribution | Proposal] = []
    for keys in in_parts(moved):
        rows += Attribution.objects.filter(claim__in=keys)
        rows += Proposal.objects.filter(claim__in=keys)
    elsewhere: dict[UUID, list[tuple[Attribution | Proposal, str]]] = defaultdict(list)
    for row in rows:
        course = moved[row.claim_id]
        for name in SPANS:
            if span := getattr(row, name):
                if along := _along(course, span, text):
                    setattr(row, name, along)
                else:
                    elsewhere[course.claim.revision_id].append((row, name))
    # A claim that comes back to where it stood may come from a text that the plan did not look into.
    missing = elsewhere.keys() - plan.texts.keys()
    texts = plan.texts | dict(Revision.objects.filter(pk__in=missing).values_list("pk", "text"))
    for revision, there in elsewhere.items():
        found = reanchor(texts[revision], text, [(span[0], span[1]) for span in _values(there)])
        for (row, name), place in zip(there, found, strict=True):
            setattr(row, name, list(place[:2]) if place and place[2] >= SURE else None)
    proposals = [row for row in rows if isinstance(row, Proposal)]
    _carry_routes(proposals, moved, texts, text)
    Attribution.objects.bulk_update([row for row in rows if isinstance(row, Attribution)], SPANS, AT_ONCE)
    Proposal.objects.bulk_update(proposals, [*SPANS, "chain"], AT_ONCE)


def _carry_routes(proposals: list[Proposal], courses: dict[UUID, Course], texts: dict[UUID, str], text: str) -> None:
    """Move the routes that were proposed; one with a step whose place is not sure goes."""
    there: dict[UUID, list[Proposal]] = defaultdict(list)
    for row in proposals:
        if row.chain:
            there[courses[row.claim_id].claim.revision_id].append(row)
    missing = there.keys() - texts.keys()
    texts = texts | dict(Revision.objects.filter(pk__in=missing).values_list("pk", "text"))
    for revision, rows in there.items():
        found = iter(reanchor(texts[revision], text, [span for row in rows for span in spans_of(row.chain)]))
        for row in rows:
            places = [
                (place[0], place[1]) if place and place[2] >= SURE else None for place in islice(found, len(row.chain))
            ]
            row.chain = moved_chain(row.chain, places)


def _values(cells: list[tuple[Attribution | Proposal, str]]) -> list[list[int]]:
    return [getattr(row, name) for row, name in cells]


def _along(course: Course, span: list[int], text: str) -> list[int] | None:
    """Where a span within a claim goes whose words stayed as they are, character by character; else None."""
    claim, place = course.claim, course.place
    inside = claim.start <= span[0] < span[1] <= claim.end
    if not inside or place is None or text[slice(*place)] != claim.exact:
        return None
    return [span[0] - claim.start + place[0], span[1] - claim.start + place[0]]


def _judged_as_it_reads(found: list[Course], stood: Stood) -> set[UUID]:
    """Claims that get back the words that they were judged with, and with which nothing was done since.

    The mark that the last text left on them goes, where it was that text that left it.
    """
    marked = {one.claim.pk: one for one in found if one.claim.status.text_changed_at}
    back = set()
    for keys in in_parts(marked):
        events = Event.objects.filter(
            kind=EventKind.CLAIM_MOVED, target_type="claim", target_id__in=[str(key) for key in keys]
        )
        newest = {event.target_id: event for event in events.order_by("number")}
        for key in keys:
            event, claim = newest.get(str(key)), marked[key].claim
            before, after = (event.before or {}, event.after or {}) if event else ({}, {})
            place = {"revision": str(claim.revision_id), "start": claim.start, "end": claim.end}
            if before == place | {"marked": False} and after.get("version") == claim.status.version:
                back.add(key)
    return back


def _restate(plan: Plan, unmarked: set[UUID]) -> None:
    """Bring the statuses in line; those of claims with work on them count one version more where something is new."""
    now = timezone.now()
    found = [course for course in plan.found if course.returns or (course.reworded and course.claim.status.version)]
    reworded = [c.claim.pk for c in found if c.reworded and c.claim.status.version and c.claim.pk not in unmarked]
    orphaned = [course.claim.pk for course in plan.lost if course.is_orphaned]
    touched = [c.claim.pk for c in [*found, *plan.lost] if c.claim.status.version and (c.place or c.is_orphaned)]
    for keys, change in (
        (reworded, {"text_changed_at": now}),
        (unmarked, {"text_changed_at": None}),
        (orphaned, {"set_aside": Aside.ORPHANED, "takes_work": False}),
        ([course.claim.pk for course in found if course.returns], {"set_aside": ""}),
        (touched, {"version": F("version") + 1}),
    ):
        for some in in_parts(keys):
            ClaimStatus.objects.filter(pk__in=some).update(**change)


def _entry(course: Course, stood: dict[str, Any], revision: Revision) -> Entry:
    """What the log says of a claim with work on it: offsets and how sure, never a word."""
    claim, status = course.claim, course.claim.status
    before = stood | {"marked": status.text_changed_at is not None}
    sure = {"confidence": round(course.confidence, 3)}
    if course.place is None:
        return Entry(EventKind.CLAIM_ORPHANED, claim, before, {"revision": str(revision.pk)} | sure)
    version = status.version + (course.reworded or course.returns)
    after = _standing(claim) | sure | {"reworded": course.reworded, "version": version}
    return Entry(EventKind.CLAIM_MOVED, claim, before, after)


def in_parts(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    """The keys in lists that a query can hold."""
    waiting = iter(keys)
    while some := list(islice(waiting, AT_ONCE * 10)):
        yield some
