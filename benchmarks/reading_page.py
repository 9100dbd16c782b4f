"""The reading page in a browser: key press to painted and to stored, and what the page weighs."""

import gzip
import json

from playwright.sync_api import Browser, Page

from benchmarks.server import ROOT, Running, memory_of_group, serving
from benchmarks.table import Figure, show, spread
from tests.browser import chromium

PRESSES = 200
# Marks when a key goes down, when the frame after it is painted, and when the save is answered.
PROBE = """() => {
  window.probe = { painted: [], stored: [], down: 0 };
  document.addEventListener("keydown", () => {
    const down = performance.now();
    window.probe.down = down;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.probe.painted.push(performance.now() - down);
      channel.port2.postMessage(0);
    });
  }, true);
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (entry.name.endsWith("/assess")) window.probe.stored.push(entry.responseEnd - window.probe.down);
  })).observe({ type: "resource" });
}"""


def log_in(page: Page, server: Running, name: str) -> None:
    """Log a demo account in."""
    page.goto(f"{server.url}/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", server.passwords[name])
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{server.url}/")


def presses(page: Page, server: Running) -> list[Figure]:
    """Label the claims of the longest article with changing keys, as fast as saves are answered."""
    log_in(page, server, "ana")
    page.goto(f"{server.url}/articles/")
    page.get_by_role("link", name="The sanctions imposed by the West").click()
    page.wait_for_selector("body.scripted")
    page.evaluate(PROBE)
    for number in range(PRESSES):
        page.keyboard.press("1230"[number % 4])
        page.wait_for_selector("#save-state[data-state=saved]")
        if number % 5 == 4:
            page.keyboard.press("j")
    probe = json.loads(page.evaluate("() => JSON.stringify(window.probe)"))
    return [
        Figure("key press → painted", spread(probe["painted"]), "reach: p95 ≤ 16 ms"),
        Figure("key press → stored", spread(probe["stored"]), "reach: p95 ≤ 60 ms"),
    ]


def weight(page: Page, server: Running) -> list[Figure]:
    """Bytes of the longest article's page, as sent and as unpacked, and of its scripts and styles."""
    sent: dict[str, int] = {}
    page.on("response", lambda response: sent.update({response.url: response.request.sizes()["responseBodySize"]}))
    page.goto(page.url)
    page.wait_for_load_state("networkidle")
    html = len(page.content().encode())
    claims = page.locator(".tag").count()
    static = ROOT / "claims" / "static" / "claims"
    files = [*static.glob("js/*.js"), *(static / "css" / f"{name}.css" for name in ("tokens", "base", "reading"))]
    assets = sum(path.stat().st_size for path in files)
    packed = sum(len(gzip.compress(path.read_bytes())) for path in files)
    per_claim = html / max(claims, 1)
    return [
        Figure(
            f"article page of {claims} sentences",
            f"{sum(sent.values()) / 1000:.0f} kB sent in all, HTML {html / 1000:.0f} kB unpacked",
            f"reach: ≤ 100 kB for 200 sentences; at {per_claim:.0f} bytes a sentence {per_claim * 0.2:.0f} kB unpacked",
        ),
        Figure("scripts and styles", f"{assets / 1000:.1f} kB ({packed / 1000:.1f} kB packed)", "reach: ≤ 40 kB"),
    ]


def text_visible(page: Page) -> Figure:
    """From the request to the text on the screen."""
    times = []
    for _ in range(10):
        page.reload()
        paint = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
        page.wait_for_timeout(150)
        times.append(page.evaluate(paint))
    return Figure("text visible", spread(times), "reach: ≤ 300 ms")


def measure(server: Running, browser: Browser) -> list[Figure]:
    """Every figure of the reading page, and those of the start."""
    memory = memory_of_group(server.process)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    figures = [
        Figure("`make run` → first page", f"{server.seconds:.1f} s", "packages installed; reach: ≤ 30 s fresh"),
        Figure("memory of the idle server", f"{memory:.0f} MB", "reach: ≤ 120 MB (two workers)"),
        *presses(page, server),
        *weight(page, server),
        text_visible(page),
    ]
    page.close()
    return figures


def main() -> None:
    """Print the figures of this file alone."""
    with serving() as server, chromium.running() as browser:
        show(measure(server, browser))


if __name__ == "__main__":
    main()
