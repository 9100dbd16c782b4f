"""What a request holds: JSON, read no further than the cap."""

import json
from collections.abc import Mapping
from typing import IO, Any, Final

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MALFORMED: Final = "The body is not JSON: {why}. Send it in UTF-8, with the header “Content-Type: application/json”."
NESTED: Final = "The body is nested too deeply to be read. Nothing here needs more than a few levels."


class TooLarge(APIException):
    """The body is larger than any request here needs."""

    status_code = 413

    def __init__(self, most: int) -> None:
        super().__init__(f"The body has more than {most:,} bytes, which is the most here. Send less at a time.")


class JsonBody(BaseParser):
    """A JSON object of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""

    media_type = "application/json"
    # Where a body may be larger than most, its own cap in bytes.
    most: int | None = None

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The object. Raises TooLarge, and ParseError for what is no JSON or no object."""
        most = self.most or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge(most)
        try:
            body = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
            _check_text(body, raw)
        except RecursionError as deep:
            raise ParseError(NESTED) from deep
        except ValueError as wrong:
            why = "it is not UTF-8" if isinstance(wrong, UnicodeDecodeError) else str(wrong)[:200]
            raise ParseError(MALFORMED.format(why=why)) from wrong
        if not isinstance(body, dict):
            raise ParseError(MALFORMED.format(why="it has to be an object, in { and }"))
        return body


def _check_text(body: Any, raw: bytes) -> None:
    """Raises ValueError for half a character, which JSON can spell and no database, driver or answer can hold.

    UTF-8 has none, so that only what is spelled as an escape has to be looked at.
    """
    if b"\\u" not in raw:
        return
    try:
        json.dumps(body, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as half:
        raise ValueError("it has a surrogate (\\ud800 to \\udfff) without its other half") from half


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")
