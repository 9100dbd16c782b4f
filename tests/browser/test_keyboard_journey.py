"""One reviewer's whole way over the reading page with nothing but a keyboard, written down key by key."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_journey import rows_of

LogIn = Callable[[Page, str], None]
CLAIM = "Kremlin press secretary Dmitry Peskov said on Friday"
PART = "Armenia has not officially notified Moscow"


class Typist:
    """Presses keys and writes down, after each, what has the focus and what was announced."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.written: list[tuple[str, str, str]] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            focus, announced = self.page.evaluate(
                """() => { const { tagName, id, name } = document.activeElement;
                    return [[tagName, id, name].join(" "), document.getElementById("announce")?.textContent ?? ""]; }"""
            )
            self.written.append((key, focus, announced))

    def until(self, key: str, reached: Callable[[], bool]) -> None:
        for _ in range(120):
            if reached():
                return
            self.press(key)
        raise AssertionError(f"{key} led nowhere: {self.written[-3:]}")


def test_the_whole_page_is_operated_by_keyboard(desktop_page: Page, log_in: LogIn, tmp_path: Path) -> None:
    page, keys = desktop_page, Typist(desktop_page)
    log_in(page, "ada")
    page.goto("/articles/")
    link = page.get_by_role("link", name="Putin loses member of military alliance").first
    keys.until("Tab", lambda: link.evaluate("link => link === document.activeElement"))
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_class("scripted")
    quote = page.locator("#quote")
    announce = page.locator("#announce")
    # To the claim, a label, its strength and reason in the panel, and back.
    keys.press("Escape")
    keys.until("j", lambda: CLAIM in (quote.text_content() or ""))
    keys.press("1")
    expect(announce).to_contain_text("saved: sourced")
    keys.press("Enter", "Tab", "4")
    expect(page.locator("#save-state")).to_contain_text("version 2")
    keys.press("Escape")
    # A part of it becomes a claim.
    keys.press("m")
    expect(page.locator("#marking")).to_be_visible()
    words = page.locator("#marking q")
    keys.until("ArrowRight", lambda: words.text_content() == "Armenia")
    keys.until("Shift+ArrowRight", lambda: (words.text_content() or "") == PART)
    assert keys.written[-1][2] == PART
    keys.press("Shift+ArrowRight", "Shift+ArrowLeft", "Enter")
    expect(quote).to_have_text(PART)
    expect(announce).to_contain_text("Marked as a claim")
    keys.press("2")
    expect(announce).to_contain_text("saved: unsourced")
    # Undone and done again.
    keys.press("u", "u")
    expect(announce).to_contain_text("Unmarked")
    keys.press("U", "U")
    expect(page.locator("[name=label]:checked")).to_have_value("UNSOURCED")
    expect(quote).to_have_text(PART)
    # The guide, the list, the keys, the details.
    guide = page.locator("#guide")
    keys.until("Tab", lambda: guide.evaluate("link => link === document.activeElement"))
    keys.press("Enter")
    expect(page.locator("#guide-text")).to_contain_text("Evidence could settle the statement")
    keys.press("Escape", "?")
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape", "d")
    expect(page.locator("#attribution h2")).to_be_focused()
    keys.until("Tab", lambda: page.evaluate("() => document.activeElement.closest('#evidence summary') !== null"))
    keys.press("Enter", "Tab")
    page.keyboard.type("https://example.org/notice")
    keys.until("Tab", lambda: page.evaluate("() => document.activeElement.name === 'stance'"))
    page.keyboard.type("supports")
    keys.press("Shift+Tab")
    keys.until("Shift+Tab", lambda: page.evaluate("() => document.activeElement.name === 'url'"))
    keys.press("Enter")
    expect(announce).to_contain_text("Saved: evidence")
    keys.press("Escape")
    expect(page.locator(".tag:focus")).to_have_count(1)
    # Nothing was done that nobody was told of.
    (tmp_path / "journey.txt").write_text("\n".join(" · ".join(line) for line in keys.written), encoding="utf-8")
    assert all(focus.strip() and announced is not None for _, focus, announced in keys.written)
    page.goto("/claims/?label=UNSOURCED")
    mine = [row for row in rows_of(page, tmp_path) if row["quote"] == PART and row["reviewer"] == "ada"]
    assert [(row["label"], row["evidence_count"]) for row in mine] == [("UNSOURCED", "1")]
