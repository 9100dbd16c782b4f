"""A text comes into force while people work on its claims, and two people place orphans at the same moment."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from claims import audit
from claims.ingest import bring_into_force, read_article
from claims.ingest.store_article import store_article
from claims.models import Article, ArticleStatus, Assessment, Attribution, Claim, ClaimStatus, Revision, User
from claims.refusals import Conflict
from claims.review import assess_claim, attribute_claim
from claims.review.attribute_claim import GivenAttribution, GivenSpan
from claims.review.place_orphan import place_orphan
from claims.vocabulary import Label
from tests.cast import TEXT, assess
from tests.races.test_lock_order import labelling, overlapping, pause_after
from tests.races.test_same_moment import at_once

pytestmark = pytest.mark.django_db(transaction=True)

CLOSED, MAYOR, TOLL, UGLY = TEXT.split("\n\n")
LONGER = f"Two lamps were hung on the northern tower.\n\n{TEXT}"
GONE = f"{UGLY}\n\nThe fire brigade hung two lamps on the northern tower in spring."


@pytest.fixture
def db(transactional_db: None) -> None:
    """The people and texts of these tests are committed, so that other connections see them."""


def coming(operator: User, article: Article, text: str = LONGER) -> Callable[[], Any]:
    """The text is stored now, and read when this is called."""
    store_article(by=operator, raw=text.encode(), address=article.address)
    return lambda: read_article.read_article(by=operator, article=article)


def is_consistent(article: Article) -> bool:
    """Whether every claim in work stands in the text in force with its words, the counters count it, the log holds."""
    status = ArticleStatus.objects.select_related("revision").get(article=article)
    there = Claim.objects.filter(article=article, status__set_aside="").select_related("revision")
    return (
        {claim.revision_id for claim in there} == {status.revision_id}
        and all(claim.exact == claim.revision.text[claim.start : claim.end] for claim in there)
        and status.claims_count == len(there)
        and status.settled_count == there.exclude(status__settled_label="").count()
        and audit.verify() is None
    )


def test_a_text_comes_into_force_while_somebody_saves_a_label(
    monkeypatch: pytest.MonkeyPatch, operator: User, ana: User, ben: User, article: Article, claims: list[Claim]
) -> None:
    assess(claims[1], ben, Label.OPINION)
    read = coming(operator, article)
    pause_after(monkeypatch, assess_claim, "moved")
    code, done = overlapping(labelling(ana, claims[1]), read)
    assert code == 302
    assert done.moved == 4
    assert ClaimStatus.objects.get(pk=claims[1].pk).settled_label == Label.OPINION
    assert is_consistent(article)


def test_somebody_saves_a_label_while_a_text_comes_into_force(
    monkeypatch: pytest.MonkeyPatch, operator: User, ana: User, article: Article, claims: list[Claim]
) -> None:
    read = coming(operator, article, GONE)
    pause_after(monkeypatch, bring_into_force, "_restate")
    done, code = overlapping(read, labelling(ana, claims[1]))
    assert done.orphaned == 3
    assert code == 410
    assert not Assessment.objects.exists()
    assert is_consistent(article)


def test_spans_are_marked_while_a_text_comes_into_force(
    monkeypatch: pytest.MonkeyPatch, operator: User, ana: User, article: Article, claims: list[Claim]
) -> None:
    start = claims[1].start
    read = coming(operator, article)
    pause_after(monkeypatch, bring_into_force, "_restate")

    def mark() -> str:
        given = GivenAttribution(source=GivenSpan(start, start + 15, "Mayor Ida Brook"), mode="indirect")
        try:
            attribute_claim.attribute_claim(by=ana, claim_id=claims[1].pk, given=given, expected_version=0, key=uuid4())
        except Exception as refused:
            return type(refused).__name__
        return "stored"

    _, said = overlapping(read, mark)
    assert said in {"Invalid", "Gone", "Conflict"}
    assert not Attribution.objects.exists()
    assert is_consistent(article)


def test_two_readings_of_one_text_at_once_open_each_claim_once(
    operator: User, article: Article, claims: list[Claim]
) -> None:
    read = coming(operator, article)
    done = at_once(read, read)
    assert sorted(one.opened for one in done) == [0, 1]  # type: ignore[attr-defined]
    assert is_consistent(article)


def placing(by: User, claim: Claim, words: str) -> Callable[[], object]:
    revision = Revision.objects.get(pk=ArticleStatus.objects.get(article=claim.article_id).revision_id)
    start = revision.text.index(words)
    sent = {"revision_id": revision.pk, "start": start, "end": start + len(words), "exact": words, "reason": ""}
    return lambda: place_orphan(by=by, claim_id=claim.pk, key=uuid4(), **sent)  # type: ignore[arg-type]


def test_of_two_who_place_one_orphan_at_once_one_does(
    operator: User, max: User, ada: User, ana: User, article: Article, claims: list[Claim]
) -> None:
    assess(claims[1], ana)
    coming(operator, article, GONE)()
    done = at_once(placing(max, claims[1], "The fire brigade"), placing(ada, claims[1], "in spring"))
    assert [isinstance(one, Conflict) for one in done].count(True) == 1
    assert is_consistent(article)


def test_two_orphans_do_not_come_to_stand_at_one_place(
    operator: User, max: User, ada: User, ana: User, article: Article, claims: list[Claim]
) -> None:
    for claim in claims[:2]:
        assess(claim, ana)
    coming(operator, article, GONE)()
    done = at_once(placing(max, claims[0], "two lamps"), placing(ada, claims[1], "two lamps"))
    assert [isinstance(one, Conflict) for one in done].count(True) == 1
    assert is_consistent(article)
