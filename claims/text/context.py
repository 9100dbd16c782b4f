"""A quote's surroundings, and long words made short."""

from typing import Final

WIDTH: Final = 32
_ELLIPSIS: Final = "…"


def around(text: str, start: int, end: int, width: int = WIDTH) -> tuple[str, str]:
    """Give what stands before and after `text[start:end]`: up to `width` code points each, exactly as they are.

    Raises ValueError if the span does not lie in the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"The span {start} to {end} does not lie in a text of {len(text)} characters.")
    return text[max(0, start - width) : start], text[end : end + width]


def clip(text: str, limit: int) -> str:
    """Shorten a text to at most `limit` code points, at a word border, with “…” where something was left out.

    Raises ValueError if `limit` is below 1.
    """
    if limit < 1:
        raise ValueError("A text cannot be clipped to less than one character.")
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    if not any(map(str.isspace, text[max(0, limit - 2) : limit])):
        words = kept.rsplit(maxsplit=1)
        # A single word longer than the limit has no border: cut it where it is.
        kept = words[0] if len(words) > 1 else kept
    return kept.rstrip() + _ELLIPSIS


def whole_words(prefix: str, suffix: str, width: int = WIDTH) -> tuple[str, str]:
    """A context as people read it: without the halves of words at its ends, with "…" where the text goes on.

    A context shorter than `width` code points ends where the text does.
    """
    before, after = prefix, suffix
    if len(prefix) >= width:
        before = "…" + (prefix.partition(" ")[2] if " " in prefix else prefix)
    if len(suffix) >= width:
        after = (suffix.rpartition(" ")[0] if " " in suffix else suffix) + "…"
    return before, after
