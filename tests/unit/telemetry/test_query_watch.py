"""Queries are counted and timed; a slow one is told of by its words alone."""

import logging
from typing import Any

import pytest
from django.db import DatabaseError, connection

from claims.models import Claim
from claims.telemetry.query_watch import MOST_SQL, Watched, watched

pytestmark = pytest.mark.django_db


def test_what_is_asked_inside_is_counted_and_what_is_asked_outside_is_not() -> None:
    so_far = Watched()
    with watched(so_far):
        Claim.objects.first()
        Claim.objects.count()
    Claim.objects.count()
    assert so_far.count == 2
    assert so_far.seconds > 0


def test_a_query_that_fails_is_counted_too() -> None:
    so_far = Watched()
    with pytest.raises(DatabaseError), watched(so_far), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert so_far.count == 1
    assert connection.execute_wrappers == []


def test_a_slow_query_is_told_without_its_values_and_in_few_words(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SLOW_QUERY_MS = 0.000_001
    with watched(Watched()):
        list(Claim.objects.filter(exact="canary", start__in=range(900)))
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "canary" not in caplog.text
    assert "IN (%s, …)" in record.getMessage()
    with watched(Watched()), connection.cursor() as cursor:
        cursor.execute(f"SELECT {'1234567890, ' * 500} 1")
    assert len(caplog.records[-1].fields["sql"]) == MOST_SQL  # type: ignore[attr-defined]


def test_a_quick_query_is_not_told_of_and_none_is_where_nobody_asked(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for limit in (60_000, 0):
        settings.SLOW_QUERY_MS = limit
        with watched(Watched()):
            Claim.objects.count()
    assert not caplog.records
