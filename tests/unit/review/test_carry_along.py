"""What one said of a claim goes along with its borders, and an older judgement never replaces a later one."""

from datetime import date
from uuid import uuid4

import pytest

from claims.models import Article, Assessment, Attribution, Claim, ClaimTime, Evidence, User
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.carry_along import BECAUSE
from claims.review.progress import progress_in
from claims.review.queue import waiting_for
from claims.text.sanitise import MAX_NOTE
from claims.vocabulary import ClaimState, Label
from tests.cast import assess
from tests.deeds import counted, status
from tests.drawing import FERRY, SHUT, TWO, WHOLE, article_of_two, drawn, first_of_two, place, redraw, take_back  # noqa: F401
from tests.unit.ledger import events


def judged(claim: Claim, by: User) -> tuple[str, int | None, str, str] | None:
    own = Assessment.objects.filter(claim=claim, reviewer=by).first()
    return (own.label, own.strength, own.reason, own.note) if own else None


def gather(claim: Claim, by: User, url: str = "https://elm.example/log", **parts: object) -> Evidence:
    return Evidence.objects.create(claim=claim, by=by, url=url, stance="supports", **parts)


def date_it(claim: Claim, by: User, value: str = "2026-05-01", kind: str = "event") -> ClaimTime:
    day = date.fromisoformat(value)
    return ClaimTime.objects.create(
        claim=claim, kind=kind, value=value, earliest=day, latest=day, basis="in_text", words="Friday", by=by
    )


def attribute(article: Article, claim: Claim, by: User) -> Attribution:
    given = GivenAttribution(
        content=place(article, SHUT),
        chain=(GivenHop(name="Ida Brook", kind="named_person"), GivenHop(occasion="press conference")),
        mode="indirect",
        is_dated=True,
    )
    attribute_claim(by=by, claim_id=claim.pk, given=given, expected_version=0, key=uuid4())
    return Attribution.objects.get(claim=claim, reviewer=by)


# Moving


def test_a_moved_claim_keeps_ones_label_note_and_standing(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana, Label.UNSOURCED, note="Who <b>says</b> so?", strength=0, reason="bare")
    (made,) = drawn(redraw(article, ana, [whole], SHUT))
    assert judged(made, ana) == judged(whole, ana) == ("UNSOURCED", 0, "bare", "Who <b>says</b> so?")
    assert (status(made).state, status(made).given) == (ClaimState.IN_REVIEW, 1)
    assert Assessment.objects.get(claim=made).blind
    assert [event.reason for event in events("claim.assessed")] == ["", BECAUSE]


def test_what_goes_along_counts_like_any_label(ana: User, ben: User, article: Article, whole: Claim) -> None:
    (made,) = drawn(redraw(article, ben, [], SHUT))
    assess(made, ben, Label.OPINION)
    assess(whole, ana, Label.OPINION)
    assert redraw(article, ana, [whole], SHUT)["set_aside"] == [str(whole.pk)]
    assert (status(made).state, status(made).settled_label) == (ClaimState.AGREED, "OPINION")
    assert counted(article) == (2, 1)


def test_a_label_that_was_not_blind_is_not_blind_elsewhere(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana)
    Assessment.objects.update(blind=False)
    (made,) = drawn(redraw(article, ana, [whole], SHUT))
    assert not Assessment.objects.get(claim=made).blind


def test_a_settled_claim_takes_no_label_that_comes_along(
    ana: User, ben: User, max: User, article: Article, whole: Claim
) -> None:
    (made,) = drawn(redraw(article, ben, [], SHUT))
    assess(made, ben, Label.OPINION)
    assess(made, max, Label.OPINION)
    assess(whole, ana, Label.UNSOURCED)
    redraw(article, ana, [whole], SHUT)
    assert judged(made, ana) is None
    assert judged(whole, ana) is not None
    assert status(made).settled_label == "OPINION"


def test_the_attribution_goes_along_with_its_whole_route(ana: User, article: Article, whole: Claim) -> None:
    was = attribute(article, whole, ana)
    (made,) = drawn(redraw(article, ana, [whole], SHUT))
    now = Attribution.objects.get(claim=made, reviewer=ana)
    assert (now.content, now.words, now.mode, now.is_dated) == (was.content, was.words, was.mode, True)
    assert [(hop.source, hop.occasion) for hop in now.hops.all()] == [
        (hop.source, hop.occasion) for hop in was.hops.all()
    ]
    assert now.hops.count() == 2


def test_evidence_and_times_go_along_once(ana: User, article: Article, whole: Claim) -> None:
    gather(whole, ana, quote="Closed.", note="Page 3.")
    gather(whole, ana, quote="Gone.", removed_at=whole.article.received_at)
    date_it(whole, ana)
    first = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(first)
    (copy,) = made.evidence.all()
    assert (copy.url, copy.quote, copy.note, copy.by) == ("https://elm.example/log", "Closed.", "Page 3.", ana)
    (time,) = made.times.all()
    assert (time.kind, time.value, time.words, time.by) == ("event", "2026-05-01", "Friday", ana)
    take_back(article, ana, first)
    redraw(article, ana, [whole], SHUT)
    assert (made.evidence.count(), made.times.count(), whole.evidence.count(), whole.times.count()) == (1, 1, 2, 1)


def test_a_step_back_brings_the_latest_judgement_and_never_an_older_one(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    assess(whole, ana, Label.SOURCED)
    moved = redraw(article, ana, [whole], SHUT)
    (made,) = drawn(moved)
    assess(made, ana, Label.OPINION, note="On second thoughts.")
    date_it(made, ana, "2026-06-01")
    take_back(article, ana, moved)
    assert judged(whole, ana) == ("OPINION", None, "", "On second thoughts.")
    assert whole.times.get().value == "2026-06-01"
    # The sentence is judged again while both are in work; what stands at the part is older by then.
    redraw(article, ben, [], SHUT)
    assess(whole, ana, Label.UNSOURCED, note="No.")
    redraw(article, ana, [made], WHOLE)
    assert judged(whole, ana) == ("UNSOURCED", None, "", "No.")


def test_a_step_back_right_away_judges_nothing_anew(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana, Label.SOURCED)
    take_back(article, ana, redraw(article, ana, [whole], SHUT))
    assert Assessment.objects.get(claim=whole).version == 1


def test_what_was_said_of_a_claim_that_is_aside_is_counted_nowhere(
    ana: User, ben: User, article: Article, whole: Claim
) -> None:
    assess(whole, ana)
    redraw(article, ana, [whole], SHUT, FERRY)
    article.status.refresh_from_db()
    progress = progress_in([article], ana)[article.pk]
    assert (progress.claims, progress.by_you) == (3, 0)
    assert {claim.exact for claim in waiting_for(ben)} == {SHUT, FERRY, "The toll is new."}
    assert status(whole).given == 1


def test_only_ones_own_goes_along(ana: User, ben: User, article: Article, whole: Claim) -> None:
    """Times are the desk's, and go along whoever said them."""
    date_it(whole, ben)
    (made,) = drawn(redraw(article, ana, [whole], SHUT))
    assert made.times.get().by == ben


# Splitting and merging


def test_the_parts_of_a_split_claim_have_its_times_and_no_label(ana: User, article: Article, whole: Claim) -> None:
    assess(whole, ana)
    gather(whole, ana)
    date_it(whole, ana)
    split = redraw(article, ana, [whole], SHUT, FERRY)
    for part in drawn(split):
        assert (part.assessments.count(), part.evidence.count(), part.times.count()) == (0, 0, 1)
    take_back(article, ana, split)
    assert judged(whole, ana) is not None


@pytest.fixture
def both(article: Article) -> list[Claim]:
    return list(article.claims.in_reading_order())


def test_equal_labels_are_merged_with_what_is_equal_in_them(ana: User, article: Article, both: list[Claim]) -> None:
    assess(both[0], ana, Label.UNSOURCED, note="One.", strength=0, reason="bare")
    assess(both[1], ana, Label.UNSOURCED, note="Two.", strength=1, reason="bare")
    for claim in both:
        gather(claim, ana, f"https://elm.example/{claim.start}")
        gather(claim, ana, "https://elm.example/both")
    date_it(both[0], ana, "2026-05-01")
    date_it(both[1], ana, "2026-05-02")
    date_it(both[1], ana, "2026-05-03", kind="as_of")
    merged = redraw(article, ana, both, TWO)
    (made,) = drawn(merged)
    assert judged(made, ana) == ("UNSOURCED", None, "bare", "One.\n\nTwo.")
    assert made.evidence.count() == 3
    assert {time.kind: time.value for time in made.times.all()} == {"event": "2026-05-01", "as_of": "2026-05-03"}
    again = redraw(article, ana, [Claim.objects.get(pk=one.pk) for one in drawn(take_back(article, ana, merged))], TWO)
    assert drawn(again) == [made]
    assert judged(made, ana) == ("UNSOURCED", None, "bare", "One.\n\nTwo.")


@pytest.mark.parametrize("other", [Label.OPINION, None])
def test_different_labels_stay_with_their_claims(
    ana: User, article: Article, both: list[Claim], other: Label | None
) -> None:
    assess(both[0], ana, Label.UNSOURCED)
    if other:
        assess(both[1], ana, other)
    (made,) = drawn(redraw(article, ana, both, TWO))
    assert judged(made, ana) is None
    assert judged(both[0], ana) is not None


@pytest.mark.parametrize("own", [Label.OPINION, None])
def test_a_merge_around_a_claim_that_stays_gets_no_label(
    ana: User, ben: User, article: Article, both: list[Claim], own: Label | None
) -> None:
    """The label of one part is none of the whole, whatever one thinks of the part that others worked on."""
    if own:
        assess(both[0], ana, own)
    assess(both[0], ben)
    assess(both[1], ana, Label.UNSOURCED, note="Of the toll alone.")
    attribute(article, both[1], ana)
    outcome = redraw(article, ana, both, TWO)
    assert outcome["kept"] == [str(both[0].pk)]
    (made,) = drawn(outcome)
    assert judged(made, ana) is None
    assert not made.attributions.exists()


def test_a_note_that_does_not_fit_stays_with_its_claim(ana: User, article: Article, both: list[Claim]) -> None:
    long = "x" * (MAX_NOTE - 10)
    assess(both[0], ana, note=long)
    assess(both[1], ana, note="More than ten characters.")
    (made,) = drawn(redraw(article, ana, both, TWO))
    assert judged(made, ana) == ("UNSOURCED", None, "", long)
    assert judged(both[1], ana) == ("UNSOURCED", None, "", "More than ten characters.")


def test_attributions_are_merged_where_they_say_the_same(ana: User, article: Article, both: list[Claim]) -> None:
    attribute(article, both[0], ana)
    merged = redraw(article, ana, both, TWO)
    assert Attribution.objects.get(claim=drawn(merged)[0]).mode == "indirect"
    take_back(article, ana, merged)
    given = GivenAttribution(content=GivenSpan(0, 3), mode="direct")
    attribute_claim(by=ana, claim_id=both[1].pk, given=given, expected_version=0, key=uuid4())
    (made,) = drawn(redraw(article, ana, both, "bridge was closed on Friday and the ferry will run until May.\n\nThe"))
    assert not made.attributions.exists()
