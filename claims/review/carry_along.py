"""What goes along when claims get other borders: one's own judgement, what one gathered, and the times.

The claims that are set aside keep all of it as well, so that it is there when they come back. What the target has is
replaced by newer work alone: a step back brings no older judgement over a later one.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import timezone

from claims.models import Assessment, Attribution, Claim, ClaimStatus, ClaimTime, Evidence, User
from claims.review.assess_claim import assess_claim, is_closed_to
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.attributions import CHOICES, SPANS, TICKS, standing
from claims.review.state import Judgement
from claims.text.sanitise import TooLong, sanitise
from claims.vocabulary import Label

BECAUSE = "Carried along when the borders were drawn anew."
_OF_EVIDENCE = ("url", "title", "quote", "date", "stance", "archived_url", "note", "created_at", "updated_at")
_OF_TIME = (
    *("value", "earliest", "latest", "words", "against", "against_note"),
    *("basis", "by_id", "created_at", "updated_at"),
)


def carry_all(*, by: User, sources: Sequence[Claim], target: Claim, key: UUID, came_back: bool) -> None:
    """Bring to the target what `by` said of the sources, in reading order: moved when it is one, merged when several.

    A merged claim gets a label only where `by` gave all the sources the same; where the target is among them, it
    keeps what it has. `came_back` says that the target was out of work until now.
    """
    own = _own(Assessment, [*sources, target], by)
    if not is_closed_to(target, own.get(target.pk)):
        _carry_label(by, sources, target, own, key)
        _carry_attribution(by, sources, target, key)
    others = [claim for claim in sources if claim.pk != target.pk]
    carried = _carry_evidence(by, others, target)
    for claim in others:
        carried |= carry_times(claim, [target], came_back=came_back)
    if carried:
        ClaimStatus.objects.filter(pk=target.pk).update(version=F("version") + 1)


def _own(model: Any, claims: Iterable[Claim], by: User) -> dict[UUID, Any]:
    found = model.objects.filter(claim__in=[claim.pk for claim in claims], reviewer=by)
    return {one.claim_id: one for one in found}


def _is_newer(sources: Iterable[Any], there: Any) -> bool:
    """Whether what the sources have may replace what is there: it is later, or what is there is one of them."""
    return there is None or any(one.pk == there.pk or one.updated_at > there.updated_at for one in sources)


def _carry_label(by: User, sources: Sequence[Claim], target: Claim, own: dict[UUID, Assessment], key: UUID) -> None:
    given = [own[claim.pk] for claim in sources if claim.pk in own]
    there = own.get(target.pk)
    if len(given) < len(sources) or len({one.label for one in given}) != 1 or not _is_newer(given, there):
        return
    strengths, reasons = {one.strength for one in given}, {one.reason for one in given}
    judgement = Judgement(
        Label(given[0].label),
        strengths.pop() if len(strengths) == 1 else None,
        reasons.pop() if len(reasons) == 1 else "",
    )
    note = given[0].note if len(sources) == 1 else _joined([one.note for one in given], there)
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
    if not all(one.blind for one in given):
        Assessment.objects.filter(claim=target, reviewer=by).update(blind=False)


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


def _carry_evidence(by: User, sources: Sequence[Claim], target: Claim) -> bool:
    """Copy what `by` gathered and did not remove, unless it is there."""
    gathered = Evidence.objects.in_force().filter(claim__in=[*sources, target], by=by).order_by("created_at", "pk")
    there = {(one.url, one.quote) for one in gathered if one.claim_id == target.pk}
    copies = []
    for one in gathered:
        if (one.url, one.quote) not in there:
            there.add((one.url, one.quote))
            copies.append(Evidence(claim=target, by=by, **{name: getattr(one, name) for name in _OF_EVIDENCE}))
    Evidence.objects.bulk_create(copies)
    return bool(copies)


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
