"""A file as an answer, sent block by block."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import StreamingHttpResponse

from claims.exchange.manifest import log_head
from claims.exchange.write_csv import Block
from claims.models import User
from claims.permissions import can_moderate


class Form(NamedTuple):
    """The form of a file: how its name ends, and its type."""

    ending: str
    media_type: str


CSV: Final = Form("csv", "text/csv; charset=utf-8")
JSON_LINES: Final = Form("jsonl", "application/jsonl; charset=utf-8")


def csv_answer(blocks: Iterable[Block], name: str, viewer: User | AnonymousUser) -> StreamingHttpResponse:
    """The blocks as a CSV file of this name: see `file_answer`."""
    return file_answer(blocks, name, viewer, CSV)


def file_answer(blocks: Iterable[Block], name: str, viewer: User | AnonymousUser, form: Form) -> StreamingHttpResponse:
    """The blocks as a file of this name.

    Moderators are told in a header where the event log stood: how many events, and the hash of the last. To anybody
    else that number would tell that somebody has judged something just now.
    """
    response = StreamingHttpResponse((block.text for block in blocks), content_type=form.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
    if can_moderate(viewer):
        head = log_head()
        response["X-Event-Log"] = f"{head['count']} {head['hash']}"
    return response
