"""Accepting a proposal with one key, in a real browser: stored in order, undone like any label, in open claims."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.test_reading_page import OPINION_PIECE, PUZZLE, labelled, read, saved

EXAMPLE = True
LogIn = Callable[[Page, str], None]
NAMES = {"S": "SOURCED", "U": "UNSOURCED", "O": "OPINION"}


def proposed(page: Page) -> str:
    """The label that is proposed for the claim at hand, by the box's colour."""
    found = re.fullmatch(r"why ([SUO])", page.locator("#why").get_attribute("class") or "")
    assert found, "the claim at hand has a proposal"
    return NAMES[found[1]]


def to_a_proposal(page: Page) -> None:
    """Go to the next claim that has a proposal and no label."""
    for _ in range(10):
        page.keyboard.press("n")
        if page.locator("#accept").is_visible():
            return
        page.keyboard.press("j")
    raise AssertionError("no proposal in ten claims")


def test_one_key_stores_what_is_proposed_and_undo_takes_it_back(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, PUZZLE)
    to_a_proposal(page)
    before, label = labelled(page), proposed(page)
    told = page.locator("#why b").text_content() or ""
    assert re.match(r"Proposed .*; 0\.\d\d sure:", told)
    page.keyboard.press("a")
    saved(page)
    expect(page.locator(f"[name=label][value={label}]")).to_be_checked()
    strength = re.search(r"strength (\d)", told)
    if strength:
        expect(page.locator(f"[name=strength][value='{strength[1]}']")).to_be_checked()
    assert labelled(page) == before + 1
    page.keyboard.press("u")
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")
    page.keyboard.press("U")
    saved(page)
    page.reload()
    assert labelled(page) == before + 1


def test_keys_that_come_fast_are_kept_in_their_order(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, OPINION_PIECE)
    last = {}
    for _ in range(12):
        page.keyboard.press("n")
        number = page.locator(".tag:focus").get_attribute("data-claim")
        last[number] = proposed(page)[0] if page.locator("#accept").is_visible() else "N"
        page.keyboard.press("0")
        page.keyboard.press("a")
    expect(page.locator(".tag.saving, .tag.failed")).to_have_count(0)
    page.reload()
    for number, letter in last.items():
        expect(page.locator(f".tag[data-claim='{number}']")).to_have_class(re.compile(rf"\b{letter}\b(?!.*draft)"))


def test_a_held_key_accepts_once(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ben")
    read(page, PUZZLE)
    to_a_proposal(page)
    for _ in range(4):
        # Without a release in between the browser repeats the key.
        page.keyboard.down("a")
    page.keyboard.up("a")
    expect(page.locator("#save-state")).to_contain_text("version 1")


def test_the_same_again_is_neither_sent_nor_a_step_to_undo(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, OPINION_PIECE)
    to_a_proposal(page)
    key = "1230"[["SOURCED", "UNSOURCED", "OPINION", "NOT_A_CLAIM"].index(proposed(page))]
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.keyboard.press("a")
    saved(page)
    for again in ("a", key, "a"):
        page.keyboard.press(again)
    saved(page)
    page.wait_for_timeout(200)
    assert len(sent) == 1
    page.keyboard.press("u")
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")


def test_the_same_again_sends_at_once_what_could_not_be_sent(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, OPINION_PIECE)
    to_a_proposal(page)
    complaints.expect("ERR_FAILED")
    page.route("**/assess", lambda route: route.abort())
    page.keyboard.press("a")
    # The third pause is longer than what is waited for below.
    expect(page.locator("#save-state")).to_contain_text("trying again in 5 s", timeout=10_000)
    page.unroute("**/assess")
    page.keyboard.press("a")
    expect(page.locator("#save-state")).to_contain_text("Saved, version", timeout=3_000)


def test_the_same_again_is_sent_where_it_was_refused(desktop_page: Page, log_in: LogIn, complaints: Complaints) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, OPINION_PIECE)
    to_a_proposal(page)
    complaints.expect("status of 400")
    page.route("**/assess", lambda route: route.fulfill(status=400, json={"error": "Not now."}), times=1)
    page.keyboard.press("a")
    expect(page.locator("#save-state")).to_contain_text("Not saved.")
    page.keyboard.press("a")
    expect(page.locator("#save-state")).to_contain_text("Saved, version")


def test_the_button_accepts_on_a_phone(phone_page: Page, log_in: LogIn) -> None:
    page = phone_page
    log_in(page, "max")
    read(page, PUZZLE)
    if not page.locator("#accept").is_visible():
        to_a_proposal(page)
    label = proposed(page)
    place = page.locator("#accept").bounding_box()
    assert place
    assert place["height"] >= 40
    page.locator("#accept").click()
    saved(page)
    expect(page.locator(f"[name=label][value={label}]")).to_be_checked()


def test_a_settled_claim_takes_nothing_and_says_so(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    page.goto("/claims/?settled=any")
    page.locator("th[scope=row] a").first.click()
    expect(page.locator("body")).to_have_class("scripted")
    expect(page.locator("#closed")).to_be_visible()
    expect(page.locator("#accept")).to_be_hidden()
    before = labelled(page)
    if page.locator("#why").get_attribute("class") == "why ·":
        return
    page.keyboard.press("a")
    expect(page.locator("#refusal")).to_contain_text("it is settled, or its article is locked")
    assert labelled(page) == before


def test_without_script_a_button_of_the_form_does_it(
    noscript_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    page = noscript_page
    log_in(page, "ben")
    page.goto("/articles/")
    page.get_by_role("link", name=PUZZLE).click()
    page.locator(".tag.draft.S, .tag.draft.U").first.click()
    label = proposed(page)
    page.locator("#note").fill("Looked at it.")
    page.get_by_role("button", name="Accept the proposal").click()
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.locator(f"[name=label][value={label}]")).to_be_checked()
    expect(page.locator("#note")).to_have_value("Looked at it.")
