"""What a story's articles say of the same things, as data; and what readers see of a published story."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pages import asked, page_answer, place_in
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.stories import GROUP, story_for
from claims.api.view import ApiView, person
from claims.coverage.matters import Matter, matters
from claims.coverage.published_claims import PublishedArticle, published_claims
from claims.coverage.roots import Roots, roots_of
from claims.coverage.sayings import Saying, sayings_of
from claims.coverage.story_articles import Telling, articles_of
from claims.coverage.story_links import story_links
from claims.models import Claim
from claims.permissions import check_can_see_desk
from claims.text.context import clip

# Corrections that readers are told with a story, the newest.
MOST_CORRECTIONS: Final = 50
_HEADING: Final = 140
_SAYING: Final = {
    "claim": "0d3b9a52-4b7e-5f0e-9a44-3f6f1b1c2d10",
    "article": "9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01",
    "exact": "The bridge over the Elm was closed on Friday.",
    "state": "agreed",
    "label": "UNSOURCED",
    "strength": 0,
    "reason": "bare",
    "roots": [],
    "hedge": "",
}


class SayingShape(Shape):
    """A claim as the matrix tells it: what is settled of it, else its state."""

    claim = serializers.UUIDField()
    article = serializers.UUIDField()
    exact = serializers.CharField()
    state = serializers.CharField()
    label = serializers.CharField(allow_blank=True, help_text="The settled one.")
    strength = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    roots = serializers.ListField(child=serializers.CharField(), help_text="Whom it is settled to come from.")
    hedge = serializers.CharField(allow_blank=True)


class MatterShape(Shape):
    """A row of the coverage matrix: claims that confirmed agreements and contradictions join."""

    id = serializers.UUIDField()
    title = serializers.CharField(help_text="The words that name it.")
    figure = serializers.CharField(help_text="As in “3 articles, 1 root, 2 not established”.")
    articles = serializers.IntegerField()
    roots = serializers.IntegerField(help_text="Origins that are established; never the number of articles.")
    not_established = serializers.IntegerField()
    contradictions = serializers.IntegerField()
    claims = SayingShape(many=True, help_text="Its cells: what each article says of it.")
    links = serializers.ListField(child=serializers.UUIDField())


class TellingShape(Shape):
    """A column of the matrix: an article of the story."""

    article = serializers.UUIDField()
    outlet = serializers.UUIDField(allow_null=True)
    host = serializers.CharField(allow_blank=True)
    voice = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    genre = serializers.CharField(allow_blank=True)
    published = serializers.CharField(allow_blank=True, help_text="EDTF; empty where nobody states it.")
    basis = serializers.CharField(allow_blank=True)


class ColumnsShape(Shape):
    """The columns of the matrix."""

    articles = TellingShape(many=True)


class QuoteShape(Shape):
    """A settled claim as readers see it."""

    claim = serializers.UUIDField()
    exact = serializers.CharField()
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    strength = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class QuotedShape(Shape):
    """An article with its published claims."""

    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    claims = QuoteShape(many=True)
    not_quoted = serializers.IntegerField(help_text="Settled claims beyond what may be quoted of one text.")


class PostedCorrection(Shape):
    """A correction that was posted."""

    at = serializers.DateTimeField()
    line = serializers.CharField()


class PublishedShape(Shape):
    """What readers see of a story."""

    articles = QuotedShape(many=True)
    corrections = PostedCorrection(many=True)


class Matters(ApiView):
    """The rows of the coverage matrix."""

    @operation(
        "What its articles agree and contradict about: the rows of the matrix", group=GROUP, answers=MatterShape,
        is_page=True, errors=(410,),
        example={
            "id": _SAYING["claim"], "title": "The bridge is closed", "figure": "2 articles, 1 root", "articles": 2,
            "roots": 1, "not_established": 0, "contradictions": 0, "claims": [_SAYING], "links": [],
        },
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """Matters with most contradictions first, on how many roots each rests, and what each article says of it."""
        check_can_see_desk(request.user)
        viewer, wanted = person(request), asked(request)
        found = matters(story_links(story_for(request, story_id), viewer))
        begin = place_in(wanted.after) or 0
        rows = found[begin : begin + wanted.limit]
        known = sayings_of({claim for row in rows for claim in row.claims}, viewer)
        place = str(begin + wanted.limit) if len(found) > begin + wanted.limit else ""
        return page_answer(request, _rows(rows, known, roots_of(rows)), place)


class Columns(ApiView):
    """The columns of the coverage matrix."""

    @operation(
        "Its articles as the matrix names them: the columns", group=GROUP, answers=ColumnsShape, errors=(410,),
        example={
            "articles": [
                {"article": _SAYING["article"], "outlet": None, "host": "example.org", "voice": "", "title": "Bridge",
                 "genre": "", "published": "2024-04-30", "basis": "in the text"}
            ]
        },
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """Articles in the order of their publication, those without a date last."""
        check_can_see_desk(request.user)
        tellings = articles_of(story_for(request, story_id)).values()
        return Response({"articles": [_telling(one) for one in tellings]})


class Published(ApiView):
    """What readers see of a story."""

    is_open = True

    @operation(
        "What readers see of a story", group=GROUP, answers=PublishedShape, errors=(410,),
        example={
            "articles": [
                {"article": _SAYING["article"], "title": "Bridge closed", "outlet": "example.org",
                 "address": "https://example.org/bridge", "not_quoted": 0,
                 "claims": [{"claim": _SAYING["claim"], "exact": _SAYING["exact"], "prefix": "", "suffix": "",
                             "label": "UNSOURCED", "strength": 0, "reason": "bare"}]}
            ],
            "corrections": [],
        },
    )  # fmt: skip
    def get(self, request: Request, story_id: UUID) -> Response:
        """Settled claims as quotes in short context, never a text as a whole; for the desk a preview before."""
        story = story_for(request, story_id)
        articles = [_quoted(one) for one in published_claims(story, request.user)]
        newest = story.corrections.order_by("-created_at")[:MOST_CORRECTIONS]
        corrections = [{"at": one.created_at, "line": one.line} for one in newest]
        return Response({"articles": articles, "corrections": corrections})


def _rows(rows: Sequence[Matter], known: Mapping[UUID, Saying], roots: Mapping[UUID, Roots]) -> list[dict[str, Any]]:
    """Matters with those of their claims that the viewer sees; those of which none is seen are left out."""
    told = []
    for row in rows:
        sayings = [known[key] for key in row.claims if key in known]
        if sayings:
            told.append(_row(row, sayings, roots[row.key]))
    return told


def _row(matter: Matter, sayings: list[Saying], roots: Roots) -> dict[str, Any]:
    head = min(sayings, key=lambda one: (len(one.claim.exact), one.key))
    return {
        "id": matter.key,
        "title": clip(" ".join(head.claim.exact.split()), _HEADING),
        "figure": roots.figure,
        "articles": roots.articles,
        "roots": roots.roots,
        "not_established": roots.not_established,
        "contradictions": matter.contradictions,
        "claims": [_saying(one) for one in sayings],
        "links": [link.pk for link in matter.links],
    }


def _saying(saying: Saying) -> dict[str, Any]:
    told = {name: getattr(saying, name) for name in ("state", "label", "strength", "reason", "hedge")}
    claim = saying.claim
    return told | {"claim": claim.pk, "article": claim.article_id, "exact": claim.exact, "roots": list(saying.roots)}


def _telling(telling: Telling) -> dict[str, Any]:
    told = {name: getattr(telling, name) for name in ("outlet", "host", "voice", "title", "genre", "basis")}
    return told | {"article": telling.key, "published": telling.published.value if telling.published else ""}


def _quoted(published: PublishedArticle) -> dict[str, Any]:
    article = published.article
    return {
        "article": article.pk,
        "title": article.status.title,
        "outlet": article.outlet.host if article.outlet else "",
        "address": article.address,
        "claims": [_quote(claim) for claim in published.claims],
        "not_quoted": published.not_quoted,
    }


def _quote(claim: Claim) -> dict[str, Any]:
    status = claim.status
    settled = {name: getattr(status, f"settled_{name}") for name in ("label", "strength", "reason")}
    return {"claim": claim.pk, "exact": claim.exact, "prefix": claim.prefix, "suffix": claim.suffix} | settled
