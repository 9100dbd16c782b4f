"""The words of a PDF file that has a text layer. Runs in the parsing process."""

import io
import logging
from importlib.metadata import version
from typing import Any, Final

from claims.ingest.readers.child_answer import answer
from claims.ingest.readers.document import Fact
from claims.ingest.readers.limits import MAX_PDF_PAGES
from claims.ingest.readers.printed_lines import paragraphs
from claims.text.decode import Unreadable

try:
    import pypdf
except ImportError:
    pypdf = None  # type: ignore[assignment]

_INSTALL: Final = (
    "Reading PDF files needs a library that is not installed: the operator can run "
    "pip install -r requirements-extra.txt, or save the document as plain text (.txt)."
)
_LOCKED: Final = "The PDF file is protected with a password: save a copy without one."
_SCAN: Final = (
    "The PDF file has no text, only pictures of pages: run a text recognition over it, or type the article’s words."
)
_LONG: Final = (
    f"The PDF file has more than {MAX_PDF_PAGES} pages: save the pages of one article as a file of their own."
)
_FEWEST_LETTERS: Final = 20


def parse(raw: bytes) -> dict[str, Any]:
    """Give the text of a PDF file: a blank line between paragraphs. Raises Unreadable with a sentence."""
    if pypdf is None:
        raise Unreadable(_INSTALL)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(_LOCKED)
    if len(reader.pages) > MAX_PDF_PAGES:
        raise Unreadable(_LONG)
    pages = [page.extract_text() for page in reader.pages]
    if sum(map(str.isalpha, "".join(pages))) < _FEWEST_LETTERS:
        raise Unreadable(_SCAN)
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    text = "\n\n".join(paragraphs(pages))
    # Programs fill the title in too ("Microsoft Word - draft3"): it counts where the file shows it as well.
    facts = {"headline": Fact(title, note="the file’s title")} if title and title in text[:2000] else {}
    return answer(text, encoding="pdf", extractor=f"pypdf {version('pypdf')}", facts=facts)
