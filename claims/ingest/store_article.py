"""A text comes in: its bytes are kept as they came."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from claims import audit
from claims.models import Article, ArticleStatus, Outlet, Revision, Story, User
from claims.models.keys import named_key, revision_key
from claims.permissions import check_is_operator
from claims.refusals import Gone, Invalid
from claims.text.decode import Unreadable, decode
from claims.text.plain import plain
from claims.vocabulary import Basis, EventKind

check_address = URLValidator(schemes=("http", "https"))
MAX_ADDRESS = 2_000


@dataclass(frozen=True)
class Stored:
    """The revision that holds the bytes, and whether it is new."""

    revision: Revision
    is_new: bool


@transaction.atomic
def store_article(*, by: User, raw: bytes, address: str = "", first_story: Story | None = None) -> Stored:
    """Store the bytes of one text found at `address` ("" is not stated), or find them where they are already.

    The same address is the same article; another text under it is a new revision. A text without an address is the
    article of its own bytes. Raises NotAllowed, Gone for an article that was withdrawn, and Invalid with what is wrong
    with the bytes or the address.
    """
    check_is_operator(by, "bring in articles")
    try:
        decoded = decode(raw)
    except Unreadable as unreadable:
        raise Invalid(str(unreadable)) from unreadable
    _check_address(address)
    sha256 = hashlib.sha256(raw).hexdigest()
    article_key = named_key("article", address or f"sha256:{sha256}")
    if ArticleStatus.objects.filter(article=article_key, withdrawn_at__isnull=False).exists():
        raise Gone("This article was withdrawn: its text does not come back, and no other text comes in its place.")
    key = revision_key(article_key, sha256)
    known = Revision.objects.filter(pk=key).first()
    if known is not None:
        return Stored(known, is_new=False)
    article, _ = Article.objects.get_or_create(
        pk=article_key, defaults=_found_at(address) | {"address": address, "first_story": first_story}
    )
    revision = Revision.objects.create(
        pk=key,
        article=article,
        sha256=sha256,
        raw=raw,
        text=decoded.text,
        encoding=decoded.encoding,
        replaced=list(decoded.replaced),
    )
    audit.record(EventKind.ARTICLE_STORED, by=by, target=article, after={"sha256": sha256, "address": address})
    return Stored(revision, is_new=True)


def _check_address(address: str) -> None:
    if not address:
        return
    try:
        check_address(plain("address", address, MAX_ADDRESS))
    except ValidationError as wrong:
        raise Invalid("The address has to be one that starts with http:// or https://.") from wrong


def _found_at(address: str) -> dict[str, object]:
    """The outlet is the host of the address, and nothing is guessed where there is none."""
    if not address:
        return {}
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    outlet, _ = Outlet.objects.get_or_create(pk=named_key("outlet", host), defaults={"host": host})
    basis = {"basis": Basis.FOUND_ELSEWHERE, "note": "the address that was given with the text", "link": address}
    return {"outlet": outlet, "bases": {"outlet": basis}}
