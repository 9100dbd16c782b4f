"""Very many documents by the command: the same comes of them as one by one, and a run goes on where it was stopped."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from claims import audit
from claims.ingest.drafted_text import drafted_text, drafted_texts
from claims.ingest.read_article import unread
from claims.ingest.store_article import store_article
from claims.ingest.withdraw_article import withdraw_article
from claims.long_work.open_job import open_job
from claims.management import many_articles, side_by_side
from claims.management.commands import import_articles
from claims.management.found_files import Place, documents_of
from claims.management.many_articles import read_all, store_found
from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    CoverageIndex,
    Job,
    Revision,
    User,
)
from claims.refusals import Invalid
from claims.review.lock_article import lock_article
from claims.text.reading import propose
from claims.transfers import JobState
from tests.cast import TEXT
from tests.drawing import redraw
from tests.unit.ingest.canonical import content
from tests.unit.ledger import dump, event_count, tables


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is gained by other processes for a few texts."""

    def one_by_one(make: Any, tasks: Iterator[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        return ((kept, make(given)) for kept, given in tasks)

    monkeypatch.setattr(many_articles, "side_by_side", one_by_one)
    monkeypatch.setattr(import_articles, "FEW", 2)
    monkeypatch.setattr(many_articles, "AT_ONCE", 3)


def rows(count: int) -> list[dict[str, str]]:
    return [
        {
            "text": f"Report {number} was filed.\n\n{TEXT}",
            "address": f"https://{number % 3}.example/{number}",
            "headline": f"Report {number}",
            "author": "Ida Brook",
        }
        for number in range(count)
    ]


def lines(path: Path, *found: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
    return path


def bring_in(*paths: Path, **options: Any) -> str:
    said = StringIO()
    call_command("import_articles", *map(str, paths), stdout=said, stderr=said, **options)
    return said.getvalue()


def undone(*paths: Path) -> dict[str, list[str]]:
    """What bringing in these files leaves, and then as if they had never come."""
    with transaction.atomic():
        bring_in(*paths)
        found = content()
        transaction.set_rollback(True)
    assert not Article.objects.exists()
    return found


def test_many_are_stored_and_read_as_they_are_one_by_one(
    operator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(tmp_path / "corpus.jsonl", *rows(8))
    monkeypatch.setattr(import_articles, "FEW", 50)
    one_by_one = undone(path)
    assert len(one_by_one["Claim"]) == 40
    assert one_by_one["Proposal"]
    monkeypatch.setattr(import_articles, "FEW", 2)
    said = bring_in(path)
    assert "corpus.jsonl › line 1: stored." in said
    assert "Read 8 articles with 40 claims.\n" in said
    assert content() == one_by_one
    assert not unread().exists()
    assert CoverageIndex.objects.count() == 8
    assert audit.verify() is None


def test_the_same_again_in_any_order_changes_nothing(operator: User, tmp_path: Path) -> None:
    found = rows(7)
    bring_in(lines(tmp_path / "corpus.jsonl", *found))
    before, log = dump(tables(Job)), event_count()
    said = bring_in(lines(tmp_path / "again.jsonl", *reversed(found)))
    assert said.count(": already here.") == 7
    assert (dump(tables(Job)), event_count()) == (before, log)


def test_copies_within_an_import_become_one_article(operator: User, tmp_path: Path) -> None:
    one, *others = rows(4)
    changed = one | {"text": one["text"] + "\n\nIt was late."}
    said = bring_in(lines(tmp_path / "corpus.jsonl", one, one, *others, one, changed))
    assert (said.count(": stored"), said.count(": already here"), said.count(": new revision")) == (4, 2, 1)
    assert (Article.objects.count(), Revision.objects.count()) == (4, 5)
    assert Claim.objects.filter(article__address=one["address"]).count() == 6
    assert not unread().exists()


def test_what_is_here_with_another_text_or_withdrawn_or_wrong_takes_its_own_way(
    operator: User, max: User, tmp_path: Path
) -> None:
    first, second, third, fourth = rows(4)
    bring_in(lines(tmp_path / "corpus.jsonl", first, second, third))
    gone = Article.objects.get(address=second["address"])
    withdraw_article(by=max, article_id=gone.pk, reason="Asked for.", expected_version=0)
    said = StringIO()
    changed = first | {"text": "It is another text.", "headline": "Else"}
    path = lines(tmp_path / "more.jsonl", changed, second, third, fourth | {"address": "nonsense"}, fourth)
    with pytest.raises(CommandError, match="Refused: 2 of 5 documents; nothing else was kept back"):
        call_command("import_articles", str(path), stdout=said, stderr=said)
    assert "line 1: new revision, 1 claim; it states another headline than is known here" in said.getvalue()
    assert "line 2: refused. This article was withdrawn" in said.getvalue()
    assert "line 3: already here." in said.getvalue()
    assert "line 4: refused. The address has to be one that starts with http" in said.getvalue()
    assert "line 5: stored" in said.getvalue()
    assert Article.objects.get(address=first["address"]).headline == "Report 0"


def test_of_a_file_of_very_many_only_the_sum_is_told(operator: User, tmp_path: Path) -> None:
    said = bring_in(lines(tmp_path / "corpus.jsonl", *rows(25)))
    assert said == "corpus.jsonl: 25 stored.\nRead 25 articles with 125 claims.\n25 documents: 25 stored.\n"


def test_a_run_that_was_stopped_goes_on_where_it_was(
    operator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [lines(tmp_path / f"{name}.jsonl", *rows(12)[at : at + 4]) for name, at in (("a", 0), ("b", 4), ("c", 8))]
    whole = undone(*paths)
    times = iter((False, False, True))
    real = many_articles.store_many

    def stopped(**parts: Any) -> Any:
        if next(times, False):
            raise KeyboardInterrupt
        return real(**parts)

    monkeypatch.setattr(many_articles, "store_many", stopped)
    with pytest.raises(CommandError, match=r"Stopped\. What is done is kept\. The same command goes on"):
        bring_in(*paths)
    job = Job.objects.get()
    assert (job.state, job.done, job.arguments["file"], job.arguments["within"]) == (JobState.RUNNING, 6, 1, 2)
    said = bring_in(*paths)
    assert "Going on where this run was stopped: 6 documents are done." in said
    assert (said.count(": stored"), said.count("already here")) == (6, 0)
    assert content() == whole
    assert Job.objects.get().state == JobState.DONE
    assert Job.objects.get().counts == {"stored": 12, "refused": 0}


def test_a_run_goes_on_by_its_key_and_can_be_cancelled(
    operator: User, max: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lines(tmp_path / "corpus.jsonl", *rows(9))
    real = many_articles.store_many

    def cancelled(**parts: Any) -> Any:
        job = Job.objects.get()
        Job.objects.filter(pk=job.pk).update(cancel_asked=True)
        return real(**parts)

    monkeypatch.setattr(many_articles, "store_many", cancelled)
    with pytest.raises(CommandError, match="Stopped"):
        bring_in(path)
    job = Job.objects.get()
    assert (job.state, Article.objects.count()) == (JobState.CANCELLED, 3)
    with pytest.raises(CommandError, match="no run of this command"):
        call_command("import_articles", job=str(job.pk))
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, cancel_asked=False)
    monkeypatch.setattr(many_articles, "store_many", real)
    call_command("import_articles", job=str(job.pk), stdout=StringIO())
    assert Article.objects.count() == 9


def stored(operator: User, tmp_path: Path, count: int) -> list[Article]:
    """So many articles that nobody read."""
    found = documents_of([lines(tmp_path / "corpus.jsonl", *rows(count))], Place(), None)
    job = open_job(by=operator, kind="import_files", arguments={})
    assert len(list(store_found(found, by=operator, job=job, story=None))) == count
    assert not Claim.objects.exists()
    return list(Article.objects.select_related("status__revision").order_by("address"))


def test_what_is_stored_can_be_read_before_its_claims_are_found(
    operator: User, ana: User, client: Client, tmp_path: Path
) -> None:
    first, *_ = stored(operator, tmp_path, 3)
    assert (first.status.is_read, first.status.title) == (False, "Report 0")
    client.force_login(ana)
    page = client.get(reverse("article", args=[first.pk])).content.decode()
    assert "Report 0 was filed." in page
    assert "Its claims are not found yet" in page
    assert "stored, not read yet" in client.get(reverse("article-list")).content.decode()
    with pytest.raises(Invalid, match="it has no claims yet"):
        redraw(first, ana, [], "Report 0")
    assert sum(map(len, read_all(by=operator))) == 3
    page = client.get(reverse("article", args=[first.pk])).content.decode()
    assert "Its claims are not found yet" not in page


def test_what_somebody_did_meanwhile_is_not_read_away(operator: User, max: User, tmp_path: Path) -> None:
    locked, revised, gone, plain = stored(operator, tmp_path, 4)
    lock_article(by=max, article_id=locked.pk, reason="It is being checked.", expected_version=0)
    withdraw_article(by=max, article_id=gone.pk, reason="Asked for.", expected_version=0)
    store_article(by=max, raw=b"It was changed. It is short.", address=revised.address)
    assert sum(map(len, read_all(by=operator))) == 3
    assert not unread().exists()
    counts = {one.article_id: one.claims_count for one in ArticleStatus.objects.all()}
    assert counts == {locked.pk: 5, revised.pk: 2, gone.pk: 0, plain.pk: 5}
    assert not ClaimStatus.objects.filter(claim__article=locked, takes_work=True).exists()
    assert ClaimStatus.objects.filter(claim__article=plain, takes_work=True).count() == 5


def test_a_text_in_another_language_and_one_of_page_furniture_are_read_to_the_end(
    operator: User, tmp_path: Path
) -> None:
    texts = ["Die Brücke über die Elm wurde am Freitag gesperrt. Das sagte der Sprecher.", "Read More\n", TEXT]
    bring_in(lines(tmp_path / "corpus.jsonl", *({"text": text} for text in texts)))
    assert not unread().exists()
    assert sorted(ArticleStatus.objects.values_list("language", "claims_count")) == [("", 0), ("de", 2), ("en", 4)]


def test_processes_side_by_side_give_what_one_gives_in_order() -> None:
    tasks = [(number, [f"Report {number}. It rains."]) for number in range(7)]
    made = list(side_by_side.side_by_side(drafted_texts, iter(tasks), processes=2))
    assert made == [(number, drafted_texts(texts)) for number, texts in tasks]
    assert list(side_by_side.side_by_side(drafted_texts, iter(tasks[:1]), processes=2)) == made[:1]
    assert list(side_by_side.side_by_side(drafted_texts, iter(()), processes=2)) == []


def test_a_draft_has_what_the_first_pass_finds() -> None:
    for path in sorted(Path("fixtures/articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        draft, found = drafted_text(text), propose(text)
        assert [(one.start, one.end) for one in draft.claims] == [(one.start, one.end) for one in found]
        assert [one.proposed is not None for one in draft.claims] == [one.proposed for one in found]


@pytest.mark.postgres
def test_the_database_knows_afterwards_how_many_rows_there_are(operator: User, tmp_path: Path) -> None:
    call_command("import_articles", str(lines(tmp_path / "a.jsonl", *rows(7))), stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'claims_claim'")
        assert cursor.fetchone()[0] == Claim.objects.count() > 7
