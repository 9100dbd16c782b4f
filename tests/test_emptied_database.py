"""Tests that commit leave the next one a database as the migrations made it, append-only tables included."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction

from claims import audit
from claims.models import Event
from claims.permissions import operator
from claims.vocabulary import EventKind


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_starts_from_what_migrations_wrote(time: str) -> None:
    assert Group.objects.count() == 3
    assert not Event.objects.exists()
    by = operator()
    with transaction.atomic():
        audit.record(EventKind.PASSWORD_CHANGED, by=by, target=by)
    assert audit.verify() is None


@pytest.mark.django_db(transaction=True)
def test_the_log_refuses_to_go_after_it_was_emptied_as_before() -> None:
    by = operator()
    with transaction.atomic():
        audit.record(EventKind.PASSWORD_CHANGED, by=by, target=by)
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.all().delete()
