"""Where annotations of other tools stand in the texts that are here: the article by its address, the words by quote."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from claims.models import Article, User, Zone
from claims.models.keys import named_key
from claims.text.quoted_place import Unplaced, quoted_place
from claims.vocabulary import COVERAGE_ZONES, ZONE_NAMES, ZoneKind

Json = dict[str, Any]
URN: Final = "urn:uuid:"


@dataclass(frozen=True)
class Anchored:
    """The words of an entry as a stretch of the text in force, in code points, end exclusive."""

    article_id: UUID
    revision_id: UUID
    start: int
    end: int
    exact: str


def anchored(entry: Json, *, by: User) -> Anchored:
    """Where a `foreign` entry of claims.exchange.read_annotations stands.

    Raises Unplaced with the end of a sentence that says why it stands nowhere: no such article, words that are not
    there or not to be told apart, words that are no part of a headline or body.
    """
    article = _article(entry["address"], by)
    if article is None:
        raise Unplaced("no article with its address is here")
    revision = article.status.revision
    start, end = quoted_place(
        revision.text,
        exact=entry["quote"],
        prefix=entry["prefix"],
        suffix=entry["suffix"],
        start=entry["start"],
        end=entry["end"],
    )
    start, end = _without_blanks(revision.text, start, end)
    zone = Zone.objects.filter(revision=revision, start__lte=start, end__gte=end).first()
    if not article.status.is_read:
        raise Unplaced("the first pass has not read its article yet: try again when it has")
    if zone is None:
        raise Unplaced("its words reach over several parts of the page")
    if zone.kind not in COVERAGE_ZONES:
        raise Unplaced(f"its words stand in a part that holds no claims: {ZONE_NAMES[ZoneKind(zone.kind)].lower()}")
    return Anchored(article.pk, revision.pk, start, end, revision.text[start:end])


def _article(address: str, by: User) -> Article | None:
    """The article at this address, also without a last stroke or with the other scheme; or with this key."""
    here = Article.objects.visible_to(by).select_related("status__revision").filter(status__withdrawn_at__isnull=True)
    if address.startswith(URN):
        try:
            return here.filter(pk=UUID(address)).first()
        except ValueError:
            return None
    if "://" not in address:
        return None
    scheme, _, rest = address.partition("://")
    spellings = [f"{scheme}://{rest}", f"{scheme}://{rest.rstrip('/')}", f"{scheme}://{rest.rstrip('/')}/"]
    other = {"http": "https", "https": "http"}.get(scheme, scheme)
    spellings += [f"{other}://{one.partition('://')[2]}" for one in spellings]
    # The key of an article is made from its address: six keys are looked up, where an address has no index.
    found = {article.pk: article for article in here.filter(pk__in=[named_key("article", one) for one in spellings])}
    return next((found[key] for one in spellings if (key := named_key("article", one)) in found), None)


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the spaces at its ends."""
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end
