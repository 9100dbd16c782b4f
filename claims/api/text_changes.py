"""What changed from one text of an article to the next, as data."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import GROUP, TEXT, article_for, text_for
from claims.api.schema import operation
from claims.api.shape import Shape
from claims.api.view import ApiView, person
from claims.models import Revision, User
from claims.permissions import check_can_see_desk
from claims.review.revisions import compare, one_before
from claims.text.diff import Kind, Piece, diff

_KINDS: Final = [(kind.value, kind.value) for kind in Kind]
_COUNTS: Final = ("unchanged", "opened", "reworded", "lost", "aside")


def _span() -> serializers.ListField:
    return serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="[start, end] in code points; null: not there."
    )


class RunShape(Shape):
    """Words of a changed paragraph."""

    kind = serializers.ChoiceField(choices=_KINDS)
    old = _span()
    new = _span()


class PieceShape(RunShape):
    """One paragraph, or a stretch of unchanged ones."""

    runs = RunShape(many=True, help_text="The words of a changed one.")


class RewordedShape(Shape):
    """A claim with other words."""

    claim = serializers.UUIDField()
    before = serializers.CharField()
    after = serializers.CharField(allow_blank=True, help_text="Empty where they are not found any more.")


class CameShape(Shape):
    """What came of the claims."""

    unchanged = serializers.IntegerField()
    opened = serializers.IntegerField(help_text="New ones.")
    reworded = serializers.IntegerField()
    lost = serializers.IntegerField()
    aside = serializers.IntegerField(help_text="Taken out of work in the later text.")
    changed = RewordedShape(many=True)


class ChangesShape(Shape):
    """From one text to the next."""

    revision = serializers.UUIDField()
    before = serializers.UUIDField(allow_null=True, help_text="The text that came in before; null for the first.")
    pieces = PieceShape(many=True, help_text="Both texts in one reading order; empty where one was withdrawn.")
    claims = CameShape(allow_null=True, help_text="null where there is nothing to compare.")


class ChangesOfText(ApiView):
    """What changed in a text."""

    @operation(
        "What changed from the text before to this one", group=GROUP, answers=ChangesShape, errors=(410,),
        example={
            "revision": TEXT["id"], "before": "2c3d4e5f-6071-5b8c-9d0e-1f2a3b4c5d6e",
            "pieces": [{"kind": "changed", "old": [0, 45], "new": [0, 47],
                        "runs": [{"kind": "removed", "old": [36, 45], "new": [36, 36]}]}],
            "claims": dict.fromkeys(_COUNTS, 0) | {"changed": []},
        },
    )  # fmt: skip
    def get(self, request: Request, article_id: UUID, revision_id: UUID) -> Response:
        """Paragraph by paragraph, the words in changed ones, and what came of the claims that you may see."""
        check_can_see_desk(request.user)
        viewer = person(request)
        shown = text_for(article_for(viewer, article_id), revision_id)
        before = one_before(shown)
        told: dict[str, Any] = {"revision": shown.pk, "before": before.pk if before else None}
        if before is None or not before.text or not shown.text:
            return Response(told | {"pieces": [], "claims": None})
        pieces = [_piece(one) for one in diff(before.text, shown.text)]
        return Response(told | {"pieces": pieces, "claims": _came(before, shown, viewer)})


def _piece(piece: Piece) -> dict[str, Any]:
    runs = [{"kind": run.kind.value, "old": list(run.old), "new": list(run.new)} for run in piece.runs]
    spans = {name: list(span) if span else None for name, span in (("old", piece.old), ("new", piece.new))}
    return {"kind": piece.kind.value, **spans, "runs": runs}


def _came(before: Revision, after: Revision, viewer: User) -> dict[str, Any]:
    came = compare(before, after, viewer)
    changed = [{"claim": one.claim.pk, "before": one.before, "after": one.after} for one in came.changed]
    return {name: getattr(came, name) for name in _COUNTS} | {"changed": changed}
