"""A CSV file as an answer, sent block by block."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.http import StreamingHttpResponse

from claims.exchange.manifest import log_head
from claims.exchange.write_csv import Block
from claims.models import User
from claims.permissions import can_moderate


def csv_answer(blocks: Iterable[Block], name: str, viewer: User | AnonymousUser) -> StreamingHttpResponse:
    """The blocks as a file of this name.

    Moderators are told in a header where the event log stood: how many events, and the hash of the last. To anybody
    else that number would tell that somebody has judged something just now.
    """
    response = StreamingHttpResponse((block.text for block in blocks), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    if can_moderate(viewer):
        head = log_head()
        response["X-Event-Log"] = f"{head['count']} {head['hash']}"
    return response
