"""Claims whose words an article has lost: where each may have gone, and saying so."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.coverage.index_articles import index_claims
from claims.keyset import counted, page_of
from claims.models import Claim, Revision, User
from claims.permissions import can_moderate, check_can_assess, check_can_moderate
from claims.refusals import Gone, Invalid, Refusal
from claims.review.give_up_orphan import give_up_orphan
from claims.review.orphans import Offer, offers_for, orphans_for
from claims.review.place_orphan import MAX_REASON, place_orphan
from claims.text.context import clip
from claims.text.lines import paragraphs_of
from claims.text.surroundings import choices
from claims.web.judging import first_error
from claims.web.person import person
from claims.web.text_changes import Word, words_of

# Each is looked for in its article's text: a page of more would take long.
AT_ONCE = 10
# More paragraphs than this to choose from are cut off; the words of a later one are found by the candidates.
MOST_PARAGRAPHS = 400
MAX_EXACT = 20_000


class PlaceForm(forms.Form):
    """Where an orphan went: two borders in code points of the revision that the page showed."""

    revision = forms.UUIDField()
    start = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    end = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    exact = forms.CharField(required=False, strip=False, max_length=MAX_EXACT)
    reason = forms.CharField(required=False, max_length=MAX_REASON)
    key = forms.UUIDField()


class GoneForm(forms.Form):
    """Why an orphan is not to be found any more."""

    reason = forms.CharField(max_length=MAX_REASON, error_messages={"required": "Say why it is gone."})
    version = forms.IntegerField(min_value=0)
    key = forms.UUIDField()


@dataclass(frozen=True)
class Place:
    """An offered place with the words that differ from the orphan's, and the key of the form that takes it."""

    offer: Offer
    words: list[Word]
    key: UUID


@dataclass(frozen=True)
class Lost:
    """An orphan with the places that it may have gone to."""

    claim: Claim
    places: list[Place]


@require_safe
def orphan_list(request: HttpRequest) -> HttpResponse:
    """The viewer's orphans, newest first, for reviewers to read. `?all=1` shows moderators all."""
    check_can_assess(request.user)
    viewer = person(request)
    everything = can_moderate(viewer) and request.GET.get("all") == "1"
    rows = orphans_for(viewer, everything=everything)
    shown = rows.select_related("status", "article__status", "article__outlet")
    page = page_of(shown, "status__opened_at", request.GET.get("after", ""), key="status__claim", size=AT_ONCE)
    context = {
        "lost": _with_places(page.rows, viewer),
        "count": counted(rows),
        "after": page.after,
        "everything": everything,
        "moderates": can_moderate(viewer),
    }
    return render(request, "orphans/list.html", context)


@require_safe
def orphan(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One orphan; `?near=` opens the paragraph at this place of the text for moderators to choose its words in."""
    check_can_assess(request.user)
    return render(request, "orphans/orphan.html", _shown(person(request), claim_id, _number(request.GET.get("near"))))


@require_POST
def place(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Say where an orphan went."""
    check_can_moderate(request.user, "say where a claim went")
    by, form = person(request), PlaceForm(request.POST)
    try:
        sent = _sent(form)
        outcome = place_orphan(
            by=by,
            claim_id=claim_id,
            revision_id=sent["revision"],
            start=sent["start"],
            end=sent["end"],
            exact=sent["exact"] or None,
            reason=sent["reason"],
            key=sent["key"],
        )
    except Refusal as refusal:
        return _again(request, by, claim_id, refusal, "place")
    index_claims(by=by, claims=[claim_id])
    changed = " It is marked, because its words changed after review." if outcome["reworded"] else ""
    messages.success(request, f"The claim stands in the text again.{changed}")
    article = Claim.objects.values_list("article", flat=True).get(pk=claim_id)
    return redirect(f"{reverse('article', args=[article])}?claim={claim_id}#here")


@require_POST
def gone(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Say that an orphan is not to be found any more."""
    check_can_moderate(request.user, "say that a claim is gone")
    by, form = person(request), GoneForm(request.POST)
    try:
        sent = _sent(form)
        give_up_orphan(
            by=by, claim_id=claim_id, reason=sent["reason"], expected_version=sent["version"], key=sent["key"]
        )
    except Refusal as refusal:
        return _again(request, by, claim_id, refusal, "gone")
    messages.success(request, "The claim has left the list. Its page and the earlier text keep what was said of it.")
    return redirect("orphan-list")


def _sent(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Invalid(first_error(form))
    return form.cleaned_data


def _again(request: HttpRequest, by: User, claim_id: UUID, refusal: Refusal, form: str) -> HttpResponse:
    """The orphan's page with what was typed in the form; the refusal alone where it is no orphan of this person's."""
    start = _number(request.POST.get("start"))
    try:
        context = _shown(by, claim_id, start)
    except Gone:
        raise refusal from None
    typed = {name: request.POST.get(name, "") for name in ("reason", "start", "end")} | {"form": form}
    context |= {"refusal": refusal, "typed": typed}
    return render(request, "orphans/orphan.html", context, status=refusal.status)


def _shown(viewer: User, claim_id: UUID, near: int | None) -> dict[str, Any]:
    rows = orphans_for(viewer, everything=True).filter(pk=claim_id)
    found = rows.select_related("status", "article__status", "article__outlet").first()
    if found is None:
        raise Gone("There is no such orphan for you to see: it has its place again, or you did not work on it.")
    (lost,) = _with_places([found], viewer)
    text = Revision.objects.values_list("text", flat=True).get(pk=found.article.status.revision_id)
    paragraphs = list(paragraphs_of(text))
    if near is None:
        near = lost.places[0].offer.start if lost.places else found.start
    here = next((one for one in paragraphs if near < one[1]), paragraphs[-1] if paragraphs else (0, 0))
    first, last = choices(text, *here)
    return {
        "one": lost,
        "claim": found,
        "paragraphs": [(start, clip(" ".join(text[start:end].split()), 80)) for start, end in paragraphs][
            :MOST_PARAGRAPHS
        ],
        "here": here,
        "words": text[slice(*here)],
        "first_words": first,
        "last_words": last,
        "moderates": can_moderate(viewer),
        "key": uuid4(),
        "gone_key": uuid4(),
        "max_reason": MAX_REASON,
    }


def _with_places(claims: Iterable[Claim], viewer: User) -> list[Lost]:
    listed = list(claims)
    offers = offers_for(listed, viewer)
    return [
        Lost(
            claim,
            [Place(offer, words_of(claim.exact, offer.words), uuid4()) for offer in offers[claim.pk]],
        )
        for claim in listed
    ]


def _number(sent: str | None) -> int | None:
    """A place in a text; None for what is none."""
    return int(sent) if sent and sent.isascii() and sent.isdigit() and len(sent) < 10 else None
