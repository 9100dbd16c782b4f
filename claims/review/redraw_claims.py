"""A reviewer says which words are a claim: marks, unmarks, moves borders, splits, merges. One symmetric verb does all.

The claims `old` are set aside, and the claims at `spans` are in work in their place; the same with the two swapped
takes it back, and brings the same claims with all that was said of them. What others have worked on stays as it is, and
the new claim is made beside it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from claims import audit, receipts
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, Redrawing, User, Zone
from claims.models.keys import MAX_OFFSET
from claims.permissions import check_can_redraw
from claims.refusals import Conflict, Gone, Invalid
from claims.review.attribute_claim import GivenSpan
from claims.review.carry_along import carry_all, carry_times, give_back_blind
from claims.review.claim_in_hand import ASIDE
from claims.review.given_evidence import MOST_EVIDENCE
from claims.review.given_span import given_span
from claims.review.open_span import Place, Span, claims_at, hold_article, open_span
from claims.review.others_work import worked_on_by_others
from claims.review.proposal_outcomes import note_outcomes
from claims.vocabulary import COVERAGE_ZONES, SETTLED, ZONE_NAMES, Aside, ClaimUnit, EventKind, ZoneKind

MOST_CLAIMS: Final = 20
MAX_CLAIM: Final = 5_000
MOST_TRIES: Final = 5
# Space, marks of punctuation, and characters that are not seen: by themselves they state nothing.
_NO_WORDS: Final = frozenset("ZPC")
NOT_HERE: Final = (
    "A claim that was to get other borders is not there any more: it was hidden, or its article was read again without "
    "it. Reload the article to see its claims."
)
CHANGED: Final = (
    "The text of this article has changed since the page was loaded, so nothing was drawn. Reload the article and mark "
    "the words in its new text."
)
NOT_READ_YET: Final = (
    "The first pass has not come to this text yet, so that it has no claims yet and takes no marks. Come back in a "
    "while: an import of very many articles reads them after it has stored all."
)


class _Overtaken(Exception):
    """Somebody else opened a claim at one of the places meanwhile."""


@dataclass(frozen=True)
class _Drawn:
    """What was done: the claims at the asked places, those opened or brought back, those set aside, those left."""

    old: list[Claim]
    targets: list[Claim]
    new: set[UUID]
    back: set[UUID]
    aside: list[Claim]
    kept: list[Claim]

    @property
    def came(self) -> list[Claim]:
        return [claim for claim in self.targets if claim.pk in self.new | self.back]


@transaction.atomic
def redraw_claims(
    *, by: User, article_id: UUID, revision_id: UUID, old: list[UUID], spans: list[GivenSpan], key: UUID
) -> receipts.Outcome:
    """Put the claims at `spans` in work, in place of the claims `old`, which are set aside as redrawn.

    What `by` said of the old ones goes along where it is clear where to (see claims.review.carry_along). An old claim
    that others have worked on, or that is settled, stays as it is; the outcome names it under `kept`. Raises
    NotAllowed, Gone (also for another text than the one in force), Invalid, and Conflict where the article is locked or
    a moderator took the claim at one of the places out of work.
    """
    check_can_redraw(by)
    old, borders = _asked(old, spans)
    request = {"verb": "redraw", "article": article_id, "revision": revision_id, "old": old, "spans": borders}
    for _ in range(MOST_TRIES):
        try:
            with transaction.atomic():
                held = _hold(revision_id, old, borders)
                if before := receipts.answered(by=by, key=key, request=request):
                    return before
                drawn = _draw(by, _text(article_id, revision_id, by), held, old, spans)
            break
        except _Overtaken:
            continue
    else:
        raise Conflict("Others draw claims at the same places just now. Look what stands there, and try it again.")
    if drawn.came or drawn.aside:
        redrawing = Redrawing.objects.create(by=by)
        redrawing.before.set(drawn.aside)
        redrawing.after.set(drawn.came)
    for claim, was, now in _events(drawn):
        audit.record(EventKind.CLAIM_REDRAWN, by=by, target=claim, before=was, after=now)
    left = _carry(by, drawn, key)
    note_outcomes(claim.pk for claim in [*drawn.old, *drawn.targets])
    return receipts.keep(by=by, key=key, request=request, outcome=_outcome(drawn, left))


def _asked(old: list[UUID], spans: list[GivenSpan]) -> tuple[list[UUID], list[Span]]:
    """The old claims, each once, and the borders asked for. Raises Invalid for what no text is needed to refuse."""
    old, borders = list(dict.fromkeys(old)), [(span.start, span.end) for span in spans]
    if not old and not spans:
        raise Invalid("Mark some words first: nothing was chosen.")
    if len(old) > MOST_CLAIMS or len(spans) > MOST_CLAIMS:
        raise Invalid(f"At most {MOST_CLAIMS} claims can be drawn at once. Do it in several steps.")
    if len(set(borders)) < len(borders):
        raise Invalid("Two of the claims have the same borders. Choose other words for one of them.")
    if any(not 0 <= start < end <= MAX_OFFSET for start, end in borders):
        raise Invalid("These borders do not lie in the text. Reload the article and mark the words again.")
    longest = max((end - start for start, end in borders), default=0)
    if longest > MAX_CLAIM:
        raise Invalid(f"A claim of {longest:,} characters is too long; the most is {MAX_CLAIM:,}. Mark fewer words.")
    return old, borders


def _hold(revision_id: UUID, old: list[UUID], borders: list[Span]) -> dict[UUID, Claim]:
    """The old claims and those that stand at the places, locked in the order of their keys."""
    there = [claim.pk for claims in claims_at(revision_id, borders).values() for claim in claims]
    ClaimStatus.objects.filter(pk__in={*old, *there}).lock()
    return Claim.objects.select_related("status", "article__status").in_bulk({*old, *there})


def _text(article_id: UUID, revision_id: UUID, by: User) -> Article:
    """The article with its text in force, its status locked. Raises Gone and Conflict where nothing can be drawn."""
    status = hold_article(article_id)
    if status.withdrawn_at is not None:
        raise Gone("This article was withdrawn, so it takes no more work. Nothing was drawn.")
    if status.revision_id != revision_id:
        raise Gone(CHANGED)
    if status.locked_at is not None:
        raise Conflict("A moderator has locked this article, so its claims stay as they are for now.")
    here = Article.objects.visible_to(by).select_related("status__revision").defer("status__revision__raw")
    return here.get(pk=article_id)


def _draw(by: User, article: Article, held: dict[UUID, Claim], old: list[UUID], spans: list[GivenSpan]) -> _Drawn:
    text, revision_id = article.status.revision.text, article.status.revision_id
    borders = [_checked(text, span) for span in spans]
    before = _old(held, old, revision_id)
    _check_touching([(claim.start, claim.end) for claim in before], borders)
    places = claims_at(revision_id, borders)
    if not {claim.pk for claims in places.values() for claim in claims} <= held.keys():
        raise _Overtaken
    there = {span: _standing(claims) for span, claims in places.items()}
    staying = {claim.pk for claim in there.values() if claim}
    given_up = [claim for claim in before if claim.pk not in staying]
    if not spans:
        _check_unmarked(by, given_up)
    taken = worked_on_by_others([claim.pk for claim in given_up], by)
    zones = _zones_of(revision_id, borders)
    # In the order of their places, whoever opens several of them.
    new = {
        span: open_span(Place(article.pk, revision_id, text, *span, zones[span]), marked_by=by)
        for span in sorted(borders)
        if there.get(span) is None
    }
    for claim in new.values():
        claim.article = article
    targets = [new.get(span) or held[there[span].pk] for span in borders]  # type: ignore[union-attr]  # one of the two
    drawn = _Drawn(
        old=before,
        targets=targets,
        new={claim.pk for claim in new.values()},
        back={claim.pk for claim in targets if claim.status.set_aside},
        aside=[claim for claim in given_up if claim.pk not in taken],
        kept=[claim for claim in given_up if claim.pk in taken],
    )
    _store(by, drawn)
    return drawn


def _checked(text: str, span: GivenSpan) -> Span:
    start, end = given_span(text, span.start, span.end, span.exact)
    if all(unicodedata.category(character)[0] in _NO_WORDS for character in text[start:end]):
        raise Invalid("There are no words between these borders. Mark the words that state something.")
    return start, end


def _old(held: dict[UUID, Claim], old: list[UUID], revision_id: UUID) -> list[Claim]:
    """The old claims in reading order. Raises Gone for one that is out of work, in another text, or not there."""
    found = [held.get(key) for key in old]
    claims = [claim for claim in found if claim and claim.revision_id == revision_id]
    if len(claims) < len(old) or any(claim.status.set_aside == Aside.HIDDEN for claim in claims):
        raise Gone(NOT_HERE)
    for claim in claims:
        if claim.status.set_aside:
            raise Gone(ASIDE[Aside(claim.status.set_aside)])
    return sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.pk))


def _check_touching(old: list[Span], new: list[Span]) -> None:
    """Raise Invalid unless each claim shares words with one on the other side: else a claim could be drawn away."""
    if not old or not new:
        return
    for some, others in ((old, new), (new, old)):
        if not all(any(start < other[1] and other[0] < end for other in others) for start, end in some):
            raise Invalid(
                "The new borders have to share words with the claims that they replace. Mark other words as a claim of "
                "their own."
            )


def _standing(claims: Iterable[Claim]) -> Claim | None:
    """The claim that stands at a place, or can come back there. Raises Conflict where a moderator took it away."""
    here = [claim for claim in claims if claim.status.set_aside != Aside.ORPHANED]
    able = [claim for claim in here if claim.status.set_aside in {"", Aside.REDRAWN}]
    if here and not able:
        raise Conflict(
            "A moderator has taken the claim with these borders out of work, so it is not marked again. Choose other "
            "borders, or ask a moderator to bring it back."
        )
    return able[0] if able else None


def _check_unmarked(by: User, claims: list[Claim]) -> None:
    """Raise Invalid unless `by` marked all of these: whether others have worked on them makes no difference here."""
    if not all(_is_own_mark(claim, by) for claim in claims):
        raise Invalid(
            "Only a claim that you marked yourself can be unmarked. Where a sentence states nothing, label it “not a "
            "claim”."
        )


def _is_own_mark(claim: Claim, by: User) -> bool:
    if claim.unit == ClaimUnit.SPAN:
        return claim.status.marked_by_id == by.pk
    # A sentence whose parts took its place, and that `by` marked beside them.
    drawn = Redrawing.objects.filter(after=claim).order_by("-created_at").first()
    return drawn is not None and drawn.by_id == by.pk and not drawn.before.exists()


def _zones_of(revision_id: UUID, borders: list[Span]) -> dict[Span, str]:
    """The zone in which each span begins. Raises Invalid for one that touches what is no coverage, or was not read."""
    if not borders:
        return {}
    first, last = min(start for start, _ in borders), max(end for _, end in borders)
    zones = list(Zone.objects.filter(revision=revision_id, start__lt=last, end__gt=first))
    if not zones:
        raise Invalid(NOT_READ_YET)
    found = {}
    for start, end in borders:
        kinds = [ZoneKind(zone.kind) for zone in zones if zone.start < end and zone.end > start]
        if outside := [kind for kind in kinds if kind not in COVERAGE_ZONES]:
            name = ZONE_NAMES[outside[0]].partition(",")[0].lower()
            raise Invalid(
                f"These words reach into a part of the page that is no coverage ({name}). Mark words of the headline "
                "or the body alone."
            )
        found[start, end] = str(kinds[0])
    return found


def _store(by: User, drawn: _Drawn) -> None:
    """Set aside, bring back, and count both in the article."""
    for claim in drawn.aside:
        claim.status.set_aside = Aside.REDRAWN
    back = [claim for claim in drawn.targets if claim.pk in drawn.back]
    for claim in back:
        claim.status.set_aside, claim.status.takes_work = "", True
        if claim.unit == ClaimUnit.SPAN and not drawn.aside:
            # Whoever marks a span again may take that back.
            claim.status.marked_by = by
    changed = [*drawn.aside, *back, *_asked_in_vain(drawn)]
    for claim in changed:
        claim.status.version += 1
        claim.status.save(update_fields=["set_aside", "takes_work", "marked_by", "version"])
    settled = sum(claim.status.state in SETTLED for claim in drawn.came)
    if changed or drawn.new:
        ArticleStatus.objects.filter(pk=(drawn.targets or drawn.old)[0].article_id).update(
            claims_count=F("claims_count") + len(drawn.came) - len(drawn.aside),
            # None of those that are set aside is settled.
            settled_count=F("settled_count") + settled,
        )


def _asked_in_vain(drawn: _Drawn) -> list[Claim]:
    """The claims that stay as they are where nothing came beside them: only the log can say that somebody asked."""
    return [] if drawn.came else drawn.kept


def _carry(by: User, drawn: _Drawn, key: UUID) -> int:
    """What was said of the old claims goes along: all of it to one target, to several parts the times alone.

    Gives how many pieces of evidence did not fit.
    """
    if drawn.aside and len(drawn.targets) == 1:
        kept = {claim.pk for claim in drawn.kept}
        sources = [claim for claim in drawn.old if claim.pk not in kept]
        (target,) = drawn.targets
        came_back = target.pk in drawn.back
        return carry_all(
            by=by, sources=sources, target=target, key=key, came_back=came_back, is_partial=bool(drawn.kept)
        )
    if len(drawn.aside) == 1:
        give_back_blind(by, drawn.aside[0], [claim for claim in drawn.came if claim.pk in drawn.back])
        for target in drawn.came:
            carry_times(drawn.aside[0], [target], came_back=target.pk in drawn.back)
    return 0


def _events(drawn: _Drawn) -> Iterable[tuple[Claim, dict[str, Any] | None, dict[str, Any]]]:
    """For each claim that changed what it was and what it is, in keys and offsets: never the words."""
    became = [str(claim.pk) for claim in drawn.targets]
    spans = [[claim.start, claim.end] for claim in drawn.targets]
    were = [str(claim.pk) for claim in drawn.aside]
    for claim in drawn.aside:
        yield claim, {"set_aside": ""}, {"set_aside": Aside.REDRAWN, "claims": became, "spans": spans}
    for claim in drawn.came:
        was = {"set_aside": Aside.REDRAWN} if claim.pk in drawn.back else None
        yield claim, was, {"set_aside": "", "span": [claim.start, claim.end], "in_place_of": were}
    for claim in _asked_in_vain(drawn):
        yield claim, {"set_aside": ""}, {"set_aside": "", "kept": True, "claims": became, "spans": spans}


def _outcome(drawn: _Drawn, left: int) -> receipts.Outcome:
    """What the page is told; `undo` is what the verb takes to take it back, `left` the evidence that did not fit."""
    sentence = f"{_sentence(drawn)} {_left_behind(left)}".strip()
    return {
        "claims": [
            {"id": str(claim.pk), "start": claim.start, "end": claim.end, "is_new": claim.pk in drawn.new}
            for claim in drawn.targets
        ],
        "restored": [str(claim.pk) for claim in drawn.came if claim.pk in drawn.back],
        "set_aside": [str(claim.pk) for claim in drawn.aside],
        "kept": [str(claim.pk) for claim in drawn.kept],
        "sentence": sentence,
        "undo": {
            "old": [str(claim.pk) for claim in drawn.came],
            "spans": [{"start": claim.start, "end": claim.end} for claim in drawn.aside],
        },
    }


def _left_behind(left: int) -> str:
    if not left:
        return ""
    return (
        f"{left} piece{'s' * (left != 1)} of evidence did not fit, because {MOST_EVIDENCE} are the most at one claim, "
        "and stayed with the earlier claims."
    )


def _sentence(drawn: _Drawn) -> str:
    if drawn.kept and not drawn.targets:
        stays = "This claim stays" if len(drawn.kept) == 1 else f"{len(drawn.kept)} claims stay"
        return f"{stays} marked. What should not be a claim, label “not a claim” or flag for a moderator."
    if drawn.kept:
        stays, them = "The claim that was there stays as it is", "it"
        if len(drawn.kept) > 1:
            stays, them = f"{len(drawn.kept)} claims stay as they are", "them"
        return (
            f"{stays}; yours {'was' if len(drawn.came) == 1 else 'were'} made beside {them}."
            if drawn.came
            else (f"{stays}, and these words are a claim already.")
        )
    if not drawn.targets:
        return "Unmarked."
    if not drawn.came and not drawn.aside:
        return "These words are a claim already."
    if drawn.back and not drawn.new:
        return "The earlier borders are back." if drawn.aside else "Marked again."
    if not drawn.aside:
        return "Marked as a claim." if len(drawn.came) == 1 else f"Marked as {len(drawn.came)} claims."
    if len(drawn.targets) > 1:
        return f"Drawn as {len(drawn.targets)} claims. Label each of them."
    return "Merged into one claim." if len(drawn.aside) > 1 else "The borders are drawn anew."
