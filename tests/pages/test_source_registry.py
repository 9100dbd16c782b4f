"""The registry of sources: described, added, merged, listed and suggested on its pages."""

import re
from uuid import uuid4

import pytest

from claims.models import Source, User
from claims.review.describe_source import describe_source
from tests.cast import logged_in
from tests.pages.html import Page, page_of
from tests.pages.registry import BODY, OUTLET, PERSON, merge, shown, source, the_agency, the_spokesman  # noqa: F401
from tests.unit import ledger

# Describing and adding

# A key that nothing has; the same in every run, because it names tests.
NOBODY = "00000000-0000-8000-8000-000000000000"


def test_a_description_is_changed_on_the_page(ben: User, peskov: Source) -> None:
    browser = logged_in(ben)
    form = page_of(browser.get(f"/sources/{peskov.pk}/")).fields(f"/sources/{peskov.pk}/describe")
    sent = form | {"kind": PERSON, "party": "party", "role": "spokesman"}
    answer = browser.post(f"/sources/{peskov.pk}/describe", sent, follow=True)
    assert "spokesman · a party to the conflict" in re.sub(r"<[^>]+>", "", answer.content.decode())
    assert browser.post(f"/sources/{peskov.pk}/describe", sent).status_code == 302  # again: the same answer
    peskov.refresh_from_db()
    assert peskov.version == 2


def test_a_refused_description_comes_back_as_it_was_typed(ana: User, ben: User, peskov: Source) -> None:
    browser, url = logged_in(ben), f"/sources/{peskov.pk}/describe"
    form = {"name": "Peskov, D.", "kind": PERSON, "role": "spokesman", "note": "Mine.", "version": 1}
    describe_source(by=ana, source_id=peskov.pk, name="Dmitry S. Peskov", kind=PERSON, expected_version=1, key=uuid4())
    answer = browser.post(url, form | {"key": uuid4()})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this source" in html
    assert 'Stored now: <b dir="auto">Dmitry S. Peskov</b>' in html
    assert 'value="Peskov, D."' in html
    assert "Mine." in html
    fields = page_of(answer).fields(url)
    assert fields["version"] == "2"
    assert browser.post(url, fields | {"kind": PERSON}).status_code == 302
    refused = browser.post(url, form | {"name": "", "key": uuid4()})
    assert refused.status_code == 400
    assert "Name: Give the source a name." in refused.content.decode()
    assert "Mine." in refused.content.decode()
    assert browser.post(url, form | {"note": "x" * 2001, "key": uuid4()}).status_code == 400


def test_a_source_is_added_once_and_what_is_there_is_said_to_be(ana: User) -> None:
    browser = logged_in(ana)
    form = page_of(browser.get("/sources/new")).fields("/sources/new") | {"name": "Interfax", "kind": OUTLET}
    for _ in range(2):
        answer = browser.post("/sources/new", form)
        assert answer.status_code == 302
    made = Source.objects.get()
    assert answer["Location"] == f"/sources/{made.pk}/"
    again = browser.post("/sources/new", form | {"key": uuid4()}, follow=True)
    assert "It was in the registry already." in again.content.decode()
    differs = browser.post("/sources/new", form | {"key": uuid4(), "role": "news agency"})
    assert differs.status_code == 409
    assert "is in the registry already" in differs.content.decode()
    assert 'value="news agency"' in differs.content.decode()
    assert Source.objects.count() == 1


# Merging


def test_near_duplicates_are_offered_with_the_reason_and_moderators_can_merge(
    ana: User, max: User, peskov: Source
) -> None:
    near = [source(ana, name) for name in ("Kremlin spokesman Dmitry Peskov", "Peskov", "D. Peskov")]
    for name, kind in (("Dmitry Medvedev", PERSON), ("Kremlin", BODY)):
        source(ana, name, kind)
    for viewer, merges in ((ana, False), (max, True)):
        found = re.search(r'<ul class="near">(.*?)</ul>', shown(viewer, peskov), re.S)
        assert found
        assert set(re.findall(r'href="/sources/([0-9a-f-]+)/"', found[1])) == {str(one.pk) for one in near}
        assert ("/merge?into=" in found[1]) == merges
        assert "the same name, with other titles" in found[1]
        assert "one of the two gives no first name" in found[1]


def test_a_moderator_compares_gives_the_reason_merges_and_undoes_it(ana: User, max: User, peskov: Source) -> None:
    short, browser = source(ana, "D. Peskov", note="Seen in Interfax."), logged_in(max)
    confirm = browser.get(f"/sources/{short.pk}/merge", {"into": peskov.pk})
    html = confirm.content.decode()
    for part in ("D. Peskov", "Dmitry Peskov", "Seen in Interfax.", "Speaks for the president.", "can stand for"):
        assert part in html
    url = f"/sources/{short.pk}/merge"
    form = page_of(confirm).fields(url)
    refused = browser.post(url, form | {"reason": " "})
    assert refused.status_code == 400
    assert "Say why the two are one" in refused.content.decode()
    for _ in range(2):
        merged = browser.post(url, form | {"reason": "The same man <b>."})
        assert (merged.status_code, merged["Location"]) == (302, f"/sources/{peskov.pk}/")
    page = browser.get(f"/sources/{short.pk}/")
    back = page_of(page).fields(f"/sources/{short.pk}/unmerge")
    empty = browser.post(f"/sources/{short.pk}/unmerge", back | {"reason": ""})
    assert (empty.status_code, "Say why the two are not one" in empty.content.decode()) == (400, True)
    old = browser.post(f"/sources/{short.pk}/unmerge", back | {"reason": "Typed <b>.", "version": 1})
    assert old.status_code == 409
    assert "Typed &lt;b&gt;.</textarea>" in old.content.decode()
    for _ in range(2):
        assert browser.post(f"/sources/{short.pk}/unmerge", back | {"reason": "Two men."}).status_code == 302
    short.refresh_from_db()
    assert short.merged_into is None
    assert len(ledger.events("source.merged")) == len(ledger.events("source.unmerged")) == 2


def test_a_merge_that_rests_on_an_old_page_comes_back_with_the_reason(ana: User, max: User, peskov: Source) -> None:
    short, browser = source(ana, "D. Peskov"), logged_in(max)
    form = {"into": peskov.pk, "reason": "The same man.", "version": 7, "into_version": 1, "key": uuid4()}
    answer = browser.post(f"/sources/{short.pk}/merge", form)
    assert answer.status_code == 409
    assert "The same man.</textarea>" in answer.content.decode()
    itself = browser.post(f"/sources/{short.pk}/merge", form | {"into": short.pk, "version": 1, "key": uuid4()})
    assert itself.status_code == 400
    assert "into itself" in itself.content.decode()


def test_any_two_sources_can_be_found_for_a_merge(ana: User, max: User, peskov: Source) -> None:
    other, browser = source(ana, "The Kremlin", BODY), logged_in(max)
    html = browser.get(f"/sources/{other.pk}/merge", {"q": "dmi pes"}).content.decode()
    assert f'href="?into={peskov.pk}"' in html
    assert (
        "Their names do not speak for it"
        in browser.get(f"/sources/{other.pk}/merge", {"into": peskov.pk}).content.decode()
    )


def test_moderators_see_pairs_of_the_newest_sources(ana: User, max: User, peskov: Source) -> None:
    source(ana, "Kremlin spokesman Dmitry Peskov")
    source(ana, "Armenian MoD", BODY)
    source(ana, "Armenian Ministry of Defence", BODY)
    source(ana, "Armenian foreign ministry", BODY)
    merge(max, source(ana, "Peskov"), peskov)
    page = page_of(logged_in(max).get("/sources/duplicates/"))
    pairs = [element for element in page.all("tr") if "Compare" in element.text]
    assert len(pairs) == 2
    assert "Peskov" in pairs[0].text
    assert "MoD" in pairs[1].text
    assert logged_in(ana).get("/sources/duplicates/").status_code == 403


# The list and the suggestions


def listed(viewer: User, **asked: str) -> list[str]:
    answer = logged_in(viewer).get("/sources/", asked)
    assert answer.status_code == 200
    return names_in(page_of(answer))


def names_in(page: Page) -> list[str]:
    return [
        element.text
        for element in page.all("a")
        if re.fullmatch(r"/sources/[0-9a-f-]{36}/", element.attributes.get("href", ""))
    ]


def test_the_list_is_searched_filtered_and_ordered(ana: User, max: User, peskov: Source, interfax: Source) -> None:
    zakharova = source(ana, "Maria Zakharova")
    merge(max, source(ana, "Dima Peskov"), peskov)
    assert listed(ana) == ["Dmitry Peskov", "Interfax", "Maria Zakharova"]
    assert listed(ana, order="newest") == [zakharova.name, interfax.name, peskov.name]
    assert listed(ana, q="dim pesk") == ["Dmitry Peskov"]  # by another name
    assert listed(ana, q="itry") == []
    assert listed(ana, kind=OUTLET) == ["Interfax"]
    assert listed(ana, kind=PERSON, q="Interfax") == []
    html = logged_in(ana).get("/sources/", {"q": "x" * 201, "kind": "king"}).content.decode()
    assert "The search is 201 characters long" in html
    assert "There is no “king” to choose here" in html


@pytest.mark.parametrize("order", ["", "newest"])
def test_the_list_is_turned_both_ways(ana: User, order: str) -> None:
    for number in range(120):
        source(ana, f"Minister {number:03}")
    browser, walked, url = logged_in(ana), [], f"/sources/?q=minister&order={order}"
    for rel in ("next", "prev"):
        names: list[list[str]] = []
        while True:
            answer = browser.get(url)
            names.append(names_in(page_of(answer)))
            link = re.search(rf'rel="{rel}" href="([^"]+)"', answer.content.decode())
            if not link:
                break
            url = "/sources/" + link[1].replace("&amp;", "&")
        walked.append(names)
    forwards, backwards = walked
    assert [len(some) for some in forwards] == [50, 50, 20]
    assert backwards == forwards[::-1]
    expected = sorted(f"Minister {number:03}" for number in range(120))
    assert [name for some in forwards for name in some] == (expected[::-1] if order else expected)


@pytest.mark.parametrize("place", ["x", "~", f"a\x00~{NOBODY}", "x" * 401 + f"~{NOBODY}"])
def test_a_made_up_place_in_the_list_is_refused(ana: User, place: str) -> None:
    for name in ("after", "before"):
        for order in ("", "newest"):
            assert logged_in(ana).get("/sources/", {name: place, "order": order}).status_code == 400


def test_suggestions_are_what_a_picker_needs(ana: User, max: User, eve: User, peskov: Source) -> None:
    merge(max, source(ana, "D. Peskov"), peskov)
    browser = logged_in(ana)
    assert browser.get("/sources/suggest", {"q": "d. pesk"}).json() == [
        {
            "id": str(peskov.pk), "name": "Dmitry Peskov", "kind": PERSON, "kind_name": "named person",
            "role": "press secretary", "party": "", "known_as": "D. Peskov", "other_names": ["D. Peskov"],
        }
    ]  # fmt: skip
    assert browser.get("/sources/suggest").json() == []
    too_long = browser.get("/sources/suggest", {"q": "x" * 201}, headers={"Accept": "application/json"})
    assert too_long.status_code == 400
    assert "Shorten it" in too_long.json()["error"]
    refused = logged_in(eve).get("/sources/suggest", {"q": "pesk"}, headers={"Accept": "application/json"})
    assert refused.status_code == 403


def test_the_bar_leads_to_the_sources(ana: User, eve: User) -> None:
    assert "/sources/" in page_of(logged_in(ana).get("/")).links()
    assert "/sources/" not in page_of(logged_in(eve).get("/")).links()
