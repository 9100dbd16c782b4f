"""The reading page under fingers, a bad connection and a second tab: nothing that was pressed or typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints

LogIn = Callable[[Page, str], None]
OpenPage = Callable[..., Page]
OPINION_PIECE = "The sanctions imposed by the West"
PUZZLE = "Putin’s ‘mini-NATO’ is his new puzzle"


def read(page: Page, title: str) -> Page:
    page.goto("/articles/")
    page.get_by_role("link", name=title).click()
    expect(page.locator("body")).to_have_class("scripted")
    return page


def labelled(page: Page) -> int:
    return int(page.locator("#progress").text_content() or 0)


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    expect(page.locator(".tag.saving")).to_have_count(0)


def keep_the_store(page: Page) -> None:
    """Keep a second page of the workbench open: a private window that closes its last page forgets its store."""
    page.context.new_page().goto("/method/")
    page.bring_to_front()


def test_no_key_is_lost_or_reordered_however_fast_they_come(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, OPINION_PIECE)
    keys = "1230"
    pressed = []
    for number in range(40):
        final = keys[number % 4]
        for key in (keys[(number + 1) % 4], keys[(number + 2) % 4], final):
            page.keyboard.press(key)
        pressed.append("SUON"["1230".index(final)])
        page.keyboard.press("j")
    saved_before = labelled(page)
    page.keyboard.press("k")
    saved(page)
    expect(page.locator(".tag.saving, .tag.failed")).to_have_count(0)
    page.reload()
    assert labelled(page) == saved_before == 40
    letters = page.locator(".tag").evaluate_all("tags => tags.map(tag => tag.className.slice(4, 5))")
    assert letters[:40] == pressed


def test_undo_goes_back_step_by_step(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "max")
    read(page, PUZZLE)
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("3")
    expect(page.locator("#save-state")).to_contain_text("version 2")
    page.keyboard.press("u")
    expect(page.locator("[name=label][value=SOURCED]")).to_be_checked()
    expect(page.locator("#save-state")).to_contain_text("version 3")
    page.keyboard.press("u")
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")
    page.reload()
    assert labelled(page) == 0


def test_a_label_can_be_taken_back_after_a_reload_and_given_back(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "max")
    read(page, "Putin's 'Mini-NATO' Is Breaking")
    take_back = page.get_by_role("button", name="Take my label back")
    expect(take_back).to_be_hidden()
    page.keyboard.press("3")
    page.locator("#note").fill("It is a view.")
    expect(page.locator("#save-state")).to_contain_text("version 2")
    address = page.locator(".tag").first.get_attribute("href") or ""
    page.goto(page.url + address)
    expect(take_back).to_be_visible()
    take_back.click()
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")
    expect(take_back).to_be_hidden()
    expect(page.locator(".tag:focus")).to_have_count(1)
    expect(page.locator("#announce")).to_contain_text("saved: no label")
    page.keyboard.press("u")
    expect(page.locator("#note")).to_have_value("It is a view.")
    saved(page)
    take_back.click()
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")
    page.reload()
    assert labelled(page) == 0


def test_a_lost_connection_is_shown_and_what_was_pressed_is_sent_when_it_is_back(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = desktop_page
    log_in(page, "ana")
    read(page, PUZZLE)
    before = labelled(page)
    page.context.set_offline(True)
    page.keyboard.press("2")
    expect(page.locator("#save-state")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    assert labelled(page) == before + 1


def test_what_was_typed_survives_a_closed_page(open_page: OpenPage, log_in: LogIn, complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    first = open_page()
    log_in(first, "ben")
    read(first, PUZZLE)
    # By its own address: without, a page opens at the next claim once this one's label has arrived.
    first.keyboard.press("j")
    address = first.url + (first.locator(".tag:focus").get_attribute("href") or "")
    keep_the_store(first)
    first.context.set_offline(True)
    first.keyboard.press("2")
    expect(first.locator("#save-state")).to_contain_text("Not saved yet")
    # No pause: what was typed a moment before a crash is not lost either.
    first.locator("#note").fill("typed on a train")
    first.close(run_before_unload=False)
    second = first.context.new_page()
    first.context.set_offline(False)
    second.goto(address)
    expect(second.locator("#note")).to_have_value("typed on a train")
    expect(second.locator(".tag.saving")).to_have_count(0)
    second.reload()
    expect(second.locator("[name=label]:checked")).to_have_value("UNSOURCED")
    expect(second.locator("#note")).to_have_value("typed on a train")


def test_two_tabs_are_shown_side_by_side_and_neither_text_is_lost(
    open_page: OpenPage, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("status of 409")
    one = open_page()
    log_in(one, "ada")
    read(one, PUZZLE)
    two = one.context.new_page()
    two.goto(one.url)
    expect(two.locator("body")).to_have_class("scripted")
    one.keyboard.press("1")
    saved(one)
    two.keyboard.press("2")
    two.locator("#note").fill("mine")
    refusal = two.locator("#refusal")
    expect(refusal).to_contain_text("You changed this label elsewhere")
    expect(refusal).to_contain_text("Stored now: sourced")
    expect(two.locator("#note")).to_have_value("mine")
    two.get_by_role("button", name="Keep mine").click()
    saved(two)
    number = one.locator(".s.at").get_attribute("data-claim")
    one.reload()
    one.locator(f".s[data-claim='{number}']").click()
    expect(one.locator("#note")).to_have_value("mine")
    expect(one.locator("[name=label][value=UNSOURCED]")).to_be_checked()


def test_everything_can_be_reached_by_keyboard(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ana")
    read(page, OPINION_PIECE)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tag").nth(1)).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("[name=label]:checked")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("by keyboard")
    page.keyboard.press("Escape")
    expect(page.locator(".tag").nth(1)).to_be_focused()
    saved(page)
    expect(page.locator("#announce")).to_contain_text("Claim 2 saved: unsourced")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    page.locator(".tag").nth(1).press("Enter")
    page.locator(".tag").nth(1).click()
    expect(page.locator("#note")).to_have_value("by keyboard")
    expect(page.locator("[name=reason]:checked")).to_have_count(1)


def test_the_page_shows_the_text_exactly_and_zones_that_are_not_coverage_apart(
    desktop_page: Page, log_in: LogIn
) -> None:
    page = desktop_page
    log_in(page, "ana")
    read(page, "Putin loses member of military alliance")
    expect(page.locator("h1 .s")).to_have_text(
        "Putin loses member of military alliance who warns Russia: 'There'll be consequences'"
    )
    chrome = page.locator(".aside")
    expect(chrome.filter(has_text="Leave a Reply").first).to_be_visible()
    assert chrome.locator(".s").count() == 0
    page.keyboard.press("j")
    quote = page.locator("#quote").text_content()
    assert quote == page.locator(".s.at").text_content()


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_a_tap_opens_the_claim_and_a_tap_labels_it(open_page: OpenPage, log_in: LogIn, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    log_in(page, "max" if width == 390 else "ada")
    read(page, "Putin's 'Mini-NATO' Is Breaking")
    sentence = page.locator(".read .s").nth(3)
    sentence.tap()
    expect(page.locator("#quote")).to_have_text(sentence.text_content() or "")
    page.locator("label", has_text="Opinion").tap()
    saved(page)
    expect(sentence).to_have_class("s O at")


def test_when_the_last_claim_is_labelled_the_next_article_is_offered(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "max")
    read(page, "Putin loses member of military alliance")
    onward = page.locator("#next-article")
    expect(onward).to_be_hidden()
    for _ in range(page.locator(".tag").count()):
        page.keyboard.press("0")
        page.keyboard.press("n")
    expect(onward).to_contain_text("Next article")
    expect(page.locator("#announce")).not_to_be_empty()


def test_a_digit_on_the_row_of_strengths_is_a_strength_and_undo_gives_the_focus_back(
    desktop_page: Page, log_in: LogIn
) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, "Vladimir Putin is threatening")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    expect(page.locator("[name=label]:checked")).to_have_value("UNSOURCED")
    expect(page.locator("[name=strength]:checked")).to_have_value("1")
    page.keyboard.press("u")
    expect(page.locator(".tag:focus")).to_have_count(1)
    saved(page)
    # By mouse or touch as well: the hints are buttons.
    page.get_by_role("button", name="undo").click()
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")


def test_a_note_without_a_label_survives_a_reload(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, "Putin's 'Mini-NATO' Is Breaking")
    page.locator("#note").fill("before any label")
    page.reload()
    expect(page.locator("#note")).to_have_value("before any label")
    page.keyboard.press("3")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.keyboard.press("u")
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")
