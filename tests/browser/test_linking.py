"""Linking as a reviewer does it: from a claim to its candidates, one key, a reason, the next one, and back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.test_reading_page import keep_the_store
from tests.browser.test_spans import go_to, mark, read

LogIn = Callable[[Page, str], None]
OpenPage = Callable[..., Page]
PUZZLE = "Putin’s ‘mini-NATO’ is his new puzzle"
BREAKING = "Putin's 'Mini-NATO' Is Breaking"
OPINION_PIECE = "The sanctions imposed by the West"
ARTICLE_4 = "Article 4 states that any"
ARTICLE_5 = "Article 5 of Putin’s dear CSTO"
FREEZE = "cannot rule out"


def candidates_of(page: Page) -> None:
    page.keyboard.press("l")
    page.wait_for_url(re.compile(r"/links"))


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    expect(page.locator(".candidate[aria-current]")).to_contain_text(words)


def set_time(page: Page, form: str, value: str) -> None:
    """One time of one of the two claims, in the form of the times of both."""
    page.locator(f"#{form} [name=value]").fill(value)
    page.locator(f"#{form} [name=basis]").select_option("found_elsewhere")
    page.locator(f"#{form} [name=value]").press("Enter")
    expect(page.locator(".messages")).to_contain_text("2 times are stored")


def test_two_numbers_of_one_clause_are_linked_as_a_contradiction_by_keyboard(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ana")
    read(page, OPINION_PIECE)
    go_to(page, ARTICLE_5)
    mark(page, 1912, 1942)
    page.keyboard.press("Enter")
    expect(page.locator("#quote")).to_have_text(ARTICLE_5)
    read(page, PUZZLE)
    go_to(page, ARTICLE_4)
    candidates_of(page)
    row = page.locator(".candidate", has=page.locator("mark", has_text=re.compile(f"^{ARTICLE_5}$")))
    expect(row).to_contain_text("Article 4 against Article 5")
    for _ in range(20):
        if row.get_attribute("aria-current"):
            break
        page.keyboard.press("j")
    expect(row).to_have_attribute("aria-current", "true")
    page.keyboard.press("2")
    expect(page.locator("#link-reason")).to_be_focused()
    expect(page.locator("#subtype")).to_have_value("reference")
    expect(page.locator("#subtype-why")).to_be_visible()
    page.keyboard.type("One clause has one number.")
    page.keyboard.press("Enter")
    expect(row.locator(".state")).to_contain_text("Saved: contradicts")
    # The times of both are not known, so it stays proposed.
    expect(row.locator(".state")).to_contain_text("It stays proposed")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/articles/"))
    expect(page.locator("#quote")).to_contain_text(ARTICLE_4)
    candidates_of(page)
    expect(page.locator(".known")).to_contain_text(
        f"This claim contradicts {ARTICLE_5} (reference)", use_inner_text=True
    )


def test_a_contradiction_between_two_times_leads_to_an_update(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("status of 400")
    page = desktop_page
    log_in(page, "ben")
    read(page, BREAKING)
    go_to(page, FREEZE)
    candidates_of(page)
    search(page, "basically frozen")
    page.keyboard.press("c")
    page.wait_for_url(re.compile(r"/pairs/"))
    page.locator("#t1-event [name=value]").fill("2023-05-22")
    page.locator("#t1-event [name=basis]").select_option("found_elsewhere")
    set_time(page, "t2-event", "2024-02")
    expect(page.locator("#t1-event [name=value]")).to_have_value("2023-05-22")
    page.locator("#back").click()
    page.wait_for_url(re.compile(r"/links"))
    search(page, "basically frozen")
    page.keyboard.press("2")
    expect(page.locator("#time-rule")).to_contain_text("Their times do not overlap")
    page.keyboard.type("Frozen, or only perhaps?")
    page.keyboard.press("Enter")
    expect(page.locator("#save-state")).to_contain_text("Not saved. Their times do not overlap")
    expect(page.locator("#link-reason")).to_have_value("Frozen, or only perhaps?")
    expect(page.locator("#instead")).to_be_visible()
    page.locator("#instead-here").click()
    expect(page.locator(".candidate[aria-current] .state")).to_contain_text("Saved: updates")
    page.keyboard.press("c")
    page.wait_for_url(re.compile(r"/pairs/"))
    expect(page.locator("[name=relation]:checked")).to_have_value("UPDATES")
    # The newer one is the other.
    expect(page.locator("[name=origin]").nth(1)).to_be_checked()
    expect(page.locator("#link-reason")).to_have_value("Frozen, or only perhaps?")
    # And swapped by a key.
    page.keyboard.press("s")
    expect(page.locator("[name=origin]").nth(0)).to_be_checked()
    page.locator("#link-reason").press("Control+Enter")
    expect(page.locator(".messages")).to_contain_text("Saved: updates")
    expect(page.locator("[name=origin]").nth(0)).to_be_checked()


def test_the_next_candidate_opens_with_an_empty_form(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "max")
    read(page, PUZZLE)
    go_to(page, ARTICLE_4)
    candidates_of(page)
    rows = page.locator(".candidate")
    for at, key in enumerate("52"):
        expect(rows.nth(at)).to_have_attribute("aria-current", "true")
        page.keyboard.press(key)
        page.keyboard.type(f"Reason {at}.")
        # The words that are judged stay in view.
        assert (rows.nth(at).bounding_box() or {"y": -1})["y"] >= 0
        page.keyboard.press("Enter")
        expect(rows.nth(at + 1)).to_have_attribute("aria-current", "true")
        expect(page.locator("[name=relation]:checked")).to_have_count(0)
        expect(page.locator("#link-reason")).to_have_value("")
        expect(page.locator("#subtype")).to_have_value("")
        expect(page.locator("#save-state")).to_have_text("No finding by you yet")
        expect(rows.nth(at).locator(".state")).to_contain_text("Saved")
    # A step away while something is typed keeps it for its own pair alone.
    page.keyboard.press("5")
    page.keyboard.type("Half a reason")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("#link-reason")).to_have_value("")
    page.keyboard.press("k")
    expect(page.locator("#link-reason")).to_have_value("Half a reason")


def test_what_was_typed_survives_a_closed_page_and_a_lost_connection(
    open_page: OpenPage, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    first = open_page()
    log_in(first, "ada")
    read(first, PUZZLE)
    go_to(first, ARTICLE_4)
    candidates_of(first)
    search(first, "CSTO")
    address = first.url
    keep_the_store(first)
    first.keyboard.press("5")
    first.keyboard.type("typed before the crash")
    first.close(run_before_unload=False)
    second = first.context.new_page()
    second.goto(address)
    expect(second.locator("#link-reason")).to_have_value("typed before the crash")
    expect(second.locator("#save-state")).to_contain_text("was not saved")
    second.context.set_offline(True)
    second.locator("#link-reason").press("Enter")
    row = second.locator(".candidate").first
    expect(row.locator(".state")).to_contain_text("Not saved yet")
    second.context.set_offline(False)
    expect(row.locator(".state")).to_contain_text("Saved: frames differently")
    second.reload()
    expect(second.locator("[name=relation]:checked")).to_have_value("FRAMES_DIFFERENTLY")
    expect(second.locator("#link-reason")).to_have_value("typed before the crash")


def test_a_pair_is_linked_by_plain_forms_without_script(noscript_page: Page, log_in: LogIn) -> None:
    page = noscript_page
    log_in(page, "max")
    page.goto("/claims/?q=" + ARTICLE_4.replace(" ", "+"))
    page.locator("tbody th a", has_text="links").first.click()
    page.locator("#q").fill("peacekeepers")
    page.locator("#q").press("Enter")
    page.locator(".compare").first.click()
    page.locator("[name=relation][value=UNRELATED]").check()
    page.locator("#link-reason").fill("Another event.")
    page.locator("#link-form button.go").click()
    expect(page.locator(".messages")).to_contain_text("Saved: unrelated")
    expect(page.locator("#link-reason")).to_have_value("Another event.")
