"""A backup comes back as it was: every row of every table, the event log, and the numbers that rows had."""

from datetime import timedelta
from typing import IO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.utils import timezone

from claims import audit
from claims.accounts.make_token import make_token
from claims.models import ApiToken, Assessment, Event, EventHead, Lease, User
from claims.safekeeping.numbers import last_number
from claims.safekeeping.tables import kept_tables
from claims.transfers import Scope
from claims.vocabulary import Label
from tests.cast import MakeArticle, logged_in
from tests.exchanging import a_bit_of_everything
from tests.safekeeping import backup_in_memory, empty_all, hash_now, restored
from tests.unit.ledger import dump

pytestmark = pytest.mark.django_db
KEPT = [table.model for table in kept_tables()]


@pytest.fixture
def desk(ana: User, ben: User, max: User, ada: User) -> None:
    a_bit_of_everything(ana, ben, max, ada)


def numbers() -> dict[str, int | None]:
    return {table.name: last_number(table) for table in kept_tables()}


def test_every_row_of_every_table_comes_back(desk: None) -> None:
    before, hashed = dump(KEPT), hash_now()
    assert sum(map(bool, before.values())) > 35
    file, manifest = backup_in_memory()
    empty_all()
    assert hash_now() != hashed
    restored(file)
    assert dump(KEPT) == before
    assert hash_now() == hashed == manifest.canonical_hash
    assert manifest.rows == sum(map(len, before.values()))


def test_the_event_log_comes_back_unbroken_and_goes_on(desk: None, make_article: MakeArticle) -> None:
    head = EventHead.objects.get()
    file, manifest = backup_in_memory()
    empty_all()
    restored(file)
    assert manifest.event_log == {"count": head.count, "hash": head.hash}
    assert audit.verify() is None
    make_article("Another text came in.")
    assert audit.verify() is None
    assert Event.objects.count() > head.count


def test_no_number_is_given_twice_also_not_those_of_rows_that_are_gone(desk: None, ana: User, max: User) -> None:
    newest = Assessment.objects.latest("pk")
    key = newest.pk
    newest.delete()
    given = numbers()
    file, _ = backup_in_memory()
    empty_all()
    restored(file)
    assert numbers() == given
    again = Assessment.objects.create(
        claim_id=newest.claim_id, article_id=newest.article_id, reviewer=max, label=Label.OPINION, scheme_version=1
    )
    assert again.pk > key


def test_what_was_restored_can_be_searched(desk: None) -> None:
    file, _ = backup_in_memory()
    empty_all()
    restored(file)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT COUNT(*) FROM claims_searched), "
            "(SELECT COUNT(*) FROM claims_claim JOIN claims_claimstatus ON claim_id = id WHERE folded <> '')"
        )
        found, expected = cursor.fetchone()
    assert found == expected > 0


def test_sessions_tokens_and_leases_stay_behind(desk: None, ana: User) -> None:
    logged_in(ana)
    ends = timezone.now() + timedelta(days=9)
    made = make_token(by=ana, name="A program", scopes=[Scope.READ], expires_at=ends)
    file, _ = backup_in_memory()
    for secret in (made.token.digest, made.plain, *(row[0] for row in sessions())):
        assert secret.encode() not in unpacked(file)
    empty_all()
    restored(file)
    assert not ApiToken.objects.exists()
    assert not Lease.objects.exists()
    assert not sessions()
    assert Event.objects.filter(kind="account.token_made").exists()


def sessions() -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        return cursor.fetchall()


def unpacked(file: IO[bytes]) -> bytes:
    with ZipFile(file) as zipped:
        return b"".join(zipped.read(name) for name in zipped.namelist())


def test_people_log_in_with_the_password_that_they_had(desk: None, ana: User) -> None:
    ana.set_password("correct horse battery staple")
    ana.save()
    file, _ = backup_in_memory()
    empty_all()
    restored(file)
    back = User.objects.get(username="ana")
    assert back.check_password("correct horse battery staple")
    assert back.role == "reviewer"


def test_two_backups_of_the_same_say_the_same(desk: None) -> None:
    one, other = backup_in_memory()[1], backup_in_memory()[1]
    assert one.tables == other.tables
    assert one.canonical_hash == other.canonical_hash
