"""A withdrawn text is gone from the database's file, not only from its columns."""

from pathlib import Path

import pytest
from django.db import connection

from claims.ingest.withdraw_article import withdraw_article
from claims.models import User
from tests.cast import MakeArticle

CANARY = "Zanzibarquartz"


@pytest.fixture
def db(transactional_db: None) -> None:
    """Committed, so that it reaches the file."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are its server's; the guide says VACUUM")
def test_no_byte_of_a_withdrawn_text_stays_in_the_file(max: User, make_article: MakeArticle) -> None:
    article = make_article(f"{CANARY} was found.\n\n" * 300)
    path = Path(connection.settings_dict["NAME"])

    def written() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()

    assert CANARY.encode() in written()
    withdraw_article(by=max, article_id=article.pk, reason="Asked to.", expected_version=article.status.version)
    found = written()
    assert CANARY.encode() not in found
    assert CANARY.casefold().encode() not in found
