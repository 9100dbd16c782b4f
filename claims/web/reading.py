"""The reading page: one article, its claims, and the panel in which a claim is judged."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Article, Claim, Revision, User
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Gone
from claims.review.changed_words import note_changes
from claims.review.progress import next_article, progress_in
from claims.text import directions
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import LABELS, REASONS, STRENGTHS, STRENGTHS_OF, ClaimUnit, Label, ZoneKind
from claims.web import reading_page
from claims.web.accepting import as_sent
from claims.web.person import person
from claims.web.queue_bar import bar_of


@require_safe
def article(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The article; `?claim=` puts a claim into the panel, else the first one that has no label."""
    check_can_see_desk(request.user)
    return render(request, "articles/reading.html", reading_context(person(request), article_id, request.GET))


def reading_context(viewer: User, article_id: UUID, query: Any, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything the template shows. `typed` is what a refused form held, shown in the panel instead of what is stored.

    Raises Gone where there is no such article.
    """
    found = (
        Article.objects.visible_to(viewer)
        .filter(pk=article_id)
        .select_related("status__revision", "status__story__status", "outlet__status")
        .defer("status__revision__raw")
        .annotate(has_other_texts=Exists(_other_texts()))
        .first()
    )
    if found is None:
        raise Gone("There is no such article here. It may never have been read, or its address is mistyped.")
    text = found.status.revision.text
    claims = claims_of(viewer, found)
    marks = reading_page.marks_of(claim for claim in claims if not claim.status.set_aside)
    former = [(one.start, one.end) for one in claims if one.status.set_aside and one.unit == ClaimUnit.SENTENCE]
    # A withdrawn text has zones and no characters.
    blocks = reading_page.blocks_of(text, found.status.revision.zones_found(), marks, former) if text else []
    in_hand = _in_hand(marks, query.get("claim"))
    progress = progress_in([found], viewer)[found.pk]
    waiting = any(not mark.claim.seen_label for mark in marks)  # type: ignore[attr-defined]  # annotated
    has_headline = bool(blocks) and blocks[0].kind == ZoneKind.HEADLINE
    return {
        "article": found,
        "heading": blocks[0] if has_headline else None,
        "blocks": blocks[1:] if has_headline else blocks,
        "facts": [fact for fact in found.facts() if fact.value or fact.name in {"outlet", "voice", "published"}],
        "fact_names": Article.FACTS,
        "marks": marks,
        "map": reading_page.map_of(len(text), marks),
        "progress": progress,
        "waiting": waiting,
        "has_controls": directions.ONE.search(text) is not None,
        "has_parts": any(mark.claim.unit == ClaimUnit.SPAN for mark in marks),
        "next_article": next_article(viewer, found),
        "script_data": {
            **reading_page.script_data(text, marks),
            "fitting": {label: STRENGTHS_OF[label] for label in Label},
            "user": viewer.pk,
        },
        "moderates": can_moderate(viewer),
        "from_queue": bar_of(viewer, found.pk, marks, query),
        "panel": _panel(text, in_hand, typed) if in_hand else None,
    }


def _other_texts() -> QuerySet[Revision]:
    return Revision.objects.filter(article=OuterRef("pk")).exclude(pk=OuterRef("status__revision"))


def claims_of(viewer: User, found: Article) -> list[Claim]:
    """The claims of the article's text in force, each with its proposal and the viewer's own assessment.

    Those that were set aside are among them: where a sentence stood, its letter keeps its room.
    """
    claims = list(
        Claim.objects.visible_to(viewer)
        .filter(revision=found.status.revision_id)
        .annotate(
            own_label=F("own__label"),
            own_strength=F("own__strength"),
            own_reason=F("own__reason"),
            own_note=F("own__note"),
            own_version=F("own__version"),
        )
        .select_related("status", "proposal")
        .in_reading_order()
    )
    note_changes(claims, viewer)
    for claim in claims:
        claim.article = found  # known already: whether it is locked is asked of each claim
    return claims


def _in_hand(marks: list[reading_page.Mark], asked: str | None) -> reading_page.Mark | None:
    by_key = {str(mark.claim.pk): mark for mark in marks}
    if asked in by_key:
        return by_key[asked]
    unlabelled = (mark for mark in marks if not mark.claim.seen_label)  # type: ignore[attr-defined]  # annotated
    return next(unlabelled, marks[0] if marks else None)


def _panel(text: str, mark: reading_page.Mark, typed: dict[str, Any] | None) -> dict[str, Any]:
    proposal = reading_page.proposal_of(mark.claim)
    stored = reading_page.own_assessment(mark.claim)
    return {
        "mark": mark,
        "proposal": proposal,
        "why": reading_page.told(proposal, text),
        "accept": as_sent(proposal) if proposal else "",
        "own": stored | (typed or {}),
        "closed": reading_page.is_closed(mark.claim),
        "labels": LABELS,
        "strengths": sorted(STRENGTHS.items()),
        "reasons": REASONS,
        "max_note": MAX_NOTE,
        "key": uuid4(),
        "retract_key": uuid4(),
    }
