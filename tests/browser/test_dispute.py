"""Two reviewers differ, a moderator rules, reopens and rules again: each in a browser of their own, as on a desk."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints

LogIn = Callable[[Page, str], None]
OpenPage = Callable[..., Page]
ARTICLE = "Putin loses member of military alliance"


def open_claim(page: Page, number: int) -> str:
    """The reading page with its claim of this number in the panel; the claim's key."""
    page.goto("/articles/")
    page.get_by_role("link", name=ARTICLE).click()
    address = page.locator(".read .tag").nth(number).get_attribute("href") or ""
    page.goto(page.url + address)
    return address[7:43]


def label(page: Page, number: int, key: str) -> str:
    claim = open_claim(page, number)
    expect(page.locator("body")).to_have_class("scripted")
    page.keyboard.press(key)
    expect(page.locator("#save-state")).to_contain_text("Saved, version 1")
    return claim


def bring_to_dispute(open_page: OpenPage, log_in: LogIn, number: int) -> tuple[Page, Page, str]:
    ana, ben = open_page(), open_page()
    log_in(ana, "ana")
    log_in(ben, "ben")
    claim = label(ana, number, "2")
    ana.locator("#note").fill("Nobody is named.")
    ana.keyboard.press("Escape")
    expect(ana.locator("#save-state")).to_contain_text("Saved, version 2")
    assert label(ben, number, "1") == claim
    return ana, ben, claim


def test_two_reviewers_differ_and_a_moderator_settles_it_by_key(open_page: OpenPage, log_in: LogIn) -> None:
    ana, ben, claim = bring_to_dispute(open_page, log_in, 3)
    for page in (ana, ben):  # blind: neither is told that they differ
        page.goto(f"/claims/{claim}/")
        expect(page.locator("main")).to_contain_text("Done by you")
        expect(page.locator("main")).not_to_contain_text("isputed")
    ben.goto(f"/claims/{claim}/")
    expect(ben.locator("main")).not_to_contain_text("Nobody is named.")

    max_ = open_page()
    log_in(max_, "max")
    max_.goto("/notifications/")
    expect(max_.locator("main")).to_contain_text("differ")
    max_.goto(f"/claims/{claim}/adjudicate")
    expect(max_.locator("tr.differs th").first).to_contain_text("Label")
    expect(max_.locator("main")).to_contain_text("Nobody is named.")
    max_.keyboard.press("2")
    expect(max_.get_by_role("status")).to_contain_text("The claim before is ruled.")

    ana.goto("/notifications/")
    expect(ana.locator("main")).to_contain_text("max")
    ana.goto(f"/claims/{claim}/")
    expect(ana.locator("main")).to_contain_text("Settled (ruled) as sourced")
    expect(ana.locator(".history")).to_contain_text("ben labelled it sourced; the claim is disputed")
    expect(ana.locator(".history")).to_contain_text("max ruled: sourced")


def test_a_ruling_is_reopened_and_made_anew_with_a_reason(
    open_page: OpenPage, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("status of 400")
    ana, _, claim = bring_to_dispute(open_page, log_in, 4)
    max_ = open_page()
    log_in(max_, "max")
    max_.goto(f"/claims/{claim}/adjudicate")
    max_.keyboard.press("1")
    expect(max_.get_by_role("status")).to_contain_text("ruled")
    max_.goto(f"/claims/{claim}/adjudicate")
    max_.keyboard.press("o")
    max_.locator("#why-reopen").fill("I took the caption for the text.")
    max_.get_by_role("button", name="Reopen", exact=True).click()
    expect(max_.get_by_role("status")).to_contain_text("open again")
    # The page is there before its script is.
    max_.wait_for_load_state()
    max_.keyboard.press("r")
    expect(max_.locator("#label")).to_be_focused()
    max_.locator("#label").select_option("OPINION")
    max_.get_by_role("button", name="Settle the claim so").click()
    expect(max_.get_by_role("alert")).to_contain_text("Say in a sentence why")
    max_.locator("#explanation").fill("It is the writer's view.")
    max_.get_by_role("button", name="Settle the claim so").click()
    expect(max_.get_by_role("status")).to_contain_text("ruled")
    ana.goto(f"/claims/{claim}/")
    expect(ana.locator(".history")).to_contain_text("I took the caption for the text.")
    expect(ana.locator(".history")).to_contain_text("It is the writer's view.")


def test_a_claim_gives_way_to_its_parts_without_script(noscript_page: Page, log_in: LogIn) -> None:
    page = noscript_page
    log_in(page, "max")
    claim = open_claim(page, 5)
    page.goto(f"/claims/{claim}/adjudicate")
    page.get_by_text("Retire it in favour of parts").click()
    words = page.locator("#parts").input_value()
    half = words.index(" ", len(words) // 2)
    page.locator("#parts").fill(f"{words[:half]}\n{words[half + 1 :]}")
    page.locator("#why-retire").fill("Two statements.")
    page.get_by_role("button", name="Retire, and open the parts").click()
    expect(page.get_by_role("status")).to_contain_text("its parts are open now")
    page.goto(f"/claims/{claim}/")
    expect(page.locator("main")).to_contain_text("retired in favour of its parts")
    page.get_by_role("link", name=words[:half]).click()
    expect(page.locator("blockquote mark")).to_have_text(words[:half])


def test_the_queue_leads_from_claim_to_claim_by_key_and_past_one_with_a_reason(
    desktop_page: Page, log_in: LogIn
) -> None:
    page = desktop_page
    log_in(page, "ada")
    page.get_by_role("button", name="Next claim").click()
    expect(page.locator("body")).to_have_class("scripted")
    first = page.locator("#quote").text_content() or ""
    page.keyboard.press("q")
    told = page.locator(".queued").get_by_role("status")
    expect(told).to_contain_text("still waits for your label")
    expect(told).to_be_in_viewport()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.locator(".queued p a").click()
    expect(page.locator("#quote")).to_have_text(first)
    page.keyboard.press("3")
    page.keyboard.press("q")
    expect(page.locator("#quote")).not_to_have_text(first)
    expect(page.locator("body")).to_have_class("scripted")
    second = page.locator("#quote").text_content() or ""
    page.get_by_label("Why you skip it").select_option("unsure")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator("#quote")).not_to_have_text(second)
    page.goto("/queue/")
    expect(page.locator("main")).to_contain_text("I looked, and cannot decide")
    expect(page.locator("main")).to_contain_text(second[:60])


def test_on_a_phone_the_served_sentence_is_seen_between_the_bar_and_the_panel(phone_page: Page, log_in: LogIn) -> None:
    page = phone_page
    log_in(page, "max")
    page.goto("/queue/")
    page.get_by_role("button", name="Next claim").tap()
    page.get_by_role("button", name="Next claim").tap()
    expect(page.locator("body")).to_have_class("scripted")
    expect(page.locator(".queued").get_by_role("status")).to_be_in_viewport()
    sentence = page.locator(".s.at").first.bounding_box()
    bar, panel = page.locator(".queued").bounding_box(), page.locator(".panel").bounding_box()
    assert sentence
    assert bar
    assert panel
    assert bar["y"] + bar["height"] <= sentence["y"]
    assert sentence["y"] + sentence["height"] <= panel["y"]


def test_on_a_phone_both_assessments_can_be_accepted_without_moving_the_table(
    open_page: OpenPage, phone_page: Page, log_in: LogIn
) -> None:
    _, _, claim = bring_to_dispute(open_page, log_in, 8)
    log_in(phone_page, "max")
    phone_page.goto(f"/claims/{claim}/adjudicate")
    for name in ("ana", "ben"):
        button = phone_page.get_by_role("button", name=f"Accept {name}")
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)
    assert phone_page.locator(".wide").evaluate("table => table.scrollWidth <= table.clientWidth")


def test_a_restored_claim_and_its_parts_are_each_reached_and_labelled(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "max")
    claim = open_claim(page, 11)
    page.goto(f"/claims/{claim}/adjudicate")
    page.keyboard.press("p")
    expect(page.locator("#parts")).to_be_focused()
    words = page.locator("#parts").input_value()
    half = words.index(" ", len(words) // 2)
    page.locator("#parts").fill(f"{words[:half]}\n{words[half + 1 :]}")
    page.locator("#why-retire").fill("Two statements.")
    page.get_by_role("button", name="Retire, and open the parts").click()
    page.goto(f"/admin/claims/claim/{claim}/change/")
    page.get_by_text("Restore", exact=True).click()
    page.locator("[name=reason]").fill("It is one after all.")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("main")).to_contain_text("restored")

    page.goto("/articles/")
    page.get_by_role("link", name=ARTICLE).click()
    page.locator(f".tag[href*='{claim}']").click()
    expect(page.locator("#quote")).to_have_text(words)
    assert "".join(page.locator(".s.at").all_text_contents()) == words
    for part, key in ((words[:half], "1"), (words[half + 1 :], "3")):
        page.keyboard.press("j")
        expect(page.locator("#quote")).to_have_text(part)
        page.keyboard.press(key)
        expect(page.locator("#save-state")).to_contain_text("Saved, version 1")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("#quote")).to_have_text(words)
    page.keyboard.press("2")
    expect(page.locator("#save-state")).to_contain_text("Saved, version 1")
    page.reload()
    letters = [page.locator(".s", has_text=part).first for part in (words[:half], words[half + 1 :])]
    # “at” is where the cursor is, which a page that comes back may put on either.
    expect(letters[0]).to_have_class(re.compile(r"^s S( at)?$"))
    expect(letters[1]).to_have_class(re.compile(r"^s O( at)?$"))
    expect(page.locator(f".tag[href*='{claim}']")).to_have_class("tag U")
    expect(page.locator("#progress")).to_have_text("3")
