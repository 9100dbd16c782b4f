"""The whole way, as somebody new goes it: read, label, filter, export; by keyboard, and without script."""

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Server

KAZAKHSTAN = "The Kremlin is also reportedly drawing up plans to invade Kazakhstan"
LogIn = Callable[[Page, str], None]


def rows_of(page: Page, folder: Path) -> list[dict[str, str]]:
    """What the page's export link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    path = folder / "claims.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def filter_to_kazakhstan(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Claims").click()
    page.locator("[name=q]").fill("plans to invade Kazakhstan")
    page.locator("[name=label]").select_option("UNSOURCED")
    page.locator("[name=q]").press("Enter")
    expect(page.locator("main")).to_contain_text(KAZAKHSTAN)


def test_make_run_prints_the_demo_accounts_and_serves_within_its_time(workbench_server: Server) -> None:
    assert set(workbench_server.passwords) == {"ana", "ben", "max", "ada"}
    assert workbench_server.seconds_to_first_page < 300


def test_label_by_keyboard_filter_to_it_and_find_it_in_the_csv(
    desktop_page: Page, log_in: LogIn, tmp_path: Path
) -> None:
    page = desktop_page
    log_in(page, "ana")
    page.get_by_role("link", name="Go on:").press("Enter")
    expect(page.locator("body")).to_have_class("scripted")
    quote = page.locator("#quote")
    for _ in range(60):
        if (quote.text_content() or "").startswith(KAZAKHSTAN):
            break
        page.keyboard.press("j")
    expect(quote).to_contain_text(KAZAKHSTAN)
    expect(page.locator("#why")).to_contain_text("“reportedly” is a hedge with no source behind it")
    page.keyboard.press("2")
    expect(page.locator("#save-state")).to_contain_text("Saved, version 1")
    filter_to_kazakhstan(page)
    rows = rows_of(page, tmp_path)
    assert [(row["label"], row["reviewer"]) for row in rows] == [("UNSOURCED", "ana")]
    assert rows[0]["quote"].startswith(KAZAKHSTAN)


def test_the_same_without_javascript(noscript_page: Page, log_in: LogIn, tmp_path: Path) -> None:
    page = noscript_page
    log_in(page, "ben")
    page.get_by_role("link", name="Go on:").click()
    # Without script the claim is found by its letter in the margin, which is a link.
    tag = page.locator(".s", has_text=KAZAKHSTAN).locator("xpath=preceding-sibling::a[1]")
    tag.click()
    expect(page.locator("#quote")).to_contain_text(KAZAKHSTAN)
    page.locator("label", has_text="Unsourced").click()
    page.locator("#strengths label").nth(0).click()
    page.locator("#reasons label", has_text="hedge").click()
    page.locator("#note").fill("“reportedly” names nobody")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#save-state")).to_contain_text("Saved, version 1")
    expect(page.locator("#note")).to_have_value("“reportedly” names nobody")
    filter_to_kazakhstan(page)
    mine = [row for row in rows_of(page, tmp_path) if row["reviewer"] == "ben"]
    assert [(row["label"], row["strength"], row["reason"], row["note"]) for row in mine] == [
        ("UNSOURCED", "0", "hedge", "“reportedly” names nobody")
    ]


def test_without_javascript_a_label_can_be_taken_back(noscript_page: Page, log_in: LogIn) -> None:
    page = noscript_page
    log_in(page, "max")
    page.get_by_role("link", name="Go on:").click()
    page.locator("label", has_text="Opinion").click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Take my label back").click()
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")


def test_one_long_word_makes_no_story_wider_than_a_phone(phone_page: Page, log_in: LogIn) -> None:
    page, word = phone_page, "Donaudampfschifffahrt" * 7
    log_in(page, "max")
    page.goto("/stories/new")
    page.locator("[name=title]").fill(word)
    page.locator("[name=description]").fill(word)
    page.locator("[name=description]").locator("xpath=ancestor::form").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(word)
    page.get_by_label("A correction of your own").fill(word)
    page.locator("#line").locator("xpath=ancestor::form").get_by_role("button").click()
    page.goto(page.url.partition("?")[0] + "?as=reader")
    expect(page.get_by_role("main")).to_contain_text(word)
    page.wait_for_load_state()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_moderator_publishes_and_a_reader_sees_the_settled_claim_and_never_the_text(
    open_page: Callable[..., Page], log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("status of 410")
    desk = open_page()
    log_in(desk, "max")
    desk.get_by_role("navigation").get_by_role("link", name="Articles").click()
    desk.get_by_role("link", name="Putin's 'Mini-NATO' Is Breaking").click()
    expect(desk.locator("body")).to_have_class("scripted")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    words = desk.locator("#quote").text_content() or ""
    desk.get_by_role("link", name="Rule on this claim").click()
    desk.get_by_role("link", name="Rule on this claim").click()
    desk.locator("#label").select_option("SOURCED")
    desk.locator("#strength").select_option("4")
    desk.locator("#explanation").fill("A named person on a named day.")
    desk.get_by_role("button", name="Settle the claim").click()
    expect(desk.get_by_role("status")).to_contain_text("The claim before is ruled.")
    desk.get_by_role("navigation").get_by_role("link", name="Stories").click()
    desk.get_by_role("link", name="Armenia, Russia and the CSTO").click()
    desk.get_by_role("button", name="Publish its settled claims").click()

    reader = open_page()
    reader.goto("/")
    reader.get_by_role("link", name="Armenia, Russia and the CSTO").click()
    published = reader.locator("main")
    expect(published).to_contain_text(words)
    expect(published).to_contain_text("A named person on a named day.")
    assert len(published.text_content() or "") < 2_500
    reader.get_by_text("Ask for a correction").click()
    reader.locator("#message").fill("The month is wrong.")
    reader.get_by_role("button", name="Send it to a moderator").click()
    expect(reader.get_by_role("status")).to_contain_text("A moderator will read it")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("The month is wrong.")
    desk.locator("[id^=line-]").fill("The month was wrong; it is May.")
    desk.get_by_role("button", name="Publish the correction").first.click()
    reader.reload()
    expect(reader.locator("main")).to_contain_text("The month was wrong; it is May.")
    desk.get_by_role("button", name="Take back from readers").click()
    assert reader.reload().status == 410  # type: ignore[union-attr]
