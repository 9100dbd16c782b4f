"""The section “attribution” of a claim's details: its form without script, its answers, and who sees what."""

from typing import Any
from uuid import uuid4

import pytest

from claims.models import Attribution, Claim, Hop, Source, User
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.register_source import register_source
from claims.vocabulary import Label
from tests.cast import TEXT, MakeArticle, logged_in, rule
from tests.pages.html import Page, page_of
from tests.pages.test_export import exported
from tests.unit import ledger

JSON = {"Accept": "application/json"}
# Words of an article that comes with the workbench, around the claim whose route is the longest.
BEFORE = "He has spoken of a withdrawal from the organization.\n"
S31 = (
    "“I cannot rule out the possibility of Armenia’s de jure withdrawal from the CSTO or a freeze on its membership,” "
    "Pashinyan said during a Monday press conference, according to Interfax news agency."
)
AFTER = "\n\nLater this week, Pashinyan is scheduled to travel."


def url(claim: Claim) -> str:
    return f"/claims/{claim.pk}/attribute"


def details(claim: Claim, query: str = "") -> str:
    return f"/claims/{claim.pk}/details{query}"


def page(claim: Claim, viewer: User, query: str = "") -> Page:
    answer = logged_in(viewer).get(details(claim, query))
    assert answer.status_code == 200
    return page_of(answer)


def span(name: str, words: str, text: str = TEXT, exact: bool = False) -> dict[str, Any]:
    at = text.index(words)
    return {f"{name}_start": at, f"{name}_end": at + len(words), f"{name}_exact": words if exact else ""}


def rows(*steps: tuple[str, str], **other: list[str]) -> dict[str, list[str]]:
    """The rows of the form: (name or occasion, kind)."""
    number = len(steps)
    return {
        "hop_source": [""] * number,
        "hop_name": [name for name, _ in steps],
        "hop_kind": [kind for _, kind in steps],
        "hop_role": [""] * number,
        "hop_party": [""] * number,
    } | other


def form(version: int = 0, **fields: Any) -> dict[str, Any]:
    return {"version": version, "key": str(uuid4())} | fields


def offered(shown: Page, name: str) -> list[str]:
    """What a select offers."""
    return [
        element.attributes["value"]
        for element in shown.all("option")
        if any(within.attributes.get("name") == name for within in element.within)
    ]


def chosen(shown: Page, name: str) -> str:
    """What a select would send."""
    options = [
        element for element in shown.all("option") if any(one.attributes.get("name") == name for one in element.within)
    ]
    return next((one for one in options if "selected" in one.attributes), options[0]).attributes["value"]


def names(shown: Page) -> list[str]:
    """What stands in the rows of the route."""
    return [element.attributes["value"] for element in shown.all("input", name="hop_name")]


def attribute(claim: Claim, by: User, **parts: Any) -> None:
    own = Attribution.objects.filter(claim=claim, reviewer=by).first()
    given = GivenAttribution(**parts)
    version = own.version if own else 0
    attribute_claim(by=by, claim_id=claim.pk, given=given, expected_version=version, key=uuid4())


@pytest.fixture
def said(claims: list[Claim]) -> Claim:
    return claims[1]


def test_the_whole_chain_is_entered_by_plain_forms_and_found_in_the_export(
    ana: User, make_article: MakeArticle
) -> None:
    text = BEFORE + S31 + AFTER
    made = make_article(text)
    claim = Claim.objects.get(article=made, start=len(BEFORE))
    assert claim.exact == S31
    browser = logged_in(ana)
    judged = {"label": "SOURCED", "strength": "4", "reason": "", "note": "", "version": 0, "key": str(uuid4())}
    assert browser.post(f"/claims/{claim.pk}/assess", judged).status_code == 302
    shown = page(claim, ana)
    sent = shown.fields("attribution-form")
    quote = (
        "I cannot rule out the possibility of Armenia’s de jure withdrawal from the CSTO or a freeze on its membership"
    )
    spans = span("source", "Pashinyan", text) | span("cue", "said", text) | span("content", quote, text)
    # Every border that is sent is one that the page offers.
    for name, border in spans.items():
        assert name.endswith("_exact") or str(border) in offered(shown, name)
    chain = rows(
        ("Nikol Pashinyan", "named_person"), ("press conference", "occasion"), ("Interfax", "other_outlet"), ("", "")
    )
    fields = spans | chain | {"mode": "direct", "scope": "same", "quote": "translated"}
    answer = browser.post(url(claim), sent | fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, details(claim, "#attribution"))
    (row,) = [row for row in exported(ana) if row["claim_id"] == str(claim.pk)]
    assert (row["source_name"], row["source_kind"]) == ("Nikol Pashinyan", "named_person")
    assert row["chain"] == "Nikol Pashinyan → press conference → Interfax"
    person, outlet = Source.objects.get(kind="named_person"), Source.objects.get(kind="other_outlet")
    assert row["chain_ids"] == f"{person.pk} occasion {outlet.pk}"
    assert (row["mode"], row["scope"], row["quote_kind"]) == ("direct", "same", "translated")
    assert (row["source_words"], row["cue"], row["content_words"]) == ("Pashinyan", "said", quote)
    again = page(claim, ana)
    assert names(again) == ["Nikol Pashinyan", "press conference", "Interfax", ""]
    (section,) = again.all("section", id="attribution")
    assert section.attributes["data-suggested-strength"] == "4"
    assert "A named person, with the occasion: strength 4." in section.text


def test_what_was_stored_fills_the_form_and_is_sent_again_as_it_was(said: Claim, ana: User) -> None:
    attribute(
        said,
        ana,
        source=GivenSpan(*list(span("s", "Mayor Ida Brook").values())[:2]),
        chain=(GivenHop(name="Ida Brook", kind="named_person"), GivenHop(occasion="a walk")),
        mode="indirect",
        needs_locator=True,
    )
    before = ledger.dump([Hop, Source])
    shown = page(said, ana)
    sent = shown.fields("attribution-form")
    selects = {name: chosen(shown, name) for name in ("source_start", "source_end", "mode", "scope", "quote")}
    columns = {
        name: [element.attributes["value"] for element in shown.all("input", name=name)]
        for name in ("hop_source", "hop_name", "hop_role")
    }
    kinds = {"hop_kind": ["", "occasion", "", ""], "hop_party": [""] * 4}
    assert logged_in(ana).post(url(said), sent | selects | columns | kinds).status_code == 302
    stored = Attribution.objects.get()
    assert (stored.version, stored.mode, stored.needs_locator) == (2, "indirect", True)
    assert stored.words == {"source": "Mayor Ida Brook"}
    assert [row[1:] for row in ledger.dump([Hop])["claims_hop"]] == [row[1:] for row in before["claims_hop"]]
    assert ledger.dump([Source])["claims_source"] == before["claims_source"]


def test_a_script_is_told_what_is_stored(said: Claim, ana: User) -> None:
    fields = span("source", "Mayor Ida Brook", exact=True) | rows(("Ida Brook", "named_person"), ("a walk", "occasion"))
    answer = logged_in(ana).post(url(said), form(**fields), headers=JSON)
    assert answer.status_code == 200
    told = answer.json()
    mayor = Source.objects.get()
    assert told["chain"] == [
        {"source": str(mayor.pk), "name": "Ida Brook", "kind": "named_person"},
        {"occasion": "a walk"},
    ]
    assert (told["version"], told["suggestion"]["strength"], told["suggestion"]["label"]) == (1, 4, "SOURCED")
    assert TEXT[slice(*told["source"])] == "Mayor Ida Brook"
    stale = logged_in(ana).post(url(said), form(**rows(("a walk", "occasion"))), headers=JSON)
    assert stale.status_code == 409
    assert stale.json()["current"]["chain"] == told["chain"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"source_start": 3}, "Choose the first and the last word of the source, or neither of them."),
        ({"cue_start": 9, "cue_end": 3}, "The last word of the cue stands before its first word."),
        ({"cue_start": "x", "cue_end": 3}, "Cue start: This border is no number."),
        ({"cue_start": "9" * 40, "cue_end": 3}, "Cue start: This border is no number."),
        ({"content_start": 10**6, "content_end": 10**6 + 1}, "do not lie in the text"),
        ({"cue_start": 0, "cue_end": 3, "cue_exact": "Tha"}, "is not what the page showed"),
        ({"cue_start": 0, "cue_end": 3, "cue_exact": "x" * 10_001}, "These words are too long"),
        (rows(("Somebody new", "")), "“Somebody new” is not among the sources yet."),
        (rows(("Somebody new", "document"), hop_source=["x"]), "This is not the key of a source."),
        (rows(*[(f"occasion {n}", "occasion") for n in range(13)]), "The route has 13 steps"),
        (rows(("x" * 201, "document")), "The name of a source has 201 characters"),
        ({"mode": "loud"}, "Choose the mode from its list"),
        ({"version": -1}, "Version:"),
        ({"version": ""}, "Version:"),
        ({"key": "x"}, "Key:"),
    ],
)
def test_a_refused_form_comes_back_as_it_was_sent(
    said: Claim, ana: User, fields: dict[str, Any], sentence: str
) -> None:
    before = ledger.event_count()
    typed = form(**rows(("Ida Brook & <b>sons</b>", "named_body"), hop_role=["the role"], hop_party=["party"]))
    typed |= {"quote": "translated", "is_dated": "on"} | span("content", "in May") | fields
    answer = logged_in(ana).post(url(said), typed)
    assert answer.status_code == 400
    shown = page_of(answer)
    (section,) = shown.all("section", id="attribution")
    assert sentence in section.text
    assert chosen(shown, "quote") == "translated"
    assert "checked" in shown.all("input", name="is_dated")[0].attributes
    for name in ("content_start", "content_end", "source_start", "cue_start"):
        if name in typed:
            assert chosen(shown, name) == str(typed[name])
    assert names(shown)[: len(typed["hop_name"])] == typed["hop_name"]
    if "hop_name" not in fields:
        assert shown.all("input", name="hop_role")[0].attributes["value"] == "the role"
        assert chosen(shown, "hop_party") == "party"
        assert chosen(shown, "hop_kind") == "named_body"
    assert not Attribution.objects.exists()
    assert ledger.event_count() == before
    told = logged_in(ana).post(url(said), typed, headers=JSON)
    assert (told.status_code, sentence in told.json()["error"]) == (400, True)


def test_rows_whose_fields_do_not_fit_together_lose_nothing(said: Claim, ana: User) -> None:
    """A row that lacks its kind is one whose source is in the registry already."""
    register_source(by=ana, name="Ida Brook", kind="named_person", key=uuid4())
    sent = form(hop_name=["Ida Brook", "", "a walk"], hop_kind=["", "", "occasion"], hop_role=["mayor"])
    assert logged_in(ana).post(url(said), sent).status_code == 302
    assert names(page(said, ana))[:2] == ["Ida Brook", "a walk"]


def test_both_versions_stand_side_by_side_after_a_conflict_and_the_form_can_be_sent_again(
    said: Claim, ana: User
) -> None:
    attribute(said, ana, chain=(GivenHop(occasion="stored elsewhere"),))
    answer = logged_in(ana).post(url(said), form(**rows(("typed here", "occasion"))))
    assert answer.status_code == 409
    shown = page_of(answer)
    (section,) = shown.all("section", id="attribution")
    assert "You changed this attribution elsewhere" in section.text
    assert "stored elsewhere" in section.text
    assert names(shown)[0] == "typed here"
    sent = shown.fields("attribution-form") | rows(("typed here", "occasion"))
    assert logged_in(ana).post(url(said), sent).status_code == 302
    assert [hop.occasion for hop in Hop.objects.all()] == ["typed here"]


def test_a_form_that_the_server_could_not_read_keeps_the_version_of_its_page(said: Claim, ana: User) -> None:
    """A refusal for another reason must not hide that the attribution was changed meanwhile."""
    attribute(said, ana, chain=(GivenHop(occasion="stored elsewhere"),))
    answer = logged_in(ana).post(url(said), form(source_start=3))
    assert page_of(answer).fields("attribution-form")["version"] == "0"


def test_the_same_form_sent_twice_has_one_effect(said: Claim, ana: User) -> None:
    sent = form(**rows(("Ida Brook", "named_person")))
    browser = logged_in(ana)
    first, second = (browser.post(url(said), sent, headers=JSON) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert (Attribution.objects.get().version, Source.objects.count()) == (1, 1)
    assert len(ledger.events("claim.attributed", "source.created")) == 2


def test_a_claim_that_was_settled_meanwhile_gives_back_what_was_typed(said: Claim, ana: User, max: User) -> None:
    rule(said, max, Label.SOURCED, strength=4)
    answer = logged_in(ana).post(url(said), form(**rows(("typed too late", "occasion"))))
    assert answer.status_code == 409
    assert "What you entered is still here." in answer.content.decode()
    assert names(page_of(answer))[0] == "typed too late"
    shown = page(said, ana)
    assert "This claim is settled" in shown.all("section", id="attribution")[0].text
    assert not shown.all("form", id="attribution-form")


def test_somebody_elses_key_and_one_of_nothing_are_gone(said: Claim, ana: User) -> None:
    sent = form(**rows(("Ida Brook", ""), hop_source=[str(uuid4())]))
    answer = logged_in(ana).post(url(said), sent)
    assert answer.status_code == 410
    assert names(page_of(answer))[0] == "Ida Brook"
    assert logged_in(ana).post(f"/claims/{uuid4()}/attribute", sent).status_code == 410
