"""Loading and reading again never changes what people did."""

from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CASCADE

from claims.coverage.correct_story import post_correction, request_correction
from claims.coverage.describe_story import create_story, describe_story
from claims.coverage.place_article import place_article
from claims.coverage.publish_story import publish_story
from claims.ingest import read_article as reading_room
from claims.ingest.describe_outlet import describe_outlet
from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import (
    Anchor,
    Article,
    ArticleStatus,
    Assessment,
    Assignment,
    Calibration,
    Claim,
    ClaimStatus,
    Comment,
    Event,
    EventHead,
    ExampleWork,
    Flag,
    Link,
    LinkAssessment,
    LinkRuling,
    Notification,
    Proposal,
    Retirement,
    Revision,
    Ruling,
    Skip,
    Story,
    User,
    VerdictPublication,
)
from claims.permissions import operator
from claims.relations import Relation
from claims.review.add_evidence import add_evidence
from claims.review.assign_article import assign_article
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.calibrate import set_calibration
from claims.review.date_claim import date_claim
from claims.review.flag_claim import answer_flag, flag_claim
from claims.review.give_verdict import Finding, give_verdict
from claims.review.given_evidence import Given
from claims.review.lock_article import lock_article
from claims.review.propose_publication import propose_publication
from claims.review.redraw_claims import redraw_claims
from claims.review.require_assessments import require_assessments
from claims.review.retire_claim import retire_claim
from claims.review.retract_assessment import retract_assessment
from claims.review.set_aside import hide_claim
from claims.review.skip_claim import skip_claim
from claims.review.state import Judgement
from claims.review.take_next import take_next
from claims.review.write_comment import write_comment
from claims.text import reading, zones
from claims.vocabulary import Label
from tests import linking
from tests.cast import assess, rule
from tests.unit.ledger import dump, tables


def load_and_read() -> str:
    out = StringIO()
    call_command("loaddata", "articles", verbosity=0)
    call_command("read_articles", stdout=out)
    return out.getvalue()


# What comes in by jobs and goes out has nothing to do with reading, and tests of its own.
EMPTY = {
    "claims_user_user_permissions",
    "claims_job",
    "claims_importitem",
    "claims_extraction",
    "claims_importedauthor",
    "claims_apitoken",
    "claims_apiuse",
}


@pytest.fixture
def worked_on(corpus: list[Article], ana: User, ben: User, max: User) -> list[Article]:
    """Everything that people can do to the five articles."""
    first, second, third = (list(Claim.objects.filter(article=a).in_reading_order()) for a in corpus[:3])
    assess(first[0], ana, Label.UNSOURCED, note="Nobody is named. AT&T", reason="bare")
    assess(first[1], ana, Label.SOURCED, strength=4)
    assess(first[1], ben, Label.SOURCED, strength=3)
    assess(first[2], ana, Label.SOURCED)
    assess(first[2], ben, Label.OPINION)
    rule(first[2], max, Label.OPINION, explanation="The writer judges here.")
    assess(second[0], ana)
    retract_assessment(by=ana, claim_id=second[0].pk, expected_version=1, key=uuid4())
    assess(third[0], ben)
    outlet = corpus[0].outlet
    describe_outlet(by=max, outlet_id=outlet.pk, kind="republisher", note="It says so.", expected_version=0)
    old = Story.objects.get()
    describe_story(by=max, story_id=old.pk, title="Armenia leaves", description="Anew.", expected_version=0)
    publish_story(by=max, story_id=old.pk, expected_version=1)
    request_correction(story=old, message="A typo.", contact="", address="192.0.2.1", key=uuid4())
    post_correction(by=max, story=old, line="It was a typo.", key=uuid4())
    new = create_story(by=max, title="Another", description="", key=uuid4())
    place_article(by=max, article_id=corpus[1].pk, story_id=new.pk, expected_version=0)
    place_article(by=max, article_id=corpus[3].pk, story_id=None, expected_version=0)
    withdraw_article(by=max, article_id=corpus[4].pk, reason="The publisher asked.", expected_version=0)
    moderate(corpus[0], ana, ben, max)
    assign_article(by=max, article_id=corpus[1].pk, reviewer_id=ana.pk, key=uuid4())
    take_next(by=ben)
    require_assessments(by=max, story_id=new.pk, needed=3, expected_version=0, key=uuid4())
    lock_article(by=max, article_id=corpus[3].pk, reason="Its lawyer wrote.", expected_version=1)
    look_closely(corpus[1], ana, max)
    judge(first[2], ana, max)
    relate(first[11], second[4], ana, max)
    change(corpus[2])
    return corpus


def moderate(article: Article, ana: User, ben: User, max: User) -> None:
    """What is done with a claim apart from labels: a claim of its own for each."""
    talked, flagged, answered, skipped, known, hidden, whole = article.claims.in_reading_order()[3:10]
    write_comment(by=ana, claim_id=talked.pk, thread_id=None, body="Is that so, @ben?", key=uuid4())
    for claim in (flagged, answered):
        flag = flag_claim(by=ben, claim_id=claim.pk, reason="Cut in two.", key=uuid4())
    answer_flag(by=max, flag_id=flag["flag"], answer="It is not.", key=uuid4())
    skip_claim(by=ana, claim_id=skipped.pk, reason="involved", key=uuid4())
    answer = {"judgement": Judgement(Label.OPINION), "explanation": "The writer judges.", "expected_version": 0}
    set_calibration(by=max, claim_id=known.pk, key=uuid4(), **answer)
    hide_claim(by=max, claim_id=hidden.pk, reason="It names a child.", expected_version=0, key=uuid4())
    half = whole.exact[: len(whole.exact) // 2]
    retire_claim(by=max, claim_id=whole.pk, parts=[half], reason="Two in one.", expected_version=0, key=uuid4())


def relate(one: Claim, other: Claim, ana: User, max: User) -> None:
    """What is found of two claims of different articles; and that it is the example's."""
    linking.link(one, other, ana, Relation.QUALIFIES, origin=one.pk)
    linking.rule_link(one, other, max, Relation.FRAMES_DIFFERENTLY)
    ExampleWork.objects.create(target_type="link", target_id=linking.between(one, other).pk, version=1)


def look_closely(article: Article, ana: User, max: User) -> None:
    """What is said of a claim beside its label: where it comes from, when it holds, what speaks for it, its borders."""
    close, drawn = article.claims.in_reading_order()[1:3]
    hop = GivenHop(name="Dmitry Peskov", kind="named_person")
    cue = GivenSpan(close.start, close.start + 3)
    given = GivenAttribution(cue=cue, chain=(hop,), mode="indirect")
    attribute_claim(by=ana, claim_id=close.pk, given=given, expected_version=0, key=uuid4())
    date_claim(
        by=ana,
        claim_id=close.pk,
        kind="event",
        value="2024-04-05",
        words="on Friday",
        against="",
        against_note="",
        basis="in_text",
        expected_version=0,
        key=uuid4(),
    )
    evidence = Given(url="https://example.org/", stance="supports")
    piece = add_evidence(by=ana, claim_id=close.pk, given=evidence, key=uuid4())["evidence"]
    finding = Finding("supported", "It is on the record.")
    give_verdict(by=max, claim_id=close.pk, finding=finding, evidence=[piece], expected_version=0, key=uuid4())
    half = GivenSpan(drawn.start, drawn.start + len(drawn.exact) // 2)
    redraw_claims(
        by=ana, article_id=article.pk, revision_id=drawn.revision_id, old=[drawn.pk], spans=[half], key=uuid4()
    )


def judge(settled: Claim, ana: User, max: User) -> None:
    """Whether the claim holds, on its way to readers."""
    finding = Finding("refuted", "The minutes say otherwise.")
    give_verdict(by=ana, claim_id=settled.pk, finding=finding, evidence=[], expected_version=0, key=uuid4())
    propose_publication(by=max, claim_id=settled.pk, correction="", expected_version=1, key=uuid4())


def change(article: Article) -> None:
    """The outlet puts a paragraph behind its text: every claim moves."""
    text = Revision.objects.get(article=article).text
    raw = f"{text.rstrip()}\n\nThe office of the outlet added on Sunday that its ferry was late.\n".encode()
    store_article(by=operator(), raw=raw, address=article.address)
    read_article(by=operator(), article=article)


def test_an_earlier_text_does_not_come_back_by_loading_it_again(worked_on: list[Article]) -> None:
    status = ArticleStatus.objects.get(article=worked_on[2])
    assert Anchor.objects.filter(claim__article=worked_on[2]).count() > 0
    assert load_and_read() == "Nothing to read: all is read.\n"
    assert ArticleStatus.objects.get(article=worked_on[2]).revision_id == status.revision_id


def test_loading_and_reading_twice_changes_nothing(corpus: list[Article]) -> None:
    before = dump(tables())
    assert load_and_read() == "Nothing to read: all is read.\n"
    assert dump(tables()) == before


def test_nobodys_work_changes_when_the_articles_are_loaded_and_read_again(worked_on: list[Article]) -> None:
    before = dump(tables())
    assert {name for name, rows in before.items() if not rows} <= EMPTY
    load_and_read()
    after = dump(tables())
    for name, rows in before.items():
        assert after[name] == rows, name


def test_what_was_taken_out_of_its_story_stays_out(worked_on: list[Article]) -> None:
    load_and_read()
    assert ArticleStatus.objects.get(article=worked_on[3]).story is None
    assert ArticleStatus.objects.get(article=worked_on[1]).story.title == "Another"


Read = Callable[[], str]


@pytest.fixture
def newer_reader(monkeypatch: pytest.MonkeyPatch) -> Read:
    """A reader that finds only the second half of each text's sentences, and proposes opinion everywhere."""
    old = reading.propose

    def propose(text: str, *known: Any) -> list[reading.Proposal]:
        found = old(text, *known)
        kept = found[len(found) // 2 :]
        return [
            reading.Proposal(p.start, p.end, Label.OPINION, None, None, None, None, None, 0.5, "newer", "Newer.")
            for p in kept
        ]

    def read_with_it() -> str:
        monkeypatch.setattr(reading, "propose", propose)
        monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
        return load_and_read()

    return read_with_it


WORK = (
    *(Assessment, Ruling, Story, Assignment, Calibration, Comment, Flag, Notification, Retirement, Skip),
    *(Link, LinkAssessment, LinkRuling, ExampleWork, VerdictPublication),
)


def test_whatever_points_at_a_claim_for_good_has_raised_the_claims_version(worked_on: list[Article]) -> None:
    """A claim of version 0 may be read away: then a row that stays would keep the reader from reading."""
    stays = [
        (model, field.attname)
        for model in apps.get_app_config("claims").get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Claim and field.remote_field.on_delete is not CASCADE
    ]
    stays.append((Retirement.parts.through, "claim_id"))
    assert {model for model, _ in stays} >= {Assessment, Ruling, Comment, Flag, Skip, Calibration, Retirement}
    for model, column in stays:
        claims = set(model._default_manager.values_list(column, flat=True))
        assert claims, model
        assert not ClaimStatus.objects.filter(pk__in=claims, version=0).exists(), model


def test_a_newer_reader_replaces_only_claims_that_nobody_has_touched(
    worked_on: list[Article], newer_reader: Read
) -> None:
    touched = set(ClaimStatus.objects.filter(version__gt=0).values_list("pk", flat=True))
    before = dump(WORK)
    states = dict(ClaimStatus.objects.filter(pk__in=touched).values_list("pk", "state"))
    proposals = dict(Proposal.objects.filter(pk__in=touched).values_list("pk", "rule"))
    said = newer_reader()
    assert "replaced" in said
    assert "Read 4 articles" in said  # the withdrawn one has no text to read
    assert dump(WORK) == before
    kept = {claim.pk for claim in Claim.objects.exclude(article=worked_on[4])}
    assert touched <= kept
    assert dict(ClaimStatus.objects.filter(pk__in=touched).values_list("pk", "state")) == states
    # Whoever judged a claim saw the older proposal: it stays as it was.
    assert dict(Proposal.objects.filter(pk__in=touched).values_list("pk", "rule")) == proposals
    untouched = Proposal.objects.filter(claim__status__version=0).exclude(claim__article=worked_on[4])
    assert {proposal.rule for proposal in untouched} == {"newer"}


def test_after_a_newer_reader_the_counters_count_what_is_there(worked_on: list[Article], newer_reader: Read) -> None:
    newer_reader()
    for status in ArticleStatus.objects.exclude(article=worked_on[4]):
        claims = ClaimStatus.objects.filter(claim__revision=status.revision, set_aside="")
        assert status.claims_count == claims.count()
        assert status.settled_count == claims.exclude(settled_label="").count()
        assert status.reader_version == reading.READER_VERSION


def test_a_newer_reader_that_finds_the_same_opens_and_drops_nothing(
    worked_on: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
    before = dump([Claim, ClaimStatus, *WORK])
    said = load_and_read()
    assert dump([Claim, ClaimStatus, *WORK]) == before
    assert "opened 0 claims" in said
    assert "replaced" not in said


def test_a_claim_whose_zone_changed_is_opened_anew_there_unless_somebody_touched_it(
    corpus: list[Article], ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched, free = Claim.objects.filter(article=corpus[1], zone="headline").in_reading_order()[:1], None
    touched = touched[0]
    free = Claim.objects.filter(article=corpus[2], zone="headline").in_reading_order()[0]
    assess(touched, ana)
    old = zones.read

    def read(text: str) -> list[zones.Zone]:
        return [
            zones.Zone(zone.start, zone.end, "body" if zone.kind == "headline" else zone.kind) for zone in old(text)
        ]  # type: ignore[arg-type]

    monkeypatch.setattr(reading_room.zones, "read", read)
    monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
    load_and_read()
    assert Claim.objects.get(pk=free.pk).zone == "body"
    assert Claim.objects.get(pk=touched.pk).zone == "headline"


def test_reading_is_an_event_and_loading_again_is_none(worked_on: list[Article]) -> None:
    before = Event.objects.count(), EventHead.objects.get().hash
    load_and_read()
    assert (Event.objects.count(), EventHead.objects.get().hash) == before
