"""axe finds nothing serious on any page, in light and in dark, and nothing is wider than a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

LogIn = Callable[[Page, str], None]

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
    "known answers": ("max", "/calibration/"),
    "known answers, one's own": ("ana", "/calibration/mine"),
    "setting a known answer": ("max", "calibrating a claim"),
    "details of a claim": ("max", "detailing a claim"),
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
    "password": ("ana", "/password/"),
    "refusal": ("ana", "/stories/new"),
    "panel": ("max", "/admin/"),
    "panel: claims": ("max", "/admin/claims/claim/"),
    "panel: events": ("max", "/admin/claims/event/"),
}


def open_as(page: Page, log_in: LogIn, who: str, where: str) -> None:
    if who:
        log_in(page, who)
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
            }.get(where.split()[0], "")
        )
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
    name: str,
    color_scheme: str,
    desktop_page: Page,
    log_in: LogIn,
    check_accessible: Callable[[Page], None],
    complaints,
) -> None:
    complaints.expect("status of 403")
    open_as(desktop_page, log_in, *PAGES[name])
    check_accessible(desktop_page)


@pytest.mark.parametrize("name", PAGES)
def test_fits_on_a_phone(name: str, phone_page: Page, log_in: LogIn, complaints) -> None:
    complaints.expect("status of 403")
    open_as(phone_page, log_in, *PAGES[name])
    widest = phone_page.evaluate("() => document.documentElement.scrollWidth")
    assert widest <= 390
