"""`make bench`: every figure in one table."""

from benchmarks import (
    anchors,
    first_pass,
    import_articles,
    long_article,
    opinion,
    page_text,
    reading_page,
    reviewers,
    saves,
    sentence_ends,
    story_page,
    suggestions,
)
from benchmarks.server import serving, serving_in_production
from benchmarks.table import show
from tests.browser import chromium


def main() -> None:
    """Each measurement on a server of its own, so that none sees what another wrote."""
    show(anchors.measure())
    show(page_text.measure())
    show([*sentence_ends.measure(), *first_pass.measure(), *opinion.measure()])
    with serving() as server, chromium.running() as browser:
        show([*reading_page.measure(server, browser), *long_article.measure(server, browser)])
    with serving_in_production() as server:
        show(story_page.measure(server))
    show(suggestions.measure())
    show(import_articles.measure())
    with serving_in_production() as server:
        show(saves.measure(server))
    with serving_in_production() as server:
        show(reviewers.measure(server))


if __name__ == "__main__":
    main()
