"""Articles brought in by programs: documents offered, corrected, begun, done, stopped."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from typing import IO, Any, Final
from uuid import UUID

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http.multipartparser import MultiPartParserError
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.jobs import EXAMPLE, ITEM, ItemShape, Jobs, JobShape, OneItem, item_told, job_for, job_told
from claims.api.json_body import JsonBody, TooLarge
from claims.api.schema import operation
from claims.api.view import versioned
from claims.api.writing import Sent, WritingView
from claims.ingest.begin_import import begin_import
from claims.ingest.correct_item import correct_item
from claims.ingest.fetch_page import is_fetching_on
from claims.ingest.offer_documents import offer_documents
from claims.ingest.offered_items import KIND
from claims.ingest.read_address import read_address
from claims.ingest.readers.by_format import read_file
from claims.ingest.readers.document import FACTS, Document, Fact, Unread
from claims.ingest.readers.in_time import read_in_time
from claims.ingest.readers.limits import MAX_DOCUMENT, MAX_UPLOAD
from claims.ingest.readers.zip_archive import Room
from claims.jobs import new_owner, run
from claims.long_work.cancel_job import cancel_job
from claims.models import ImportItem, Job
from claims.permissions import check_can_import
from claims.refusals import Conflict, Gone, Invalid
from claims.text.addresses import MAX_ADDRESS, fault_of
from claims.transfers import JobState, Scope
from claims.vocabulary import BASIS_NAMES, Basis

GROUP: Final = "Imports"
MOST_TEXTS: Final = 50
MOST_ADDRESSES: Final = 20
MAX_NAME: Final = 200
# How long one step of a job lasts, in seconds.
A_STEP: Final = 2.0
NOT_ON: Final = "Pages are not read by their address here: an operator can turn that on (FETCH_PAGES). Send the text."
TOO_MANY: Final = "These are too many files for one time. Send them in parts, or put them into one ZIP."


def on_the_web(link: str) -> None:
    """Raise ValidationError unless it is an http(s) address, or none: pages show it as a link."""
    if link and (fault := fault_of(link)):
        raise serializers.ValidationError(f"The link {fault}.")


class SentFact(Sent):
    """One thing that is known of a text, and what that rests on."""

    value = serializers.CharField(max_length=MAX_ADDRESS, allow_blank=True, help_text="Empty takes it back.")
    basis = serializers.ChoiceField(choices=list(BASIS_NAMES.items()), default=Basis.FOUND_ELSEWHERE.value)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
    link = serializers.CharField(max_length=MAX_ADDRESS, allow_blank=True, default="", validators=[on_the_web])


def _facts() -> serializers.DictField:
    return serializers.DictField(child=SentFact(), default=dict, help_text=f"Any of {', '.join(FACTS)}.")


class SentDocument(Sent):
    """One text, as a file of this name would hold it."""

    name = serializers.CharField(max_length=MAX_NAME, default="text.txt", help_text="Its ending says what it is.")
    text = serializers.CharField(max_length=MAX_DOCUMENT, trim_whitespace=False)
    facts = _facts()


class SentDocuments(Sent):
    """Texts, and addresses of pages that the workbench reads itself."""

    documents = serializers.ListField(child=SentDocument(), max_length=MOST_TEXTS, default=list)
    urls = serializers.ListField(
        child=serializers.CharField(max_length=MAX_ADDRESS), max_length=MOST_ADDRESSES, default=list
    )


class SentFiles(Sent):
    """Files of any of the formats."""

    files = serializers.ListField(
        child=serializers.FileField(max_length=MAX_NAME, allow_empty_file=True), min_length=1, max_length=100
    )


class SentCorrections(Sent):
    """What is put right of one document; facts that are not named stay."""

    facts = _facts()
    left_out = serializers.BooleanField(default=False)


class CappedJson(JsonBody):
    """A JSON object that holds whole texts."""

    most = 6 * MAX_DOCUMENT


class CappedFiles(MultiPartParser):
    """A form with files, of no more bytes than an upload may have."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> "DataAndFiles[Any, Any]":
        """The fields and files. Raises TooLarge before anything is read, and ParseError for what is no such form."""
        length = str((parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal() or int(length) > MAX_UPLOAD:
            raise TooLarge(MAX_UPLOAD)
        try:
            return super().parse(stream, media_type, parser_context)
        except TooManyFilesSent as many:
            raise ParseError(TOO_MANY) from many
        except (MultiPartParserError, ValueError) as wrong:
            raise ParseError("The body is no form with files. Send it as multipart/form-data.") from wrong


class ImportsOffered(WritingView, Jobs):
    """The list of imports, and offering documents for one."""

    scopes = {"GET": Scope.READ, "POST": Scope.IMPORT}
    rules = {"POST": check_can_import}
    parser_classes = (CappedJson, CappedFiles)

    @operation("Offer documents for an import", group=GROUP, answers=JobShape, example=EXAMPLE, status=201,
               takes={"application/json": SentDocuments, "multipart/form-data": SentFiles},
               sent={"documents": [{"name": "monday.txt", "text": "The bridge over the Elm was closed on Friday."}],
                     "urls": []}, keyed=True)  # fmt: skip
    def post(self, request: Request) -> Response:
        """Nothing is stored yet: look at its documents, correct them, then begin. Files come as a form, in `files`."""
        is_form = str(request.content_type).startswith("multipart/")
        found = _from_files(self.sent(SentFiles)) if is_form else _from_texts(self.sent(SentDocuments))
        # All is read before the first is stored: nobody waits for the database while pages are parsed.
        job = offer_documents(by=self.by, found=list(found), key=self.key)
        return versioned(job_told(job), 201)


class ItemCorrected(WritingView, OneItem):
    """One document of an import, and correcting it before it has begun."""

    scopes = {"GET": Scope.READ, "PATCH": Scope.IMPORT}
    rules = {"PATCH": check_can_import}

    @operation("Correct a document of an import", group=GROUP, answers=ItemShape, example=ITEM | {"version": 1},
               takes=SentCorrections, changes=True, keyed=True, errors=(410,),
               sent={"facts": {"headline": {"value": "The bridge is shut", "basis": "in_text"}}, "left_out": False},
               )  # fmt: skip
    def patch(self, request: Request, job_id: UUID, item_id: UUID) -> Response:
        """Put facts right, or leave the document out."""
        sent, _ = self.sent(SentCorrections), self.key
        if not ImportItem.objects.filter(pk=item_id, job=_import_of(self, job_id)).exists():
            raise Gone("There is no such document in this import.")
        item = correct_item(
            by=self.by, item_id=item_id, facts=_given(sent["facts"]), is_left_out=sent["left_out"],
            expected_version=self.expected,
        )  # fmt: skip
        return versioned(item_told(item))


class ImportBegun(WritingView):
    """An import that is carried out."""

    scopes = {"POST": Scope.IMPORT}
    rules = {"POST": check_can_import}

    @operation("Begin an import", group=GROUP, answers=JobShape, changes=True, keyed=True, errors=(410,),
               example=EXAMPLE | {"state": "waiting", "version": 1})  # fmt: skip
    def post(self, request: Request, job_id: UUID) -> Response:
        """A worker stores and reads its documents; where none runs, ask for steps."""
        job = begin_import(by=self.by, job_id=job_id, expected_version=self.expected, key=self.key)
        return versioned(job_told(job))


class ImportStepped(WritingView):
    """A few seconds of an import that has begun."""

    scopes = {"POST": Scope.IMPORT}
    rules = {"POST": check_can_import}

    @operation("Do some of an import", group=GROUP, answers=JobShape, errors=(409, 410),
               example=EXAMPLE | {"state": "done", "done": 2, "counts": {"stored": 2}, "version": 1})  # fmt: skip
    def post(self, request: Request, job_id: UUID) -> Response:
        """Up to two seconds of it; ask again until its state is one that has ended."""
        if _import_of(self, job_id).state == JobState.DRAFT:
            raise Conflict("This import has not begun. Look at its documents first, then begin it.")
        return versioned(job_told(run(job_id, owner=new_owner(), seconds=A_STEP)))


class ImportStopped(WritingView):
    """An import that is stopped."""

    scopes = {"POST": Scope.IMPORT}
    rules = {"POST": check_can_import}

    @operation("Stop an import", group=GROUP, answers=JobShape, example=EXAMPLE | {"state": "cancelled"}, keyed=True,
               errors=(410,))  # fmt: skip
    def post(self, request: Request, job_id: UUID) -> Response:
        """What is stored stays."""
        _import_of(self, job_id)
        return versioned(job_told(cancel_job(by=self.by, job_id=job_id, key=self.key)))


def _import_of(view: WritingView, job_id: UUID) -> Job:
    job = job_for(view.by, job_id)
    if job.kind != KIND:
        raise Gone("There is no such import of yours. Look for it in the list of imports.")
    return job


def _from_files(sent: dict[str, Any]) -> Iterator[Document | Unread]:
    """The documents in these files, as far as there is time."""
    room = Room()
    return read_in_time((file.name, partial(_from_file, file, room)) for file in sent["files"])


def _from_file(file: UploadedFile, room: Room) -> Iterator[Document | Unread]:
    yield from read_file(str(file.name), file.read(), room)


def _from_texts(sent: dict[str, Any]) -> Iterator[Document | Unread]:
    """The documents in these texts, then those at these addresses, as far as there is time.

    Raises Invalid where addresses are not read here.
    """
    if sent["urls"] and not is_fetching_on():
        raise Invalid(NOT_ON)
    texts = ((one["name"], partial(_from_text, one)) for one in sent["documents"])
    return read_in_time(chain(texts, ((url, partial(read_address, url)) for url in sent["urls"])))


def _from_text(sent: dict[str, Any]) -> Iterator[Document | Unread]:
    facts = _given(sent["facts"])
    for found in read_file(sent["name"], sent["text"].encode()):
        if isinstance(found, Document) and facts:
            found = Document(**{**vars(found), "facts": {**found.facts, **facts}})
        yield found


def _given(facts: Mapping[str, Mapping[str, str]]) -> dict[str, Fact]:
    """The facts as readers give them. Raises Invalid for one that nothing is kept of."""
    if strange := facts.keys() - set(FACTS):
        raise Invalid(f"“{min(strange)[:40]}” is nothing that is kept of an article. Choose of {', '.join(FACTS)}.")
    return {name: Fact(fact["value"], Basis(fact["basis"]), fact["note"], fact["link"]) for name, fact in facts.items()}
