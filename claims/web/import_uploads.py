"""What a browser sends to be brought in: files and long texts, capped while they are read.

A form of ours is a handful of fields and is refused beyond that. Here alone it may be larger, up to limits of its own,
which hold before anything is parsed, also for those who may not send anything at all.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from claims.ingest.readers.limits import MAX_DOCUMENT, MAX_UPLOAD
from claims.permissions import can_import, check_can_import
from claims.refusals import Invalid, Refusal

# A form sends a byte of text as up to three characters; what is somewhat too long is still read, to be shown again.
MAX_TEXT_SENT: Final = 4 * MAX_DOCUMENT
# Beyond this an upload is not even read to its end, so that its sender sees a connection that broke off.
MAX_READ_AWAY: Final = 4 * MAX_UPLOAD
_FORM: Final = "application/x-www-form-urlencoded"

View = Callable[..., HttpResponseBase]
Refused = Callable[[HttpRequest, Refusal], HttpResponseBase]


class TooLarge(Invalid):
    """More was sent than is read."""

    status = 413


class CappedUpload(FileUploadHandler):
    """Lets the first `most` bytes of all files of a form through, and throws away what comes after them."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.received = 0

    @property
    def is_over(self) -> bool:
        """Whether anything was thrown away."""
        return self.received > self.most

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand the chunk on to where it is kept, or nothing."""
        self.received += len(raw_data)
        return None if self.is_over else raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep no file: others do."""


def read_by(read: Callable[[HttpRequest], None], refused: Refused) -> Callable[[View], View]:
    """A view whose form is read in a way of its own, before its token is looked for in it.

    What is too much is answered by `refused`: nothing is done for such a form, so that its token does not matter.
    """

    def reading(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @require_POST
        @wraps(view)
        def read_first(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
            try:
                read(request)
            except TooLarge as large:
                check_can_import(request.user)
                return refused(request, large)
            return protected(request, *args, **parts)

        return read_first

    return reading


def read_files(request: HttpRequest) -> None:
    """Read the form with its files, for somebody who may bring in none without keeping any of them.

    Raises Invalid with what to do where that is too much.
    """
    may = can_import(request.user)
    if _length(request) > MAX_READ_AWAY:
        _leave_unread(request)
        raise TooLarge(_too_much("more than " + _in_megabytes(MAX_READ_AWAY)))
    handler = CappedUpload(request, MAX_UPLOAD if may else 0)
    request.upload_handlers = [handler, *request.upload_handlers]
    try:
        _ = request.POST
    except TooManyFilesSent as many:
        raise TooLarge("These are too many files for one time. Send them in parts, or put them into one ZIP.") from many
    except RequestDataTooBig as large:
        raise TooLarge(
            "Apart from its files this form is too long. Load the page again and choose them anew."
        ) from large
    if may and handler.is_over:
        raise TooLarge(_too_much(_in_megabytes(handler.received)))


def read_long_text(request: HttpRequest) -> None:
    """Read the form with its text, however long others may be at most.

    Raises Invalid with what to do where it is too long.
    """
    if request.content_type != _FORM:
        return
    if _length(request) > MAX_TEXT_SENT:
        _leave_unread(request)
        raise TooLarge(
            f"The text is longer than {_in_megabytes(MAX_DOCUMENT)}. Go back, where it still stands, and bring it in "
            "in parts."
        )
    # Django asks a request's length only where nobody has read it yet; forms of all other pages stay as short as ever.
    request._body = request.read(MAX_TEXT_SENT)


def _leave_unread(request: HttpRequest) -> None:
    """Let whatever asks for a field later find none, and not begin to read."""
    request._body = b""


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdecimal() else 0


def _too_much(sent: str) -> str:
    return (
        f"These files have {sent} together, and the most at one time is {_in_megabytes(MAX_UPLOAD)}. "
        "Nothing of them was kept. Send them in parts, or put them into a ZIP, which is smaller."
    )


def _in_megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
