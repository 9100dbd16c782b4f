"""A text comes in: its bytes are kept as they came."""

import hashlib
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from claims import audit
from claims.ingest.keep_text import Stored, keep_text, readable
from claims.models import Article, ArticleStatus, Outlet, Story, User
from claims.models.keys import named_key
from claims.permissions import check_is_operator
from claims.refusals import Gone, Invalid
from claims.text.plain import plain
from claims.vocabulary import Basis, EventKind

__all__ = ["MAX_ADDRESS", "Stored", "store_article"]

check_address = URLValidator(schemes=("http", "https"))
MAX_ADDRESS = 2_000


@transaction.atomic
def store_article(*, by: User, raw: bytes, address: str = "", first_story: Story | None = None) -> Stored:
    """Store the bytes of one text found at `address` ("" is not stated), or find them where they are already.

    The same address is the same article; another text under it is a new revision, and bytes of an earlier one that come
    in again are the article's text again. A text without an address is the article of its own bytes. Raises NotAllowed,
    Gone for an article that was withdrawn, and Invalid with what is wrong with the bytes or the address.
    """
    check_is_operator(by, "bring in articles")
    decoded = readable(raw)
    _check_address(address)
    article_key = named_key("article", address or f"sha256:{hashlib.sha256(raw).hexdigest()}")
    if ArticleStatus.objects.filter(article=article_key, withdrawn_at__isnull=False).exists():
        raise Gone("This article was withdrawn: its text does not come back, and no other text comes in its place.")
    found = {"address": address, "first_story": first_story}
    article = Article.objects.filter(pk=article_key).first()
    if article is None:
        article, _ = Article.objects.get_or_create(pk=article_key, defaults=_found_at(address) | found)
    stored = keep_text(article, raw, decoded)
    if stored.is_new or stored.came_back:
        after: dict[str, object] = {"sha256": stored.revision.sha256, "address": address}
        if stored.came_back:
            after["came_back"] = True
        audit.record(EventKind.ARTICLE_STORED, by=by, target=article, after=after)
    return stored


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
