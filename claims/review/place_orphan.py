"""A moderator says where an orphan went: it stands in the text in force again, with all that was said of it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims import audit, receipts
from claims.models import Anchor, ArticleStatus, Attribution, Claim, ClaimStatus, Proposal, Revision, User, Zone
from claims.models.claim import ClaimQuerySet
from claims.permissions import check_can_moderate
from claims.refusals import Conflict, Gone, Invalid, Outdated
from claims.review.given_span import given_span
from claims.text.anchors import SURE, reanchor
from claims.text.chain_spans import moved, spans_of
from claims.text.fold import fold
from claims.text.plain import plain
from claims.text.standing import coverage_at, words_at
from claims.vocabulary import SETTLED, Aside, ClaimUnit, EventKind, ZoneKind

MAX_REASON = 1_000
SPANS = ("source", "cue", "content")


@transaction.atomic
def place_orphan(
    *, by: User, claim_id: UUID, revision_id: UUID, start: int, end: int, exact: str | None, reason: str, key: UUID
) -> receipts.Outcome:
    """Put an orphan at `start` to `end` of the text in force, which is the revision that the page showed.

    An open sentence that nobody touched gives way. Raises NotAllowed, Gone, Invalid (no such words, or not in headline
    or body), and Conflict where the claim was placed meanwhile, the text changed, another claim stands at exactly these
    words, or the article is locked.
    """
    # Reviewers cannot: whether others worked on a claim is not theirs to know, nor others' work theirs to move.
    check_can_moderate(by, "say where a claim went")
    reason = plain("reason", reason, MAX_REASON)
    request = {"verb": "place", "claim": claim_id, "revision": revision_id, "place": [start, end], "reason": reason}
    claim, article = _locked(claim_id, revision_id, start, end)
    if claim.status.set_aside != Aside.ORPHANED:
        if before := receipts.answered(by=by, key=key, request=request):
            return before
        raise Conflict(
            "This claim is no orphan any more: it was placed since, or its words came back. Look at it again."
        )
    if article.locked_at is not None:
        raise Conflict("This article is locked, so its claims stay as they are. Unlock it first.")
    if article.revision_id != revision_id:
        now: dict[str, object] = {"revision": str(article.revision_id)}
        raise Outdated(
            "The text of the article changed since this page was loaded. Look at the places in it again.", now
        )
    text = article.revision.text
    start, end = given_span(text, start, end, exact)
    zone = _zone(article.revision, start, end)
    replaced = _make_way(article.revision_id, start, end)
    before_place = _standing(claim)
    was_touched, old_words = claim.status.version > 0, claim.exact
    _keep_anchor(claim)
    _carry_spans(claim, text)
    _stand_at(claim, article.revision, zone, start, end)
    reworded = fold(old_words).strip() != fold(claim.exact).strip()
    _restate(claim, article, marked=reworded and was_touched, replaced=replaced)
    after = _standing(claim) | {"reworded": reworded, "in_place_of": [str(pk) for pk in replaced]}
    audit.record(EventKind.CLAIM_PLACED, by=by, target=claim, before=before_place, after=after, reason=reason)
    return receipts.keep(by=by, key=key, request=request, outcome={"claim": str(claim.pk), "reworded": reworded})


def _locked(claim_id: UUID, revision_id: UUID, start: int, end: int) -> tuple[Claim, ArticleStatus]:
    """The claim and its article, locked after every claim that stands where this one is to stand."""
    there = _at(revision_id, start, end).values_list("pk", flat=True)
    ClaimStatus.objects.filter(pk__in=[claim_id, *there]).lock()
    claim = Claim.objects.select_related("status").filter(pk=claim_id).first()
    if claim is None:
        raise Gone("This claim is gone: its article was read again without it. Reload the article to see its claims.")
    locked = ArticleStatus.objects.select_for_update(of=("self",)).select_related("revision").defer("revision__raw")
    article = locked.get(pk=claim.article_id)
    if article.withdrawn_at is not None:
        raise Gone("The article of this claim was withdrawn, so it takes no more work. Nothing was stored.")
    # As the lock found it: the join may have looked before a change that this waited for.
    article.revision = Revision.objects.defer("raw").get(pk=article.revision_id)
    return claim, article


def _at(revision_id: UUID, start: int, end: int) -> ClaimQuerySet:
    return Claim.objects.in_work().filter(revision=revision_id, start=start, end=end)


def _zone(revision: Revision, start: int, end: int) -> ZoneKind:
    zone = coverage_at(list(Zone.objects.filter(revision=revision)), start, end)
    if zone is None or not revision.text[start:end].strip():
        raise Invalid("A claim is words of the headline or the body. Choose its first and its last word there.")
    return zone


def _make_way(revision_id: UUID, start: int, end: int) -> list[UUID]:
    """Take away what a reading opened at exactly this place and nobody touched; what is left there is in the way."""
    there = list(_at(revision_id, start, end).select_related("status"))
    free = [one.pk for one in there if one.unit == ClaimUnit.SENTENCE and one.status.version == 0]
    if len(free) < len(there):
        other: dict[str, object] = {"claim": str(there[0].pk)}
        raise Conflict("Another claim stands at exactly these words. Work on that one, or choose other borders.", other)
    ClaimStatus.objects.filter(pk__in=free).delete()
    Proposal.objects.filter(pk__in=free).delete()
    Claim.objects.filter(pk__in=free).delete()
    return free


def _standing(claim: Claim) -> dict[str, Any]:
    return {"revision": str(claim.revision_id), "start": claim.start, "end": claim.end}


def _keep_anchor(claim: Claim) -> None:
    """Keep where it stood; an orphan has its anchor since it became one, unless it is older than anchors are."""
    stood = {name: getattr(claim, name) for name in ("zone", "start", "end", "exact", "prefix", "suffix")}
    stood |= {"settled_label": claim.status.settled_label, "confidence": 0.0}
    Anchor.objects.get_or_create(claim=claim, revision_id=claim.revision_id, defaults=stood)


def _carry_spans(claim: Claim, text: str) -> None:
    """Move the spans of its attributions and its proposal to `text`, where that is sure; else they are null.

    So does the proposed route; where one of its steps has no sure place, nothing is left of it.
    """
    rows: list[Attribution | Proposal] = [*Attribution.objects.filter(claim=claim), *Proposal.objects.filter(pk=claim)]
    cells = [(row, name) for row in rows for name in SPANS if getattr(row, name)]
    old = Revision.objects.values_list("text", flat=True).get(pk=claim.revision_id)
    spans = [(span[0], span[1]) for row, name in cells for span in [getattr(row, name)]]
    routes = [row for row in rows if isinstance(row, Proposal)]
    steps = [span for row in routes for span in spans_of(row.chain)]
    found = reanchor(old, text, spans + steps)
    places = [(place[0], place[1]) if place and place[2] >= SURE else None for place in found]
    for (row, name), place in zip(cells, places, strict=False):
        setattr(row, name, list(place) if place else None)
    # A claim has one proposal, so that all steps are those of its route.
    for row in routes:
        row.chain = moved(row.chain, places[len(spans) :])
    for row in rows:
        row.save(update_fields=[*SPANS, *(["chain"] if isinstance(row, Proposal) else [])])


def _stand_at(claim: Claim, revision: Revision, zone: ZoneKind, start: int, end: int) -> None:
    words = words_at(revision.text, start, end)
    claim.revision, claim.zone, claim.start, claim.end = revision, zone, start, end
    claim.exact, claim.prefix, claim.suffix, claim.folded = words.exact, words.prefix, words.suffix, words.folded
    claim.save()
    Anchor.objects.filter(claim=claim, revision=revision).delete()


def _restate(claim: Claim, article: ArticleStatus, *, marked: bool, replaced: list[UUID]) -> None:
    """It is in work again, in the state that it had; its words are to be looked at again where they changed."""
    status = claim.status
    status.set_aside, status.takes_work = "", True
    status.text_changed_at = timezone.now() if marked else status.text_changed_at
    status.version += 1
    status.save(update_fields=["set_aside", "takes_work", "text_changed_at", "version"])
    ArticleStatus.objects.filter(pk=article.pk).update(
        claims_count=F("claims_count") + 1 - len(replaced),
        settled_count=F("settled_count") + int(status.state in SETTLED),
    )
