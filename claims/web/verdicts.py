"""What readers see of verdicts: a list, a page for each, a feed for programs. Everybody sees the same."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from claims.coverage.also_told import also_told
from claims.exchange.claim_review import claim_review_of, feed_head, for_feed
from claims.exchange.json_blocks import as_json
from claims.keyset import page_of
from claims.models import Article, Claim, Story, VerdictPublication
from claims.models.article import Fact
from claims.particulars import STANCE_NAMES, Stance, VerdictValue
from claims.permissions import check_can_moderate
from claims.refusals import Gone
from claims.review.publications import waiting
from claims.text.addresses import host_words
from claims.transfers import PublicationState
from claims.vocabulary import Aside

IN_FEED: Final = 50
# What each verdict means, for people who do not know the scheme.
MEANINGS: Final = {
    VerdictValue.SUPPORTED: "The evidence that we found supports what the claim says.",
    VerdictValue.REFUTED: "The evidence that we found shows that what the claim says is not so.",
    VerdictValue.CONFLICTING: "There is good evidence for it and good evidence against it.",
    VerdictValue.NOT_ENOUGH: "We found too little evidence to say whether it holds.",
    VerdictValue.OUTDATED: "It held when it was written and does not any more.",
}


@dataclass(frozen=True)
class Appearance:
    """One text in which the claim was made, or the same: where, and when as far as that is known."""

    article: Article
    published: Fact


@require_safe
def verdict_list(request: HttpRequest) -> HttpResponse:
    """The verdicts that are out, newest first."""
    out = for_feed(VerdictPublication.objects.visible_to(AnonymousUser()))
    page = page_of(out, "decided_at", request.GET.get("after", ""), request.GET.get("before", ""))
    return render(request, "verdicts/list.html", {"page": page})


@require_safe
def verdict_page(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim with what was published of its verdict, what is out now and what was before."""
    history = _history(claim_id)
    if not history:
        raise Gone("There is no published verdict here, or what it was about is not public any more.")
    claim, newest = history[0].claim, history[0]
    changed = claim.status.text_changed_at is not None
    is_out = newest.state == PublicationState.PUBLISHED
    also = [] if changed else also_told(claim)
    context = {
        "claim": claim,
        "words_changed": changed,
        "words_gone": claim.status.set_aside == Aside.ORPHANED,
        "newest": newest,
        "is_out": is_out,
        "meaning": MEANINGS[VerdictValue(newest.value)],
        "evidence": [_evidence(one) for one in newest.pieces()],
        "appearances": [_appearance(claim), *map(_appearance, also)],
        "history": history,
        "story": _published_story(claim),
        "contact": settings.CORRECTIONS_CONTACT,
        "review": _review(request, newest, also) if is_out and not changed else None,
    }
    return render(request, "verdicts/page.html", context)


@require_safe
def verdict_feed(request: HttpRequest) -> HttpResponseBase:
    """The verdicts that are out as ClaimReview, page by page; `next` is the address of the page after."""
    out = for_feed(VerdictPublication.objects.visible_to(AnonymousUser()))
    page = page_of(out, "decided_at", request.GET.get("after", ""), size=IN_FEED)
    base_url = request.build_absolute_uri("/")
    feed = feed_head(base_url) | {"dataFeedElement": [claim_review_of(one, base_url=base_url) for one in page.rows]}
    if page.after:
        feed["next"] = f"{request.build_absolute_uri(reverse('verdict-feed'))}?after={page.after.replace('+', '%2B')}"
    if page.rows and page.rows[0].decided_at:
        feed["dateModified"] = page.rows[0].decided_at.isoformat()
    body = as_json(feed)
    response = HttpResponse(body, content_type="application/ld+json; charset=utf-8")
    if page.after:
        response["Link"] = f'<{feed["next"]}>; rel="next"'
    etag = quote_etag(salted_hmac("claims.verdict_feed", body).hexdigest())
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def verdict_waiting(request: HttpRequest) -> HttpResponse:
    """What was put forward and waits for a second moderator."""
    check_can_moderate(request.user, "look at verdicts that were put forward")
    page = page_of(waiting(), "proposed_at", request.GET.get("after", ""), request.GET.get("before", ""))
    return render(request, "verdicts/waiting.html", {"page": page})


def _history(claim_id: UUID) -> list[VerdictPublication]:
    """What was published of the claim's verdict, newest first, as readers may see it."""
    told = VerdictPublication.objects.visible_to(AnonymousUser()).filter(claim=claim_id).order_by("-number")
    return list(told.select_related("claim__status", "claim__article__outlet", "claim__article__status__story__status"))


def _published_story(claim: Claim) -> Story | None:
    story = claim.article.status.story
    return story if story and story.status.published_at else None


def _review(request: HttpRequest, publication: VerdictPublication, also: list[Claim]) -> dict[str, Any]:
    addresses = [one.article.address for one in also]
    return claim_review_of(publication, base_url=request.build_absolute_uri("/"), also_in=addresses)


def _appearance(claim: Claim) -> Appearance:
    published = next(fact for fact in claim.article.facts() if fact.name == "published")
    return Appearance(claim.article, published)


def _evidence(kept: dict[str, str]) -> dict[str, str]:
    """A piece of evidence as it was when the verdict was put forward; notes of the desk stay with the desk."""
    said = {name: kept[name] for name in ("url", "title", "quote", "date", "archived_url")}
    return said | {"host": host_words(kept["url"]), "stance": STANCE_NAMES[Stance(kept["stance"])]}
