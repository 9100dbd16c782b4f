"""Versions and keys: a change names the state that it rests on, and has one effect however often it is sent.

A representation's ETag is `"<version>.<hash>"` where what it shows can be changed, else `"<hash>"`. The hash is of what
the viewer was sent, and the version is of what the viewer may change: neither tells of anything else.
"""

import hashlib
import re
from typing import Final
from uuid import UUID

from rest_framework.exceptions import APIException
from rest_framework.request import Request

from claims.refusals import Invalid

NO_VERSION: Final = (
    "Name the version that your change rests on in the header If-Match: the ETag that the thing came with, or its "
    '“version” in quotation marks, such as "3". For what is not there yet it is "0".'
)
NO_KEY: Final = (
    "Send the header Idempotency-Key with a new UUID for each thing that you do, and the same again when you send it "
    "again: so it is done once."
)
_MATCH: Final = re.compile(r'(?:W/)?"(\d{1,18})(?:[.;][^"]*)?"')
_HASHED: Final = 12


class VersionNeeded(APIException):
    """A change that does not say what it rests on."""

    status_code = 428
    default_detail = NO_VERSION


def expected_version(request: Request) -> int:
    """The version that the change rests on, from If-Match. Raises VersionNeeded without, Invalid for what is none."""
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise VersionNeeded
    # A server in between that compresses marks the tag as weak; the version in it means the same.
    found = _MATCH.fullmatch(sent)
    if found is None:
        raise Invalid(f"The header If-Match holds no version of this. {NO_VERSION}")
    return int(found[1])


def idempotency_key(request: Request) -> UUID:
    """The key that the sender chose, from Idempotency-Key. Raises Invalid where there is none or it is no UUID."""
    sent = request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not sent:
        raise Invalid(NO_KEY)
    try:
        return UUID(sent)
    except ValueError as wrong:
        raise Invalid(f"The header Idempotency-Key is no UUID. {NO_KEY}") from wrong


def etag_of(content: bytes, version: int | None) -> str:
    """The tag of a representation, with the version of what can be changed in it where it has one."""
    digest = hashlib.sha256(content).hexdigest()[:_HASHED]
    return f'"{digest}"' if version is None else f'"{version}.{digest}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether the sender has this representation already, by If-None-Match."""
    sent = request.headers.get("If-None-Match", "")
    tags = {tag.strip().removeprefix("W/") for tag in sent.split(",")}
    return etag in tags or "*" in tags
