"""Characters that turn the direction of a text: drawn as badges, turning nothing, and counted as the server does."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server
from tests.browser.test_spans import read

TEXT = (
    "The toll vote\n\nThe council said “\u202eon\u202c” to 😀 the \u2067toll\u2069 on Friday, and the mayor agreed.\n\n"
    "\u200fIt rains in Oslo today, said \u2069 the mayor.\n"
)
# Whether each letter of “on” stands right of the one before it.
IN_ORDER = """article => {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node.data !== "on") node = walker.nextNode();
  const left = [0, 1].map((at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  });
  return left[0] < left[1];
}"""
EXACTLY = """async (span) => {
  const positions = await import("/static/claims/js/positions.js");
  const range = positions.rangeOf(span);
  return [positions.spanOf(range), positions.exactOf(span), range.toString()];
}"""


@pytest.fixture
def turning_text(workbench_server: Server, tmp_path: Path) -> str:
    file = tmp_path / "turning.txt"
    file.write_text(TEXT, encoding="utf-8")
    command = [sys.executable, "manage.py", "import_articles", str(file)]
    env = {"DEBUG": "1", "DATA_DIR": str(workbench_server.data_dir), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return TEXT


def test_what_turns_directions_is_drawn_as_a_badge_and_places_are_counted_past_it(
    desktop_page: Page, log_in: Callable[[Page, str], None], turning_text: str
) -> None:
    page, text = desktop_page, turning_text
    log_in(page, "ana")
    read(page, "The toll vote")
    badges = page.locator("#text .ctl")
    named = badges.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    assert named == ['"RLO"', '"PDF"', '"RLI"', '"PDI"', '"RLM"', '"PDI"']
    expect(badges.first.locator("span")).to_be_hidden()
    assert page.locator("article").first.evaluate(IN_ORDER)
    for words in ("Friday", "“\u202eon\u202c”", "\u2067toll\u2069 on", "\u202c” to 😀", "\u200fIt rains"):
        start = text.index(words)
        span = [start, start + len(words)]
        assert page.evaluate(EXACTLY, span) == [span, words, words], words
