"""Published verdicts as schema.org's ClaimReview, in JSON-LD; docs/claim-review.md says what each field holds.

Only verdicts become ratings. A label says where a claim comes from, never whether it holds, and is not written here.
Sources: https://schema.org/ClaimReview (types and properties); the fields that fact-check explorers ask for are those
of https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags

from claims.exchange.json_blocks import as_json
from claims.exchange.write_csv import Block
from claims.models import Article, VerdictPublication
from claims.models.verdict_publication import VerdictPublicationQuerySet
from claims.particulars import STANCE_NAMES, VERDICT_NAMES, Stance, VerdictValue
from claims.refusals import Invalid
from claims.transfers import PublicationState
from claims.vocabulary import Basis

CONTEXT: Final = "https://schema.org"
# `next` is no word of schema.org; it is the one that collections of W3C's models use.
FEED_CONTEXT: Final = (CONTEXT, {"next": {"@id": "https://www.w3.org/ns/activitystreams#next", "@type": "@id"}})
# Only these two lie on a scale from false to true; the others would be made a half-truth by any number (ADR 20).
RATINGS: Final = {VerdictValue.SUPPORTED: 5, VerdictValue.REFUTED: 1}
WORST, BEST = 1, 5
UNNAMED_PUBLISHER: Final = "The desk of this workbench"
_CHUNK: Final = 200
Json = dict[str, Any]


def for_feed(publications: VerdictPublicationQuerySet) -> VerdictPublicationQuerySet:
    """Those that are out now, of claims whose words are still those that the verdict was given on."""
    return publications.out().select_related("claim__article__outlet", "claim__article__status")


def claim_review_of(publication: VerdictPublication, *, base_url: str, also_in: Iterable[str] = ()) -> Json:
    """One published verdict; `also_in` are addresses of other texts that readers may know say the same.

    Raises Invalid for a publication that is not out: nothing else is a fact check that readers can open.
    """
    if publication.state != PublicationState.PUBLISHED or publication.decided_at is None:
        raise Invalid("Only a published verdict is written as a ClaimReview.")
    url = base_url.rstrip("/") + reverse("verdict-page", args=[publication.claim_id])
    claim = publication.claim
    review: Json = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": f"{url}#review-{publication.number}",
        "url": url,
        "claimReviewed": claim.exact,
        "datePublished": publication.decided_at.date().isoformat(),
        "author": publisher(base_url),
        "reviewRating": _rating(publication),
        "itemReviewed": _claim(publication, [claim.article.address, *also_in]),
        "reviewBody": unescape(strip_tags(publication.explanation)),
    }
    if citations := [_citation(one) for one in publication.pieces()]:
        review["citation"] = citations
    return review


def publisher(base_url: str) -> Json:
    """Who answers for the verdicts, from PUBLISHER_NAME and PUBLISHER_URL."""
    return {
        "@type": "Organization",
        "name": settings.PUBLISHER_NAME or UNNAMED_PUBLISHER,
        "url": settings.PUBLISHER_URL or base_url.rstrip("/") + "/",
    }


def claim_review_blocks(publications: VerdictPublicationQuerySet, *, base_url: str) -> Iterator[Block]:
    """One file: a DataFeed of every verdict that is out, newest first, a ClaimReview on each line.

    `base_url` is the address of this workbench. Raises Invalid without one: a ClaimReview has to say where it stands.
    Read in chunks, so that memory does not grow with their number.
    """
    if not base_url:
        raise Invalid("ClaimReview names the page of each verdict: say at which address the workbench stands.")
    head = feed_head(base_url)
    yield Block(as_json(head)[:-1] + ',"dataFeedElement":[', 0)
    found = iter(for_feed(publications).newest_first().iterator(chunk_size=_CHUNK))
    before = "\n"
    while chunk := list(islice(found, _CHUNK)):
        lines = [as_json(claim_review_of(one, base_url=base_url)) for one in chunk]
        yield Block(before + ",\n".join(lines), len(lines))
        before = ",\n"
    yield Block("\n]}\n", 0)


def feed_head(base_url: str) -> Json:
    """What a feed says of itself before its elements."""
    return {
        "@context": list(FEED_CONTEXT),
        "@type": "DataFeed",
        "name": f"Verdicts of {settings.PUBLISHER_NAME or UNNAMED_PUBLISHER}",
        "url": base_url.rstrip("/") + reverse("verdict-list"),
        "publisher": publisher(base_url),
    }


def _rating(publication: VerdictPublication) -> Json:
    value = VerdictValue(publication.value)
    rating: Json = {"@type": "Rating", "alternateName": VERDICT_NAMES[value].capitalize()}
    if value in RATINGS:
        rating |= {"ratingValue": RATINGS[value], "bestRating": BEST, "worstRating": WORST}
    return rating


def _claim(publication: VerdictPublication, addresses: list[str]) -> Json:
    """The claim and where it was made. Whom it is attributed to is the desk's to know, so it has no author here."""
    article = publication.claim.article
    claim: Json = {"@type": "Claim"}
    day = stated_day(article)
    if day:
        claim["datePublished"] = day
    works: list[Json] = []
    for number, address in enumerate(address for address in addresses if address):
        work: Json = {"@type": "CreativeWork", "url": address}
        if not number and article.address:
            work |= {"datePublished": day} if day else {}
            work |= {"inLanguage": article.status.language} if article.status.language else {}
        works.append(work)
    if works:
        claim["appearance"] = works
    return claim


def stated_day(article: Article) -> str:
    """The day on which the article was published, where the text or a page says so; "" for a guess or a mere year."""
    if article.bases.get("published", {}).get("basis") not in {Basis.IN_TEXT, Basis.FOUND_ELSEWHERE}:
        return ""
    try:
        return date.fromisoformat(article.published[:10]).isoformat()
    except ValueError:
        return ""


def _citation(kept: dict[str, str]) -> Json:
    """A piece of evidence that the verdict rests on, as it was when it was put forward."""
    work = {"@type": "CreativeWork", "url": kept["url"]}
    work |= {"name": kept["title"]} if kept["title"] else {}
    work |= {"archivedAt": kept["archived_url"]} if kept["archived_url"] else {}
    return work | {"description": f"A piece of evidence that {STANCE_NAMES[Stance(kept['stance'])]}"}
