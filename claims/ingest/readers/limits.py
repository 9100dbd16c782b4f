"""How much is read at once: caps that are checked before anything is parsed, and what a parsing process may use."""

from typing import Final

from claims.text.decode import MAX_BYTES

MAX_DOCUMENT: Final = MAX_BYTES
MAX_UPLOAD: Final = 50_000_000
# Of a ZIP: its files, all of them unpacked, and how many times larger than its packed form one may be. Plain text packs
# ten to one and hardly any page forty to one; what packs a hundred to one was made to.
MAX_MEMBERS: Final = 200
# Unpacked counts for all archives of an upload together.
MAX_UNPACKED: Final = 50_000_000
MAX_RATIO: Final = 100
MAX_ROWS: Final = 20_000
MAX_JSON_DEPTH: Final = 32

# A page of a newspaper has some thousand elements, the longest live blogs thirty thousand.
MAX_ELEMENTS: Final = 50_000
MAX_PDF_PAGES: Final = 500
# Of an office document, which is a ZIP of its own: its parts and all of them unpacked.
MAX_PARTS: Final = 2_000
MAX_PARTS_UNPACKED: Final = 30_000_000

# What the process may use that parses pages, office documents and PDF files, for each of them: seconds of the processor
# and bytes of memory. The seconds of the clock are for one that hangs and does nothing: on a busy machine a good page
# takes several times its seconds of the processor.
CHILD_CPU_SECONDS: Final = 3
CHILD_SECONDS: Final = 20.0
CHILD_MEMORY: Final = 512 * 1024 * 1024
# So many files of one archive may need more than that; behind them it is no collection of texts.
MAX_EXHAUSTING: Final = 3
CHILD_START_SECONDS: Final = 20.0
# How long a document waits until those of others are parsed.
CHILD_WAIT_SECONDS: Final = 15.0
CHILD_IDLE_SECONDS: Final = 120.0
# A parser may leak; a new process every so many documents costs less than a thousandth of their time.
CHILD_DOCUMENTS: Final = 500
MAX_ANSWER: Final = 40_000_000


def size_fault(size: int, what: str = "The file") -> str:
    """Say what to do about a document of so many bytes; "" where it has the right size."""
    if not size:
        return f"{what} is empty: check that the right file was chosen."
    if size > MAX_DOCUMENT:
        return (
            f"{what} is too large, because an article may have {MAX_DOCUMENT:,} bytes: "
            "leave out its pictures, or bring in one article at a time."
        )
    return ""
