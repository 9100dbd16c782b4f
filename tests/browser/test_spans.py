"""Marking words by keyboard, mouse and finger: nested, split, merged, moved, undone; and counted as the server does."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Complaints, Server
from tests.browser.test_journey import rows_of

LogIn = Callable[[Page, str], None]
OpenPage = Callable[..., Page]
HERE = Path(__file__).parent
NESTED = {one["id"]: one for one in json.loads((HERE / "nested_claims.json").read_text(encoding="utf-8"))}
TITLES = {
    "001_00f339de5ad54580.txt": "Putin loses member of military alliance",
    "003_d07851ed19788bd7.txt": "Putin's 'Mini-NATO' Is Breaking",
}
THREATENED = "Vladimir Putin is threatening a new conflict"
RANGES = 500
OFFSETS = "https://offsets.test/bridge"


def read(page: Page, title: str) -> None:
    page.goto("/articles/")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("body")).to_have_class("scripted")


def go_to(page: Page, words: str) -> None:
    """Step to the claim that holds these words, by keyboard."""
    page.keyboard.press("Escape")
    for _ in range(200):
        if words in (page.locator("#quote").text_content() or ""):
            return
        page.keyboard.press("j")
    pytest.fail(f"no claim holds “{words}”")


def marked(page: Page) -> tuple[int, int]:
    bar = page.locator("#marking")
    return int(bar.get_attribute("data-start") or 0), int(bar.get_attribute("data-end") or 0)


def mark(page: Page, start: int, end: int) -> None:
    """Mark these code points with the cursor: word by word to the first, then extended to the last."""
    page.keyboard.press("m")
    expect(page.locator("#marking")).to_be_visible()
    while marked(page)[0] < start:
        page.keyboard.press("ArrowRight")
    while marked(page)[1] < end:
        page.keyboard.press("Shift+ArrowRight")
    assert marked(page) == (start, end)


def borders(page: Page) -> list[tuple[float, float]]:
    """Where every line of the text stands on the page."""
    boxes = page.locator("#text [data-start]").evaluate_all(
        "lines => lines.map(line => { const r = line.getBoundingClientRect(); return [r.top + scrollY, r.height]; })"
    )
    return [(round(top, 1), round(height, 1)) for top, height in boxes]


def quotes(page: Page) -> list[str]:
    """The words of each claim of the page, in their order."""
    return list(
        page.locator("#main").evaluate(
            """main => [...main.querySelectorAll("a.tag[data-claim]")].map(({ dataset: { claim } }) =>
                [...main.querySelectorAll(".s")].filter((piece) =>
                    [piece.dataset.claim, ...(piece.dataset.within ?? "").split(" ")].includes(claim))
                .map((piece) => piece.textContent).join(""))"""
        )
    )


def stored(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize("name", ["N1", "N2", "N3"])
def test_nested_claims_are_marked_by_keyboard_and_found_in_the_export(
    name: str, desktop_page: Page, log_in: LogIn, tmp_path: Path
) -> None:
    page, claim = desktop_page, NESTED[name]
    log_in(page, "ana")
    read(page, TITLES[claim["file"]])
    go_to(page, claim["exact"])
    before = borders(page)
    mark(page, claim["start"], claim["end"])
    page.keyboard.press("Enter")
    expect(page.locator("#quote")).to_have_text(claim["exact"])
    assert borders(page) == before
    page.keyboard.press("1")
    stored(page)
    page.goto("/claims/?label=SOURCED")
    mine = [row for row in rows_of(page, tmp_path) if row["quote"] == claim["exact"] and row["reviewer"] == "ana"]
    assert [(row["unit"], int(row["start"]), int(row["end"]), row["label"]) for row in mine] == [
        ("span", claim["start"], claim["end"], "SOURCED")
    ]


def fill_step(page: Page, number: int, name: str, kind: str) -> None:
    """One step of the route, by keyboard: its name, then its kind by typing the beginning of it."""
    for _ in range(80):
        if page.evaluate(f"document.activeElement === document.querySelectorAll('[name=hop_name]')[{number}]"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(kind, delay=20)


def test_a_whole_route_is_entered_by_keyboard_and_found_in_the_export(
    desktop_page: Page, log_in: LogIn, tmp_path: Path
) -> None:
    page, claim = desktop_page, NESTED["S31"]
    log_in(page, "max")
    read(page, TITLES[claim["file"]])
    go_to(page, claim["exact"])
    page.keyboard.press("1")
    stored(page)
    said = claim["start"] + claim["exact"].index("Pashinyan said")
    for key, start, end in (
        ("s", said, said + len("Pashinyan")),
        ("c", said + len("Pashinyan "), said + len("Pashinyan said")),
        ("t", claim["start"], said - 1),
    ):
        mark(page, start, end)
        page.keyboard.press(key)
        expect(page.locator("#marking")).to_be_hidden()
        expect(page.locator("#attribution-form button.go")).to_be_focused()
    page.locator("#attribution h2").evaluate("title => { title.tabIndex = -1; title.focus(); }")
    kinds = ("named person", "an occasion", "other outlet")
    for number, (name, kind) in enumerate(zip(claim["chain"], kinds, strict=True)):
        fill_step(page, number, name, kind)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#announce")).to_contain_text("Saved: attribution")
    stored(page)
    expect(page.locator("#attribution")).to_have_attribute("data-suggested-strength", "4")
    page.goto("/claims/?label=SOURCED")
    (row,) = [row for row in rows_of(page, tmp_path) if row["quote"] == claim["exact"] and row["reviewer"] == "max"]
    assert row["chain"] == " → ".join(claim["chain"])
    assert (row["source_words"], row["cue"]) == ("Pashinyan", "said")
    assert row["content_words"] == claim["exact"][: said - 1 - claim["start"]]


def test_a_claim_is_split_merged_and_moved_and_every_step_undone_and_done_again(
    desktop_page: Page, log_in: LogIn
) -> None:
    page = desktop_page
    log_in(page, "ben")
    read(page, THREATENED)
    sentence = "The Kremlin is also reportedly drawing up plans"
    go_to(page, sentence)
    whole = page.locator("#quote").text_content() or ""
    start = int(page.locator(".s.at").first.evaluate("piece => piece.closest('[data-start]').dataset.start"))
    first, second = whole.split(", as it seeks", 1)
    second = "as it seeks" + second
    before, text = quotes(page), borders(page)
    mark(page, start + whole.index("as it seeks"), start + whole.index("as it seeks") + 2)
    page.keyboard.press("x")
    expect(page.locator("#announce")).to_contain_text("Label each")
    split = quotes(page)
    assert whole not in split
    assert [quote for quote in split if quote not in before] == [first + ",", second]
    assert borders(page) == text
    page.keyboard.press("Shift+M")
    expect(page.locator("#announce")).to_contain_text("borders are back")
    assert quotes(page) == before
    page.keyboard.press("u")
    expect(page.locator("#quote")).to_have_text(first + ",")
    assert quotes(page) == split
    mark(page, start, start + len(first))
    page.keyboard.press("b")
    expect(page.locator("#quote")).to_have_text(first)
    assert first + "," not in quotes(page)
    page.keyboard.press("u")
    expect(page.locator("#quote")).to_have_text(first + ",")
    page.keyboard.press("u")
    expect(page.locator("#quote")).to_have_text(whole)
    assert quotes(page) == before
    assert borders(page) == text
    page.keyboard.press("U")
    expect(page.locator("#quote")).to_have_text(first + ",")
    assert quotes(page) == split
    page.keyboard.press("u")
    expect(page.locator("#quote")).to_have_text(whole)


def test_a_dragged_selection_becomes_a_claim_and_a_click_offers_each_that_lies_there(
    desktop_page: Page, log_in: LogIn
) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, THREATENED)
    words = "Vladimir Putin is threatening"
    piece = page.locator(".s", has_text="fears of World War 3 escalate").last
    start, end = piece.evaluate(
        """(piece, length) => {
            const words = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT).nextNode();
            return [[0, 1], [length - 3, length - 2]].map(([from, to]) => { const range = document.createRange();
                range.setStart(words, from); range.setEnd(words, to);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 4, box.y + box.height / 2]; }); }""",
        len(words),
    )
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()
    bar = page.locator("#marking")
    # The browser tells of a growing selection in its own time: the bar has its last words a moment later.
    expect(bar.locator("q")).to_have_text(words)
    bar.get_by_role("button", name="Make it a claim").click()
    expect(page.locator("#quote")).to_have_text(words)
    page.locator(".s[data-within]", has_text=words).click()
    chooser = page.locator("#chooser")
    expect(chooser.get_by_role("button")).to_have_count(2)
    chooser.get_by_role("button").nth(1).click()
    expect(page.locator("#quote")).to_contain_text("fears of World War 3 escalate")
    expect(chooser).to_have_count(0)


def test_a_claim_is_marked_by_two_taps_of_a_finger(phone_page: Page, log_in: LogIn) -> None:
    page = phone_page
    log_in(page, "ada")
    read(page, TITLES["001_00f339de5ad54580.txt"])
    page.locator("#mark").tap()
    expect(page.locator("#marking")).to_be_visible()
    places = page.locator("#text p").first.evaluate(
        """line => { line.scrollIntoView({ block: "center", behavior: "instant" });
            const words = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
            return [[0, 3], [12, 14]].map(([from, to]) => { const range = document.createRange();
                range.setStart(words, from); range.setEnd(words, to);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2]; }); }"""
    )
    for x, y in places:
        page.touchscreen.tap(x, y)
    start, end = marked(page)
    assert end > start
    words = page.locator("#marking q").text_content()
    page.locator("#marking").get_by_role("button", name="Make it a claim").tap()
    expect(page.locator("#quote")).to_have_text(words or "")


def test_borders_go_by_character_where_snapping_is_off(desktop_page: Page, log_in: LogIn) -> None:
    page = desktop_page
    log_in(page, "ada")
    read(page, THREATENED)
    go_to(page, "Vladimir Putin is threatening")
    page.keyboard.press("m")
    expect(page.locator("#marking q")).to_have_text("Vladimir")
    page.keyboard.press("w")
    expect(page.locator("#marking q")).to_have_text("Vladimir")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#marking q")).to_have_text("Vladimi")
    page.keyboard.press("w")
    expect(page.locator("#marking q")).to_have_text("Vladimir")
    page.keyboard.press("Escape")
    expect(page.locator("#marking")).to_be_hidden()


@pytest.fixture
def offsets_text(workbench_server: Server, tmp_path: Path) -> str:
    """Emoji, joiners, combining marks, scripts of four directions and three line ends, brought in by the command."""
    file = tmp_path / "offsets.txt"
    raw = (HERE / "offsets.txt").read_bytes()
    file.write_bytes(raw)
    command = [sys.executable, "manage.py", "import_articles", str(file)]
    env = {"DEBUG": "1", "DATA_DIR": str(workbench_server.data_dir), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return raw.decode()


def test_five_hundred_random_ranges_go_to_the_server_and_back_exactly(
    desktop_page: Page, log_in: LogIn, offsets_text: str
) -> None:
    page, text = desktop_page, offsets_text
    log_in(page, "ada")
    read(page, "Lower Fenwick council votes")
    lines: list[dict[str, Any]] = page.evaluate(
        "async () => (await import('/static/claims/js/positions.js')).lines()"
        ".map(({ start, end, words, isCoverage }) => ({ start, end, words, isCoverage }))"
    )
    assert all(text[line["start"] : line["end"]] == line["words"] for line in lines)
    coverage = [line for line in lines if line["isCoverage"]]
    chance = random.Random(20240223)
    spans = set[tuple[int, int]]()
    while len(spans) < RANGES:
        first = chance.choice(coverage)
        # Most within a paragraph, some over several.
        later = [line for line in coverage if line["start"] >= first["start"]]
        last = chance.choice(later) if chance.random() < 0.2 else first
        start, end = chance.randrange(first["start"], first["end"]), chance.randrange(last["start"], last["end"]) + 1
        between = [line for line in lines if start < line["start"] < end]
        if start < end and any(map(str.isalnum, text[start:end])) and all(line["isCoverage"] for line in between):
            spans.add((start, end))
    found = page.evaluate(
        """async (spans) => { const p = await import("/static/claims/js/positions.js"); const known = p.lines();
            return spans.map((span) => { const range = p.rangeOf(span, known);
                getSelection().removeAllRanges(); getSelection().addRange(range);
                return [p.spanOf(getSelection().getRangeAt(0)), p.exactOf(span, known)]; }); }""",
        sorted(spans),
    )
    wrong = [
        (span, back, exact)
        for span, (back, exact) in zip(sorted(spans), found, strict=True)
        if tuple(back or ()) != span or exact != text[slice(*span)]
    ]
    assert wrong == []
    sent = [{"start": start, "end": end, "exact": text[start:end]} for start, end in sorted(spans)]
    answers = page.evaluate(
        """async (all) => { const { revision, redraw } = document.getElementById("text").dataset;
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const answers = [];
            for (let at = 0; at < all.length; at += 20) {
                const spans = JSON.stringify(all.slice(at, at + 20));
                const body = new URLSearchParams({ revision, key: crypto.randomUUID(), spans });
                const headers = { Accept: "application/json", "X-CSRFToken": token };
                answers.push(await (await fetch(redraw, { method: "POST", body, headers })).json());
            }
            return answers; }""",
        sent,
    )
    assert [answer["error"] for answer in answers if "error" in answer] == []
    made = {(claim["start"], claim["end"]) for answer in answers for claim in answer["claims"]}
    assert made == spans


def test_words_that_the_page_did_not_show_are_refused(
    desktop_page: Page, log_in: LogIn, complaints: Complaints
) -> None:
    complaints.expect("status of 400")
    page = desktop_page
    log_in(page, "ada")
    read(page, THREATENED)
    answer = page.evaluate(
        """async () => { const { revision, redraw } = document.getElementById("text").dataset;
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            const spans = JSON.stringify([{ start: 0, end: 8, exact: "Wladimir" }]);
            const body = new URLSearchParams({ revision, key: crypto.randomUUID(), spans });
            const headers = { Accept: "application/json", "X-CSRFToken": token };
            return (await fetch(redraw, { method: "POST", body, headers })).json(); }"""
    )
    assert "is not what the page showed" in answer["error"]
