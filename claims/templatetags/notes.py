"""Notes in templates: the one place where something a person wrote is shown as HTML."""

from django import template
from django.utils.safestring import SafeString

from claims.text.sanitise import sanitise

register = template.Library()


@register.filter
def as_note(stored: str) -> SafeString:
    """A stored note as HTML of a few tags. It was cleaned on the way in and is cleaned again on the way out.

    The second pass is for rows that came by another way than through a room.
    """
    return SafeString(sanitise(stored))
