"""The article's text from pages: F1 of words and signs, beside trafilatura alone and all visible text.

The pages are made from the layouts and stories in tests/unit/ingest/readers/pages; the options were tuned on those
under `dev`, and the others were held back.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator

from trafilatura import extract, html2txt

from benchmarks.table import Figure, show
from claims.ingest.readers.html import read_page
from tests.unit.ingest.readers.build_pages import Page, pages

TOKEN = re.compile(r"\w+|[^\w\s]")
REACH = 0.95
TIMES = 5


def f1(found: str, article: str) -> float:
    """The harmonic mean of precision and recall over tokens, each counted as often as it stands there."""
    ours, theirs = Counter(TOKEN.findall(found)), Counter(TOKEN.findall(article))
    both = (ours & theirs).total()
    return 2 * both / (ours.total() + theirs.total()) if both else 0.0


def figures(folder: str) -> Iterator[Figure]:
    """One row a page, and the mean."""
    scores = [(page, *scored(page)) for page in pages(folder)]
    for page, *(ours, plain, visible) in scores:
        yield Figure(
            f"  {folder}: {page.name}", f"F1 {ours:.3f}", f"{plain:.3f} trafilatura, {visible:.3f} all visible"
        )
    ours, plain, visible = (sum(score[at] for score in scores) / len(scores) for at in (1, 2, 3))
    lowest = min(score[1] for score in scores)
    beside = f"{plain:.3f} trafilatura, {visible:.3f} all visible; reach: {REACH}"
    yield Figure(f"article text of {len(scores)} {folder} pages", f"F1 {ours:.3f}, lowest {lowest:.3f}", beside)


def scored(page: Page) -> tuple[float, float, float]:
    """Our text, what trafilatura gives by itself, and everything that the page shows, each against the article."""
    found = read_page(page.name, page.raw).text, extract(page.raw) or "", html2txt(page.raw.decode())
    ours, plain, visible = (f1(text, page.article) for text in found)
    return ours, plain, visible


def measure() -> list[Figure]:
    """Every page, the means, and how many pages a second one process reads."""
    rows = [*figures("dev"), *figures("held_back")]
    every = [*pages("dev"), *pages("held_back")] * TIMES
    begun = time.perf_counter()
    for page in every:
        read_page(page.name, page.raw)
    ours = len(every) / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for page in every:
        extract(page.raw)
    plain = len(every) / (time.perf_counter() - begun)
    return [
        *rows,
        Figure("pages read, in the child", f"{ours:.0f} a second", f"{plain:.0f} trafilatura alone, no child"),
    ]


if __name__ == "__main__":
    show(measure())
