"""The texts that an article had: their list, each with the claims as they stood, what changed from one to the next."""

from typing import Any
from uuid import UUID

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.keyset import page_of
from claims.models import Article, Claim, Revision, User
from claims.permissions import can_moderate, check_can_see_desk
from claims.refusals import Gone
from claims.review.revisions import Stood, compare, one_before, revision_of, stood_in
from claims.vocabulary import LABEL_BY_VALUE, Label
from claims.web.person import person
from claims.web.reading_page import NO_LETTER, Mark, blocks_of
from claims.web.text_changes import changes_of, words_of


@require_safe
def revision_list(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Each text of the article, newest first."""
    check_can_see_desk(request.user)
    found = article_for(person(request), article_id)
    rows = Revision.objects.filter(article=found).defer("raw", "text").annotate(length=Length("text"))
    page = page_of(rows, "received_at", request.GET.get("after", ""))
    oldest = Revision.objects.filter(article=found).order_by("received_at", "pk").values_list("pk", flat=True).first()
    context = {
        "article": found,
        "revisions": page.rows,
        "oldest": oldest,
        "after": page.after,
        "moderates": can_moderate(request.user),
    }
    return render(request, "revisions/list.html", context)


@require_safe
def revision(request: HttpRequest, article_id: UUID, revision_id: UUID) -> HttpResponse:
    """One text of the article with the claims as they stood in it; nothing can be done with them here."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = article_for(viewer, article_id)
    shown = _revision(found, revision_id)
    marks = [_mark(number, one) for number, one in enumerate(stood_in(shown, viewer), start=1)]
    blocks = blocks_of(shown.text, shown.zones_found(), marks) if shown.text else []
    context = {"article": found, "revision": shown, "blocks": blocks, "claims": len(marks), "before": one_before(shown)}
    return render(request, "revisions/revision.html", context)


@require_safe
def changes(request: HttpRequest, article_id: UUID, revision_id: UUID) -> HttpResponse:
    """What changed from the text that came in before to this one, and what came of the claims."""
    check_can_see_desk(request.user)
    viewer = person(request)
    found = article_for(viewer, article_id)
    shown = _revision(found, revision_id)
    before = one_before(shown)
    context: dict[str, Any] = {"article": found, "revision": shown, "before": before}
    if before is not None and before.text and shown.text:
        came = compare(before, shown, viewer)
        context |= {
            "changes": changes_of(before.text, shown.text),
            "came": came,
            "lines": [(one, words_of(one.before, one.after) if one.after else None) for one in came.changed],
        }
    return render(request, "revisions/changes.html", context)


def article_for(viewer: User, article_id: UUID) -> Article:
    """The article with its status. Raises Gone where the viewer cannot see it."""
    found = Article.objects.visible_to(viewer).filter(pk=article_id).select_related("status", "outlet").first()
    if found is None:
        raise Gone("There is no such article here. It may never have been read, or its address is mistyped.")
    return found


def _revision(article: Article, revision_id: UUID) -> Revision:
    found = revision_of(article, revision_id)
    if found is None:
        raise Gone("This article has no such text. Its list of texts shows those that came in.")
    return found


def _mark(number: int, stood: Stood) -> Mark:
    """A claim as it is marked in an earlier text: by what it was settled as then, and by nothing else."""
    claim = Claim(pk=stood.claim.pk, unit=stood.claim.unit, start=stood.start, end=stood.end, exact=stood.words)
    if not stood.settled_label:
        return Mark(claim=claim, number=number, letter=NO_LETTER, draft=True, said="not settled then")
    label = LABEL_BY_VALUE[Label(stood.settled_label)]
    return Mark(claim=claim, number=number, letter=label.letter, draft=False, said=f"{label.name}, settled then")
