"""Long work as data: imports, how far each is, and what became of each document."""

from typing import Any, Final
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.articles import ZoneShape
from claims.api.pages import asked, page_answer, paged, place_in
from claims.api.schema import operation, query
from claims.api.shape import Shape
from claims.api.view import ApiView, person, versioned
from claims.ingest.preview_item import Preview, preview_item
from claims.models import ImportItem, Job, User
from claims.permissions import check_can_import
from claims.refusals import Gone, Invalid
from claims.transfers import ItemState, JobState

GROUP: Final = "Imports"
EXAMPLE: Final = {
    "id": "4c5d6e7f-8091-4a2b-8c3d-4e5f60718293",
    "kind": "import",
    "by": "ana",
    "state": "draft",
    "done": 0,
    "total": 2,
    "counts": {},
    "error": "",
    "created_at": "2024-04-30T09:00:00Z",
    "started_at": None,
    "ended_at": None,
    "version": 0,
}
ITEM: Final = {
    "id": "a1b2c3d4-e5f6-4708-91a2-b3c4d5e6f708",
    "position": 0,
    "name": "monday.txt",
    "state": "ready",
    "said": "",
    "media_type": "text/plain",
    "size": 190,
    "facts": {},
    "article": None,
    "claims_count": 0,
    "version": 0,
}
_JOB: Final = ("kind", "state", "done", "total", "counts", "error", "version")
_WHEN: Final = ("created_at", "started_at", "ended_at")
_ITEM: Final = ("position", "name", "state", "said", "media_type", "size", "facts", "claims_count", "version")


class JobShape(Shape):
    """One piece of long work."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    by = serializers.CharField()
    state = serializers.CharField(help_text=f"One of {', '.join(JobState)}.")
    done = serializers.IntegerField()
    total = serializers.IntegerField(help_text="0 while that is not known.")
    counts = serializers.DictField(help_text="What came of the steps, by word.")
    error = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class ItemShape(Shape):
    """One document of an import."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.CharField(help_text=f"One of {', '.join(ItemState)}.")
    said = serializers.CharField(allow_blank=True, help_text="Why it was refused, or what is to be known of it.")
    media_type = serializers.CharField(allow_blank=True)
    size = serializers.IntegerField(help_text="Bytes.")
    facts = serializers.DictField(help_text="What it says of the article, each with its basis.")
    article = serializers.UUIDField(allow_null=True)
    claims_count = serializers.IntegerField()
    version = serializers.IntegerField()


class AlikeShape(Shape):
    """An article with nearly the same text."""

    article = serializers.UUIDField()
    share = serializers.FloatField(help_text="How much of both is the same, 0 to 1.")


class PreviewShape(Shape):
    """What a document would be."""

    text = serializers.CharField(allow_blank=True)
    zones = ZoneShape(many=True)
    sentences = serializers.IntegerField(help_text="Of headline and body.")
    language = serializers.CharField(allow_blank=True, help_text="Empty where it cannot be told.")
    would_be = serializers.ChoiceField(choices=[(state.value, state.value) for state in ItemState])
    said = serializers.ListField(child=serializers.CharField(), help_text="What is to be known of it, in sentences.")
    article = serializers.UUIDField(allow_null=True, help_text="The article that it is, or another text of.")
    revision = serializers.UUIDField(allow_null=True)
    alike = AlikeShape(many=True)
    bidi = serializers.ListField(
        child=serializers.IntegerField(), help_text="Where signs stand that turn the direction of writing."
    )


class WholeItem(ItemShape):
    """A document with its text."""

    preview = PreviewShape(allow_null=True, help_text="null where no text was read.")


class Jobs(ApiView):
    """The list of jobs."""

    @operation("Imports, newest first", group=GROUP, answers=JobShape, example=EXAMPLE, is_page=True)
    def get(self, request: Request) -> Response:
        """Your own; everybody's for moderators."""
        check_can_import(request.user)
        rows = Job.objects.visible_to(person(request)).select_related("by")
        return paged(request, rows, "created_at", lambda found: [job_told(one) for one in found])


class OneJob(ApiView):
    """One job."""

    @operation("One import: how far it is", group=GROUP, answers=JobShape, example=EXAMPLE, errors=(410,))
    def get(self, request: Request, job_id: UUID) -> Response:
        """Its state and counts; its documents stand below it."""
        check_can_import(request.user)
        return versioned(job_told(job_for(person(request), job_id)))


class ItemsOfJob(ApiView):
    """The documents of an import."""

    @operation(
        "The documents of an import, in their order", group=GROUP, answers=ItemShape, example=ITEM, is_page=True,
        errors=(410,), asks=[query("state", "Those in this state.", {"type": "string", "enum": list(ItemState)})],
    )  # fmt: skip
    def get(self, request: Request, job_id: UUID) -> Response:
        """What was read of each, and what became of it."""
        check_can_import(request.user)
        wanted, job = asked(request), job_for(person(request), job_id)
        last = place_in(wanted.after)
        rows = ImportItem.objects.filter(job=job, position__gt=-1 if last is None else last).defer("raw", "text")
        if state := request.query_params.get("state", ""):
            if state not in set(ItemState):
                raise Invalid(f"state: choose one of {', '.join(ItemState)}.")
            rows = rows.filter(state=state)
        found = list(rows.order_by("position")[: wanted.limit + 1])
        shown = found[: wanted.limit]
        place = str(shown[-1].position) if len(found) > len(shown) else ""
        return page_answer(request, [item_told(one) for one in shown], place)


class OneItem(ApiView):
    """One document of an import."""

    @operation(
        "One document of an import, and what it would be", group=GROUP, answers=WholeItem, errors=(410,),
        example=ITEM | {
            "preview": {"text": "The bridge is shut.", "zones": [{"kind": "body", "start": 0, "end": 19}],
                        "sentences": 1, "language": "en", "would_be": "stored", "said": [], "article": None,
                        "revision": None, "alike": [], "bidi": []}
        },
    )  # fmt: skip
    def get(self, request: Request, job_id: UUID, item_id: UUID) -> Response:
        """Its text by zones, and whether it is here already, another text of an article, or nearly a copy of one."""
        check_can_import(request.user)
        job = job_for(person(request), job_id)
        item = ImportItem.objects.filter(job=job, pk=item_id).first()
        if item is None:
            raise Gone("There is no such document in this import.")
        preview = preview_item(item, job.by) if item.text else None
        return versioned(item_told(item) | {"preview": _previewed(preview) if preview else None})


def job_for(viewer: User, job_id: UUID) -> Job:
    """The job. Raises Gone where the viewer cannot see it."""
    found = Job.objects.visible_to(viewer).select_related("by").filter(pk=job_id).first()
    if found is None:
        raise Gone("There is no such import of yours. Look for it in the list of imports.")
    return found


def job_told(job: Job) -> dict[str, Any]:
    """A job in the form of JobShape."""
    return {name: getattr(job, name) for name in (*_JOB, *_WHEN)} | {"id": job.pk, "by": job.by.username}


def item_told(item: ImportItem) -> dict[str, Any]:
    """A document of an import in the form of ItemShape."""
    return {name: getattr(item, name) for name in _ITEM} | {"id": item.pk, "article": item.article_id}


def _previewed(preview: Preview) -> dict[str, Any]:
    told = {name: getattr(preview, name) for name in ("text", "sentences", "would_be", "said", "bidi")}
    return told | {
        "zones": [{"kind": zone.kind, "start": zone.start, "end": zone.end} for zone in preview.zones],
        "language": preview.language.code,
        "article": preview.article.pk if preview.article else None,
        "revision": preview.revision.pk if preview.revision else None,
        "alike": [{"article": one.article.pk, "share": one.share} for one in preview.alike],
    }
