"""How fast an article is read: sentences a second on one core, a line of a megabyte, and the import of many articles.

    python -m benchmarks.reading_speed                     reading alone, and where its time goes
    python -m benchmarks.reading_speed --articles 1000     besides, so many articles stored, and read on two cores

The second writes into a database of its own, which it removes again.
"""

import argparse
import cProfile
import os
import pstats
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import Figure, percentile, show
from claims.text.reading import propose
from tests.unit.text.corpus import NAMES, article, json_lines
from tests.unit.text.gold import SPLITS, gold

ROOT = Path(__file__).resolve().parents[1]
TRIES = 5
MEGABYTE = 1_000_000
# The import that the design speaks of.
ARTICLES, SENTENCES, SECONDS, MEMORY = 10_000, 25, 75, 300


def texts() -> list[str]:
    """Edited news: our labelled texts, the five articles, GUM's news."""
    own = [one.text for split in SPLITS for one in gold(split)]
    return [
        *own,
        *(article(name) for name in NAMES),
        *(one["text"] for one in json_lines("attribution_gum/news.jsonl")),
    ]


def reading() -> Figure:
    """Sentences a second of one core, in the median of several tries."""
    read = texts()
    speeds = []
    for _ in range(TRIES):
        begun = time.process_time()
        sentences = sum(len(propose(text)) for text in read)
        speeds.append(sentences / (time.process_time() - begun))
    return Figure("reading, one core", f"{percentile(speeds, 0.5):,.0f} sentences/s", "reach: 2,000")


def long_line() -> Figure:
    """A megabyte of news without a line break."""
    words = " ".join(" ".join(text.split()) for text in texts())
    line = (words * (MEGABYTE // len(words) + 1))[:MEGABYTE]
    begun = time.process_time()
    propose(line)
    return Figure("a line of a megabyte", f"{time.process_time() - begun:.2f} s", "reach: 2 s")


def profile(most: int) -> None:
    """Print the functions in which reading spends its time."""
    taken = cProfile.Profile()
    read = texts()
    taken.runcall(lambda: [propose(text) for text in read])
    pstats.Stats(taken).sort_stats("cumulative").print_stats("claims/text", most)


def written(count: int) -> list[str]:
    """So many articles of some 25 sentences of news each, no two alike."""
    sentences = [text[one.start : one.end] for text in texts() for one in propose(text)]
    step = len(sentences) // 2 + 1
    found = []
    for number in range(count):
        chosen = [sentences[(number * 7 + at * step + at) % len(sentences)] for at in range(SENTENCES - 1)]
        found.append("\n\n".join([f"Report number {number} was filed on Monday.", *chosen]))
    return found


def imported(count: int) -> list[Figure]:
    """Store articles in a database of their own, then read them with two processes at once."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"DJANGO_SETTINGS_MODULE": "workbench.settings", "SECRET_KEY": secrets.token_urlsafe(50)}
        environment = os.environ | settings | {"DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        _run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], environment)
        stored = _timed([sys.executable, "-m", "benchmarks.stored_articles", str(count)], environment)
        begun = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.stored_articles", "--read"]
        readers = [subprocess.Popen([*command, part], env=environment, cwd=ROOT) for part in ("1/2", "2/2")]
        ends = [reader.wait() for reader in readers]
        seconds = time.perf_counter() - begun
    if any(ends):
        raise SystemExit("A reading process failed.")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    share = ARTICLES / count
    return [
        Figure(f"{count:,} articles stored", f"{stored:.1f} s", f"{stored * share:.0f} s for {ARTICLES:,}"),
        Figure(
            f"{count:,} articles read, two processes",
            f"{seconds:.1f} s, {most:.0f} MB each at most",
            f"{seconds * share:.0f} s for {ARTICLES:,}; reach: {SECONDS} s, {MEMORY} MB",
        ),
    ]


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


def _timed(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    _run(command, environment)
    return time.perf_counter() - begun


def main() -> None:
    """See the module's words."""
    parser = argparse.ArgumentParser(description="How fast articles are read.")
    parser.add_argument("--articles", type=int, default=0, help="store and read so many articles as well")
    parser.add_argument("--profile", type=int, default=0, help="show the so many functions that take longest")
    options = parser.parse_args()
    show([reading(), long_line()])
    if options.profile:
        profile(options.profile)
    if options.articles:
        show(imported(options.articles))


if __name__ == "__main__":
    main()
