"""What is not the article, though it stands beside or inside it: told by elements, roles, class names, phrases."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from claims.ingest.readers.page_blocks import HEADINGS, Block
from claims.text.page_phrases import ends_article, is_byline, is_date, is_furniture

_TAGS: Final = frozenset({"nav", "aside", "footer", "menu", "search", "figcaption", "address"})
_ROLES: Final = frozenset(
    {"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "toolbar", "form"}
)
# Words that class names and ids are put together of, in the publishing systems of newspapers.
_WORDS: Final = frozenset(
    {
        "ad", "ads", "adslot", "adunit", "advert", "advertisement", "advertising", "appeal", "author", "authors", "bio",
        "breadcrumb", "breadcrumbs", "byline", "bylines", "caption", "categories", "category", "comment", "comments",
        "consent", "cookie", "cookies", "copyright", "credit", "credits", "discuss", "disqus", "donate", "donation",
        "feedback", "follow", "footer", "gdpr", "keywords", "login", "masthead", "menu", "meta", "modal", "most-read",
        "mostread", "nav", "navbar", "navigation", "newsletter", "newsletters", "noprint", "onward", "outbrain",
        "overlay", "pager", "pagetools", "pagination", "poll", "popular", "popup", "postmeta", "print", "printfriendly",
        "promo", "promos", "promoted", "promotion", "pullquote", "rating", "readmore", "recirc", "recirculation",
        "recommendation", "recommendations", "recommended", "registration", "related", "relatedposts", "reply",
        "respond", "share", "sharebar", "sharedaddy", "sharing", "sidebar", "signup", "sister", "social", "sponsor",
        "sponsored", "sticky", "subscribe", "subscription", "subscriptions", "survey", "taboola", "tag", "taglist",
        "tags", "teaser", "teasers", "timestamp", "toc", "toolbar", "tools", "topics", "trending", "upsell", "vote",
        "widgets", "zergnet",
    }
)  # fmt: skip
_PAIRS: Final = frozenset(
    {
        "read more", "read next", "also read", "see also", "more on", "more stories", "more from", "up next", "next up",
        "most read", "most viewed", "sign up", "jp related", "screen reader", "sr only", "visually hidden", "skip link",
        "post info", "article info", "story info", "date line", "publish date", "pub date", "post date", "entry date",
        "key points", "table contents", "inline story", "story promo", "live nav", "in brief", "pull quote",
        "published date", "reading time", "read time", "time ago", "action bar", "call action",
    }
)  # fmt: skip
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ONWARD: Final = re.compile(
    r"(?:read (?:more|also|next|on|the full)|also read|more (?:on|from|in)|see also|related|recommended|watch|listen|"
    r"don['’]t miss|sign up|subscribe|click here|follow|download|join|continue reading|in pictures|"
    r"explained|analysis)\b",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"(?:advertisement|advert|ad|anzeige|werbung|publicité|publicidad|pubblicità|reklama|реклама|"
    r"sponsored|promoted|loading|(?:the )?(?:story|article) continues (?:below|after).*|"
    r"continue reading .*|skip (?:past|advert).*|after newsletter promotion|share(?: this)?(?: article| story| post)?|"
    r"print(?: this)?(?: article| page)?|(?:tags?|topics|filed under|posted in|categories|labels)\s*:.*|"
    r"\d+ (?:min|minute)s? (?:read|to read)|\d* ?comments?|back to top|copy link|save|listen to (?:this )?article.*|"
    r"image credit:.*|photo(?:graph)?:.*|(?:share|follow) (?:this |us )?(?:on|via) .*)[.…]*",
    re.IGNORECASE,
)
_COMMENTS: Final = re.compile(
    r"(?:\d+ )?(?:reader )?(?:comments?|responses)(?: \(\d+\))?|\d+ thoughts on .*|have your say|what do you think\b.*|"
    r"(?:join|member) (?:the )?(?:conversation|discussion)|discussion about .*|leave a (?:reply|comment)",
    re.IGNORECASE,
)
_SHORT: Final = 160


def is_chrome(element: HtmlElement) -> bool:
    """Tell whether an element is a box of the page, by its name, its role or what its classes are called."""
    tag = element.tag
    if tag in _TAGS or element.get("role") in _ROLES or element.get("itemprop") in {"author", "datePublished"}:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-component', '')}"
    return any(_names_a_box(name) for name in names.split()[:30]) if names.strip() else False


def is_end_heading(block: Block) -> bool:
    """Tell a line after which only other stories or readers' comments stand."""
    text = block.text.strip(" :.")
    return len(text) < _SHORT / 2 and (_COMMENTS.fullmatch(text) is not None or ends_article(block.text))


def is_onward(block: Block) -> bool:
    """Tell a line that leads to another story, or to a form: it is all link, or begins as such lines do."""
    if block.link_share > 0.8:
        return len(block.text) < 2 * _SHORT
    return block.link_share > 0.35 and len(block.text) < 2 * _SHORT and _ONWARD.match(block.text) is not None


def is_notice(block: Block) -> bool:
    """Tell a short line that only the page says: a byline, a date, “Advertisement”, “3 min read”."""
    text = block.text
    if len(text) > _SHORT or (block.element.tag in HEADINGS - {"h1"} and block.link_share < 0.5):
        return False
    if is_cell(block):
        return False
    if not any(map(str.isalnum, text)):
        return True
    if block.timed > 0.5 * len(text) or _NOTICE.fullmatch(text.strip(" -–—*[]()|")):
        return True
    return is_byline(text) or is_date(text) or is_furniture(text, prose=text.endswith((".", "!", "?", "”", '"')))


def is_cell(block: Block) -> bool:
    """Tell a cell of a table of data: one of several beside each other, each with words alone."""
    row = block.element.getparent()
    if block.element.tag not in {"td", "th"} or row is None:
        return False
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return len(cells) > 1 and all(len(cell.text_content()) < _SHORT for cell in cells)


@lru_cache(maxsize=4096)
def _names_a_box(name: str) -> bool:
    words = [word.lower() for word in _PARTS.findall(name)]
    return not _WORDS.isdisjoint(words) or any(f"{first} {second}" in _PAIRS for first, second in pairwise(words))
