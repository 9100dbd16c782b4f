"""Notes and labels in templates. Here is the one place where something a person wrote is shown as HTML."""

import re
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from claims.exchange.json_blocks import as_data_block
from claims.text import edtf
from claims.text.addresses import fault_of
from claims.text.directions import RUN, badge_of
from claims.text.sanitise import sanitise
from claims.text.times import outdated_since
from claims.vocabulary import LABEL_BY_VALUE, STATE_NAMES, Label

register = template.Library()


@register.filter
def label_name(label: str) -> str:
    """A label in words: "not a claim"; "no label" for none."""
    return LABEL_BY_VALUE[Label(label)].name.lower() if label else "no label"


@register.filter
def state_name(state: str) -> str:
    """A state in words: "in review"."""
    return STATE_NAMES.get(state, state)


@register.filter
def time_words(value: str) -> str:
    """A time in words: "February 2024"; "" for none."""
    return edtf.words(value) if value else ""


@register.filter
def outdated(valid_until: str) -> str:
    """The day since which a verdict with this end is out of date, in words; "" where it is not."""
    since = outdated_since(valid_until, localdate())
    return edtf.day_words(since) if since else ""


@register.filter
def exactly(text: str) -> str:
    """A stretch of an article's text, character by character.

    Browsers read a carriage return as a line feed, or two as one, unless it is written as a reference: then the page
    would count fewer characters than the text has. What turns directions is hidden within a badge of its name: it
    counts as it did, and turns nothing.
    """
    if "\r" not in text and not RUN.search(text):
        return text
    return SafeString(RUN.sub(_badge, escape(text).replace("\r", "&#13;")))


@register.filter
def exactly_in_attribute(text: str) -> str:
    """The same for the value of an attribute, where nothing can be shown."""
    return SafeString(escape(text).replace("\r", "&#13;"))


def _badge(run: re.Match[str]) -> str:
    short, long = badge_of(run[0])
    return format_html(
        '<bdi class="ctl" data-c="{}" role="img" aria-label="{}" title="{}"><span hidden>{}</span></bdi>',
        short, long, long, run[0],
    )  # fmt: skip


@register.filter
def on_the_web(address: object) -> str:
    """An address that may stand as a link; "" for what is no http(s) address, which could run as a script there.

    What comes in is checked on the way; this second look is for rows that came by another way.
    """
    return address if isinstance(address, str) and not fault_of(address) else ""


@register.filter
def data_block(value: dict[str, Any]) -> SafeString:
    """JSON for a script element that holds data: what could end that element is written in escapes of JSON."""
    return SafeString(as_data_block(value))


@register.filter
def as_note(stored: str) -> SafeString:
    """A stored note as HTML of a few tags. It was cleaned on the way in and is cleaned again on the way out.

    The second pass is for rows that came by another way than through a room.
    """
    return SafeString(sanitise(stored))
