"""An article of 300 sentences with parts marked in it: key press to painted, for labels and for the marking cursor."""

import json
import os
import subprocess
import sys

from playwright.sync_api import Browser, Page

from benchmarks.reading_page import PROBE, log_in
from benchmarks.server import ROOT, Running, serving
from benchmarks.table import Figure, show, spread
from tests.browser import chromium

SENTENCES = 300
PARTS = 60
PRESSES = 200
SENTENCE = "The mayor of town {} said on Monday that the bridge over the Elm would open again in May, reportedly."
# A part of every fifth sentence, from its fifth word to its end, so that claims nest all over the text.
NEST = """async (most) => {
  const p = await import("/static/claims/js/positions.js");
  const known = p.lines().filter(({ isCoverage }) => isCoverage);
  const chosen = known.filter((line, at) => at % 5 === 0).slice(0, most);
  const spans = chosen.map((line) => [p.tokensOf(line)[5][0], line.end]);
  const { revision, redraw } = document.getElementById("text").dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (let at = 0; at < spans.length; at += 20) {
    const some = spans.slice(at, at + 20).map((span) => (
      { start: span[0], end: span[1], exact: p.exactOf(span, known) }
    ));
    const body = new URLSearchParams({ revision, key: crypto.randomUUID(), spans: JSON.stringify(some) });
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(redraw, { method: "POST", body, headers });
    if (!answer.ok) throw new Error(await answer.text());
  }
}"""


def bring_in(server: Running) -> None:
    """Import the generated text into the server's database."""
    file = server.data_dir / "long.txt"
    file.write_text("A long day at the bridge\n\n" + "\n\n".join(SENTENCE.format(n) for n in range(SENTENCES)))
    command = [sys.executable, "manage.py", "import_articles", str(file)]
    env = {**os.environ, "DEBUG": "1", "DATA_DIR": str(server.data_dir)}
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)


def painted(page: Page, keys: list[str]) -> list[float]:
    """Milliseconds from each key press to the frame that shows it."""
    page.evaluate(PROBE)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(25)
    return list(json.loads(page.evaluate("() => JSON.stringify(window.probe.painted)")))


def measure(server: Running, browser: Browser) -> list[Figure]:
    """Label, move and mark in the long article."""
    bring_in(server)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    log_in(page, server, "ana")
    page.goto(f"{server.url}/articles/")
    page.get_by_role("link", name="A long day at the bridge").click()
    page.wait_for_selector("body.scripted")
    page.evaluate(NEST, PARTS)
    page.reload()
    page.wait_for_selector("body.scripted")
    claims = page.locator("a.tag").count()
    figures = [
        Figure(
            f"{claims} claims, {PARTS} nested: label → painted",
            spread(painted(page, ["1230"[n % 4] if n % 3 else "j" for n in range(PRESSES)])),
            "reach: p95 ≤ 16 ms",
        )
    ]
    page.keyboard.press("m")
    page.wait_for_selector("body.marking")
    moves = ["ArrowRight" if n % 4 else "Shift+ArrowRight" for n in range(PRESSES)]
    figures.append(Figure("the same: cursor → painted", spread(painted(page, moves)), "reach: p95 ≤ 16 ms"))
    page.close()
    return figures


def main() -> None:
    """Print the figures of this file alone."""
    with serving() as server, chromium.running() as browser:
        show(measure(server, browser))


if __name__ == "__main__":
    main()
