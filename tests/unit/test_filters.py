from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import timezone

from claims.filters import ClaimFilter
from claims.models import Article, Claim, ClaimStatus, Story, User
from claims.vocabulary import Label
from tests.cast import MakeArticle, assess, person, rule


def asked(viewer: User, **values: object) -> list[Claim]:
    """The claims that this filter shows this viewer, in reading order."""
    found = ClaimFilter(QueryDict(mutable=True) | {name: str(value) for name, value in values.items()}, viewer=viewer)
    assert found.is_valid(), found.faults()
    return list(found.claims.in_reading_order())


def test_no_filter_shows_every_claim(ana: User, claims: list[Claim]) -> None:
    assert asked(ana) == claims


def test_an_empty_value_asks_nothing(ana: User, claims: list[Claim]) -> None:
    assert asked(ana, q="", label="", article="", opened_after="") == claims


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("toll", [2]),
        ("TOLL council", [2]),
        ("the bridge", [0, 1, 3]),
        ("bridge may", [1]),
        ('"the bridge"', [0, 1]),
        ("“the bridge”", [0, 1]),
        ('"bridge the"', []),
        ('"the bridge" elm', [0]),
        ("100%", []),
        ("_", []),
        ('"', []),
        ("'", []),
        ('"toll', [2]),
        ("brid", []),
        ("brid*", [0, 1, 3]),
        ('"the brid*"', [0, 1]),
    ],
)
def test_words_are_found_in_any_order_and_phrases_as_they_are(
    ana: User, claims: list[Claim], query: str, found: list[int]
) -> None:
    assert asked(ana, q=query) == [claims[number] for number in found]


@pytest.mark.parametrize("query", ["per cent of the vote", '"took 100% of', "it's o’clock", "it‘s", "zürich", "zurich"])
def test_spaces_quotation_marks_and_accents_do_not_matter(ana: User, make_article: MakeArticle, query: str) -> None:
    make_article("He took 100% of it, “per\u00a0cent\u00a0of\u00a0the vote”, and it‘s six o’clock in Zürich.")
    assert len(asked(ana, q=query)) == 1


def test_a_wildcard_of_the_database_is_an_ordinary_character(ana: User, make_article: MakeArticle) -> None:
    make_article("Exactly 100% of them stayed.")
    make_article("Exactly 100 of them stayed.")
    assert len(asked(ana, q="100%")) == len(asked(ana, q="100")) == 2
    assert asked(ana, q="exactly%stayed") == []
    assert asked(ana, q="ex_ctly") == []


def test_article_outlet_and_story_narrow(ana: User, story: Story, article: Article, make_article: MakeArticle) -> None:
    make_article("Something else was said elsewhere on Tuesday.", address="https://other.example/x")
    article.refresh_from_db()
    here = list(Claim.objects.filter(article=article).in_reading_order())
    assert asked(ana, article=article.pk) == here
    assert asked(ana, outlet=article.outlet_id) == here
    assert asked(ana, story=story.pk) == here
    assert asked(ana, article=uuid4()) == asked(ana, outlet=uuid4()) == asked(ana, story=uuid4()) == []


def test_the_label_is_ones_own_else_the_settled_one(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.OPINION)
    rule(claims[0], max, Label.SOURCED)
    rule(claims[1], max, Label.SOURCED)
    assert asked(ana, label="OPINION") == [claims[0]]
    assert asked(ana, label="SOURCED") == [claims[1]]
    assert asked(ben, label="SOURCED") == claims[:2]
    assert asked(ben, label="OPINION") == []
    assert asked(ana, label="none") == claims[2:]


def test_the_strength_is_that_of_the_label_seen(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.SOURCED, strength=2)
    assess(claims[1], ana, Label.UNSOURCED)
    rule(claims[0], max, Label.SOURCED, strength=4)
    rule(claims[1], max, Label.UNSOURCED, strength=0)
    assert asked(ana, strength=2) == [claims[0]]
    assert asked(ana, strength=4) == asked(ana, strength=0) == []
    assert asked(ben, strength=4) == [claims[0]]
    assert asked(ben, strength=0) == [claims[1]]


def settle_in_every_way(claims: list[Claim], ana: User, ben: User, max: User) -> None:
    """The first agreed, the second disputed, the third judged by ben alone, the fourth ruled."""
    for by in (ana, ben):
        assess(claims[0], by, Label.SOURCED)
    assess(claims[1], ana, Label.SOURCED)
    assess(claims[1], ben, Label.OPINION)
    assess(claims[2], ben, Label.OPINION, strength=None)
    rule(claims[3], max, Label.OPINION)


def test_a_moderator_filters_by_the_state_as_it_is(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    settle_in_every_way(claims, ana, ben, max)
    states = ["agreed", "disputed", "in_review", "ruled"]
    assert [asked(max, state=state) for state in states] == [[claim] for claim in claims]
    assert asked(max, state="open") == []


def test_a_reviewer_filters_by_what_a_reviewer_may_know(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    settle_in_every_way(claims, ana, ben, max)
    assert asked(ana, state="agreed") == [claims[0]]
    assert asked(ana, state="done") == [claims[1]]
    assert asked(ana, state="open") == [claims[2]]
    assert asked(ana, state="ruled") == [claims[3]]
    for hidden in ("disputed", "in_review"):
        assert not ClaimFilter({"state": hidden}, viewer=ana).is_valid()


def test_filtering_by_state_agrees_with_the_state_shown(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    settle_in_every_way(claims, ana, ben, max)
    for viewer in (ana, ben, max):
        for claim in asked(viewer):
            assert claim in asked(viewer, state=claim.seen_state)  # type: ignore[attr-defined]


def test_a_colleague_is_found_by_settled_claims_only(ana: User, ben: User, max: User, claims: list[Claim]) -> None:
    settle_in_every_way(claims, ana, ben, max)
    assert asked(ana, reviewer="ben") == [claims[0]]
    assert asked(ana, reviewer="ana") == claims[:2]
    assert asked(max, reviewer="ben") == claims[:3]
    assert asked(ana, reviewer="nobody") == []


def test_what_a_colleague_did_with_an_unsettled_claim_changes_no_answer(
    ana: User, ben: User, claims: list[Claim]
) -> None:
    questions = [
        *({"label": label} for label in [*Label, "none"]),
        *({"strength": number} for number in range(6)),
        *({"state": state} for state in ("open", "done", "agreed", "ruled")),
        *({"reviewer": name} for name in ("ana", "ben")),
        {"q": "bridge"},
    ]
    before = [asked(ana, **question) for question in questions]
    assess(claims[0], ben, Label.UNSOURCED, strength=1)
    assess(claims[1], ben, Label.SOURCED, strength=4)
    assert [asked(ana, **question) for question in questions] == before


def test_a_claim_is_counted_once_however_many_judged_it(ana: User, ben: User, max: User, claim: Claim) -> None:
    for by in (ana, ben):
        assess(claim, by, Label.SOURCED, strength=3)
    for question in ({"label": "SOURCED"}, {"strength": 3}, {"state": "agreed"}, {"reviewer": "ben"}):
        assert asked(max, **question) == [claim]


def test_days_include_their_first_and_last_moment(ana: User, claims: list[Claim]) -> None:
    moments = [
        datetime(2024, 4, 29, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2024, 4, 30, 0, 0, tzinfo=UTC),
        datetime(2024, 4, 30, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2024, 5, 1, 0, 0, tzinfo=UTC),
    ]
    for claim, moment in zip(claims, moments, strict=True):
        ClaimStatus.objects.filter(claim=claim).update(opened_at=moment)
    assert asked(ana, opened_after="2024-04-30", opened_before="2024-04-30") == claims[1:3]
    assert asked(ana, opened_after="2024-05-01") == claims[3:]
    assert asked(ana, opened_before="2024-04-29") == claims[:1]
    assert asked(ana, opened_after="0001-01-01", opened_before="9999-12-31") == claims


def test_what_was_settled_since_a_day_is_what_everybody_may_know(
    ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    assess(claims[0], ben)
    for claim, day in ((claims[1], 29), (claims[2], 30)):
        rule(claim, max)
        ClaimStatus.objects.filter(claim=claim).update(settled_at=datetime(2024, 4, day, 12, tzinfo=UTC))
    assert asked(ana, settled_after="2024-04-30") == claims[2:3]
    assert asked(max, settled_after="2024-04-29") == claims[1:3]
    assert asked(ana, settled_after="2024-05-01") == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("article", "not-a-uuid", "Article: This is not the key of anything here."),
        ("story", "1 OR 1=1", "Story: This is not the key"),
        ("outlet", "\x00", "Outlet: "),
        ("opened_after", "2024-99-99", "Opened from: This is not a day."),
        ("opened_before", "yesterday", "Opened to: This is not a day."),
        ("label", "sorted", "Label: There is no “sorted”"),
        ("state", "settled", "State: There is no “settled”"),
        ("strength", "6", "Strength: There is no “6”"),
        ("strength", "-1", "Strength: There is no “-1”"),
        ("q", "a" * 201, "Words: The search is 201 characters long. Shorten it to 200."),
        ("q", "a\x00b", "Words: "),
        ("reviewer", "b" * 151, "Reviewer: "),
    ],
)
def test_a_value_that_makes_no_sense_is_named_and_shows_nothing(
    ana: User, claims: list[Claim], name: str, value: str, sentence: str
) -> None:
    found = ClaimFilter({name: value}, viewer=ana)
    assert found.faults()[0].startswith(sentence)
    assert list(found.claims) == []


def test_claims_of_a_withdrawn_article_are_not_found(ana: User, article: Article, claims: list[Claim]) -> None:
    article.status.withdrawn_at = timezone.now()
    article.status.save()
    assert asked(ana) == asked(ana, article=article.pk) == []


def choices(viewer: User, name: str, **values: object) -> list[str]:
    found = ClaimFilter({key: str(value) for key, value in values.items()}, viewer=viewer)
    found.offer_choices()
    return [text for _, text in found.form.fields[name].widget.choices]


def test_the_lists_offer_what_is_here(ana: User, ben: User, eve: User, story: Story, article: Article) -> None:
    assert choices(ana, "story") == ["any", "The bridge"]
    assert choices(ana, "outlet") == ["any", "example.org"]
    assert choices(ana, "article") == ["any", article.status.title]
    assert choices(ana, "reviewer") == ["any", "ana", "ben", "max"]


def test_the_lists_are_capped_and_keep_what_is_chosen(
    ana: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make_article("The first of three texts.", address="https://old.example/")
    make_article("The second of three texts.", address="https://new.example/")
    monkeypatch.setattr("claims.filters.OFFERED", 1)
    assert choices(ana, "article") == ["any", "The second of three texts."]
    chosen = choices(ana, "article", article=old.pk, outlet=old.outlet_id)
    assert chosen == ["any", "The second of three texts.", "The first of three texts."]
    assert choices(ana, "outlet", outlet=old.outlet_id) == ["any", "new.example", "old.example"]
    assert choices(ana, "article", article=uuid4())[-1] == "not here"


def test_an_account_without_a_role_is_not_offered(ana: User, claims: list[Claim]) -> None:
    person("zoe")
    assert "zoe" not in choices(ana, "reviewer")


def test_what_is_settled_is_found_whatever_ones_own_label_is(ana: User, max: User, claims: list[Claim]) -> None:
    assess(claims[0], ana, Label.OPINION)
    rule(claims[0], max, Label.SOURCED, strength=3)
    rule(claims[1], max, Label.SOURCED)
    assess(claims[2], ana, Label.SOURCED)
    for viewer in (ana, max):
        assert asked(viewer, settled="any") == claims[:2]
        assert asked(viewer, settled=Label.SOURCED) == claims[:2]
        assert asked(viewer, settled=Label.OPINION) == []
        assert asked(viewer, settled=Label.SOURCED, settled_strength=3) == claims[:1]
        assert asked(viewer, settled_strength="none") == claims[1:2]
