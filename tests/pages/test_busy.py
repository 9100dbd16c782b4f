"""A database that others hold for too long: a sentence and when to come again, never an error of the machine."""

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from claims.models import Claim, User
from tests.api.program import Program
from tests.cast import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet() -> Any:
    logger = logging.getLogger("django.request")
    was, logger.disabled = logger.disabled, True
    yield
    logger.disabled = was


def fails(monkeypatch: pytest.MonkeyPatch, module: str, name: str, words: str) -> None:
    def held(*args: object, **kwargs: object) -> None:
        raise OperationalError(words)

    monkeypatch.setattr(f"claims.{module}.{name}", held)


def test_a_program_is_told_when_to_come_again(ana: User, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, "api.judging", "assess_claim", "database is locked")
    answer: Any = Program(ana).put(f"claims/{claim.pk}/label", {"label": "OPINION"}, version=0)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#problem-busy")


def test_a_person_is_told_on_a_page_with_what_they_typed(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, "web.importing", "offer_documents", "database is locked")
    sent = {"key": "1f9d6c1e-6b1f-4a52-8a4b-0d0c5f3c7b11", "text": "It rains in Oslo."}
    answer = logged_in(ana).post("/import/text", sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Send it again in a few seconds" in answer.content.decode()
    assert "It rains in Oslo." in answer.content.decode()


def test_every_other_error_of_the_database_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, "web.verdicts", "page_of", "disk I/O error")
    with pytest.raises(OperationalError):
        Client().get("/verdicts/")
