"""From the bytes of a page to its elements: which encoding it says it has, and caps on what is parsed."""

import codecs
import re
from typing import Final

from lxml import etree, html

from claims.ingest.readers.limits import MAX_ELEMENTS
from claims.text.decode import UNSTORABLE, Decoded, Unreadable, cleaned, decode

_BYTE_ORDER_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_DECLARED: Final = re.compile(
    rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|\A\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 4096
# What browsers read under these names (WHATWG Encoding Standard, labels); the others mean the same to Python.
_AS_BROWSERS_READ: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874", "iso8859-11": "cp874",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-7": "utf-8",
}  # fmt: skip
# Characters that no text has (Unicode, 23.7 Noncharacters). One stands for what cannot be stored while the page is
# read.
_STAND_INS: Final = [chr(code) for code in range(0xFDD0, 0xFDF0)]
_TOO_DEEP: Final = (
    "The page’s elements are nested too deep to be read: copy the article’s words and save them as plain text in UTF-8."
)
_NO_WORDS: Final = "The page has no words in it: check that the right file was chosen."


def page_text(raw: bytes, charset: str) -> Decoded:
    """Decode a page: by its byte order mark, `charset` (what the server said), its own <meta>, or else as any text.

    `text` still holds what cannot be stored (NUL, lone surrogates, bytes that break the encoding it declares).
    Raises Unreadable with a sentence that says what to do.
    """
    declared = "" if raw.startswith(_BYTE_ORDER_MARKS) else _known(charset) or _known(_declared(raw))
    if not declared:
        return _uncleaned(decode(raw))
    try:
        text = raw.decode(declared, "surrogatepass" if declared == "utf-8" else "strict")
    except UnicodeDecodeError:
        try:
            return _uncleaned(decode(raw))
        except Unreadable:
            text = raw.decode(declared, "surrogateescape")
    cleaned(text, declared)
    return Decoded(text, declared, ())


def stand_in(text: str) -> str:
    """Give a character that this text does not hold and no parser touches."""
    return next((character for character in _STAND_INS if character not in text), _STAND_INS[0])


def elements(text: str, instead: str) -> html.HtmlElement:
    """Parse a page, with `instead` for each character that cannot be stored. Raises Unreadable."""
    source = UNSTORABLE.sub(instead, text).encode("utf-8")
    # Old pages never close a <font>, and so lie some hundred deep: the second try goes down to two thousand.
    tree = _parsed(source, goes_deep=False)
    tree = _parsed(source, goes_deep=True) if tree is None else tree
    if tree is None:
        raise Unreadable(_TOO_DEEP)
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise Unreadable(
            f"The page has more than {MAX_ELEMENTS:,} elements, more than an article has: "
            "copy the article’s words and save them as plain text in UTF-8."
        )
    return tree


def _parsed(source: bytes, *, goes_deep: bool) -> html.HtmlElement | None:
    """The page's tree; None where it goes deeper than the parser does, which drops what lies there and says so here."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=goes_deep)
    try:
        tree = html.document_fromstring(source, parser=parser)
    except etree.ParserError as error:
        raise Unreadable(_NO_WORDS) from error
    is_cut = any(
        entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT or "depth" in entry.message for entry in parser.error_log
    )
    return None if is_cut else tree


def _uncleaned(decoded: Decoded) -> Decoded:
    """Put a NUL where something was replaced: those offsets mean nothing once the page is parsed."""
    characters = list(decoded.text) if decoded.replaced else []
    for at in decoded.replaced:
        characters[at] = "\0"
    return Decoded("".join(characters) or decoded.text, decoded.encoding, ())


def _declared(raw: bytes) -> str:
    found = _DECLARED.search(raw[:_LOOKED_AT])
    return (found.group(1) or found.group(2)).decode("ascii", "ignore") if found else ""


def _known(label: str) -> str:
    """The codec of a label; "" where nobody knows it, or it is none for text."""
    try:
        codec = codecs.lookup(label.strip().lower()) if label.strip() else None
    except (LookupError, ValueError):
        return ""
    # Python has codecs between bytes and bytes too (zip, rot13); those are refused by this private flag of its own.
    if not codec or not getattr(codec, "_is_text_encoding", True):
        return ""
    return _AS_BROWSERS_READ.get(codec.name, codec.name)
