"""axe finds nothing serious on any page, in light and in dark, and nothing is wider than a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import COLOURS, PHONE, Complaints, Server, by_form

# Nothing here writes, so these tests need not stay together.
READS_ONLY = True
# The pages of links show something only where claims are linked.
EXAMPLE = True
OpenPage = Callable[..., Page]

PAGES = {
    "readers' front": ("", "/"),
    "stories for readers": ("", "/stories/"),
    "method": ("", "/method/"),
    "login": ("", "/login/"),
    "the desk": ("ana", "/"),
    "stories": ("max", "/stories/"),
    "story": ("max", "first of /stories/"),
    "story as readers see it": ("max", "first of /stories/ ?as=reader"),
    "a new story": ("max", "/stories/new"),
    "articles": ("ana", "/articles/"),
    "reading page": ("ana", "first of /articles/"),
    "claims": ("ana", "/claims/"),
    "no claim found": ("ana", "/claims/?q=zebra"),
    "claim, as a moderator": ("max", "a claim"),
    "ruling": ("max", "adjudicating a claim"),
    "flagging": ("ana", "flagging a claim"),
    "notifications": ("ana", "/notifications/"),
    "queue": ("ana", "/queue/"),
    "assignments": ("max", "/assignments/"),
    "agreement": ("max", "/agreement/"),
    "agreement on links": ("max", "/agreement/links"),
    "first pass": ("max", "/agreement/first-pass"),
    "overruled proposals": ("max", "/agreement/first-pass/overruled"),
    "links": ("ana", "/links/"),
    "no link found": ("ana", "/links/?q=zebra"),
    "link, as a moderator": ("max", "first of /links/"),
    "link, as a reviewer": ("ana", "first of /links/"),
    "panel: links": ("max", "/admin/claims/link/"),
    "known answers": ("max", "/calibration/"),
    "known answers, one's own": ("ana", "/calibration/mine"),
    "setting a known answer": ("max", "calibrating a claim"),
    "details of a claim": ("max", "detailing a claim"),
    "candidates for a link": ("ana", "linking a claim"),
    "two claims side by side": ("ana", "comparing a claim"),
    "parts and borders": ("ana", "spans of an article"),
    "texts of an article": ("max", "revisions of an article"),
    "bringing in a changed text": ("max", "revising an article"),
    "claims without a place": ("max", "/orphans/"),
    "claims whose words changed": ("max", "/reworded/"),
    "sources": ("ana", "/sources/"),
    "a new source": ("ana", "/sources/new"),
    "sources that could be the same": ("max", "/sources/duplicates/"),
    "reading page, marking": ("ana", "marking in an article"),
    "reading page with details": ("ana", "details in an article"),
    "bringing in articles": ("ana", "/import/"),
    "password": ("ana", "/password/"),
    "tokens": ("ana", "/tokens/"),
    "the API": ("", "/api/v1/docs/"),
    "refusal": ("ana", "/stories/new"),
    "panel": ("max", "/admin/"),
    "panel: claims": ("max", "/admin/claims/claim/"),
    "panel: events": ("max", "/admin/claims/event/"),
}


@pytest.fixture(scope="module")
def sessions(browser: Browser, workbench_server: Server) -> Callable[[str], StorageState | None]:
    """`sessions("ana")`: the cookies of a browser in which ana logged in, once for all pages; of nobody for ""."""
    known: dict[str, StorageState] = {}

    def session(who: str) -> StorageState | None:
        if who and who not in known:
            with browser.new_context(base_url=workbench_server.url) as context:
                by_form(context.new_page(), who, workbench_server.passwords[who])
                known[who] = context.storage_state()
        return known.get(who)

    return session


@pytest.fixture
def open_as(open_page: OpenPage, sessions: Callable[[str], StorageState | None]) -> OpenPage:
    """Open a page of PAGES by its name, and wait until it is there with its styles."""

    def opened(name: str, **options: object) -> Page:
        who, where = PAGES[name]
        page = open_page(storage_state=sessions(who), **options)
        go_to(page, where)
        page.wait_for_load_state()
        return page

    return opened


def go_to(page: Page, where: str) -> None:
    if where.endswith("a claim"):
        page.goto("/articles/")
        page.locator("tbody th a").first.click()
        key = (page.locator(".tag").first.get_attribute("href") or "")[7:43]
        page.goto(
            f"/claims/{key}/"
            + {
                "adjudicating": "adjudicate",
                "flagging": "flag",
                "calibrating": "calibrate",
                "detailing": "details",
                "linking": "links?q=Armenia",
                "comparing": "links?q=Armenia",
            }.get(where.split()[0], "")
        )
        if where.startswith("comparing"):
            page.locator(".compare").first.click()
            page.wait_for_url("**/pairs/**")
        if where.startswith(("linking", "comparing")):
            expect(page.locator("#keys-open")).to_be_visible()
            page.keyboard.press("2")
            expect(page.locator("#link-reason")).to_be_focused()
        return
    if where.endswith("an article"):
        page.goto("/articles/")
        page.locator("tbody th a").first.click()
        way = where.split()[0]
        if way in {"spans", "revisions", "revising"}:
            page.goto(page.url + {"spans": "spans", "revisions": "revisions/", "revising": "revise"}[way])
        else:
            expect(page.locator("body")).to_have_class("scripted")
            page.locator("#mark" if way == "marking" else "#more").click()
            expect(page.locator("#marking" if way == "marking" else "#details #evidence")).to_be_visible()
        return
    listing, _, query = where.removeprefix("first of ").partition(" ")
    page.goto(listing)
    if where.startswith("first of "):
        page.locator("tbody th a").first.click()
        if query:
            page.goto(page.url + query)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_on(
    name: str, open_as: OpenPage, check_accessible: Callable[..., None], complaints: Complaints
) -> None:
    complaints.expect("status of 403")
    page = open_as(name, color_scheme="light")
    check_accessible(page)
    page.emulate_media(color_scheme="dark")
    check_accessible(page, COLOURS)


@pytest.mark.parametrize("name", PAGES)
def test_fits_on_a_phone(name: str, open_as: OpenPage, complaints: Complaints) -> None:
    complaints.expect("status of 403")
    assert width_of(open_as(name, viewport=PHONE, has_touch=True, is_mobile=True)) <= PHONE["width"]


def width_of(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth"))
