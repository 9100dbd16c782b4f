"""A verdict goes to readers by two moderators' hands; its pages are read by everybody, on a phone too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import COLOURS, PHONE, Server, by_form

# Only what is settled has a verdict for readers, and the example settles claims.
EXAMPLE = True
OpenPage = Callable[..., Page]
PAGES = {
    "verdicts": "/verdicts/",
    "a verdict": "of the claim",
    "a verdict that was withdrawn": "of the withdrawn",
    "verdicts put forward": "/verdicts/waiting",
    "details of a claim, for readers": "details of the claim",
    "details of a claim that waits": "details of the waiting",
    "report of a story": "report",
}


def put_forward(page: Page, path: str) -> None:
    """Find the claim refuted, on a piece of evidence, and put that forward."""
    page.goto(f"{path}details")
    page.locator("#evidence summary", has_text="Add evidence").click()
    form = page.locator("#evidence form[action$=add]")
    form.locator("[name=url]").fill("https://archive.example/minutes")
    form.locator("[name=title]").fill("Minutes of the council")
    form.locator("[name=stance]").select_option("refutes")
    form.locator("button.go").click()
    expect(page.locator("#evidence ol.pieces > li")).not_to_have_count(0)
    page.goto(f"{path}details")
    page.locator("#verdict summary", has_text="Give a verdict").click()
    page.locator("#verdict-value").select_option("refuted")
    page.locator("#verdict-explanation").fill("The minutes say the opposite.")
    page.locator("#verdict [name=evidence]").first.check()
    page.locator("#verdict button", has_text="Save the verdict").click()
    page.locator("#publication button", has_text="Put forward for readers").click()
    expect(page.locator("#publication")).to_contain_text("a second moderator has to let it out")


def let_out(page: Page, path: str) -> None:
    page.goto(f"{path}details")
    page.locator("#publication button", has_text="Publish it").click()
    expect(page.locator("#publication")).to_contain_text("Published: refuted")


@pytest.fixture(scope="module")
def told(browser: Browser, workbench_server: Server) -> dict[str, str]:
    """Paths by the words of PAGES, once a verdict is out, one was withdrawn, and one waits."""
    url, passwords = workbench_server.url, workbench_server.passwords
    with browser.new_context(base_url=url) as of_max, browser.new_context(base_url=url) as of_ada:
        page, second = of_max.new_page(), of_ada.new_page()
        by_form(page, "max", passwords["max"])
        by_form(second, "ada", passwords["ada"])
        page.goto("/claims/?state=agreed")
        links = page.locator("tbody th a[href*='?claim=']")
        keys = [str(links.nth(row).get_attribute("href")).split("?claim=")[1][:36] for row in range(3)]
        claims = [f"/claims/{key}/" for key in keys]
        for path in claims:
            put_forward(page, path)
        for path in claims[:2]:
            let_out(second, path)
        second.locator("#publication summary", has_text="Withdraw").click()
        second.locator("#withdraw-reason").fill("The minutes were forged.")
        second.locator("#publication button", has_text=re.compile("^Withdraw$")).click()
        expect(second.locator("#publication")).to_contain_text("The last one was withdrawn")
        page.goto("/stories/")
        story = page.locator("tbody th a").first.get_attribute("href")
    out, withdrawn, waiting = claims
    return {
        "of the claim": out.replace("claims", "verdicts"),
        "of the withdrawn": withdrawn.replace("claims", "verdicts"),
        "details of the claim": f"{out}details",
        "details of the waiting": f"{waiting}details",
        "report": f"{story}report",
    }


@pytest.fixture
def open_as(open_page: OpenPage, log_in: Callable[[Page, str], None], told: dict[str, str]) -> OpenPage:
    """Open a page of PAGES by its name as ada, who moderates."""

    def opened(name: str, **options: object) -> Page:
        page = open_page(**options)
        log_in(page, "ada")
        page.goto(told.get(PAGES[name], PAGES[name]))
        page.wait_for_load_state()
        return page

    return opened


def test_everybody_finds_the_verdict_from_the_list(open_page: OpenPage, told: dict[str, str]) -> None:
    page = open_page()
    page.goto("/verdicts/")
    expect(page.locator(".verdicts li")).to_have_count(1)
    page.locator(".verdicts a").first.click()
    page.wait_for_url(f"**{told['of the claim']}")
    expect(page.locator("h1")).to_have_text("Verdict: refuted")
    expect(page.locator("main")).to_contain_text("Minutes of the council")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_on(name: str, open_as: OpenPage, check_accessible: Callable[..., None]) -> None:
    page = open_as(name, color_scheme="light")
    check_accessible(page)
    page.emulate_media(color_scheme="dark")
    check_accessible(page, COLOURS)


@pytest.mark.parametrize("name", PAGES)
def test_fits_on_a_phone(name: str, open_as: OpenPage) -> None:
    page = open_as(name, viewport=PHONE, has_touch=True, is_mobile=True)
    assert int(page.evaluate("() => document.documentElement.scrollWidth")) <= PHONE["width"]
