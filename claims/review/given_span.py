"""A span as a page gives it: two borders, and the words that it showed between them."""

from claims.refusals import Invalid

Span = tuple[int, int]


def given_span(text: str, start: int, end: int, exact: str | None) -> Span:
    """The span of the revision's `text`, in code points, that a page asks for.

    The text is cut again here: where `exact`, the words that the page showed, is not what stands there, the page counts
    otherwise or is older than the text. Raises Invalid for that, and for borders that lie in no text.
    """
    if not 0 <= start < end <= len(text):
        raise Invalid("These borders do not lie in the text. Reload the article and mark the words again.")
    if exact is not None and text[start:end] != exact:
        raise Invalid(
            "The text between these borders is not what the page showed, so nothing was stored. Reload the article and "
            "mark the words again."
        )
    return start, end
