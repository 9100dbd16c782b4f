"""Articles as data: their list, one with its text and zones, its claims, its texts."""

from typing import Any, Final
from uuid import UUID

from django.db.models.functions import Length
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.claim_shapes import EXAMPLE as CLAIM
from claims.api.claim_shapes import ClaimShape, claims_told, with_labels
from claims.api.pages import asked, page_answer, paged, place_in
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person, versioned
from claims.article_words import with_words
from claims.models import Article, Claim, Revision, User
from claims.models.article import ArticleQuerySet
from claims.permissions import check_can_see_desk
from claims.refusals import Gone, Invalid
from claims.review.progress import Progress, progress_in
from claims.review.revisions import revision_of, stood_in

GROUP: Final = "Articles"
EXAMPLE: Final = {
    "id": "9a1f7a34-0c52-5d7a-8a0f-2d5b5f1d6c01",
    "title": "Bridge closed",
    "address": "https://example.org/bridge",
    "outlet": {"id": "2f1e0d3c-4b5a-5968-8776-655443322110", "host": "example.org"},
    "story": None,
    "revision": "1b2c3d4e-5f60-5a7b-8c9d-0e1f2a3b4c5d",
    "language": "en",
    "is_read": True,
    "received_at": "2024-04-30T09:00:00Z",
    "withdrawn_at": None,
    "locked_at": None,
    "claims": 4,
    "settled": 0,
    "done_by_you": 0,
    "version": 0,
}
_KEY: Final = {"type": "string", "format": "uuid"}
ARTICLE_FILTERS: Final = (
    query("outlet", "Those of one outlet, by its id.", _KEY),
    query("story", "Those in one story, by its id.", _KEY),
    query("q", "Those of which a headline or one sentence holds these words, “phrases” or beginnings*; once read."),
)
TEXT: Final = {
    "id": "1b2c3d4e-5f60-5a7b-8c9d-0e1f2a3b4c5d",
    "sha256": "3b1f0c6e6d0d0a3f7c1f5a8b9c2d4e6f8091a2b3c4d5e6f708192a3b4c5d6e7f",
    "encoding": "utf-8",
    "received_at": "2024-04-30T09:00:00Z",
    "length": 190,
    "in_force": True,
}


class OutletOfArticle(Shape):
    """Where it was found."""

    id = serializers.UUIDField()
    host = serializers.CharField()


class ArticleShape(Shape):
    """An article."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    address = serializers.CharField(allow_blank=True)
    outlet = OutletOfArticle(allow_null=True)
    story = serializers.UUIDField(allow_null=True)
    revision = serializers.UUIDField(help_text="The text in force.")
    language = serializers.CharField(allow_blank=True)
    is_read = serializers.BooleanField(
        help_text="Whether its text was read for claims. One that was stored just now has neither zones nor claims yet."
    )
    received_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    locked_at = serializers.DateTimeField(allow_null=True)
    claims = serializers.IntegerField()
    settled = serializers.IntegerField()
    done_by_you = serializers.IntegerField()
    version = serializers.IntegerField()


class FactShape(Shape):
    """One thing known of an article, and what that rests on. An empty value is not stated, and no guess."""

    name = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    basis = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    link = serializers.CharField(allow_blank=True)


class ZoneShape(Shape):
    """A stretch of the text of one kind, in code points; zones tile the text."""

    kind = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class WholeArticle(ArticleShape):
    """An article with its text."""

    facts = FactShape(many=True)
    text = serializers.CharField(allow_blank=True, help_text="The text in force; empty where it was withdrawn.")
    zones = ZoneShape(many=True)


class RevisionShape(Shape):
    """One text of an article."""

    id = serializers.UUIDField()
    sha256 = serializers.CharField(help_text="Of the bytes as they came.")
    encoding = serializers.CharField(allow_blank=True)
    received_at = serializers.DateTimeField()
    length = serializers.IntegerField(help_text="In code points.")
    in_force = serializers.BooleanField()


class StoodShape(Shape):
    """A claim as it stood in a text."""

    claim = serializers.UUIDField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    settled_label = serializers.CharField(allow_blank=True, help_text="What it was settled as then.")


class WholeRevision(RevisionShape):
    """One text of an article with its claims as they stood."""

    text = serializers.CharField(allow_blank=True)
    zones = ZoneShape(many=True)
    claims = StoodShape(many=True)


class Articles(ApiView):
    """The list of articles."""

    @operation(
        "Articles, newest first", group=GROUP, answers=ArticleShape, example=EXAMPLE, is_page=True,
        asks=ARTICLE_FILTERS,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Every article of the desk."""
        check_can_see_desk(request.user)
        viewer = person(request)
        rows = asked_articles(request).select_related("status", "outlet").defer("credits", "quality")
        return paged(request, rows, "received_at", lambda found: articles_told(found, viewer))


class OneArticle(ApiView):
    """One article."""

    @operation(
        "One article with its text", group=GROUP, answers=WholeArticle, errors=(410,),
        example=EXAMPLE | {"facts": [], "text": "The bridge over the Elm was closed on Friday.", "zones": []},
    )  # fmt: skip
    def get(self, request: Request, article_id: UUID) -> Response:
        """What is known of it, each with its basis, its text in force, and the zones of that."""
        check_can_see_desk(request.user)
        viewer = person(request)
        found = article_for(viewer, article_id)
        text = Revision.objects.defer("raw").prefetch_related("zones").get(pk=found.status.revision_id)
        return versioned(articles_told([found], viewer)[0] | _text(found, text))


class ClaimsOfArticle(ApiView):
    """The claims of an article."""

    @operation(
        "The claims of an article in reading order", group=GROUP, answers=ClaimShape, example=CLAIM, is_page=True,
        errors=(410,),
    )  # fmt: skip
    def get(self, request: Request, article_id: UUID) -> Response:
        """Those of its text in force, in work or set aside."""
        check_can_see_desk(request.user)
        viewer = person(request)
        found, wanted = article_for(viewer, article_id), asked(request)
        rows = with_labels(Claim.objects.visible_to(viewer).filter(revision=found.status.revision_id))
        begin = place_in(wanted.after) or 0
        page = list(rows.in_reading_order()[begin : begin + wanted.limit + 1])
        further = f"{begin + wanted.limit}" if len(page) > wanted.limit else ""
        return page_answer(request, claims_told(page[: wanted.limit]), further)


class Revisions(ApiView):
    """The texts of an article."""

    @operation(
        "The texts of an article, newest first", group=GROUP, answers=RevisionShape, example=TEXT, is_page=True,
        errors=(410,),
    )  # fmt: skip
    def get(self, request: Request, article_id: UUID) -> Response:
        """Each state of its text that came in."""
        check_can_see_desk(request.user)
        found = article_for(person(request), article_id)
        rows = Revision.objects.filter(article=found).defer("raw", "text").annotate(length=Length("text"))
        return paged(request, rows, "received_at", lambda page: [_revision(found, one) for one in page])


class OneRevision(ApiView):
    """One text of an article."""

    @operation(
        "One text of an article with its claims", group=GROUP, answers=WholeRevision, errors=(410,),
        example=TEXT | {"text": "The bridge over the Elm was closed on Friday.", "zones": [], "claims": []},
    )  # fmt: skip
    def get(self, request: Request, article_id: UUID, revision_id: UUID) -> Response:
        """The text, its zones, and the claims as they stood in it."""
        check_can_see_desk(request.user)
        viewer = person(request)
        found = article_for(viewer, article_id)
        text: Any = text_for(found, revision_id)
        text.length = len(text.text)
        names = ("start", "end", "settled_label")
        claims = [
            {name: getattr(one, name) for name in names} | {"claim": one.claim.pk, "exact": one.words}
            for one in stood_in(text, viewer)
        ]
        return Response(_revision(found, text) | {"text": text.text, "zones": _zones(text), "claims": claims})


def asked_articles(request: Request) -> ArticleQuerySet:
    """The articles that the address asks for. Raises Invalid for what is no key, and for a search that is too long."""
    rows = Article.objects.visible_to(person(request))
    for name, place in (("outlet", "outlet"), ("story", "status__story")):
        if sent := request.query_params.get(name):
            rows = rows.filter(**{place: key_in(name, sent)})
    return with_words(rows, request.query_params.get("q", "")).articles


def article_for(viewer: User, article_id: UUID) -> Article:
    """The article with its status. Raises Gone where the viewer cannot see it."""
    found = Article.objects.visible_to(viewer).filter(pk=article_id).select_related("status", "outlet").first()
    if found is None:
        raise Gone("There is no such article here. It may never have been read, or its address is mistyped.")
    return found


def text_for(article: Article, revision_id: UUID) -> Revision:
    """This text of the article. Raises Gone where it has no such text."""
    found = revision_of(article, revision_id)
    if found is None:
        raise Gone("This article has no such text. Its list of texts shows those that came in.")
    return found


def articles_told(articles: list[Article], viewer: User) -> list[dict[str, Any]]:
    """Articles in the form of ArticleShape. One query."""
    progress = progress_in(articles, viewer)
    return [_article(article, progress[article.pk]) for article in articles]


def key_in(name: str, sent: str) -> UUID:
    """A key that the address names. Raises Invalid for what is none."""
    try:
        return UUID(sent)
    except ValueError as wrong:
        raise Invalid(f"{name}: this is not the id of anything here.") from wrong


def _article(article: Article, progress: Progress) -> dict[str, Any]:
    status = article.status
    return {
        "id": article.pk,
        "title": status.title,
        "address": article.address,
        "outlet": {"id": article.outlet.pk, "host": article.outlet.host} if article.outlet else None,
        "story": status.story_id,
        "revision": status.revision_id,
        "language": status.language,
        "is_read": status.is_read,
        "received_at": article.received_at,
        "withdrawn_at": status.withdrawn_at,
        "locked_at": status.locked_at,
        "claims": progress.claims,
        "settled": progress.settled,
        "done_by_you": progress.by_you,
        "version": status.version,
    }


def _text(article: Article, revision: Revision) -> dict[str, Any]:
    facts = [
        {"name": fact.name, "value": fact.value, "basis": fact.basis, "note": fact.note, "link": fact.link}
        for fact in article.facts()
    ]
    return {"facts": facts, "text": revision.text, "zones": _zones(revision)}


def _zones(revision: Revision) -> list[dict[str, Any]]:
    return [{"kind": zone.kind, "start": zone.start, "end": zone.end} for zone in revision.zones_found()]


def _revision(article: Article, revision: Any) -> dict[str, Any]:
    told = {name: getattr(revision, name) for name in ("sha256", "encoding", "received_at", "length")}
    return {"id": revision.pk, **told, "in_force": revision.pk == article.status.revision_id}
