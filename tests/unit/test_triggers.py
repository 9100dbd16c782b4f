"""What the database holds by itself: a text never changes, and a withdrawn one never comes back."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Revision, User
from claims.models.keys import named_key
from tests.cast import MakeArticle
from tests.unit.ledger import dump, stored_text, tables

FIXTURE = Path(settings.FIXTURE_DIRS[0]) / "articles.json"
MESSAGE = "text of a stored revision never changes. To bring in a changed text, store it as a new revision"


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", "Another text."),
        ("text", ""),  # withdrawing the text alone, and keeping the bytes, is no withdrawal
        ("raw", b"Another text."),
        ("raw", b""),
        ("sha256", "0" * 64),
        ("article_id", None),
    ],
)
def test_a_changed_text_under_the_same_key_is_refused_and_the_message_tells_what_to_do(
    article: Article, make_article: MakeArticle, column: str, value: object
) -> None:
    other = make_article("Something else entirely.")
    if column == "article_id":
        value = connection.ops.adapt_unknown_value(other.pk) if connection.vendor == "postgresql" else other.pk.hex
    before = dump([Revision])
    here = article.pk if connection.vendor == "postgresql" else article.pk.hex
    with pytest.raises(IntegrityError, match=MESSAGE), transaction.atomic():
        run(f"UPDATE claims_revision SET {column} = %s WHERE article_id = %s", value, here)
    assert dump([Revision]) == before


def test_saving_a_revision_unchanged_is_no_change(article: Article) -> None:
    Revision.objects.get(article=article).save()


def test_the_message_names_both_ways_out(article: Article) -> None:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Revision.objects.filter(article=article).update(text="Another text.")
    assert "build the fixture again or import the file" in str(refused.value)


def doctored(tmp_path: Path, old: str, new: str) -> Path:
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))
    changed = [row for row in rows if row["model"] == "claims.revision" and old in row["fields"]["text"]]
    assert changed
    for row in changed:
        row["fields"]["text"] = row["fields"]["text"].replace(old, new)
    path = tmp_path / "doctored.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def test_a_doctored_fixture_is_refused_and_nothing_of_it_is_loaded(corpus: list[Article], tmp_path: Path) -> None:
    before = dump(tables())
    with pytest.raises(IntegrityError, match=MESSAGE):
        call_command("loaddata", str(doctored(tmp_path, "Kremlin", "Gremlin")), verbosity=0)
    assert dump(tables()) == before


def withdraw(article: Article, by: User) -> Revision:
    withdraw_article(by=by, article_id=article.pk, reason="The publisher asked.", expected_version=0)
    return Revision.objects.get(article=article)


def test_a_withdrawn_text_does_not_come_back_by_sql(article: Article, max: User) -> None:
    revision = Revision.objects.get(article=article)
    text, raw = revision.text, bytes(revision.raw)
    withdraw(article, max)
    here = Revision.objects.filter(article=article)
    for again in ({"text": text, "raw": raw}, {"text": text}, {"raw": raw}):
        here.update(**again)
        now = here.get()
        assert (now.text, bytes(now.raw)) == ("", b"")


def test_a_withdrawn_headline_does_not_come_back_by_sql(corpus: list[Article], max: User) -> None:
    headed = next(article for article in corpus if article.headline)
    withdraw(headed, max)
    Article.objects.filter(pk=headed.pk).update(headline=headed.headline, quality="A note.")
    now = Article.objects.get(pk=headed.pk)
    assert (now.headline, now.quality) == ("", "A note.")


def test_loading_again_does_not_bring_a_withdrawn_text_back(corpus: list[Article], max: User) -> None:
    headed = next(article for article in corpus if article.headline)
    sentences = [headed.headline, Revision.objects.get(article=headed).text[500:560]]
    assert all(words in stored_text() for words in sentences)
    sha256 = withdraw(headed, max).sha256
    call_command("loaddata", "articles", verbosity=0)
    call_command("read_articles", verbosity=0)
    assert not any(words in stored_text() for words in sentences)
    assert Revision.objects.get(article=headed).sha256 == sha256


def test_other_articles_keep_their_headlines(corpus: list[Article], max: User) -> None:
    withdraw(corpus[0], max)
    headlines = [article.headline for article in corpus[1:]]
    call_command("loaddata", "articles", verbosity=0)
    assert [Article.objects.get(pk=article.pk).headline for article in corpus[1:]] == headlines
    assert named_key("article", corpus[1].address) == corpus[1].pk


def test_the_triggers_are_in_the_database_that_migrations_make(db: None) -> None:
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    }
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        names = {name for (name,) in cursor.fetchall()}
    assert {"claims_revision_is_final", "claims_article_stays_withdrawn"} <= names
    refusing = {
        "sqlite": {"claims_event_no_update", "claims_event_no_delete"},
        "postgresql": {"claims_event_no_change", "claims_event_no_truncate"},
    }
    assert refusing[connection.vendor] <= names
