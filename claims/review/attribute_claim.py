"""A reviewer says who the text says a claim comes from, and by which route it reached the article."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from claims import audit, receipts
from claims.models import Assessment, Attribution, Claim, Hop, Revision, Source, User
from claims.particulars import Mode, Quote, Scope
from claims.permissions import check_can_assess
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.review.assess_claim import is_closed_to
from claims.review.attributions import CHOICES, SPANS, TICKS, standing, steps_of, suggestion_for, told
from claims.review.claim_in_hand import check_in_work, check_there, hold, touch
from claims.review.given_span import given_span
from claims.review.register_source import MAX_NAME, register_source
from claims.review.sources import find_named
from claims.text.fold import fold
from claims.text.plain import plain
from claims.vocabulary import EventKind

MAX_HOPS: Final = 12
MAX_OCCASION: Final = 200
# A long quotation of several paragraphs; more is no longer one statement.
MAX_SPAN: Final = 5_000
_CHOICES: Final[dict[str, set[str]]] = {"mode": set(Mode), "scope": set(Scope), "quote": set(Quote)}


@dataclass(frozen=True)
class GivenSpan:
    """Borders in code points of the claim's revision; `exact` are the words that the page showed between them."""

    start: int
    end: int
    exact: str | None = None


@dataclass(frozen=True)
class GivenHop:
    """One step of the route: an occasion in words, or a source by its key, or by its name.

    A key stands for its source as long as the name beside it, if any, is one of that source's. A name that the registry
    does not have makes a new source, which takes a kind.
    """

    source: UUID | None = None
    name: str = ""
    kind: str = ""
    role: str = ""
    party: str = ""
    occasion: str = ""


@dataclass(frozen=True)
class GivenAttribution:
    """All that is said of where a claim comes from; what is left out is not stated."""

    source: GivenSpan | None = None
    cue: GivenSpan | None = None
    content: GivenSpan | None = None
    chain: tuple[GivenHop, ...] = ()
    mode: str = ""
    scope: str = ""
    quote: str = ""
    needs_locator: bool = False
    content_is_opinion: bool = False
    is_dated: bool = False
    is_openable: bool = False
    is_witnessed: bool = False


@transaction.atomic
def attribute_claim(
    *, by: User, claim_id: UUID, given: GivenAttribution, expected_version: int, key: UUID
) -> receipts.Outcome:
    """Store `by`'s attribution of the claim in place of the one before; return it as stored, with its version.

    It is part of `by`'s judgement, and needs no label to be there yet. `expected_version` is that of the attribution
    that the page showed, 0 for none. Raises NotAllowed, Gone (also for a source that is not there), Invalid, and
    Conflict where the attribution changed since, the claim was settled or the article is locked.
    """
    check_can_assess(by)
    chain = _checked(given)
    claim = hold(claim_id)
    request = {"verb": "attribute", "claim": claim_id, "version": expected_version, "given": given}
    own = Attribution.objects.filter(claim=claim, reviewer=by).first()
    judged = Assessment.objects.filter(claim=claim, reviewer=by).first()
    if before := _answered_before(claim, own, judged, expected_version, by=by, key=key, request=request):
        return before
    hops = _hops(chain, by=by, key=key)
    old = _state(own, list(own.hops.order_by("position"))) if own else None
    attribution = _store(own or Attribution(claim=claim, reviewer=by, version=0), given, _text_of(claim))
    attribution.hops.all().delete()
    for hop in hops:
        hop.attribution = attribution
    Hop.objects.bulk_create(hops)
    touch(claim)
    audit.record(EventKind.CLAIM_ATTRIBUTED, by=by, target=claim, before=old, after=_state(attribution, hops))
    outcome = _outcome(claim, attribution, hops, judged)
    receipts.keep(by=by, key=key, request=request, outcome=outcome | {"chain": _route(hops)})
    return outcome


def _checked(given: GivenAttribution) -> list[GivenHop]:
    """The route without its empty rows. Raises Invalid for what is too much or no choice."""
    for name, choices in _CHOICES.items():
        if (chosen := getattr(given, name)) and chosen not in choices:
            raise Invalid(f"Choose the {name} from its list, or leave it open.")
    for name in SPANS:
        span = getattr(given, name)
        if span and span.end - span.start > MAX_SPAN:
            raise Invalid(
                f"The words marked as {name} are {span.end - span.start:,} characters long; the most is {MAX_SPAN:,}. "
                "Mark fewer words."
            )
    chain = [hop for hop in given.chain if hop.source or hop.name.strip() or hop.occasion.strip()]
    if len(chain) > MAX_HOPS:
        raise Invalid(f"The route has {len(chain)} steps; the most is {MAX_HOPS}. Leave out those that matter least.")
    return chain


def _hops(chain: list[GivenHop], *, by: User, key: UUID) -> list[Hop]:
    """The route's steps, not yet stored; sources that the registry lacks are put there. Raises Gone and Invalid."""
    hops = []
    for position, given in enumerate(chain):
        occasion = plain("occasion", given.occasion, MAX_OCCASION)
        # A key of its own for each new source, the same when the form is sent again.
        source = None if occasion else _source(given, by=by, key=uuid5(key, str(position)))
        hops.append(Hop(position=position, source=source, occasion=occasion))
    return hops


def _source(given: GivenHop, *, by: User, key: UUID) -> Source:
    if given.source and (there := _by_key(given.source, given.name)):
        return there
    name = " ".join(plain("name of a source", given.name, MAX_NAME).split())
    if given.kind:
        return register_source(by=by, name=name, kind=given.kind, role=given.role, party=given.party, key=key)
    if there := find_named(name):
        return there
    raise Invalid(
        f"“{name}” is not among the sources yet. Choose beside it what kind of source it is, and it is put there; or "
        "choose “occasion”, if it is one."
    )


def _by_key(key: UUID, name: str) -> Source | None:
    """The source of this key, or the one it was merged into; None where another name was written over its own."""
    found = Source.objects.select_related("merged_into").filter(pk=key).first()
    if found is None:
        raise Gone("There is no such source here. Write its name again, or choose it from the list.")
    names = {fold(found.name), fold(standing(found).name), ""}
    return standing(found) if fold(" ".join(name.split())) in names else None


def _text_of(claim: Claim) -> str:
    return str(Revision.objects.values_list("text", flat=True).get(pk=claim.revision_id))


def _store(attribution: Attribution, given: GivenAttribution, text: str) -> Attribution:
    attribution.words = {}
    for name in SPANS:
        span: GivenSpan | None = getattr(given, name)
        borders = given_span(text, span.start, span.end, _as_it_stands(span, text)) if span else None
        setattr(attribution, name, list(borders) if borders else None)
        if borders:
            attribution.words[name] = text[slice(*borders)]
    for name in (*CHOICES, *TICKS):
        setattr(attribution, name, getattr(given, name))
    attribution.version += 1
    attribution.updated_at = timezone.now()
    attribution.save()
    return attribution


def _as_it_stands(span: GivenSpan, text: str) -> str | None:
    """The words as the page showed them; a form writes line breaks its own way, and those make no difference."""
    cut = text[max(0, span.start) : max(0, span.end)]
    same = span.exact is not None and span.exact.splitlines() == cut.splitlines()
    return cut if same else span.exact


def _answered_before(
    claim: Claim,
    own: Attribution | None,
    judged: Assessment | None,
    expected_version: int,
    *,
    by: User,
    key: UUID,
    request: dict[str, Any],
) -> receipts.Outcome | None:
    """What was answered to the first copy of a request that is sent again; None where the write can go on."""
    try:
        check_there(claim)
        check_in_work(claim)
        _check_open(claim, own, judged)
        _check_version(claim, own, judged, expected_version)
    except (Conflict, Gone):
        if (before := receipts.answered(by=by, key=key, request=request)) is None:
            raise
        return _in_full(before, own)
    return None


def _check_open(claim: Claim, own: Attribution | None, judged: Assessment | None) -> None:
    if not is_closed_to(claim, judged):
        return
    if claim.article.status.locked_at is not None:
        why = "A moderator has locked this article, so its claims take no attributions for now."
    else:
        why = "This claim is settled and takes no attribution by you any more. If it is wrong, tell a moderator."
    raise Conflict(f"{why} What you entered is still here.", _outcome_of(claim, own, judged))


def _check_version(claim: Claim, own: Attribution | None, judged: Assessment | None, expected: int) -> None:
    if (own.version if own else 0) != expected:
        raise Outdated(
            "You changed this attribution elsewhere since this page was loaded. Compare the two and save again to keep "
            "this one.",
            _outcome_of(claim, own, judged),
        )


def _state(attribution: Attribution, hops: list[Hop]) -> dict[str, Any]:
    """An attribution as the event log keeps it: where words stand, and never the words themselves."""
    return told(attribution) | {"chain": _route(hops)}


def _route(hops: list[Hop]) -> list[dict[str, str]]:
    """A route without its occasions, which are mostly words of the text: a withdrawal must be able to take them."""
    return [{"source": str(hop.source_id)} if hop.source_id else {"occasion": _digest(hop.occasion)} for hop in hops]


def _digest(occasion: str) -> str:
    return sha256(occasion.encode()).hexdigest()


def _in_full(before: receipts.Outcome, own: Attribution | None) -> receipts.Outcome:
    """What was answered, with those occasions of its route that are still stored."""
    stored = own.hops.filter(source=None).values_list("occasion", flat=True) if own else []
    words = {_digest(occasion): occasion for occasion in stored}
    chain = [{"occasion": words.get(step["occasion"], "")} if "occasion" in step else step for step in before["chain"]]
    return before | {"chain": chain}


def _outcome_of(claim: Claim, own: Attribution | None, judged: Assessment | None) -> receipts.Outcome:
    hops = list(own.hops.select_related("source__merged_into").order_by("position")) if own else []
    return _outcome(claim, own, hops, judged)


def _outcome(claim: Claim, own: Attribution | None, hops: list[Hop], judged: Assessment | None) -> receipts.Outcome:
    """One's own attribution as a page is told it. The text's words are left out: a receipt would outlive them."""
    route = [{"source": str(standing(hop.source).pk)} if hop.source else {"occasion": hop.occasion} for hop in hops]
    suggested = suggestion_for(own, steps_of(hops), judged.reason if judged else "")
    return told(own) | {
        "chain": route,
        "closed": is_closed_to(claim, judged),
        "suggestion": {"strength": suggested.strength, "label": str(suggested.label), "why": suggested.why},
    }
