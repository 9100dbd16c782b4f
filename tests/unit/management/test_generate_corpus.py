"""A generated corpus is what storing, reading, reviewing and linking would have made, and known to be true."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F

from claims import audit
from claims.corpus import generate as generating
from claims.corpus import parts
from claims.corpus.generate import generate
from claims.corpus.parts import Asked
from claims.corpus.store_corpus import STAFF, begin_corpus
from claims.coverage.restate_links import restate_links
from claims.ingest.article_keys import identified
from claims.ingest.drafted_text import drafted_text
from claims.ingest.read_article import read_article, unread
from claims.ingest.read_first import never_read, read_first
from claims.ingest.readers.document import Document, Fact
from claims.ingest.store_many import store_many
from claims.models import (
    Article,
    ArticleStatus,
    Assessment,
    Attribution,
    Claim,
    ClaimStatus,
    ClaimTime,
    Event,
    Job,
    Link,
    Outlet,
    ProposalOutcome,
    Revision,
    Ruling,
    Source,
    User,
    Zone,
)
from claims.refusals import NotAllowed
from claims.relations import LinkState
from claims.review.assess_claim import assess_claim
from claims.review.restate_claims import judged, restate_claims
from claims.review.rule_on_claim import rule_on_claim
from claims.transfers import JobState
from claims.vocabulary import SETTLED, Basis, ClaimState, EventKind
from tests.unit.ledger import dump, event_count, tables

pytestmark = pytest.mark.django_db
ASKED = Asked(seed=5, articles=14, claims=12, reviewed=100)


def made(operator: User, asked: Asked = ASKED, **how: Any) -> generating.Generated:
    return generate(by=operator, asked=asked, told=lambda *_: None, **how)


def run(*options: str) -> str:
    out = StringIO()
    call_command("generate_corpus", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def texts() -> dict[str, list[tuple[Any, ...]]]:
    """All that follows from the texts, without the times at which they came in."""
    return {
        "outlets": sorted(Outlet.objects.values_list("pk", "host", "status__kind", "status__version")),
        "articles": sorted(
            (row[0], json.dumps(row[1], sort_keys=True), *row[2:])
            for row in Article.objects.values_list(
                *("pk", "bases", "address", "outlet", "headline", "voice", "author", "published", "genre", "quality"),
            )
        ),
        "revisions": sorted(
            (row[0], bytes(row[1]), *row[2:])
            for row in Revision.objects.values_list("pk", "raw", "article", "sha256", "text", "encoding")
        ),
        "zones": sorted(Zone.objects.values_list("revision", "start", "end", "kind")),
        "statuses": sorted(
            ArticleStatus.objects.values_list(
                *("pk", "revision", "title", "has_headline", "reader_version", "language", "language_basis"),
                *("claims_count", "settled_count"),
            )
        ),
        "claims": dump([Claim])["claims_claim"],
    }


def by_the_rooms(operator: User, come: list[tuple[bytes, dict[str, str]]]) -> None:
    documents = [
        identified(
            Document(
                str(number),
                raw,
                raw.decode(),
                "utf-8",
                facts={
                    name: Fact(value, Basis.IN_TEXT, "", facts["address"] if name == "address" else "")
                    for name, value in facts.items()
                    if value
                },
            )
        )
        for number, (raw, facts) in enumerate(come)
    ]
    store_many(by=operator, documents=documents)
    found = never_read([one.keys[0] for one in documents])
    read_first(by=operator, drafts={key: drafted_text(text) for key, text in found.items()})


def test_the_rooms_make_the_very_same_rows_of_the_same_texts(operator: User) -> None:
    with taken_back():
        made(operator, Asked(5, 14, 12, 0))
        generated = texts()
        open_claims = sorted(ClaimStatus.objects.values_list("pk", "state", "needed", "given", "takes_work", "version"))
        named = ("address", "headline", "voice", "author", "published")
        facts = dict(Article.objects.in_bulk())
        come = [
            (bytes(revision.raw), {name: getattr(facts[revision.article_id], name) for name in named})
            for revision in Revision.objects.order_by("received_at")
        ]
    by_the_rooms(operator, come)
    assert texts() == generated
    read = ClaimStatus.objects.values_list("pk", "state", "needed", "given", "takes_work", "version")
    assert sorted(read) == open_claims


def test_the_reader_finds_nothing_to_do_and_nothing_to_change(operator: User) -> None:
    made(operator)
    assert not unread().exists()
    keys = set(Claim.objects.values_list("pk", flat=True))
    done = [read_article(by=operator, article=one) for one in Article.objects.all()]
    assert {(one.opened, one.dropped, one.moved, one.orphaned) for one in done} == {(0, 0, 0, 0)}
    assert set(Claim.objects.values_list("pk", flat=True)) == keys


def test_every_state_follows_from_what_was_found(operator: User) -> None:
    made(operator, Asked(5, 40, 12, 100))
    assert {*ClaimStatus.objects.values_list("state", flat=True)} == set(ClaimState)
    assert {LinkState.PROPOSED, LinkState.CONFIRMED} <= {*Link.objects.values_list("state", flat=True)}
    before = dump(tables(Event))
    assert restate_claims(by=operator, claims=list(Claim.objects.values_list("pk", flat=True))) == 0
    assert restate_links(by=operator, links=list(Link.objects.values_list("pk", flat=True))) == 0
    after = dump(tables(Event))
    # What became of proposals is written anew as well, and is the same.
    assert {name: sorted(map(str, rows)) for name, rows in after.items()} == {
        name: sorted(map(str, rows)) for name, rows in before.items()
    }


STANDS = ("state", "settled_label", "settled_strength", "settled_reason", "was_settled", "given", "needed")


def standing() -> dict[UUID, tuple[Any, ...]]:
    rows = ClaimStatus.objects.values_list("pk", *STANDS)
    return {row[0]: row[1:] for row in rows}


def decided() -> dict[UUID, tuple[Any, ...]]:
    rows = ProposalOutcome.objects.values_list("pk", "rule", "outlet", "proposed", "decided", "accepted")
    return {row[0]: row[1:] for row in rows}


def test_the_review_room_comes_to_the_same_from_the_same_judgements(operator: User) -> None:
    with taken_back():
        made(operator)
        then, outcomes = standing(), decided()
        versions = dict(ClaimStatus.objects.values_list("pk", "version"))
        others = {
            *Attribution.objects.values_list("claim", flat=True),
            *ClaimTime.objects.values_list("claim", flat=True),
            *Link.objects.values_list("a", flat=True),
            *Link.objects.values_list("b", flat=True),
        }
        given = list(Assessment.objects.select_related("reviewer").order_by("created_at", "pk"))
        rulings = list(Ruling.objects.select_related("by"))
        needed = {row: status[-1] for row, status in then.items()}
        names = {user.pk: user.username for user in User.objects.all()}
    made(operator, Asked(5, 14, 12, 0))
    people = {user.username: user for user in User.objects.all()}
    for key, count in needed.items():
        ClaimStatus.objects.filter(pk=key).update(needed=count)
    for one in given:
        by = people[names[one.reviewer_id]]
        assess_claim(by=by, claim_id=one.claim_id, judgement=judged(one), note="", expected_version=0, key=uuid4())
    for one in rulings:
        by = people[names[one.by_id]]
        rule_on_claim(
            by=by,
            claim_id=one.claim_id,
            judgement=judged(one),
            explanation=one.explanation,
            expected_version=0,
            key=uuid4(),
        )
    assert standing() == then
    assert decided() == outcomes
    for key, version in ClaimStatus.objects.values_list("pk", "version"):
        assert versions[key] == version or (key in others and versions[key] > version)


def test_counts_of_articles_are_those_of_their_claims(operator: User) -> None:
    made(operator)
    for status in ArticleStatus.objects.all():
        claims = ClaimStatus.objects.filter(claim__article=status.pk)
        assert status.claims_count == claims.count()
        assert status.settled_count == claims.filter(state__in=SETTLED).count()


def test_everybody_who_is_cited_is_in_the_registry_once_with_every_word_of_the_name(operator: User) -> None:
    made(operator)
    assert Attribution.objects.exists()
    assert not Source.objects.filter(words__isnull=True).exists()
    assert not Attribution.objects.filter(hops__isnull=True).exists()
    for attribution in Attribution.objects.select_related("claim__revision"):
        for name, words in attribution.words.items():
            span = getattr(attribution, name)
            assert attribution.claim.revision.text[slice(*span)] == words


def test_one_event_says_what_was_generated_and_the_log_is_whole(operator: User) -> None:
    before = event_count()
    made(operator)
    assert event_count() == before + len(STAFF) + 1
    event = Event.objects.get(kind=EventKind.CORPUS_GENERATED)
    assert (event.by, event.after) == (operator, {"seed": 5, "articles": 14, "claims": 12, "reviewed": 100})
    assert audit.verify() is None


def test_the_same_seed_gives_the_same_corpus_and_another_one_another(operator: User) -> None:
    found = []
    for seed in (5, 5, 6):
        with taken_back():
            found.append((made(operator, Asked(seed, 14, 12, 100)).digest, dump([Claim, ClaimStatus, Link])))
    assert found[0] == found[1]
    assert found[0][0] != found[2][0]
    # The same on every database and machine, until somebody changes what is told.
    assert found[0][0].startswith("0a0342a087b2760d")


def test_the_truth_names_every_claim_with_its_label_and_every_pair(operator: User, tmp_path: Path) -> None:
    said = run("--articles=14", "--seed=5", "--claims-per-article=12", "--truth", str(tmp_path / "truth.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = [line for line in lines if "article" in line]
    pairs = [line for line in lines if "pair" in line]
    assert {UUID(one["article"]) for one in articles} == set(Article.objects.values_list("pk", flat=True))
    claims = {UUID(claim["claim"]) for one in articles for claim in one["claims"]}
    assert claims == set(Claim.objects.values_list("pk", flat=True))
    assert {UUID(key) for one in pairs for key in one["pair"]} <= claims
    assert {"CORROBORATES", "CONTRADICTS"} <= {one["relation"] for one in pairs}
    assert {one["copy_of"] for one in articles if one["copy_of"]} <= {one["article"] for one in articles}
    assert f"{len(claims):,} claims" in said


def test_a_run_that_was_stopped_goes_on_and_comes_to_the_same(operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", 4)
    with taken_back():
        truth: list[str] = []
        whole = made(operator, truth=truth.append), dump([Claim, ClaimStatus, Link]), truth

    def stop(articles: int, _claims: int) -> None:
        if articles > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(by=operator, asked=ASKED, told=stop)
    assert 0 < Article.objects.count() < 14
    again: list[str] = []
    assert (made(operator, truth=again.append), dump([Claim, ClaimStatus, Link]), again) == whole
    assert Job.objects.get().state == JobState.DONE
    assert Event.objects.filter(kind=EventKind.CORPUS_GENERATED).count() == 1


def test_a_run_that_somebody_cancels_ends_between_two_parts(operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", 4)

    def cancel(*_: int) -> None:
        Job.objects.update(state=JobState.CANCELLED)

    with pytest.raises(generating.Cancelled):
        generate(by=operator, asked=ASKED, told=cancel)
    assert Article.objects.count() == Job.objects.get().done


def test_of_two_runs_at_once_one_ends_and_nothing_is_stored_twice(
    operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", 4)
    runs = [0]

    def begin_another(*_: int) -> None:
        runs[0] += 1
        if runs[0] == 1:
            made(operator)

    with pytest.raises(generating.Cancelled):
        generate(by=operator, asked=ASKED, told=begin_another)
    assert Article.objects.count() == Job.objects.get().done == 14


def test_nobody_but_an_operator_generates(ana: User, max: User) -> None:
    for who in (ana, max):
        with pytest.raises(NotAllowed):
            begin_corpus(by=who, asked=ASKED)


def test_articles_that_are_here_already_have_to_be_named(operator: User, article: Article) -> None:
    before = event_count()
    with pytest.raises(CommandError, match="--beside"):
        run("--articles=3")
    assert event_count() == before
    run("--articles=3", "--beside")
    assert Article.objects.count() == 4


def test_a_desk_with_people_is_left_alone_without_a_yes(operator: User, ana: User) -> None:
    with pytest.raises(CommandError, match="--yes"):
        run("--articles=3")
    run("--articles=3", "--yes")
    assert Article.objects.count() == 3


def test_a_corpus_comes_once_and_another_seed_beside_it(operator: User) -> None:
    run("--articles=3")
    for again in (("--articles=3",), ("--articles=4", "--beside")):
        with pytest.raises(CommandError, match="another --seed"):
            run(*again)
    run("--articles=3", "--seed=2", "--beside")
    assert Article.objects.count() == 6


@pytest.mark.parametrize(
    "options", [("--articles=0",), ("--articles=5000001",), ("--articles=3", "--claims-per-article=4"),
                ("--articles=3", "--reviewed=101")],
)  # fmt: skip
def test_what_is_too_little_or_too_much_is_refused_with_the_limits(operator: User, options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"takes a number from \d+ to"):
        run(*options)
    assert not Job.objects.exists()


def test_a_truth_that_cannot_be_written_is_refused_before_anything_is_stored(operator: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run("--articles=3", "--truth", str(tmp_path / "nowhere" / "truth.jsonl"))
    assert not Article.objects.exists()


def test_accounts_of_a_corpus_are_of_nobody(operator: User) -> None:
    run("--articles=3")
    accounts = User.objects.filter(username__in=STAFF)
    assert accounts.count() == len(STAFF)
    assert not accounts.filter(is_superuser=True).exists()
    assert Assessment.objects.exclude(reviewer__in=accounts).count() == 0


def test_later_articles_are_opened_later(operator: User) -> None:
    """What indexes claims by their time of opening takes them in order, and never goes back."""
    made(operator)
    opened = list(ClaimStatus.objects.order_by("claim__article__received_at").values_list("opened_at", flat=True))
    assert opened == sorted(opened)
    assert not ClaimStatus.objects.exclude(opened_at=F("claim__article__status__read_at")).exists()


def test_no_moderator_rules_on_a_finding_of_their_own(operator: User) -> None:
    made(operator)
    assert Ruling.objects.exists()
    assert not Ruling.objects.filter(claim__assessments__reviewer=F("by")).exists()
