"""The details of a claim in the panel: typed, sent, undone, and never lost."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.test_reading_page import keep_the_store
from tests.browser.test_spans import go_to, read

LogIn = Callable[[Page, str], None]
OpenPage = Callable[..., Page]
PUZZLE = "Putin’s ‘mini-NATO’ is his new puzzle"
CLAIM = "Article 4 states that any"
URL = "https://archive.example/treaty"


def open_details(page: Page) -> None:
    page.keyboard.press("d")
    expect(page.locator("#details #evidence")).to_be_visible()


def test_evidence_is_added_taken_back_and_brought_back(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ana")
    read(page, PUZZLE)
    go_to(page, CLAIM)
    open_details(page)
    page.locator("#evidence summary", has_text="Add evidence").click()
    form = page.locator("#evidence form[action$=add]")
    form.locator("[name=url]").fill(URL)
    form.locator("[name=stance]").select_option("supports")
    form.locator("[name=url]").press("Enter")
    expect(page.locator("#announce")).to_contain_text("Saved: evidence")
    pieces = page.locator("#evidence ol.pieces > li")
    expect(pieces).to_have_count(1)
    expect(pieces).to_contain_text("archive.example")
    page.keyboard.press("u")
    expect(page.locator("#announce")).to_have_text("Put back: evidence")
    expect(pieces).to_have_count(0)
    page.keyboard.press("U")
    expect(pieces).to_have_count(1)


def test_a_time_is_taken_over_from_the_words_saved_and_undone(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ben")
    read(page, "Putin's 'Mini-NATO' Is Breaking")
    go_to(page, "Armenia engaged in a six-week war with Azerbaijan in 2020.")
    open_details(page)
    page.locator("#times .found a", has_text="when it happened").first.click()
    field = page.locator("#time-event-value")
    expect(field).to_have_value("2020")
    expect(page.locator("#time-event")).to_contain_text("not stored yet")
    field.press("Enter")
    expect(page.locator("#announce")).to_contain_text("Saved: times")
    expect(page.locator("#time-event")).to_contain_text("2020")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("#announce")).to_have_text("Put back: times")
    expect(page.locator("#time-event")).to_contain_text("Nobody has said")


def test_what_was_typed_into_details_survives_a_crash_and_comes_back_unsaved(
    open_page: OpenPage, log_in: LogIn
) -> None:
    first = open_page()
    log_in(first, "ada")
    read(first, PUZZLE)
    go_to(first, CLAIM)
    open_details(first)
    first.locator("#evidence summary", has_text="Add evidence").click()
    first.locator("#evidence form[action$=add] [name=quote]").fill("typed before the crash")
    address = first.url
    keep_the_store(first)
    first.close(run_before_unload=False)
    second = first.context.new_page()
    second.goto(address)
    expect(second.locator("body")).to_have_class("scripted")
    go_to(second, CLAIM)
    open_details(second)
    form = second.locator("#evidence form[action$=add]")
    expect(form.locator("[name=quote]")).to_have_value("typed before the crash")
    expect(form).to_contain_text("was not saved")
    form.get_by_role("button", name="take what is stored").click()
    expect(second.locator("#evidence form[action$=add] [name=quote]")).to_have_value("")


def test_a_refused_form_says_why_and_keeps_what_was_typed(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("status of 400")
    page = desktop_page
    log_in(page, "max")
    read(page, PUZZLE)
    go_to(page, CLAIM)
    open_details(page)
    page.locator("#evidence summary", has_text="Add evidence").click()
    form = page.locator("#evidence form[action$=add]")
    form.locator("[name=url]").fill("javascript:alert(1)")
    form.locator("[name=stance]").select_option("context")
    form.evaluate("form => form.requestSubmit()")
    expect(form.locator(".said")).to_contain_text("http://")
    expect(form.locator("[name=url]")).to_have_value("javascript:alert(1)")


def test_borders_are_drawn_once_though_the_first_answer_is_lost(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("ERR_FAILED")
    page = desktop_page
    log_in(page, "ana")
    read(page, PUZZLE)
    go_to(page, "Azerbaijan and Armenia began fighting")
    count = page.locator("a.tag").count()
    sent = []

    def lose_the_first(route: object) -> None:
        sent.append(route)
        if len(sent) == 1:
            route.fetch()  # type: ignore[attr-defined]  # it arrives, and its answer does not
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/redraw", lose_the_first)
    page.keyboard.press("m")
    expect(page.locator("#marking")).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#quote")).to_have_text("Azerbaijan and Armenia")
    assert len(sent) == 2
    assert page.locator("a.tag").count() == count + 1


def test_the_guide_stands_beside_the_label_being_chosen(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ana")
    read(page, PUZZLE)
    expect(page.locator("#here")).to_contain_text("Sourced is not true.")
    expect(page.locator("#here")).to_contain_text("An opinion article can hold unsourced facts.")
    page.locator("#guide").click()
    expect(page.locator("#guide-text")).to_contain_text("precisely enough that somebody could look it up")
    page.locator("#judge .labels label.O").click()
    expect(page.locator("#guide-text")).to_contain_text("No evidence could ever settle it")
    # Other tests read this article as well: it is left as it was.
    page.locator("#undo").click()
    expect(page.locator("#save-state")).to_contain_text("No label by you yet")
