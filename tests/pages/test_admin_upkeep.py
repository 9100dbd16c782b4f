"""The page of what an operator looks at, and long work in the panel."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Event, EventHead, Job, User
from claims.version import __version__
from tests.cast import assess, logged_in
from tests.importing import offered
from tests.pages.admin_panel import do, found, list_of, page_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(ana: User) -> Job:
    job = offered(ana).job
    job.state, job.total = "waiting", 3
    job.save()
    return job


def failed(by: User, error: str) -> Job:
    return Job.objects.create(kind="import", by=by, state="failed", error=error, ended_at=timezone.now())


def upkeep(browser: Client) -> str:
    answer = browser.get("/admin/upkeep/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_work_that_waits_and_work_that_failed_is_told(waiting: Job, ana: User, max: User) -> None:
    failed(ana, "Nobody could <read> it.")
    page = upkeep(logged_in(max))
    assert "import of ana" in page
    assert "1 waiting<br>1 failed" in page
    assert "0 of 3" in page
    assert f'href="{page_of("job", "cancel")}?row={waiting.pk}"' in page
    assert "Nobody could &lt;read&gt; it." in page


def test_an_empty_workbench_has_a_page_too(max: User) -> None:
    page = upkeep(logged_in(max))
    assert "Nobody has asked for any yet." in page
    assert "all applied" in page


def test_sizes_versions_and_the_end_of_the_log_are_told(ana: User, max: User, claim: Any) -> None:
    assess(claim, ana)
    page = upkeep(logged_in(max))
    assert __version__ in page
    assert "claims_claim" in page
    assert "no backup yet" in page
    assert EventHead.objects.get().hash[:16] in page


def test_migrations_that_are_not_applied_are_named(max: User) -> None:
    MigrationRecorder(connection).record_unapplied("claims", "0003_triggers")
    assert "not applied: claims.0003_triggers" in upkeep(logged_in(max))


def test_the_page_needs_no_more_queries_for_many_jobs(waiting: Job, ana: User, max: User) -> None:
    browser, counts = logged_in(max), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as done:
            upkeep(browser)
        counts.append(len(done))
        for number in range(9):
            failed(ana, f"{number}")
            Job.objects.create(kind=f"kind{number}", by=ana, state="waiting")
    assert counts[0] == counts[1] <= 20


def test_the_panels_first_page_leads_there(max: User) -> None:
    assert 'href="/admin/upkeep/"' in logged_in(max).get("/admin/").content.decode()


def test_a_moderator_stops_somebodys_work_and_the_log_has_it(waiting: Job, max: User) -> None:
    browser = logged_in(max)
    answer = do(browser, "job", "cancel", [waiting])
    assert answer.status_code == 302
    assert "stopped" in words_of(browser, answer)
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"
    event = Event.objects.order_by("-number")[0]
    assert (event.kind, event.by, event.target_id) == ("job.import_cancelled", max, str(waiting.pk))


def test_what_has_ended_is_left_out_and_says_why(ana: User, max: User) -> None:
    browser, over = logged_in(max), failed(ana, "It broke.")
    asked = browser.get(page_of("job", "cancel"), {"row": str(over.pk)})
    assert "It has ended already." in asked.content.decode()
    sent = {"row": f"{over.pk} 0", "key": str(uuid4()), "back": ""}
    assert browser.post(page_of("job", "cancel"), sent).status_code == 409


def test_sending_the_page_twice_stops_once(waiting: Job, max: User) -> None:
    browser = logged_in(max)
    sent = {"row": f"{waiting.pk} 0", "key": str(uuid4()), "back": ""}
    assert [browser.post(page_of("job", "cancel"), sent).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(kind="job.import_cancelled").count() == 1


def test_the_list_is_narrowed_by_state_and_by_person(waiting: Job, ana: User, ben: User, max: User) -> None:
    browser, over = logged_in(max), failed(ben, "It broke.")
    assert found(browser, "job", state="failed") == [over]
    assert found(browser, "job", state="waiting") == [waiting]
    assert found(browser, "job", q="ben") == [over]
    assert browser.get(list_of("job"), {"state": "erased"}).status_code == 302
