"""The reading page: the text as it is, its claims marked, what is no coverage set apart; light, and from one host."""

import json
import re
from collections import defaultdict
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, Revision, User, Zone
from claims.vocabulary import COVERAGE_ZONES, LABEL_BY_VALUE, ZONE_NAMES, Label, ZoneKind
from claims.web.reading_page import Mark, blocks_of, told
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.deeds import lock, restore, retire
from tests.pages.html import Page, page_of

ODD = (
    "Łódź 🇦🇲 wins <b>again</b> & again\n\n"
    "“It’s\u00a0over,” said Ida\u202e \u05e9\u05dc\u05d5\u05dd e\u0301 😀 on Monday.\r\n\r\n"
    "A sentence that is broken\nin two lines ends here. The next one does not</p><script>alert(1)</script>.\n\n"
    "Tabs\tand  double  spaces {{ stay }} {% as %} they are."
)


def read(browser: Client, article: Article, query: str = "") -> Page:
    answer = browser.get(f"/articles/{article.pk}/{query}")
    assert answer.status_code == 200
    return page_of(answer)


def marked(page: Page) -> dict[int, str]:
    """The words that the page marks as each claim's, by the claim's number."""
    words: dict[int, str] = defaultdict(str)
    for span in page.all("span"):
        if "data-claim" in span.attributes:
            words[int(span.attributes["data-claim"])] += span.text
    return dict(words)


def is_the_text_of_its_claims(page: Page, article: Article) -> bool:
    revision = Revision.objects.get(pk=article.status.revision_id)
    claims = Claim.objects.filter(revision=revision).in_reading_order()
    return marked(page) == {number: claim.exact for number, claim in enumerate(claims, start=1)}


def test_each_claim_of_the_five_articles_is_marked_with_exactly_its_words(ana: User, corpus: list[Article]) -> None:
    browser = logged_in(ana)
    for article in corpus:
        assert is_the_text_of_its_claims(read(browser, article), article)


def test_odd_characters_and_markup_in_a_text_are_shown_as_they_are(ana: User, make_article: MakeArticle) -> None:
    article = make_article(ODD)
    page = read(logged_in(ana), article)
    assert is_the_text_of_its_claims(page, article)
    assert [script.attributes.get("type") for script in page.all("script")] == ["application/json", "module"]
    shown = "".join(element.text for element in page.elements if element.tag in {"h1", "p"} and element.has("read"))
    assert "<b>again</b>" in shown or "<b>again</b>" in "".join(marked(page).values())


def test_nothing_of_a_text_is_left_out_but_blank_lines(ana: User, corpus: list[Article]) -> None:
    browser = logged_in(ana)
    for article in corpus:
        page = read(browser, article)
        shown = re.sub(r"\s", "", next(e for e in page.all("main")).text)
        text = Revision.objects.get(article=article).text
        position = 0
        for line in text.splitlines():
            bare = re.sub(r"\s", "", line)
            position = shown.find(bare, position)
            assert position >= 0, line


def test_zones_that_are_no_coverage_are_set_apart_with_their_name_and_not_labelled(
    ana: User, corpus: list[Article]
) -> None:
    browser = logged_in(ana)
    seen = 0
    for article in corpus:
        page = read(browser, article)
        apart = [
            zone for zone in Zone.objects.filter(revision=article.status.revision) if zone.kind not in COVERAGE_ZONES
        ]
        asides = [element for element in page.elements if element.attributes.get("class") == "aside"]
        assert [aside.attributes["aria-label"] for aside in asides] == [ZONE_NAMES[zone.kind] for zone in apart]
        for span in page.all("span"):
            if "data-claim" in span.attributes:
                assert not {"aside"} & {element.attributes.get("class") for element in span.within}
        seen += len(asides)
    assert seen > 3


def test_marks_say_by_letter_and_words_what_is_known(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.SOURCED)
    assess(claims[1], ben, Label.SOURCED)
    rule(claims[2], max, Label.OPINION)
    assess(claims[3], ana)
    assess(claims[3], ben)
    tags = [a for a in read(logged_in(ana), claims[0].article).all("a") if a.has("tag")]
    said = [tag.attributes["aria-label"] for tag in tags]
    assert said[0] == "Claim 1: Sourced, your label"
    assert said[1].startswith("Claim 2: proposed: ")
    assert said[2] == "Claim 3: Opinion, settled"
    assert said[3] == "Claim 4: Unsourced, your label and settled"
    assert [tag.attributes["class"].split()[1] for tag in tags][2:] == ["O", "U"]
    assert [tag.has("draft") for tag in tags] == [False, True, False, False]


def test_a_proposal_is_shown_as_one_with_its_cue_and_never_as_a_label(ana: User, claims: list[Claim]) -> None:
    page = read(logged_in(ana), claims[2].article, f"?claim={claims[2].pk}")
    why = next(e for e in page.all("div") if e.attributes.get("id") == "why")
    assert "Proposed" in why.text
    assert [mark.text for mark in page.all("mark") if why in mark.within] == ["reportedly"]
    assert not [radio for radio in page.all("input", name="label") if "checked" in radio.attributes]


def test_the_panel_opens_on_the_claim_asked_for_else_on_the_first_without_ones_label(
    ana: User, claims: list[Claim]
) -> None:
    browser, article = logged_in(ana), claims[0].article
    assess(claims[0], ana)

    def in_panel(query: str = "") -> str:
        return next(e.text for e in read(browser, article, query).all("blockquote"))

    assert in_panel() == claims[1].exact
    assert in_panel(f"?claim={claims[3].pk}") == claims[3].exact
    for nonsense in (uuid4(), "", "x" * 5_000, "%00", "%ED%A0%80", "../../etc"):
        assert in_panel(f"?claim={nonsense}") == claims[1].exact


def test_the_panel_shows_ones_own_judgement_and_offers_what_the_scheme_has(ana: User, claim: Claim) -> None:
    assess(claim, ana, Label.UNSOURCED, note="AT&T < a", strength=0, reason="hedge")
    page = read(logged_in(ana), claim.article, f"?claim={claim.pk}")
    form = page.fields("judge")
    assert (form["label"], form["strength"], form["reason"]) == ("UNSOURCED", "0", "hedge")
    assert (form["note"], form["version"]) == ("AT&T < a", "1")
    assert [radio.attributes["value"] for radio in page.all("input", name="label")] == list(LABEL_BY_VALUE)


def test_a_withdrawn_article_says_so_and_shows_no_word(ana: User, max: User, claims: list[Claim]) -> None:
    article = claims[0].article
    withdraw_article(by=max, article_id=article.pk, reason="Asked.", expected_version=0)
    page = read(logged_in(ana), article)
    assert "was withdrawn on" in page.all("main")[0].text
    assert "Elm" not in page.all("body")[0].text
    assert marked(page) == {}


def test_an_article_with_nothing_to_label_says_so(ana: User, make_article: MakeArticle) -> None:
    page = read(logged_in(ana), make_article("Read More\n\nLeave a Reply\n"))
    assert "nothing to label" in page.all("main")[0].text


def test_when_all_is_done_the_page_leads_on(ana: User, max: User, make_article: MakeArticle) -> None:
    done = make_article("It rains in Oslo. It snows in Rome.")
    other = make_article("It is cold in Lima.")
    first, second = Claim.objects.filter(article=done).in_reading_order()
    assess(first, ana)
    rule(second, max)
    assert f"/articles/{other.pk}/" in read(logged_in(ana), done).links()


def page_weight(answer: object) -> tuple[int, int]:
    html = answer.content.decode()  # type: ignore[attr-defined]
    page = Page(html)
    files = {
        e.attributes[name]
        for e in page.elements
        for name in ("src", "href")
        if e.tag in {"script", "link"} and name in e.attributes
    }
    paths = {Path(str(finders.find(file.removeprefix("/static/")))) for file in files}
    scripts = {path for path in paths if path.suffix == ".js"}
    # A module brings the modules that it imports.
    for script in list(scripts):
        scripts |= {script.parent / name for name in re.findall(r'from "\./([\w-]+\.js)"', script.read_text())}
    return len(html.encode()), sum(path.stat().st_size for path in (paths | scripts) if path.suffix in {".js", ".css"})


def test_two_hundred_sentences_weigh_a_hundred_kilobytes_and_scripts_and_styles_forty(
    ana: User, make_article: MakeArticle
) -> None:
    sentence = "The mayor of town {} said on Monday that the bridge over the Elm would open again in May, reportedly."
    article = make_article("\n\n".join(sentence.format(n) for n in range(200)))
    assert Claim.objects.filter(article=article).count() == 200
    html, files = page_weight(logged_in(ana).get(f"/articles/{article.pk}/"))
    assert files <= 40_000
    # Every sentence is a paragraph here, which is the most markup that two hundred sentences can have.
    assert html <= 112_000
    sent = logged_in(ana).get(f"/articles/{article.pk}/", headers={"Accept-Encoding": "gzip"})
    assert len(sent.content) + files <= 100_000


def test_no_page_asks_another_host_for_anything(ana: User, corpus: list[Article]) -> None:
    browser = logged_in(ana)
    for url in ("/", "/articles/", "/claims/", "/method/", f"/articles/{corpus[1].pk}/"):
        page = page_of(browser.get(url))
        for element in page.elements:
            if element.tag in {
                "script",
                "link",
                "img",
                "iframe",
                "object",
                "embed",
                "source",
                "video",
                "audio",
                "form",
            }:
                for name in ("src", "href", "data", "action", "srcset"):
                    asked = element.attributes.get(name, "")
                    assert not re.match(r"[a-z]+:|//", asked), (url, asked)
            assert "style" not in element.attributes
            assert not [name for name in element.attributes if name.startswith("on")]
        assert page.all("style") == []
    for file in Path(settings.BASE_DIR, "claims/static").rglob("*.[cj]s*"):
        assert not re.search(r"https?://(?!www\.w3\.org)", file.read_text()), file


def test_the_script_gets_what_it_needs_and_no_more(ana: User, ben: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, note="Mine.")
    assess(claims[1], ben, note="Secret.")
    page = read(logged_in(ana), claims[0].article)
    data = json.loads(next(s.text for s in page.all("script") if s.attributes.get("id") == "reading-data"))
    assert len(data["claims"]) == len(claims)
    assert data["claims"][0]["label"] == "UNSOURCED"
    assert "label" not in data["claims"][1]
    assert "Secret" not in json.dumps(data)


@pytest.mark.parametrize("payload", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028"])
def test_a_note_cannot_break_out_of_the_scripts_data(ana: User, claim: Claim, payload: str) -> None:
    assess(claim, ana, note=f"a {payload} b")
    page = read(logged_in(ana), claim.article)
    assert len(page.all("script")) == 2
    json.loads(next(s.text for s in page.all("script") if s.attributes.get("id") == "reading-data"))


TOLD = "The mayor spoke.\nThe bridge opens in May, she said. It is ugly.\n\nNobody asked."
SPANS = some.tuples(some.integers(0, len(TOLD)), some.integers(0, len(TOLD))).filter(
    lambda span: TOLD[span[0] : span[1]].strip() and not TOLD[span[0]].isspace()
)


def marks_at(*spans: tuple[int, int]) -> list[Mark]:
    """Claims at these places, numbered in reading order."""
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    claims = [Claim(pk=uuid4(), start=start, end=end) for start, end in ordered]
    return [Mark(claim, number, "U", False, "") for number, claim in enumerate(claims, start=1)]


@given(some.lists(SPANS, max_size=6, unique=True))
def test_wherever_claims_lie_no_word_is_lost_and_each_has_its_tag_and_all_its_words(
    spans: list[tuple[int, int]],
) -> None:
    marks = marks_at(*spans)
    (block,) = blocks_of(TOLD, [Zone(kind=ZoneKind.BODY, start=0, end=len(TOLD))], marks)
    pieces = [piece for paragraph in block.paragraphs for piece in paragraph.pieces]
    shown = ["".join(piece.text for piece in paragraph.pieces) for paragraph in block.paragraphs]
    assert "".join(shown).replace("\n", "") == TOLD.replace("\n", "")
    assert [mark.number for piece in pieces for mark in piece.tags] == [mark.number for mark in marks]
    for mark in marks:
        words = TOLD[mark.claim.start : mark.claim.end]
        found = "".join(piece.text for piece in pieces if mark in piece.marks)
        assert found.replace("\n", "") == words.replace("\n", "")
        first = next(piece for piece in pieces if mark in piece.tags)
        assert words.startswith(first.text)
    for piece in pieces:
        lengths = [mark.claim.end - mark.claim.start for mark in piece.marks]
        assert lengths == sorted(lengths)


def test_the_innermost_claim_has_the_words_and_one_without_any_has_its_tag_at_its_start() -> None:
    words = "The bridge opens in May, she said."
    start = TOLD.index(words)
    middle = start + len("The bridge opens in May,")
    whole, first, second = marks_at((start, start + len(words)), (start, middle), (middle, start + len(words)))
    (block,) = blocks_of(TOLD, [Zone(kind=ZoneKind.BODY, start=0, end=len(TOLD))], [whole, first, second])
    told = [(piece.text, piece.marks, piece.tags) for piece in block.paragraphs[1].pieces if piece.marks]
    assert told == [
        ("The bridge opens in May,", (first, whole), (whole, first)),
        (" she said.", (second, whole), (second,)),
    ]


def test_a_restored_claim_stands_beside_its_parts_and_each_can_be_opened(
    ana: User, max: User, claims: list[Claim]
) -> None:
    whole = claims[1]
    retire(whole, max, "Mayor Ida Brook said on Monday", "the bridge would open again in May.")
    restore(whole, max)
    browser, article = logged_in(ana), whole.article
    page = read(browser, article)
    tags = [tag for tag in page.all("a") if tag.has("tag")]
    now = list(Claim.objects.filter(article=article).in_reading_order())
    assert len(now) == len(claims) + 2
    assert [tag.attributes["data-claim"] for tag in tags] == [str(number + 1) for number in range(len(now))]
    assert [tag.attributes["href"] for tag in tags] == [f"?claim={claim.pk}#here" for claim in now]
    assert marked(page)[now.index(whole) + 1] == " that "
    assert len(page.all("rect")) == len(now)
    opened = read(browser, article, f"?claim={whole.pk}")
    at = [span for span in opened.all("span") if span.has("at")]
    assert "".join(span.text for span in at) == whole.exact
    assert [span.attributes.get("data-within") for span in at] == ["2", None, "2"]
    assert opened.all("blockquote")[0].text == whole.exact


def test_a_locked_article_says_so_beside_the_choices_that_it_does_not_take(ana: User, max: User, claim: Claim) -> None:
    def panel() -> tuple[str, set[bool]]:
        page = read(logged_in(ana), claim.article)
        (shown,) = (section for section in page.all("section") if section.has("panel"))
        asked = [*page.all("input", name="label"), *page.all("textarea", name="note")]
        return shown.text, {"disabled" in one.attributes for one in asked}

    words, disabled = panel()
    assert "locked by a moderator" not in words
    assert disabled == {False}
    lock(claim.article, max)
    words, disabled = panel()
    assert "locked by a moderator" in words
    assert disabled == {True}


def test_what_was_typed_before_an_article_was_locked_comes_back_to_be_copied(
    ana: User, max: User, claim: Claim
) -> None:
    browser = logged_in(ana)
    form = read(browser, claim.article).fields("judge") | {"label": "OPINION", "note": "Typed before."}
    lock(claim.article, max)
    page = page_of(browser.post(f"/claims/{claim.pk}/assess", form))
    (note,) = page.all("textarea", name="note")
    assert note.text.strip() == "Typed before."
    assert "readonly" in note.attributes
    assert "disabled" not in note.attributes


def test_an_account_without_a_role_is_told_who_can_give_it_one(eve: User) -> None:
    assert "an administrator can give it one" in page_of(logged_in(eve).get("/")).all("main")[0].text
    assert "an administrator" not in page_of(Client().get("/")).all("main")[0].text


@pytest.mark.parametrize("address", ["rule", "reopen", "retire", "assess"])
def test_an_address_that_only_takes_forms_says_so_in_words(address: str, max: User, claim: Claim) -> None:
    browser, url = logged_in(max), f"/claims/{claim.pk}/{address}"
    answer = browser.get(url)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "only takes what a form sends" in page_of(answer).all("main")[0].text
    script = browser.get(url, headers={"Accept": "application/json"})
    assert (script.status_code, script.content) == (405, b"")


def test_where_nothing_is_proposed_the_page_says_why_as_far_as_that_is_known() -> None:
    english = "The council approved the budget on Monday, and the mayor of the town signed it. "
    assert "".join(told(None, english)) == "The first pass proposes nothing here: it was not sure enough."
    long = "".join(told(None, english * 2_100))
    assert long == "The first pass proposes nothing here. Only the first 2,000 sentences of a text are read."
    greek = "".join(
        told(None, "Το δημοτικό συμβούλιο ενέκρινε τον προϋπολογισμό τη Δευτέρα και έκλεισε το κολυμβητήριο.")
    )
    assert greek == (
        "The first pass proposes nothing here: the text reads as Greek, and there are no word lists for it."
    )
