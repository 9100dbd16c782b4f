"""What moderators do with articles and outlets: lock, unlock, withdraw, bring in a changed text, describe."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import Revisions
from claims.api.json_body import JsonBody
from claims.api.moderating import SentReason
from claims.api.outlets import OneOutlet
from claims.api.schema import Method, operation
from claims.api.view import versioned
from claims.api.writing import Sent, WritingView, moderates
from claims.coverage.suggest_run import bring_in
from claims.ingest.describe_outlet import MAX_NOTE, describe_outlet
from claims.ingest.revise_article import revise_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import ArticleStatus
from claims.review.lock_article import lock_article, unlock_article
from claims.text.decode import MAX_BYTES
from claims.transfers import Scope
from claims.vocabulary import OUTLET_KIND_NAMES

GROUP: Final = "Articles"
ARTICLE: Final = "2b5c7e10-4f3d-5d6a-8b1e-0c9d8e7f6a5b"
EXAMPLE: Final = {"article": ARTICLE, "locked": True, "withdrawn": False, "version": 1}
REVISION: Final = "b5f5a1d8-52a6-5e9b-9f7e-2b6d1a0c9e44"


class SentText(Sent):
    """A changed text."""

    revision = serializers.UUIDField(help_text="The text in force that it is to take the place of.")
    text = serializers.CharField(max_length=MAX_BYTES, trim_whitespace=False)


class SentOutlet(Sent):
    """What kind of outlet it is."""

    kind = serializers.ChoiceField(choices=list(OUTLET_KIND_NAMES.items()))
    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="")


class ArticleStandingShape(serializers.Serializer[Any]):
    """Where an article stands."""

    article = serializers.UUIDField()
    locked = serializers.BooleanField()
    withdrawn = serializers.BooleanField()
    version = serializers.IntegerField()


class RevisedShape(serializers.Serializer[Any]):
    """The text in force now, and what became of the claims."""

    revision = serializers.UUIDField()
    claims = serializers.IntegerField()
    opened = serializers.IntegerField()
    dropped = serializers.IntegerField()
    moved = serializers.IntegerField()
    reworded = serializers.IntegerField()
    orphaned = serializers.IntegerField()
    returned = serializers.IntegerField()


class KeptOutletShape(serializers.Serializer[Any]):
    """An outlet as it is described."""

    outlet = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=list(OUTLET_KIND_NAMES.items()))
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()


class LongJsonBody(JsonBody):
    """A JSON object that holds a whole text."""

    # Each byte of the text may take six as JSON writes it.
    most = 6 * MAX_BYTES + 10_000


class _StandingView(WritingView):
    """A deed of a moderator's about an article, with a reason and the version of the article."""

    scopes = {"POST": Scope.MODERATE}

    def done(self, deed: Callable[..., ArticleStatus], article_id: UUID, **more: Any) -> Response:
        """Do it, and say where the article stands."""
        reason = self.sent(SentReason)["reason"]
        status = deed(by=self.by, article_id=article_id, reason=reason, expected_version=self.expected, **more)
        locked, withdrawn = status.locked_at is not None, status.withdrawn_at is not None
        return versioned({"article": article_id, "locked": locked, "withdrawn": withdrawn, "version": status.version})


def _described(summary: str, **changed: bool) -> Callable[[Method], Method]:
    return operation(
        summary, group=GROUP, answers=ArticleStandingShape, example=EXAMPLE | changed, takes=SentReason,
        sent={"reason": "Its lawyer wrote."}, changes=True, keyed=True, errors=(410,),
    )  # fmt: skip


class ArticleLocked(_StandingView):
    """An article whose claims take no work."""

    rules = {"POST": moderates("lock articles")}

    @_described("Lock an article")
    def post(self, request: Request, article_id: UUID) -> Response:
        """Nobody labels its claims until it is unlocked; one that is locked stays so."""
        _ = self.key
        return self.done(lock_article, article_id)


class ArticleUnlocked(_StandingView):
    """An article whose claims take work again."""

    rules = {"POST": moderates("unlock articles")}

    @_described("Unlock an article", locked=False)
    def post(self, request: Request, article_id: UUID) -> Response:
        """Its claims take work again; one that is not locked stays so."""
        _ = self.key
        return self.done(unlock_article, article_id)


class ArticleWithdrawn(_StandingView):
    """An article whose text is gone."""

    rules = {"POST": moderates("withdraw articles")}

    @_described("Withdraw an article", locked=False, withdrawn=True)
    def post(self, request: Request, article_id: UUID) -> Response:
        """Its text goes for good; what people decided about it stays, without its words."""
        return self.done(withdraw_article, article_id, key=self.key)


class RevisionsOfArticle(WritingView, Revisions):
    """The texts of an article."""

    scopes = {"GET": Scope.READ, "POST": Scope.MODERATE}
    rules = {"POST": moderates("bring in changed texts")}
    parser_classes = (LongJsonBody,)

    @operation("Bring in a changed text", group=GROUP, answers=RevisedShape, takes=SentText,
               sent={"revision": REVISION, "text": "The bridge over the Elm was shut on Thursday."},
               example={"revision": REVISION, "claims": 4, "opened": 1, "dropped": 0, "moved": 3, "reworded": 1,
                        "orphaned": 1, "returned": 0}, keyed=True, errors=(410,))  # fmt: skip
    def post(self, request: Request, article_id: UUID) -> Response:
        """It is in force from now on, and the claims of the text before move into it."""
        sent = self.sent(SentText)
        outcome = revise_article(
            by=self.by, article_id=article_id, raw=sent["text"].encode(), expected_revision=sent["revision"],
            key=self.key,
        )  # fmt: skip
        bring_in(by=self.by, article=article_id)
        return Response(outcome)


class OutletDescribed(WritingView, OneOutlet):
    """An outlet."""

    scopes = {"GET": Scope.READ, "PUT": Scope.MODERATE}
    rules = {"PUT": moderates("describe outlets")}

    @operation("Describe an outlet", group=GROUP, answers=KeptOutletShape, takes=SentOutlet,
               example={"outlet": ARTICLE, "kind": "republisher", "note": "It says so itself.", "version": 1},
               sent={"kind": "republisher", "note": "It says so itself."}, changes=True, keyed=True,
               errors=(410,))  # fmt: skip
    def put(self, request: Request, outlet_id: UUID) -> Response:
        """Say what kind of outlet it is, and on what basis."""
        status = describe_outlet(
            by=self.by, outlet_id=outlet_id, **self.sent(SentOutlet), expected_version=self.expected, key=self.key
        )
        return versioned({"outlet": outlet_id, "kind": status.kind, "note": status.note, "version": status.version})
