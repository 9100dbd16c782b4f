"""A claim that holds several statements gives way to its parts, and what was said of it stays with it."""

from uuid import uuid4

import pytest

from claims.ingest.read_article import read_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Assessment, Claim, Retirement, Ruling, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.retire_claim import MOST_PARTS
from claims.text import reading
from claims.text.search_words import searchable
from claims.vocabulary import Aside, ClaimState, Label
from tests.cast import MakeArticle, assess, rule
from tests.deeds import counted, hide, restore, retire, status
from tests.unit.ledger import event_count, events

TWO = "The bridge was closed on Friday and the ferry will run until May.\n\nThe toll is new."
SHUT, FERRY = "The bridge was closed on Friday", "the ferry will run until May"


@pytest.fixture
def whole(make_article: MakeArticle) -> Claim:
    """The first of two claims, with two statements in it."""
    return make_article(TWO).claims.in_reading_order().first()


def parts_of(whole: Claim) -> list[Claim]:
    return list(Retirement.objects.get(claim=whole).parts.in_reading_order())


def test_each_part_is_a_claim_of_its_own_in_the_words_of_the_whole(max: User, whole: Claim) -> None:
    outcome = retire(whole, max, SHUT, FERRY)
    parts = parts_of(whole)
    assert [part.exact for part in parts] == [SHUT, FERRY]
    assert outcome == {"parts": [str(part.pk) for part in parts]}
    for part in parts:
        assert part.revision.text[part.start : part.end] == part.exact
        assert (part.zone, part.unit, part.article) == (whole.zone, "span", whole.article)
        now = status(part)
        assert (now.state, now.set_aside, now.needed, now.given) == (ClaimState.OPEN, "", 2, 0)
        assert now.worth == status(whole).worth
    assert parts[1].folded == searchable(FERRY)
    assert parts[1].prefix.endswith("Friday and ")
    (event,) = events("claim.retired")
    assert (event.by, event.reason, event.target_id) == (max, "Two statements in one.", str(whole.pk))
    assert event.after["parts"] == outcome["parts"]
    assert event.after["spans"] == [[part.start, part.end] for part in parts]


def test_no_words_of_the_text_go_into_the_log(max: User, whole: Claim) -> None:
    retire(whole, max, SHUT, FERRY)
    assert "ferry" not in str(events("claim.retired")[0].after)


def test_what_was_said_of_the_whole_stays_with_it_and_its_state_comes_back(
    ana: User, ben: User, max: User, whole: Claim
) -> None:
    assess(whole, ana, Label.SOURCED, note="Two in one.")
    assess(whole, ben, Label.OPINION)
    rule(whole, max, Label.OPINION)
    before = status(whole)
    retire(whole, max, SHUT, FERRY)
    assert (Assessment.objects.filter(claim=whole).count(), Ruling.objects.count()) == (2, 1)
    assert (status(whole).state, status(whole).set_aside) == (before.state, Aside.RETIRED)
    restore(whole, max)
    after = status(whole)
    assert (after.set_aside, after.state, after.settled_label) == ("", ClaimState.RULED, "OPINION")
    assert not Retirement.objects.exists()
    assert len(events("claim.restored")) == 1


@pytest.mark.parametrize("settled", [False, True])
def test_the_articles_counters_count_what_is_in_work(max: User, whole: Claim, *, settled: bool) -> None:
    if settled:
        rule(whole, max)
    assert counted(whole.article) == (2, int(settled))
    retire(whole, max, SHUT, FERRY)
    assert counted(whole.article) == (3, 0)
    rule(parts_of(whole)[0], max)
    assert counted(whole.article) == (3, 1)
    restore(whole, max)
    assert counted(whole.article) == (4, 1 + settled)
    retire(whole, max, FERRY)
    assert counted(whole.article) == (3, 1)


def test_parts_that_were_opened_before_are_found_again(max: User, ana: User, whole: Claim) -> None:
    retire(whole, max, SHUT, FERRY)
    first = parts_of(whole)
    assess(first[0], ana)
    restore(whole, max)
    retire(whole, max, SHUT, FERRY)
    assert parts_of(whole) == first
    assert status(first[0]).given == 1
    assert Claim.objects.filter(article=whole.article).count() == 4


def test_a_part_can_be_retired_in_its_turn(max: User, whole: Claim) -> None:
    retire(whole, max, SHUT, FERRY)
    retire(parts_of(whole)[0], max, "The bridge was closed")
    assert counted(whole.article) == (3, 0)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "Write each part on a line of its own"),
        (["", " \n"], "Write each part on a line of its own"),
        (["The"] * (MOST_PARTS + 1), f"1 to {MOST_PARTS} of them"),
        (["The tunnel was closed"], "“The tunnel was closed” does not stand in the claim"),
        ([FERRY, SHUT], "“The bridge was closed on Friday” does not stand in the claim after the part before it"),
        (["The toll is new."], "does not stand in the claim"),
        ([TWO.split("\n")[0]], "This part is the whole claim"),
        (["x" * 100_000], "“x{80}” does not stand"),
    ],
)
def test_parts_that_do_not_fit_are_refused_with_what_to_do(
    max: User, whole: Claim, parts: list[str], sentence: str
) -> None:
    before = event_count(), counted(whole.article)
    with pytest.raises(Invalid, match=sentence):
        retire(whole, max, *parts)
    assert (event_count(), counted(whole.article)) == before
    assert status(whole).set_aside == ""
    assert not Retirement.objects.exists()


def test_a_reason_is_needed(max: User, whole: Claim) -> None:
    for reason in ("", "  ", "x" * 1_001):
        with pytest.raises(Invalid):
            retire(whole, max, SHUT, reason=reason)
    assert not Retirement.objects.exists()


def test_only_moderators_retire(ana: User, eve: User, whole: Claim) -> None:
    for who in (ana, eve):
        with pytest.raises(NotAllowed, match="only a moderator may retire claims"):
            retire(whole, who, SHUT, FERRY)
    assert not Retirement.objects.exists()


def test_the_loser_of_a_race_is_told(ana: User, max: User, whole: Claim) -> None:
    seen = status(whole).version
    assess(whole, ana)
    with pytest.raises(Conflict, match="Something was done with this claim"):
        retire(whole, max, SHUT, FERRY, expected_version=seen)
    assert not Retirement.objects.exists()


def test_the_same_key_retires_once(max: User, ada: User, whole: Claim) -> None:
    sent = {"expected_version": status(whole).version, "key": uuid4()}
    first = retire(whole, max, SHUT, FERRY, **sent)
    assert retire(whole, max, SHUT, FERRY, **sent) == first
    restore(whole, ada)
    assert retire(whole, max, SHUT, FERRY, **sent) == first
    assert status(whole).set_aside == ""
    assert len(events("claim.retired")) == 1
    assert Claim.objects.filter(article=whole.article).count() == 4


def test_a_retired_claim_takes_no_more_work(ana: User, max: User, whole: Claim) -> None:
    retire(whole, max, SHUT, FERRY)
    for deed in (lambda: assess(whole, ana), lambda: rule(whole, max), lambda: retire(whole, max, SHUT)):
        with pytest.raises(Gone, match="gave way to its parts"):
            deed()


def test_what_is_hidden_withdrawn_or_of_an_older_text_is_not_retired(
    max: User, make_article: MakeArticle, whole: Claim
) -> None:
    hidden, old = make_article(TWO, address="https://example.org/a").claims.in_reading_order()
    hide(hidden, max)
    with pytest.raises(Gone, match="hidden"):
        retire(hidden, max, "The bridge")
    make_article("Another text.", address="https://example.org/a")
    with pytest.raises(Gone, match="text of this sentence has changed"):
        retire(old, max, "The toll")
    withdraw_article(by=max, article_id=whole.article_id, reason="Asked for.", expected_version=0)
    with pytest.raises(Gone, match="withdrawn"):
        retire(whole, max, SHUT)
    with pytest.raises(Gone, match="This claim is gone"):
        retire(whole, max, SHUT, claim_id=uuid4(), expected_version=0)


def test_a_newer_reader_leaves_whole_and_parts_alone(
    max: User, operator: User, whole: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    retire(whole, max, SHUT, FERRY)
    kept = {whole.pk, *(part.pk for part in parts_of(whole))}
    monkeypatch.setattr(reading, "propose", lambda *text: [])
    done = read_article(by=operator, article=whole.article)
    assert set(Claim.objects.filter(article=whole.article).values_list("pk", flat=True)) == kept
    assert done.claims == 2
    assert counted(whole.article) == (2, 0)
