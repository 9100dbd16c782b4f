"""Suggested pairs: found by what claims share, never of one article, never what was decided, never linked."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from claims.coverage import suggest_run
from claims.coverage.decide_suggestion import reject_suggestion, reopen_suggestion
from claims.coverage.index_articles import index_articles, to_compare, to_index
from claims.coverage.suggest import MOST_PAIRS, suggest_links
from claims.coverage.suggest_run import bring_in, run
from claims.models import Article, Claim, Link, LinkAssessment, Suggestion, User
from claims.models.link import in_order
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.relations import Relation, SuggestionState
from tests.cast import MakeArticle
from tests.linking import between, link, reopen
from tests.pages.admin_panel import suggested
from tests.unit.ledger import event_count, events

ONE = "Ana Ruiz of the Elm Rowing Club won the regatta at Norham on Sunday.\n\nThe council raised the price of bread."
SAME = "The regatta at Norham was won by Ana Ruiz on Sunday.\n\nA storm is expected in the north."


@pytest.fixture
def pair(make_article: MakeArticle, operator: User) -> tuple[Claim, Claim]:
    """Two claims of different articles that tell of one race, in the order of a link."""
    first, second = make_article(ONE, "https://one.example/a"), make_article(SAME, "https://two.example/b")
    claims = [Claim.objects.get(article=article, exact__contains="regatta") for article in (first, second)]
    run(by=operator)
    return tuple(sorted(claims, key=lambda claim: claim.pk))  # type: ignore[return-value]


def suggestion(pair: tuple[Claim, Claim]) -> Suggestion:
    return Suggestion.objects.get(a=pair[0], b=pair[1])


def reject(one: Suggestion, by: User, **sent: object) -> dict[str, object]:
    asked = {"reason": "Two races.", "expected_version": one.version, "key": uuid4()} | sent
    return reject_suggestion(by=by, suggestion_id=one.pk, **asked)  # type: ignore[arg-type]


def take_back(one: Suggestion, by: User, **sent: object) -> dict[str, object]:
    asked = {"reason": "", "expected_version": one.version, "key": uuid4()} | sent
    return reopen_suggestion(by=by, suggestion_id=one.pk, **asked)  # type: ignore[arg-type]


def test_two_claims_of_one_event_are_suggested_with_the_reasons_and_nothing_is_linked(
    pair: tuple[Claim, Claim],
) -> None:
    assert Suggestion.objects.count() == 1
    found = suggestion(pair)
    assert 0.3 <= found.score <= 1
    assert "shared_names" in found.signs
    assert not Link.objects.exists()
    assert not LinkAssessment.objects.exists()


def test_claims_of_one_article_are_not_suggested(make_article: MakeArticle, operator: User) -> None:
    make_article(f"{ONE}\n\n{SAME}")
    run(by=operator)
    assert not Suggestion.objects.exists()


def test_an_article_that_comes_in_is_compared_with_all_that_were_there(
    pair: tuple[Claim, Claim], make_article: MakeArticle, ana: User
) -> None:
    third = make_article("Ana Ruiz won the Norham regatta on Sunday for Elm.", "https://three.example/c")
    assert bring_in(by=ana, article=third.pk) == 2
    assert Suggestion.objects.count() == 3
    assert not Suggestion.objects.filter(signs=[]).exists()
    assert list(to_compare()) == list(to_index()) == []


def test_what_a_moderator_rejected_never_returns(pair: tuple[Claim, Claim], max: User, operator: User) -> None:
    reject(suggestion(pair), max)
    before = suggestion(pair)
    run(by=operator, anew=True)
    after = suggestion(pair)
    assert (after.state, after.score, after.version) == (SuggestionState.REJECTED, before.score, 1)
    (event,) = events("suggestion.rejected")
    assert event.reason == "Two races."
    assert "regatta" not in str(event.after)


def test_a_rejection_is_taken_back_and_the_pair_suggested_again(pair: tuple[Claim, Claim], max: User) -> None:
    reject(suggestion(pair), max)
    take_back(suggestion(pair), max)
    now = suggestion(pair)
    assert (now.state, now.decided_by, now.decided_at) == (SuggestionState.OPEN, None, None)
    assert [event.kind for event in events("suggestion.rejected", "suggestion.reopened")] == [
        "suggestion.rejected",
        "suggestion.reopened",
    ]


def test_deciding_twice_has_one_effect_and_an_old_page_is_told(pair: tuple[Claim, Claim], max: User) -> None:
    shown, key = suggestion(pair), uuid4()
    first = reject(shown, max, key=key)
    assert reject(shown, max, key=key) == first
    assert len(events("suggestion.rejected")) == 1
    with pytest.raises(Conflict):
        reject(shown, max)
    with pytest.raises(Invalid, match="decided already"):
        reject(suggestion(pair), max)


def test_only_moderators_decide_and_only_what_is_there(pair: tuple[Claim, Claim], ana: User, max: User) -> None:
    before = event_count()
    for verb in (reject, take_back):
        with pytest.raises(NotAllowed, match="Your role is reviewer"):
            verb(suggestion(pair), ana)
    with pytest.raises(Gone):
        reject_suggestion(by=max, suggestion_id=9**15, reason="", expected_version=0, key=uuid4())
    with pytest.raises(Invalid, match="characters"):
        reject(suggestion(pair), max, reason="x" * 1_001)
    with pytest.raises(Invalid, match="No moderator has rejected it"):
        take_back(suggestion(pair), max)
    assert event_count() == before


def test_a_suggestion_follows_its_link_and_a_settled_pair_is_not_suggested(
    pair: tuple[Claim, Claim], ana: User, ben: User, max: User, operator: User
) -> None:
    for by in (ana, ben):
        assert suggestion(pair).state == SuggestionState.OPEN
        link(*pair, by, Relation.UNRELATED)
    assert suggestion(pair).state == SuggestionState.REJECTED
    reopen(*pair, max)
    assert suggestion(pair).state == SuggestionState.OPEN
    for by in (ana, ben, max):
        link(*pair, by, Relation.FRAMES_DIFFERENTLY)
    assert suggestion(pair).state == SuggestionState.CONFIRMED
    Suggestion.objects.all().delete()
    run(by=operator, anew=True)
    assert not Suggestion.objects.exists()


def test_taking_a_rejection_back_gives_the_pair_the_state_of_its_link(
    pair: tuple[Claim, Claim], ana: User, ben: User, max: User
) -> None:
    reject(suggestion(pair), max)
    for by in (ana, ben):
        link(*pair, by, Relation.FRAMES_DIFFERENTLY)
    assert suggestion(pair).state == SuggestionState.REJECTED  # what a moderator decided stands
    take_back(suggestion(pair), max)
    assert suggestion(pair).state == SuggestionState.CONFIRMED == between(*pair).state


def test_a_claim_brings_no_more_than_its_best_pairs(make_article: MakeArticle, operator: User) -> None:
    for number in range(MOST_PAIRS + 3):
        make_article(SAME.replace("storm", f"storm {number}"), f"https://{number}.example/")
    index_articles(by=operator, articles=to_index().values_list("pk", flat=True))
    last = make_article(ONE, "https://last.example/")
    index_articles(by=operator, articles=[last.pk])
    suggest_links(by=operator, articles=[last.pk])
    told = Claim.objects.get(article=last, exact__contains="regatta")
    assert Suggestion.objects.filter(a=told).count() + Suggestion.objects.filter(b=told).count() == MOST_PAIRS


def test_a_run_that_was_stopped_goes_on_where_it_was(
    make_article: MakeArticle, operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest_run, "CLAIMS_AT_ONCE", 1)
    for number in range(4):
        make_article(SAME.replace("storm", f"storm {number}"), f"https://{number}.example/")

    def stop(progress: suggest_run.Progress) -> None:
        if (progress.step, progress.done) == ("compared", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(by=operator, told=stop)
    assert (to_index().count(), to_compare().count()) == (0, 2)
    told: list[suggest_run.Progress] = []
    done = run(by=operator, told=told.append)
    assert done.articles == 2
    assert [(one.step, one.done, one.of) for one in told[:2]] == [("compared", 1, 2), ("compared", 2, 2)]
    assert Suggestion.objects.exclude(signs=[]).count() == Suggestion.objects.count() == 12


def test_all_anew_forgets_what_is_not_found_any_more(pair: tuple[Claim, Claim], operator: User) -> None:
    others = Claim.objects.exclude(pk__in=[one.pk for one in pair])
    stale = suggested(others[0], others[1])
    run(by=operator)
    assert Suggestion.objects.filter(pk=stale.pk).exists()
    run(by=operator, anew=True)
    assert [(one.a_id, one.b_id) for one in Suggestion.objects.all()] == [in_order(*(one.pk for one in pair))]


def test_the_command_shows_how_far_it_is_and_looks_through_a_story(
    corpus: list[Article], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("suggest_links")
    assert capsys.readouterr().out == "Nothing to compare: every text in force has been looked through.\n"
    before = set(Suggestion.objects.values_list("a", "b"))
    assert len(before) > 10
    story = corpus[0].status.story_id
    call_command("suggest_links", story=story)
    said = capsys.readouterr().out
    assert "5/5 articles in the index" in said
    assert "5/5 articles compared" in said
    assert set(Suggestion.objects.values_list("a", "b")) == before
    with pytest.raises(CommandError, match="no story"):
        call_command("suggest_links", story=uuid4())


def test_readers_see_no_suggestion(pair: tuple[Claim, Claim], eve: User, ana: User) -> None:
    assert not Suggestion.objects.visible_to(eve).exists()
    assert Suggestion.objects.visible_to(ana).exists()
    with pytest.raises(NotAllowed):
        suggest_links(by=eve, articles=[pair[0].article_id])
