"""Receipts: sending a write again has one effect."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from claims import receipts
from claims.models import Receipt, User
from claims.refusals import Conflict

REQUEST = {"verb": "assess", "claim": uuid4(), "version": 0}


def test_a_key_that_was_never_sent_is_not_answered(ana: User) -> None:
    assert receipts.answered(by=ana, key=uuid4(), request=REQUEST) is None


def test_a_key_that_was_sent_before_is_answered_as_then(ana: User) -> None:
    key = uuid4()
    kept = receipts.keep(by=ana, key=key, request=REQUEST, outcome={"version": 1, "note": "“a” & b"})
    assert receipts.answered(by=ana, key=key, request=dict(reversed(REQUEST.items()))) == kept


def test_the_same_key_for_something_else_is_refused(ana: User) -> None:
    key = uuid4()
    receipts.keep(by=ana, key=key, request=REQUEST, outcome={})
    for other in (REQUEST | {"version": 1}, REQUEST | {"verb": "retract"}, {}):
        with pytest.raises(Conflict, match="Reload the page"):
            receipts.answered(by=ana, key=key, request=other)


def test_a_key_belongs_to_the_person_who_sent_it(ana: User, ben: User) -> None:
    key = uuid4()
    receipts.keep(by=ana, key=key, request=REQUEST, outcome={"note": "ana's"})
    assert receipts.answered(by=ben, key=key, request=REQUEST) is None


def test_a_person_cannot_have_two_receipts_for_one_key(ana: User) -> None:
    key = uuid4()
    receipts.keep(by=ana, key=key, request=REQUEST, outcome={})
    with pytest.raises(Conflict), transaction.atomic():
        receipts.keep(by=ana, key=key, request=REQUEST, outcome={})


def test_old_receipts_are_forgotten_and_nobody_elses(ana: User, ben: User) -> None:
    for by, age in ((ana, 8), (ana, 6), (ben, 8)):
        receipts.keep(by=by, key=uuid4(), request=REQUEST, outcome={"age": age})
        newest = Receipt.objects.latest("pk")
        newest.created_at = timezone.now() - timedelta(days=age)
        newest.save()
    receipts.forget_old(ana)
    assert {(kept.user, kept.outcome["age"]) for kept in Receipt.objects.all()} == {(ana, 6), (ben, 8)}
