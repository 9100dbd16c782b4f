"""What people write in notes and comments, made safe to show: a few tags, no script, no style.

The only module that imports bleach. Bleach is no longer maintained, so its result passes nh3 as well: each stops
tricks that the other lets through. The length is capped first, because bleach's time grows with the square of it.
"""

import re
from html import escape, unescape
from typing import Final

import bleach
import nh3

from claims.text.plain import CONTROLS, NO_TEXT

MAX_NOTE: Final = 4_000

# The longest entity that cleaning writes for one character is "&nbsp;".
_MAX_MARKUP: Final = 6 * MAX_NOTE
_TAGS: Final = frozenset({"a", "b", "strong", "i", "em", "code", "br", "p", "ul", "ol", "li", "blockquote"})
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_LINK: Final = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)
_LINE_END: Final = re.compile(r"\r\n?")
_UNWANTED: Final = re.compile(f"[{NO_TEXT}{CONTROLS}\v\f\x85]")
_ROUNDS: Final = 4


class TooLong(ValueError):
    """A note over the cap. Its message is one sentence for the person who wrote it."""


def sanitise(html: str) -> str:
    """Clean what somebody wrote: the tags of this module's list stay, everything else becomes text or goes.

    Cleaning twice changes nothing. Raises TooLong when it has more than MAX_NOTE characters, counting an entity
    such as "&amp;" as the one character that it stands for.
    """
    if not html:
        return ""
    _check_length(html)
    written = _UNWANTED.sub("", _LINE_END.sub("\n", html))
    cleaned = _stable(written)
    _check_length(cleaned)
    return cleaned


def for_editing(html: str) -> str:
    """Give what a text box shows for a stored note.

    Plain words come back as they were typed ("&amp;" as "&"), but only if saving them again would store the same
    note; a note with markup is shown as it is stored.
    """
    plain = unescape(html)
    try:
        return plain if sanitise(plain) == html else html
    except TooLong:
        return html


def _check_length(text: str) -> None:
    length = len(text) if len(text) > _MAX_MARKUP else len(unescape(text))
    if length > MAX_NOTE:
        raise TooLong(f"A note may have {MAX_NOTE:,} characters and this one has {length:,}: shorten it, please.")


def _stable(written: str) -> str:
    """Clean until cleaning changes nothing. Markup that never comes to rest is hostile: show it as text."""
    text = written
    for _ in range(_ROUNDS):
        cleaned = _clean_once(text)
        if cleaned == text:
            return cleaned
        text = cleaned
    return _clean_once(escape(written, quote=False))


def _clean_once(text: str) -> str:
    bleached = bleach.clean(text, tags=_TAGS, attributes=_keeps, protocols=_SCHEMES, strip_comments=True)
    return nh3.clean(
        bleached,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        # nh3 adds rel itself and then asks about it; what was written in one never passes bleach.
        attribute_filter=lambda tag, name, value: value if name == "rel" or _keeps(tag, name, value) else None,
        url_schemes=set(_SCHEMES),
        link_rel="noopener nofollow",
    )


def _keeps(tag: str, name: str, value: str) -> bool:
    # Relative addresses go too: a note must not send anybody to a page of the workbench itself.
    return tag == "a" and name == "href" and _LINK.fullmatch(value) is not None
