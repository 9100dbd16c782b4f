"""Articles are given to people by moderators, and taken back; everybody's progress is counted."""

from typing import Any
from uuid import uuid4

import pytest

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Assignment, Claim, Notification, User
from claims.permissions import operator as operator_account
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review import assignments
from claims.review.assign_article import assign_article, end_assignment
from claims.review.assignments import assignable, reviewers, workloads
from claims.vocabulary import EventKind, Notice
from tests.cast import MakeArticle, assess, person, rule
from tests.unit.ledger import event_count, events


def give(article: Article, to: User, by: User, **parts: Any) -> dict[str, Any]:
    return assign_article(by=by, article_id=article.pk, reviewer_id=to.pk, key=parts.get("key") or uuid4())


def test_an_assignment_is_stored_told_and_logged(ana: User, max: User, article: Article) -> None:
    assert give(article, ana, max) == {"reviewer": "ana", "new": True}
    stored = Assignment.objects.get()
    assert (stored.article, stored.reviewer, stored.by) == (article, ana, max)
    (event,) = events(EventKind.ARTICLE_ASSIGNED)
    assert (event.by, event.target_id, event.after) == (max, str(article.pk), {"reviewer": "ana"})
    told = Notification.objects.get()
    assert (told.to, told.kind, told.article, told.by) == (ana, Notice.ASSIGNED, article, max)


def test_assigning_twice_has_one_effect(ana: User, max: User, ada: User, article: Article) -> None:
    key = uuid4()
    first = give(article, ana, max, key=key)
    before = event_count()
    assert give(article, ana, max, key=key) == first
    assert give(article, ana, ada) == {"reviewer": "ana", "new": False}
    assert (Assignment.objects.count(), Notification.objects.count(), event_count()) == (1, 1, before)


def test_one_article_can_be_several_peoples(ana: User, ben: User, max: User, article: Article) -> None:
    give(article, ana, max)
    give(article, ben, max)
    give(article, max, max)
    assert Assignment.objects.count() == 3
    assert not Notification.objects.filter(to=max).exists()


@pytest.mark.parametrize("who", ["ana", "eve"])
def test_only_moderators_assign_and_take_back(
    who: str, request: pytest.FixtureRequest, ben: User, max: User, article: Article
) -> None:
    by = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        give(article, ben, by)
    give(article, ben, max)
    with pytest.raises(NotAllowed):
        end_assignment(by=by, assignment_id=Assignment.objects.get().pk, key=uuid4())
    assert Assignment.objects.count() == 1


def test_who_cannot_label_is_given_nothing(ana: User, eve: User, max: User, article: Article) -> None:
    ana.is_active = False
    ana.save()
    for nobody, why in ((eve, "is no reviewer"), (ana, "is blocked"), (operator_account(), "is blocked")):
        with pytest.raises(Invalid, match=why):
            give(article, nobody, max)
    assert not Assignment.objects.exists()


def test_what_is_not_there_is_gone(ana: User, max: User, article: Article) -> None:
    with pytest.raises(Gone, match="account"):
        assign_article(by=max, article_id=article.pk, reviewer_id=987_654, key=uuid4())
    with pytest.raises(Gone, match="article"):
        assign_article(by=max, article_id=uuid4(), reviewer_id=ana.pk, key=uuid4())
    withdraw_article(by=max, article_id=article.pk, reason="Asked for.", expected_version=0)
    with pytest.raises(Gone, match="withdrawn"):
        give(article, ana, max)
    with pytest.raises(Gone, match="taken it back"):
        end_assignment(by=max, assignment_id=987_654, key=uuid4())


def test_taking_back_is_logged_and_has_one_effect(ana: User, max: User, ada: User, claims: list[Claim]) -> None:
    give(claims[0].article, ana, max)
    assess(claims[0], ana)
    number, key = Assignment.objects.get().pk, uuid4()
    answer = end_assignment(by=max, assignment_id=number, key=key)
    before = event_count()
    assert end_assignment(by=max, assignment_id=number, key=key) == answer
    assert event_count() == before
    with pytest.raises(Gone):
        end_assignment(by=ada, assignment_id=number, key=uuid4())
    (event,) = events(EventKind.ASSIGNMENT_ENDED)
    assert event.before == {"reviewer": "ana"}
    assert claims[0].assessments.count() == 1


def test_a_key_that_was_used_is_refused(ana: User, ben: User, max: User, article: Article) -> None:
    key = uuid4()
    give(article, ana, max, key=key)
    with pytest.raises(Conflict, match="used for another"):
        give(article, ben, max, key=key)
    assert Assignment.objects.count() == 1


def test_progress_counts_each_persons_own_labels_of_the_text_in_force(
    ana: User, ben: User, max: User, make_article: MakeArticle
) -> None:
    first = make_article("It rains in Oslo. It snows in Oslo.", "https://example.org/rain")
    assess(Claim.objects.all()[0], ana)
    first = make_article("It rains in Rome. It snows in Rome. It is cold.", "https://example.org/rain")
    second = make_article("It rains in Lima. It snows in Lima.")
    for article in (first, second):
        give(article, ana, max)
    give(first, ben, max)
    claims = Claim.objects.filter(revision=first.status.revision_id).in_reading_order()
    assess(claims[0], ana)
    assess(claims[1], ana)
    assess(claims[1], ben)
    loads, more = workloads(max)
    assert not more
    assert [(load.reviewer, load.progress.by_you, load.progress.claims) for load in loads] == [(ana, 2, 5), (ben, 1, 3)]
    assert [(line.progress.by_you, line.progress.settled) for line in loads[0].lines] == [(2, 1), (0, 0)]
    assert [load.reviewer for load in workloads(max, ben.pk)[0]] == [ben]


def test_what_is_settled_throughout_or_withdrawn_is_no_open_assignment(
    ana: User, max: User, ada: User, make_article: MakeArticle
) -> None:
    settled, withdrawn = make_article("It rains in Oslo."), make_article("It rains in Rome.")
    for article in (settled, withdrawn):
        give(article, ana, max)
    rule(Claim.objects.get(article=settled), ada)
    withdraw_article(by=max, article_id=withdrawn.pk, reason="Asked for.", expected_version=0)
    assert workloads(max) == ([], False)
    assert assignable(max) == []
    assert assignable(max, [settled.pk]) == [settled]


def test_work_of_many_is_shown_up_to_a_number_with_two_queries(
    max: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(assignments, "ASSIGNMENTS_SHOWN", 4)
    articles = [make_article(f"It rains in {town}.") for town in ("Oslo", "Rome")]
    for name in ("cem", "dia", "eli"):
        reviewer = person(name, "reviewer")
        for article in articles:
            give(article, reviewer, max)
    with django_assert_max_num_queries(2):
        loads, more = workloads(max)
    assert more
    assert sum(len(load.lines) for load in loads) == 4


def test_only_moderators_see_who_works_on_what(ana: User, article: Article) -> None:
    for look in (workloads, assignable):
        with pytest.raises(NotAllowed):
            look(ana)


def test_people_to_choose_from_can_label_and_come_by_name(
    eve: User, ben: User, ana: User, max: User, ada: User
) -> None:
    ben.is_active = False
    ben.save()
    assert [user.username for user in reviewers()] == ["ada", "ana", "max"]
