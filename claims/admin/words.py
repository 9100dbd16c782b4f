"""How the panel writes what several of its lists show."""

from datetime import datetime
from typing import Protocol

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from claims.models import Claim, User
from claims.text.sanitise import for_editing
from claims.vocabulary import LABEL_BY_VALUE, Label

WITHDRAWN = "(withdrawn)"
# Stands where there is nothing to show.
NOTHING = "–"


class Judged(Protocol):
    """An assessment, a ruling or a proposal."""

    label: str
    strength: int | None
    reason: str


def judged(one: Judged) -> str:
    """A judgement in words."""
    parts = [LABEL_BY_VALUE[Label(one.label)].name]
    if one.strength is not None:
        parts.append(f"strength {one.strength}")
    if one.reason:
        parts.append(one.reason)
    return ", ".join(parts)


def named(who: User) -> str:
    """A person's name, marked where they are shut out: their work stays, and whoever reads it should know."""
    return who.username if who.is_active else f"{who.username} (blocked)"


def note_in_words(note: str) -> str:
    """A note as plain text. Tags are shown as they are stored: the panel puts nobody's HTML on its pages."""
    return for_editing(note)


def moment(at: datetime | None) -> str:
    """A time as Django's own columns show it."""
    return date_format(localtime(at), "DATETIME_FORMAT") if at else NOTHING


def shortened(text: str, most: int) -> str:
    """The first words of a text."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def claim_words(claim: Claim, most: int = 100) -> str:
    """A claim's first words, while they are here."""
    return shortened(claim.exact, most) or WITHDRAWN


def claim_link(claim: Claim) -> str:
    """A claim's first words with a link to its page in the panel."""
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    return format_html('<a href="{}">{}</a>', page, claim_words(claim))


def article_link(key: object, title: str) -> str:
    """An article's title with a link to its page in the panel."""
    return format_html('<a href="{}">{}</a>', reverse("admin:claims_article_change", args=[key]), title)
