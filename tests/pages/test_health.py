"""What machines ask: whether the process answers, whether it can serve, and the figures for whoever has the token."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, User
from claims.upkeep import readiness
from claims.web.probes import PROBES
from tests.cast import assess, logged_in
from tests.importing import offered

TOKEN = "a-token-of-the-operator-0123456789"
# As a load balancer asks: the process itself, by its address, in plain HTTP.
BALANCER = {"HTTP_HOST": "10.0.3.17:8000"}
READER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def token(settings: Any) -> str:
    settings.METRICS_TOKEN = TOKEN
    return TOKEN


def figures(text: str, name: str) -> dict[str, float]:
    """{labels as they are written: figure} of one name."""
    lines = [line.rpartition(" ") for line in text.splitlines() if line.partition("{")[0].partition(" ")[0] == name]
    return {said.removeprefix(name): float(value) for said, _, value in lines}


def read() -> str:
    answer = Client().get("/metrics", headers=READER)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_addresses_that_are_answered_first_are_those_of_the_table() -> None:
    assert set(PROBES) == {reverse(name) for name in ("healthz", "readyz", "metrics")}


def test_the_process_answers_without_a_database() -> None:
    # No mark for the database: any query would fail.
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_somebody_logged_in_is_not_looked_up_either(ana: User) -> None:
    browser = logged_in(ana)
    with CaptureQueriesContext(connection) as done:
        assert browser.get("/healthz").status_code == 200
    assert len(done) == 0


@pytest.mark.django_db
def test_a_balancer_needs_neither_a_name_of_ours_nor_https(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/healthz", "/readyz"):
        assert Client().get(path, **BALANCER).status_code == 200
    # Everything else still does.
    assert Client().get("/", **BALANCER).status_code == 400
    assert Client().get("/").status_code == 301


@pytest.mark.django_db
def test_ready_takes_at_most_three_queries() -> None:
    with CaptureQueriesContext(connection) as done:
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert len(done) <= 3


def not_ready() -> str:
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    return answer.content.decode()


@pytest.mark.django_db
def test_a_database_that_is_away_is_said_in_one_word_and_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*args: object) -> None:
        raise OperationalError('connection to server at "10.0.3.4", user "ida" failed')

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    assert not_ready() == "not ready: database\n"
    assert "the database does not answer (OperationalError)" in caplog.text
    assert "10.0.3.4" not in caplog.text
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_tables_of_an_older_software_are_not_ready(caplog: pytest.LogCaptureFixture) -> None:
    MigrationRecorder(connection).record_unapplied("claims", "0003_triggers")
    assert not_ready() == "not ready: migrations\n"
    assert "claims.0003_triggers" in caplog.text


@pytest.mark.django_db
def test_tables_of_a_newer_software_are_ready() -> None:
    """While machines are updated one after the other, those that wait still serve."""
    MigrationRecorder(connection).record_applied("claims", "9999_of_tomorrow")
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL looks after its own disk")
def test_a_folder_that_is_full_or_cannot_be_written_to_is_not_ready(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as full:
        full.setattr(readiness, "LEAST_FREE", 10**18)
        assert not_ready() == "not ready: disk\n"
    monkeypatch.setattr(readiness.os, "access", lambda path, mode: False)
    assert not_ready() == "not ready: disk\n"


@pytest.mark.django_db
@pytest.mark.parametrize("path", PROBES)
def test_a_probe_takes_nothing_and_is_kept_by_nobody(path: str, token: str) -> None:
    for method in ("post", "put", "patch", "delete", "options"):
        assert getattr(Client(), method)(path).status_code == 405
    answer = Client().get(path, headers=READER)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert Client().head(path, headers=READER).status_code == 200


# Figures


def test_there_are_no_figures_unless_the_operator_wants_them(settings: Any) -> None:
    assert settings.METRICS_TOKEN == ""
    for sent in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer"}, READER):
        assert Client().get("/metrics", headers=sent).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Bearer x", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}é"])
def test_nobody_without_the_token_gets_figures(sent: str, token: str) -> None:
    answer = Client().get("/metrics", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert b"workbench_" not in answer.content


@pytest.mark.django_db
def test_an_administrator_needs_the_token_too(token: str, ada: User) -> None:
    assert logged_in(ada).get("/metrics").status_code == 401


@pytest.mark.django_db
def test_a_request_is_counted_by_the_name_of_its_address_alone(token: str, ana: User, claim: Claim) -> None:
    browser = logged_in(ana)
    before = figures(read(), "workbench_requests_total")
    browser.get(f"/claims/{claim.pk}/?q=canary-of-a-question")
    browser.get("/canary-of-an-address")
    browser.generic("CANARY", "/claims/")
    text = read()
    after = figures(text, "workbench_requests_total")
    more = {said: count - before.get(said, 0) for said, count in after.items() if count != before.get(said, 0)}
    assert more == {
        '{method="GET",route="claim",status="200"}': 1,
        '{method="GET",route="none",status="404"}': 1,
        '{method="other",route="claim-list",status="405"}': 1,
    }
    assert "canary" not in text.lower()
    assert str(claim.pk) not in text
    assert "ana" not in {word for line in text.splitlines() for word in line.replace('"', " ").split()}


@pytest.mark.django_db(transaction=True)
def test_a_save_is_counted_with_its_seconds_and_its_event(token: str, ana: User, claim: Claim) -> None:
    browser, before = logged_in(ana), read()
    form = {"label": "OPINION", "version": 0, "key": "1f9d6c1e-6b1f-4a52-8a4b-0d0c5f3c7b11"}
    assert browser.post(f"/claims/{claim.pk}/assess", form).status_code == 302
    assert browser.post(f"/claims/{claim.pk}/assess", {}).status_code == 400
    after = read()

    def more(name: str, labels: str) -> float:
        return figures(after, name)[labels] - figures(before, name).get(labels, 0)

    assert more("workbench_save_seconds_count", '{route="assess"}') == 1
    assert more("workbench_events_total", '{kind="claim.assessed"}') == 1
    assert more("workbench_database_queries_total", '{door="pages"}') > 5
    assert more("workbench_database_seconds_total", '{door="pages"}') > 0
    assert more("workbench_request_seconds_count", '{door="pages",method="POST"}') == 2


@pytest.mark.django_db
def test_jobs_events_and_bytes_are_as_they_stand_now(token: str, ana: User, claim: Claim) -> None:
    assess(claim, ana)
    job = offered(ana).job
    job.state, job.run_after = "waiting", job.created_at.replace(year=2020)
    job.save()
    text = read()
    assert figures(text, "workbench_jobs")['{kind="import",state="waiting"}'] == 1
    assert figures(text, "workbench_job_oldest_waiting_seconds")['{kind="import"}'] > 10**8
    assert figures(text, "workbench_event_log_length")[""] > 0
    assert figures(text, "workbench_database_bytes")[""] > 0
    assert figures(text, "workbench_database_up")[""] == 1


@pytest.mark.django_db
def test_what_was_counted_is_told_also_where_the_database_is_away(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("claims.web.figures.jobs_by_kind", away)
    text = read()
    assert figures(text, "workbench_database_up")[""] == 0
    assert "workbench_requests_total" in text


def test_a_request_that_is_no_figure_costs_nothing_more(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "claims.web.request_log")
    Client().get("/healthz")
    assert not caplog.records
