"""From the bytes of a file to the one text that every offset counts in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from claims.text import directions
from claims.text.plain import CONTROLS, NO_TEXT

MAX_BYTES: Final = 2_000_000
REPLACEMENT: Final = "\ufffd"

# The longer mark first: UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_KNOWN_FORMATS: Final = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# What becomes one U+FFFD each. Tabs, line ends, form feeds and the like are text: files are full of them.
UNSTORABLE: Final = re.compile(f"[{NO_TEXT}{CONTROLS}]")
# What nearly every text is made of from start to end, which is seen far quicker than that nothing above is in it.
_ORDINARY: Final = re.compile("[\t-\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]*+")
_LEFT_BEFORE: Final = re.compile(f"[{CONTROLS}]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES: Final = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\v\f\r")
_VISIBLE: Final = re.compile(r"[^\s\x00-\x1f\x7f\ufeff\ufffd\ud800-\udfff]")
_UTF8_SEQUENCE: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WESTERN_SIGNS: Final = frozenset("€‚„…†‡‰‹›‘’“”•–—™\u00a0¡¢£¥§©ª«\u00ad®°±²³´µ¶·º»¼½¾¿×÷")
# A page shows each of them as a badge, so many times as many bytes.
_FEW_TURNS: Final = 50
_MOST_TURNS: Final = 20_000
_SAVE_AS_UTF8: Final = "save it as plain text in UTF-8 and load it again"


class Unreadable(ValueError):
    """A file that cannot be read as an article. Its message is one sentence for the person who brought the file."""


@dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was read in, and the offsets of what had to become U+FFFD."""

    text: str
    encoding: str
    replaced: tuple[int, ...]


def decode(raw: bytes) -> Decoded:
    """Decode a file once, keeping every character but NUL, lone surrogates and controls: each becomes one U+FFFD.

    Line ends, blanks and odd glyphs stay exactly as they are; a byte order mark chooses the encoding and is no part
    of the text. Raises Unreadable with a sentence that says what to do.
    """
    _check_size(raw)
    _check_format(raw)
    return cleaned(*text_of(raw))


def cleaned(text: str, encoding: str) -> Decoded:
    """Give a text such that every database takes it.

    Each NUL, lone surrogate or control character in it becomes one U+FFFD, and is listed.
    Raises Unreadable with a sentence that says what to do, where it is no text at all.
    """
    _check_controls(text)
    if not _VISIBLE.search(text):
        raise Unreadable("The file has no words in it: check that the right file was chosen.")
    if _ORDINARY.fullmatch(text):
        return Decoded(text, encoding, ())
    replaced = tuple(match.start() for match in UNSTORABLE.finditer(text))
    return Decoded(UNSTORABLE.sub(REPLACEMENT, text), encoding, replaced)


def decodes_to(raw: bytes, text: str) -> bool:
    """Whether this text is these bytes, decoded, now or by an earlier version, which kept control characters.

    Raises Unreadable where the bytes are no text.
    """
    decoded = decode(raw)
    if len(text) != len(decoded.text):
        return False
    known = list(text)
    for at in decoded.replaced:
        if _LEFT_BEFORE.match(known[at]):
            known[at] = REPLACEMENT
    return "".join(known) == decoded.text


def _check_size(raw: bytes) -> None:
    if not raw:
        raise Unreadable("The file is empty: check that the right file was chosen.")
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            f"The file is too large, because an article may have {MAX_BYTES:,} bytes: load one article at a time."
        )


def _check_format(raw: bytes) -> None:
    for magic, name in _KNOWN_FORMATS:
        if raw.startswith(magic):
            raise Unreadable(f"The file is {name}, not plain text: copy the article’s words and {_SAVE_AS_UTF8}.")


def _check_controls(text: str) -> None:
    # A stray NUL is damage that can be shown and read past; many controls mean that this was never text.
    controls = len(_CONTROL.findall(text))
    if controls > max(1, len(text) // 4) or controls > max(8, len(text) // 100):
        raise Unreadable(f"The file is binary ({controls:,} control characters), not plain text: {_SAVE_AS_UTF8}.")
    turns = len(directions.ONE.findall(text))
    if turns > max(_FEW_TURNS, min(len(text) // 5, _MOST_TURNS)):
        raise Unreadable(
            f"The file has {turns:,} invisible characters that turn the direction of the text, more than any article: "
            "take them out and load it again."
        )


def text_of(raw: bytes) -> tuple[str, str]:
    """Give the text of bytes of any length as it stands there, and its encoding. Raises Unreadable with a sentence."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding, "surrogatepass"), encoding
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"The file says that it is {encoding.upper()} but breaks that at byte {error.start + len(mark):,}: "
                    f"{_SAVE_AS_UTF8}."
                ) from error
    try:
        return raw.decode("utf-8", "surrogatepass"), "utf-8"
    except UnicodeDecodeError as error:
        western = _western(raw)
        if western is None:
            raise Unreadable(_refusal(raw, error.start)) from error
        return western, "windows-1252"


def _refusal(raw: bytes, position: int) -> str:
    controls = len(raw) - len(raw.translate(None, _CONTROL_BYTES))
    if controls > max(8, len(raw) // 100):
        return f"The file is binary ({controls:,} control characters), not plain text: {_SAVE_AS_UTF8}."
    return f"The file is not valid UTF-8 (byte {position:,}) and no other encoding fits it: {_SAVE_AS_UTF8}."


def _western(raw: bytes) -> str | None:
    """The text in windows-1252, or None where that would be a guess.

    Almost any bytes decode in windows-1252, so it must also read like a western text: no control characters, few
    characters beyond ASCII, all of them letters or common signs, and no remains of UTF-8 (a damaged UTF-8 file
    would otherwise come out as “â€™”).
    """
    try:
        text = raw.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text) or _UTF8_SEQUENCE.search(raw):
        return None
    beyond_ascii = list(_beyond_ascii(text))
    if len(beyond_ascii) * 10 > len(text) * 3:
        return None
    return text if all(char.isalpha() or char in _WESTERN_SIGNS for char in beyond_ascii) else None


def _beyond_ascii(text: str) -> Iterator[str]:
    return (char for char in text if char > "\x7f")
