"""Notes and labels in templates. Here is the one place where something a person wrote is shown as HTML."""

from django import template
from django.utils.safestring import SafeString

from claims.text.sanitise import sanitise
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
def as_note(stored: str) -> SafeString:
    """A stored note as HTML of a few tags. It was cleaned on the way in and is cleaned again on the way out.

    The second pass is for rows that came by another way than through a room.
    """
    return SafeString(sanitise(stored))
