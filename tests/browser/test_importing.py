"""Bringing in articles in a real browser: dropped, looked at, corrected, stored, stopped, and gone on with."""

import base64
import io
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COLOURS, PHONE, Complaints
from tests.browser.test_accessibility import width_of

LogIn = Callable[[Page, str], None]
OpenPage = Callable[..., Page]

STORM = """<!doctype html><html lang="en"><head><title>Storm closes harbour</title>
<link rel="canonical" href="https://courier.example/storm-{n}"></head><body><article><h1>Storm {n} closes harbour</h1>
<p>The harbour at Elmport was closed on Tuesday after waves of six metres broke its wall, the harbour master said.</p>
<p>Two ferries stayed at sea overnight, and their passengers were reportedly given hot meals by the crew.</p>
<p>The ministry said that repairs would take until May and cost two million euros in all.</p></article></body></html>"""
DROP = """([zone, files]) => {
  const data = new DataTransfer();
  for (const { name, content } of files) {
    data.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
  }
  for (const type of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
  }
}"""


def a_zip(count: int, about: str) -> bytes:
    """So many short texts of different days."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(count):
            words = f"The {about} on day {number}\n\nThe {about} rose by {number} centimetres, the water board said."
            archive.writestr(f"{about}-{number:03}.txt", words)
    return written.getvalue()


def drop(page: Page, **files: bytes) -> None:
    """Let go of files over the field, as a file manager does."""
    sent = [{"name": name.replace("_", "."), "content": base64.b64encode(raw).decode()} for name, raw in files.items()]
    page.evaluate(DROP, [page.locator("#drop").element_handle(), sent])


def look_at(page: Page, about: str, count: int) -> None:
    """Bring in so many texts, and begin to store them."""
    page.goto("/import/")
    page.locator("#files").set_input_files(
        {"name": f"{about}.zip", "mimeType": "application/zip", "buffer": a_zip(count, about)}
    )
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator("#count")).to_have_text(f"Store {count} articles")


def wait_for_its_end(page: Page) -> None:
    # On a machine that does other things as well.
    page.get_by_role("link", name="Import more").wait_for(timeout=120_000)


def begin(page: Page) -> None:
    page.locator("#count").click()
    expect(page.get_by_role("progressbar").or_(page.get_by_role("link", name="Import more"))).to_be_visible()


def test_what_is_dropped_is_looked_at_corrected_and_stored(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ana")
    page.goto("/articles/")
    page.get_by_role("link", name="Bring in articles").click()
    drop(page, river_zip=a_zip(2, "river"))
    drop(page, storm_html=STORM.format(n=1).encode())
    expect(page.locator("#chosen")).to_contain_text("2 files")
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator("article")).to_have_count(3)
    page.get_by_role("checkbox", name="The river on day 1").uncheck()
    expect(page.locator("#count")).to_have_text("Store 2 articles")
    page.get_by_role("heading", name="Storm 1 closes harbour").get_by_role("link").click()
    expect(page.locator(".read")).to_contain_text("Two ferries stayed at sea overnight")
    page.get_by_label("Author").fill("Nora Vale")
    page.get_by_label("Who says so").fill("the paper's imprint")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nora Vale found elsewhere: the paper's imprint")
    begin(page)
    wait_for_its_end(page)
    expect(page.locator("tbody tr", has_text="day 1")).to_have_count(0)
    expect(page.locator("tbody")).to_contain_text("Left out")
    page.get_by_role("link", name="Storm 1 closes harbour").click()
    expect(page.locator(".facts")).to_contain_text("Nora Vale")
    expect(page.locator(".facts")).to_contain_text("found elsewhere: the paper's imprint")


def test_too_much_is_refused_before_it_is_sent(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ana")
    page.goto("/import/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        """(zone) => {
          const data = new DataTransfer();
          for (const name of ["a.txt", "b.txt"]) data.items.add(new File([new Uint8Array(26_000_000)], name));
          zone.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
        }""",
        page.locator("#drop").element_handle(),
    )
    expect(page.locator("#chosen .refused")).to_contain_text("52.0 MB together, and the most at one time is 50.0 MB")
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator("#files")).to_be_focused()
    assert sent == []
    page.get_by_role("button", name="Choose none").click()
    expect(page.locator("#chosen")).to_be_empty()


def test_the_bar_moves_goes_on_after_a_lost_connection_and_when_the_page_is_opened_again(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    page = desktop_page
    log_in(page, "ana")
    look_at(page, "lake", 25)
    complaints.expect("ERR_FAILED")
    page.route("**/step", lambda route: route.abort(), times=2)
    begin(page)
    expect(page.locator("#trouble")).to_contain_text("The connection was lost. Trying again")
    expect(page.locator("#trouble")).to_be_hidden()
    url = page.url
    page.goto("/articles/")
    page.goto(url)
    wait_for_its_end(page)
    expect(page.locator(".became .stored")).to_contain_text("25")


def test_stopping_keeps_what_is_stored(desktop_page: Page, log_in: LogIn, complaints: Complaints) -> None:
    page = desktop_page
    log_in(page, "ana")
    look_at(page, "marsh", 120)
    complaints.expect("ERR_FAILED")
    complaints.expect("ERR_ABORTED")
    begin(page)
    page.get_by_role("button", name="Stop here").click()
    wait_for_its_end(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Stopped: what became of the documents")
    stored = int(page.locator(".became .stored dd").text_content() or "")
    assert stored + int(page.locator(".became .left_out dd").text_content() or "") == 120


def test_without_script_everything_is_a_form(noscript_page: Page, log_in: LogIn) -> None:
    page = noscript_page
    log_in(page, "ben")
    page.goto("/import/")
    page.locator("#text").fill("The dam holds\n\nThe dam held on Friday, its keeper said.")
    page.get_by_role("button", name="Look at the text").click()
    page.get_by_role("checkbox", name="The dam holds").uncheck()
    page.get_by_role("button", name="Keep the choices").click()
    expect(page.locator("#count")).to_be_disabled()
    page.get_by_role("checkbox", name="The dam holds").check()
    page.get_by_role("button", name="Keep the choices").click()
    page.get_by_role("button", name="Store 1 article").click()
    while page.get_by_role("button", name="Go on").count():
        page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="The dam holds")).to_be_visible()


def test_each_page_is_accessible_and_fits_on_a_phone(
    desktop_page: Page, log_in: LogIn, check_accessible: Callable[..., None]
) -> None:
    page = desktop_page
    log_in(page, "ben")
    page.goto("/import/")
    copy = STORM.format(n=2).encode()
    drop(page, storm_html=copy, copy_html=copy, delta_zip=a_zip(22, "delta"), picture_png=b"\x89PNG\r\n\x1a\n")
    checked(page, check_accessible)
    page.get_by_role("button", name="Look at the files").click()
    expect(page.locator(".strip").first).to_be_visible()
    checked(page, check_accessible)
    draft = page.url
    page.get_by_role("heading", name="Storm 2 closes harbour").get_by_role("link").first.click()
    expect(page.locator("#correct")).to_be_visible()
    checked(page, check_accessible)
    page.goto(draft)
    page.route("**/step", lambda route: None)
    begin(page)
    checked(page, check_accessible)
    page.unroute("**/step")
    page.reload()
    wait_for_its_end(page)
    checked(page, check_accessible)


def checked(page: Page, check_accessible: Callable[..., None]) -> None:
    """In light, in dark, and as wide as a phone."""
    desktop = page.viewport_size
    assert desktop
    check_accessible(page)
    page.emulate_media(color_scheme="dark")
    check_accessible(page, COLOURS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert width_of(page) <= PHONE["width"]
    page.set_viewport_size(desktop)


@pytest.mark.parametrize("text", ["x", "The weir\n\nThe weir broke, it is said."])
def test_a_pasted_text_comes_back_to_its_field_by_the_back_button(desktop_page: Page, log_in: LogIn, text: str) -> None:
    page = desktop_page
    log_in(page, "ana")
    page.goto("/import/")
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Look at the text").click()
    page.wait_for_url("**/import/*/")
    page.go_back()
    expect(page.locator("#text")).to_have_value(text)
