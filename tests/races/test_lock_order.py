"""Writes that take several locks, one begun in the middle of another: none of them fails, and none is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from claims.accounts.manage_account import block_account
from claims.coverage.describe_story import create_story
from claims.models import Article, ArticleStatus, Claim, ClaimStatus, StoryStatus, User
from claims.review import assess_claim, require_assessments, take_next
from claims.vocabulary import Label
from tests.cast import assess, logged_in
from tests.deeds import hide, require

pytestmark = pytest.mark.django_db(transaction=True)
# How long the first write stops in the middle, and how much later the second begins.
PAUSE, LATER = 0.8, 0.3


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


def overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Begin the second while the first pauses, each on its own connection; what each returned."""

    def on_own_connection(deed: Callable[[], Any], wait: float) -> Any:
        time.sleep(wait)
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [
            run.result()
            for run in [pool.submit(on_own_connection, first, 0), pool.submit(on_own_connection, second, LATER)]
        ]


def pause_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    real = getattr(module, name)

    def slow(*args: Any, **options: Any) -> Any:
        done = real(*args, **options)
        time.sleep(PAUSE)
        return done

    monkeypatch.setattr(module, name, slow)


def labelling(by: User, claim: Claim) -> Callable[[], int]:
    form = {"label": "OPINION", "version": 0, "key": uuid4()}
    return lambda: logged_in(by).post(f"/claims/{claim.pk}/assess", form).status_code


def placing(by: User, article: Article, story: Any) -> Callable[[], int]:
    form = {"article": article.pk, "into": "on", "version": ArticleStatus.objects.get(article=article).version}
    return lambda: logged_in(by).post(f"/stories/{story.pk}/place", form).status_code


def test_an_article_is_placed_while_somebody_labels_in_it(
    monkeypatch: pytest.MonkeyPatch, ana: User, ben: User, max: User, claims: list[Claim]
) -> None:
    quick = create_story(by=max, title="Quick", description="", key=uuid4())
    require(quick, max, 1)
    assess(claims[1], ben)  # it is agreed by being placed, so the article and the log are written too
    pause_after(monkeypatch, assess_claim, "moved")
    assert overlapping(labelling(ana, claims[0]), placing(max, claims[0].article, quick)) == [302, 302]
    assert set(ClaimStatus.objects.values_list("needed", flat=True)) == {1}
    assert ArticleStatus.objects.get().settled_count == 2


def test_somebody_labels_while_the_storys_number_changes(
    monkeypatch: pytest.MonkeyPatch, ana: User, ben: User, max: User, story: Any, claims: list[Claim]
) -> None:
    assess(claims[0], ben, Label.OPINION)
    pause_after(monkeypatch, require_assessments, "restated")
    answers = overlapping(lambda: require(story, max, 1), labelling(ana, claims[1]))
    assert answers[1] == 302
    assert ArticleStatus.objects.get().settled_count == 2


def test_the_number_changes_while_an_article_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch, max: User, article: Article
) -> None:
    story = create_story(by=max, title="Slow", description="", key=uuid4())
    pause_after(monkeypatch, require_assessments, "_apply")
    assert overlapping(placing(max, article, story), lambda: require(story, max, 5))[0] == 302
    assert StoryStatus.objects.get(story=story).assessments_needed == 5
    assert set(ClaimStatus.objects.values_list("needed", flat=True)) == {5}


def test_somebody_is_blocked_while_their_label_is_stored(
    monkeypatch: pytest.MonkeyPatch, ana: User, ada: User, claim: Claim
) -> None:
    pause_after(monkeypatch, assess_claim.receipts, "keep")
    version = ana.version
    overlapping(
        labelling(ana, claim),
        lambda: block_account(by=ada, user_id=ana.pk, reason="Left.", expected_version=version),
    )
    assert not User.objects.get(pk=ana.pk).is_active


def test_the_next_claim_is_hidden_while_it_is_served(
    monkeypatch: pytest.MonkeyPatch, ana: User, max: User, claims: list[Claim]
) -> None:
    pause_after(monkeypatch, take_next, "_leased")
    answers = overlapping(
        lambda: logged_in(ana).post("/queue/next").status_code, lambda: [hide(claim, max) for claim in claims]
    )
    assert answers[0] == 302
