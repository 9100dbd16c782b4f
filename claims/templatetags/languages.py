"""What pages say of an article's language: which one was inferred and from what, and what the first pass does in it."""

from dataclasses import dataclass

from django import template

from claims.models import ArticleStatus
from claims.text.languages import ENGLISH, name_of
from claims.text.lexicons import find

register = template.Library()

NO_LISTS = "The first pass proposes nothing in this language: it has no word lists for it."
PLAIN_LISTS = (
    "The first pass has a short word list for this language and plain rules: it proposes little, and how often that is "
    "right has not been measured."
)


@dataclass(frozen=True)
class LanguageLine:
    """The language in words, what it was inferred from, and what is to be said of proposals where it is not English."""

    name: str
    basis: str
    note: str


@register.simple_tag
def language_line(status: ArticleStatus) -> LanguageLine | None:
    """What the reading page says of the language; None for a text that was read before languages were told apart."""
    if not status.language_basis or status.withdrawn_at:
        return None
    if not status.language:
        return LanguageLine("not told", status.language_basis, "")
    note = "" if status.language == ENGLISH else PLAIN_LISTS if find(status.language) else NO_LISTS
    return LanguageLine(name_of(status.language), status.language_basis, note)


@register.filter
def language_name(code: str) -> str:
    """The name of a language other than English, "" for English and for none."""
    return "" if code in ("", ENGLISH) else name_of(code)
