"""Many articles in the database of the settings, stored or read: what benchmarks.reading_speed times."""

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from benchmarks.reading_speed import written  # noqa: E402 - Django is set up first
from claims.ingest.store_article import store_article  # noqa: E402
from claims.management.commands.read_articles import read_part  # noqa: E402
from claims.permissions import operator  # noqa: E402


def store(count: int) -> None:
    """Store so many articles, unread."""
    by = operator()
    for number, text in enumerate(written(count)):
        store_article(by=by, raw=text.encode(), address=f"https://{number % 50}.example/{number}")


def read(part: str) -> None:
    """Read what is unread of one part, as the command does, and look for nothing to compare."""
    for _ in read_part(part, operator()):
        pass


def main() -> None:
    """See the module's words."""
    parser = argparse.ArgumentParser(description="Store or read many articles.")
    parser.add_argument("count", type=int, nargs="?", default=0)
    parser.add_argument("--read", default="", help="the part to read, as in 1/2")
    options = parser.parse_args()
    if options.read:
        read(options.read)
    else:
        store(options.count)


if __name__ == "__main__":
    main()
