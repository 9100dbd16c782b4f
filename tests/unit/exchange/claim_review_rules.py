"""What a ClaimReview has to have: each rule written out with where it is documented.

SCHEMA is schema.org's own definition (https://schema.org/ClaimReview and the types it uses); EXPLORERS is what
fact-check explorers read, as Google documents it for publishers
(https://developers.google.com/search/docs/appearance/structured-data/factcheck).
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

SCHEMA, EXPLORERS = "schema.org", "fact-check explorers"
Json = dict[str, Any]
# The properties that schema.org defines for these types, of those that we may use.
KNOWN: dict[str, set[str]] = {
    "ClaimReview": {
        *("claimReviewed", "itemReviewed", "reviewRating", "reviewBody", "author", "url", "datePublished"),
        *("dateModified", "inLanguage", "citation", "publisher", "name", "correction"),
    },
    "Organization": {"name", "url", "sameAs", "logo"},
    "Rating": {"ratingValue", "bestRating", "worstRating", "alternateName", "name", "ratingExplanation"},
    "Claim": {"appearance", "firstAppearance", "author", "datePublished", "name", "text", "inLanguage"},
    "CreativeWork": {
        *("url", "name", "author", "datePublished", "inLanguage", "archivedAt", "description", "headline"),
    },
}
URLS = {"url", "sameAs", "archivedAt"}
DATES = {"datePublished", "dateModified"}
# Labels of sourcing: where a claim comes from says nothing of whether it holds.
NO_RATINGS = {"sourced", "unsourced", "opinion", "not a claim", "not_a_claim"}


def broken_rules(review: Json, page: str) -> list[str]:
    """The rules that a ClaimReview on this page breaks, each with its source; [] for none."""
    return [f"{source}: {says}" for source, says, holds in RULES if not holds(review, page)]


def nodes(value: Any) -> Iterator[Json]:
    """Every object inside, itself first."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def is_address(value: object) -> bool:
    if not isinstance(value, str):
        return False
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def rating(review: Json) -> Json:
    found = review.get("reviewRating")
    return found if isinstance(found, dict) else {}


def has_fitting_number(review: Json, page: str) -> bool:
    """A number lies between the worst and the best, which are given with it; none at all is fine."""
    given = rating(review)
    numbers = [given.get(name) for name in ("worstRating", "ratingValue", "bestRating")]
    if all(number is None for number in numbers):
        return True
    return all(isinstance(number, int) for number in numbers) and numbers == sorted(numbers)  # type: ignore[type-var]


def knows_its_types(review: Json, page: str) -> bool:
    return all(node.get("@type") in KNOWN for node in nodes(review))


def uses_known_properties(review: Json, page: str) -> bool:
    used = ((node.get("@type"), set(node) - {"@type", "@context", "@id"}) for node in nodes(review))
    return all(names <= KNOWN.get(kind, set()) for kind, names in used)


def same_site(review: Json, page: str) -> bool:
    mine, theirs = urlsplit(str(review.get("url"))).hostname or "", urlsplit(page).hostname or ""
    return mine == theirs or mine.endswith(f".{theirs}")


def values(review: Json, names: set[str]) -> list[Any]:
    return [value for node in nodes(review) for name, value in node.items() if name in names]


Rule = Callable[[Json, str], bool]
RULES: list[tuple[str, str, Rule]] = [
    (SCHEMA, "the context is schema.org", lambda r, p: r.get("@context") in {"https://schema.org", "http://schema.org"}),
    (SCHEMA, "the type is ClaimReview", lambda r, p: r.get("@type") == "ClaimReview"),
    (SCHEMA, "every object has a type that is one of schema.org's", knows_its_types),
    (SCHEMA, "a type has no property but its own", uses_known_properties),
    (SCHEMA, "claimReviewed is text", lambda r, p: is_words(r.get("claimReviewed"))),
    (SCHEMA, "reviewRating is a Rating", lambda r, p: rating(r).get("@type") == "Rating"),
    (SCHEMA, "itemReviewed is a Claim", lambda r, p: (r.get("itemReviewed") or {}).get("@type") == "Claim"),
    (SCHEMA, "a Claim's appearance is a CreativeWork or several",
     lambda r, p: all(w.get("@type") == "CreativeWork" for w in (r.get("itemReviewed") or {}).get("appearance", []))),
    (SCHEMA, "author is an Organization or a Person",
     lambda r, p: (r.get("author") or {}).get("@type") in {"Organization", "Person"}),
    (SCHEMA, "addresses are addresses", lambda r, p: all(map(is_address, values(r, URLS)))),
    (SCHEMA, "dates are days of ISO 8601", lambda r, p: all(map(is_date, values(r, DATES)))),
    (EXPLORERS, "required: claimReviewed, without the rating in it",
     lambda r, p: is_words(r.get("claimReviewed")) and r["claimReviewed"] != rating(r).get("alternateName")),
    (EXPLORERS, "required: reviewRating with alternateName, the rating in a short word or phrase",
     lambda r, p: is_words(rating(r).get("alternateName")) and len(rating(r)["alternateName"]) <= 40),
    (EXPLORERS, "required: url, the page that holds the check", lambda r, p: is_address(r.get("url"))),
    (EXPLORERS, "url is of the same site as the page, or of one below it", same_site),
    (EXPLORERS, "url is the page's own and no redirect", lambda r, p: str(r.get("url")).partition("#")[0] == p),
    (EXPLORERS, "recommended: author with name and url",
     lambda r, p: is_words((r.get("author") or {}).get("name")) and is_address((r.get("author") or {}).get("url"))),
    (EXPLORERS, "recommended: itemReviewed", lambda r, p: isinstance(r.get("itemReviewed"), dict)),
    (EXPLORERS, "recommended: datePublished of the review", lambda r, p: is_date(r.get("datePublished"))),
    (EXPLORERS, "a numeric rating lies between worstRating and bestRating, and worstRating is at least 1",
     lambda r, p: has_fitting_number(r, p) and rating(r).get("worstRating", 1) >= 1),
    ("ADR 20", "a label of sourcing is never a rating",
     lambda r, p: str(rating(r).get("alternateName")).lower() not in NO_RATINGS),
]  # fmt: skip
