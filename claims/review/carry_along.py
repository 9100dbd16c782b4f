"""What goes along when claims get other borders: one's own judgement, what one gathered, and the times.

The claims that are set aside keep all of it as well, so that it is there when they come back. What the target has is
replaced by newer work alone: a step back brings no older judgement over a later one, and nothing that was taken back
or removed since. A label is one judgement however many claims it stands at, and so is blind at one of them: where it
went last.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import timezone

from claims import audit
from claims.models import Assessment, Attribution, Claim, ClaimStatus, ClaimTime, Evidence, User
from claims.review.assess_claim import assess_claim, is_closed_to
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.attributions import CHOICES, SPANS, TICKS, standing
from claims.review.given_evidence import MOST_EVIDENCE
from claims.review.retract_assessment import retract_assessment
from claims.review.state import Judgement
from claims.text.sanitise import TooLong, sanitise
from claims.vocabulary import EventKind, Label

BECAUSE = "Carried along when the borders were drawn anew."
_OF_EVIDENCE = (
    *("url", "title", "quote", "date", "stance", "archived_url", "note"),
    *("created_at", "updated_at", "removed_at"),
)
_OF_TIME = (
    *("value", "earliest", "latest", "words", "against", "against_note"),
    *("basis", "by_id", "created_at", "updated_at"),
)


def carry_all(
    *, by: User, sources: Sequence[Claim], target: Claim, key: UUID, came_back: bool, is_partial: bool = False
) -> int:
    """Bring to the target what `by` said of the sources, in reading order: moved when it is one, merged when several.

    A merged claim gets a label only where `by` gave all the sources the same; where the target is among them, it
    keeps what it has. `came_back` says that the target was out of work until now; `is_partial` that another old claim
    is left as it is, so that no judgement of the rest is one of the whole. Gives how many pieces of evidence did not
    fit.
    """
    own = _own(Assessment, [*sources, target], by)
    if not is_partial and not is_closed_to(target, own.get(target.pk)):
        if came_back:
            _take_back_label(by, sources, target, own, key)
        _carry_label(by, sources, target, own, key, came_back=came_back)
        _carry_attribution(by, sources, target, key)
    others = [claim for claim in sources if claim.pk != target.pk]
    carried, left = _carry_evidence(by, others, target, came_back=came_back)
    for claim in others:
        carried |= carry_times(claim, [target], came_back=came_back)
    if carried:
        ClaimStatus.objects.filter(pk=target.pk).update(version=F("version") + 1)
    return left


def _own(model: Any, claims: Iterable[Claim], by: User) -> dict[UUID, Any]:
    found = model.objects.filter(claim__in=[claim.pk for claim in claims], reviewer=by)
    return {one.claim_id: one for one in found}


def _is_newer(sources: Iterable[Any], there: Any) -> bool:
    """Whether what the sources have may replace what is there: it is later, or what is there is one of them."""
    return there is None or any(one.pk == there.pk or one.updated_at > there.updated_at for one in sources)


def _taken_back_at(claim: Claim, by: User) -> datetime | None:
    event = audit.newest(claim, EventKind.ASSESSMENT_RETRACTED, by=by)
    return event.at if event else None


def _take_back_label(by: User, sources: Sequence[Claim], target: Claim, own: dict[UUID, Assessment], key: UUID) -> None:
    """Take the label of a claim that comes back away where `by` took back that of a source later than giving it."""
    there = own.get(target.pk)
    if there is None:
        return
    since = [_taken_back_at(claim, by) for claim in sources if claim.pk not in own]
    if not any(at and at > there.updated_at for at in since):
        return
    retract_assessment(
        by=by, claim_id=target.pk, expected_version=there.version, key=uuid5(key, f"retract {target.pk}")
    )
    del own[target.pk]


def _carry_label(
    by: User, sources: Sequence[Claim], target: Claim, own: dict[UUID, Assessment], key: UUID, *, came_back: bool
) -> None:
    given = [own[claim.pk] for claim in sources if claim.pk in own]
    there = own.get(target.pk)
    if len(given) < len(sources) or len({one.label for one in given}) != 1:
        return
    taken_back_at = None if there else _taken_back_at(target, by)
    if taken_back_at and all(one.updated_at < taken_back_at for one in given):
        return
    if _is_newer(given, there):
        _store_label(by, given, target, there, key)
    elif there and there.label != given[0].label:
        return
    blind = all(one.blind for one in given)
    if there and not came_back:
        blind = blind and there.blind
    stored = Assessment.objects.filter(claim=target, reviewer=by)
    if not there:
        stored = stored.filter(blind=True)
    stored.update(blind=blind)
    if there and not came_back and there.label == given[0].label:
        # That one was given here, and is a judgement of its own.
        return
    # The judgement counts once: should the old claim be in work again beside this one, it does not count there.
    Assessment.objects.filter(pk__in=[one.pk for one in given]).exclude(claim=target).update(blind=False)


def give_back_blind(by: User, source: Claim, targets: Sequence[Claim]) -> None:
    """Parts that come back have the labels that went along from them: they are as blind as the one that they became."""
    own = _own(Assessment, [source, *targets], by)
    went = own.get(source.pk)
    same = [own[claim.pk].pk for claim in targets if went and claim.pk in own and own[claim.pk].label == went.label]
    if went and went.blind and same:
        Assessment.objects.filter(pk__in=same).update(blind=True)
        Assessment.objects.filter(pk=went.pk).update(blind=False)


def _store_label(by: User, given: list[Assessment], target: Claim, there: Assessment | None, key: UUID) -> None:
    strengths, reasons = {one.strength for one in given}, {one.reason for one in given}
    judgement = Judgement(
        Label(given[0].label),
        strengths.pop() if len(strengths) == 1 else None,
        reasons.pop() if len(reasons) == 1 else "",
    )
    note = given[0].note if len(given) == 1 else _joined([one.note for one in given], there)
    if there and (there.label, there.strength, there.reason, there.note) == (*_parts(judgement), note):
        return
    assess_claim(
        by=by,
        claim_id=target.pk,
        judgement=judgement,
        note=note,
        expected_version=there.version if there else 0,
        key=uuid5(key, f"label {target.pk}"),
        because=BECAUSE,
    )


def _parts(judgement: Judgement) -> tuple[Label, int | None, str]:
    return judgement.label, judgement.strength, judgement.reason


def _joined(notes: Iterable[str], there: Assessment | None) -> str:
    """The notes one below the other; one that does not fit any more stays where it is."""
    joined = ""
    for note in dict.fromkeys(filter(None, [there.note if there else "", *notes])):
        if note in joined:
            continue
        try:
            joined = sanitise(f"{joined}\n\n{note}" if joined else note)
        except TooLong:
            continue
    return joined


def _carry_attribution(by: User, sources: Sequence[Claim], target: Claim, key: UUID) -> None:
    """The attribution that `by` gave the sources; where they differ, each stays with its claim."""
    own = _own(Attribution, [*sources, target], by)
    given = [own[claim.pk] for claim in sources if claim.pk in own]
    there = own.get(target.pk)
    said = [_as_given(one) for one in given]
    if not said or any(one != said[0] for one in said) or not _is_newer(given, there):
        return
    if there and _as_given(there) == said[0]:
        return
    attribute_claim(
        by=by,
        claim_id=target.pk,
        given=said[0],
        expected_version=there.version if there else 0,
        key=uuid5(key, f"attribution {target.pk}"),
    )


def _as_given(stored: Attribution) -> GivenAttribution:
    spans: dict[str, Any] = {name: GivenSpan(*span) for name in SPANS if (span := getattr(stored, name))}
    hops = stored.hops.select_related("source__merged_into").order_by("position")
    chain = tuple(
        GivenHop(source=standing(hop.source).pk) if hop.source else GivenHop(occasion=hop.occasion) for hop in hops
    )
    return GivenAttribution(**spans, chain=chain, **{name: getattr(stored, name) for name in (*CHOICES, *TICKS)})


def _carry_evidence(by: User, sources: Sequence[Claim], target: Claim, *, came_back: bool) -> tuple[bool, int]:
    """Copy what `by` gathered, the newest state of each piece; a claim that comes back loses what was removed since.

    Gives whether anything changed, and how many pieces did not fit.
    """
    gathered = Evidence.objects.filter(claim__in=[*sources, target], by=by).order_by("created_at", "pk")
    there = [one for one in gathered if one.claim_id == target.pk]
    room = MOST_EVIDENCE - sum(one.removed_at is None for one in there)
    changed, left = False, 0
    for pieces in _same_pieces([one for one in gathered if one.claim_id != target.pk]):
        newest = max(pieces, key=lambda one: (one.removed_at is None, one.updated_at))
        known = [one for one in there if any(_is_same_piece(one, piece) for piece in pieces)]
        if known and newest.updated_at <= max(one.updated_at for one in known):
            continue
        before = min(known, key=lambda one: one.removed_at is not None, default=None)
        if newest.removed_at and not (before and came_back):
            continue
        needs_room = newest.removed_at is None and (before is None or before.removed_at is not None)
        if needs_room and room < 1:
            left += 1
            continue
        room -= needs_room
        _put(newest, before, target, by)
        changed = True
    return changed, left


def _put(piece: Evidence, before: Evidence | None, target: Claim, by: User) -> None:
    copy = before or Evidence(claim=target, by=by, version=0)
    for name in _OF_EVIDENCE:
        setattr(copy, name, getattr(piece, name))
    copy.version += 1
    copy.save()


def _is_same_piece(one: Evidence, other: Evidence) -> bool:
    # A copy keeps the moment at which its piece was added, also where its address is another one by now.
    return one.created_at == other.created_at or (one.url, one.quote) == (other.url, other.quote)


def _same_pieces(gathered: Iterable[Evidence]) -> list[list[Evidence]]:
    """The evidence of the sources, those beside each other that are one piece."""
    found: list[list[Evidence]] = []
    for one in gathered:
        same = next((pieces for pieces in found if any(_is_same_piece(one, piece) for piece in pieces)), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    return found


def carry_times(source: Claim, targets: Sequence[Claim], *, came_back: bool) -> bool:
    """Give each target the times of the source that it lacks; one that came back also those that are newer.

    Whoever works on a target that was in work all along has said its times themselves. Gives whether anything changed.
    """
    changed = False
    stored = ClaimTime.objects.filter(claim__in=[source, *targets])
    known = {(time.claim_id, time.kind): time for time in stored}
    for target in targets:
        for time in (time for time in known.values() if time.claim_id == source.pk):
            there = known.get((target.pk, time.kind))
            said = {name: getattr(time, name) for name in _OF_TIME}
            if there is None:
                ClaimTime.objects.create(claim=target, kind=time.kind, **said)
                changed = True
            elif came_back and time.updated_at > there.updated_at and time.value != there.value:
                said |= {"version": there.version + 1, "updated_at": timezone.now()}
                ClaimTime.objects.filter(pk=there.pk).update(**said)
                changed = True
    return changed
