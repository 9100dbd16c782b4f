"""Orphans: who sees which, who may place them, and what comes along."""

from uuid import uuid4

import pytest

from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.models import Anchor, Article, ArticleStatus, Attribution, Claim, Proposal, Revision, User
from claims.receipts import Outcome
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.add_evidence import add_evidence
from claims.review.give_up_orphan import give_up_orphan
from claims.review.given_evidence import Given
from claims.review.orphans import offers_for, orphans_for
from claims.review.place_orphan import _carry_spans, place_orphan
from claims.review.set_aside import restore_claim
from claims.text.search_words import searchable
from claims.vocabulary import Aside, Label
from tests.cast import TEXT, assess, rule
from tests.deeds import counted, flag, lock, status
from tests.unit.ledger import dump, event_count, events, tables

CLOSED, MAYOR, TOLL, UGLY = TEXT.split("\n\n")
# The toll is told in other words, and in another place.
HINT = "Whoever drives a lorry may have to pay two crowns from next year on"
LATER = f"{CLOSED}\n\n{HINT}, officials hint.\n\n{MAYOR}\n\n{UGLY}"


@pytest.fixture
def revised(operator: User, article: Article, claims: list[Claim], ana: User) -> Article:
    """The article after its toll was told otherwise; ana had labelled that claim."""
    assess(claims[2], ana, Label.UNSOURCED)
    come(operator, article, LATER)
    return article


def come(operator: User, article: Article, text: str) -> None:
    store_article(by=operator, raw=text.encode(), address=article.address)
    read_article(by=operator, article=article)


def now(article: Article) -> Revision:
    return Revision.objects.get(pk=ArticleStatus.objects.get(article=article).revision_id)


def at(claim: Claim) -> Claim:
    return Claim.objects.select_related("status", "revision").get(pk=claim.pk)


def put(claim: Claim, by: User, words: str = HINT, **sent: object) -> Outcome:
    """`by` says that the claim went to these words of the text in force."""
    revision = now(claim.article)
    start = revision.text.index(words)
    given = {"revision_id": revision.pk, "start": start, "end": start + len(words), "exact": words, "reason": ""}
    return place_orphan(by=by, claim_id=claim.pk, **{"key": uuid4()} | given | sent)  # type: ignore[arg-type]


def give_up(claim: Claim, by: User, reason: str = "It was cut.", **sent: object) -> Outcome:
    sent = {"expected_version": status(claim).version, "key": uuid4()} | sent
    return give_up_orphan(by=by, claim_id=claim.pk, reason=reason, **sent)  # type: ignore[arg-type]


def test_a_placed_orphan_stands_in_the_text_again_with_what_was_said_of_it(
    revised: Article, claims: list[Claim], max: User, ana: User
) -> None:
    old, before = at(claims[2]), counted(revised)
    assert old.status.set_aside == Aside.ORPHANED
    outcome = put(claims[2], max, reason="  It is the same toll. ")
    placed = at(claims[2])
    assert (placed.exact, placed.revision, placed.status.set_aside) == (HINT, now(revised), "")
    assert (placed.folded, placed.prefix.endswith(CLOSED[-10:] + "\n\n")) == (searchable(HINT), True)
    assert (placed.status.takes_work, placed.status.version) == (True, old.status.version + 1)
    assert placed.status.text_changed_at is not None
    assert placed.assessments.get().reviewer == ana
    assert Anchor.objects.get(claim=placed).exact == TOLL
    assert counted(revised) == (before[0] + 1, before[1])
    (event,) = events("claim.placed")
    assert (event.by, event.reason, event.before["start"]) == (max, "It is the same toll.", old.start)
    assert (event.after["start"], event.after["reworded"]) == (placed.start, True)
    assert "crown" not in str([event.before, event.after])
    assert outcome == {"claim": str(placed.pk), "reworded": True}


def test_a_settled_orphan_is_counted_as_settled_when_it_is_placed(
    operator: User, article: Article, claims: list[Claim], max: User
) -> None:
    rule(claims[2], max, Label.OPINION)
    come(operator, article, LATER)
    assert counted(article) == (4, 0)
    put(claims[2], max)
    assert counted(article) == (5, 1)


def test_an_open_sentence_that_nobody_touched_gives_way_to_a_moderators_placing(
    revised: Article, claims: list[Claim], max: User
) -> None:
    sentence = Claim.objects.get(revision=now(revised), exact__startswith="Whoever drives")
    before = counted(revised)
    put(claims[2], max, sentence.exact)
    assert not Claim.objects.filter(pk=sentence.pk).exists()
    assert counted(revised) == before
    assert events("claim.placed")[0].after["in_place_of"] == [str(sentence.pk)]


def test_a_claim_that_somebody_worked_on_is_in_the_way(
    revised: Article, claims: list[Claim], ben: User, max: User
) -> None:
    sentence = Claim.objects.get(revision=now(revised), exact__startswith="Whoever drives")
    flag(sentence, ben)
    before = event_count()
    with pytest.raises(Conflict, match="Another claim stands at exactly these words") as refused:
        put(claims[2], max, sentence.exact)
    assert refused.value.current == {"claim": str(sentence.pk)}
    assert event_count() == before
    assert status(claims[2]).set_aside == Aside.ORPHANED


def test_reviewers_are_shown_the_orphans_that_they_worked_on_whatever_others_did(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    assess(claims[0], ana)
    assess(claims[1], ana)
    assess(claims[1], ben, Label.SOURCED)
    Attribution.objects.create(claim=claims[2], reviewer=ben)
    assess(claims[2], max)
    come(operator, article, UGLY + " Nothing else is left of this page by now.")
    assert set(orphans_for(ana)) == {claims[0], claims[1]}
    assert set(orphans_for(ben)) == {claims[1], claims[2]}
    assert set(orphans_for(max)) == set(claims[:3])


def test_evidence_and_rulings_change_nothing_of_what_others_are_shown(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    seen = Given("https://example.org/seen", "supports")
    add_evidence(by=ben, claim_id=claims[0].pk, given=seen, key=uuid4())
    assess(claims[1], ana)
    rule(claims[1], max)
    come(operator, article, UGLY)
    assert set(orphans_for(ana)) == {claims[1]}
    assert set(orphans_for(ben)) == {claims[0]}


def test_nobody_but_moderators_places_an_orphan_and_others_work_stays_where_it_is(
    revised: Article, claims: list[Claim], ana: User, ben: User, eve: User
) -> None:
    Attribution.objects.create(claim=claims[2], reviewer=ben)
    before = dump(tables())
    for by in (ana, ben, eve):
        with pytest.raises(NotAllowed, match="only a moderator may say where a claim went"):
            put(claims[2], by)
    assert dump(tables()) == before


def test_orphans_that_nobody_touched_are_shown_to_moderators_who_ask(
    revised: Article, claims: list[Claim], operator: User, ana: User, max: User
) -> None:
    come(operator, revised, f"{CLOSED}\n\n{MAYOR}")
    assert claims[3] not in orphans_for(max)
    assert claims[3] in orphans_for(max, everything=True)
    assert claims[3] not in orphans_for(ana, everything=True)
    come(operator, revised, LATER)
    assert set(orphans_for(max, everything=True)) == {claims[2]}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"start": 5, "end": 5, "exact": None}, "do not lie in the text"),
        ({"start": 0, "end": 10**6, "exact": None}, "do not lie in the text"),
        ({"exact": "Something else"}, "not what the page showed"),
        ({"start": len(CLOSED), "end": len(CLOSED) + 2, "exact": "\n\n"}, "words of the headline or the body"),
        ({"reason": "x" * 1_001}, "the most is 1,000"),
    ],
)
def test_what_is_no_place_is_refused(
    revised: Article, claims: list[Claim], max: User, sent: dict[str, object], sentence: str
) -> None:
    before = dump(tables())
    with pytest.raises(Invalid, match=sentence):
        put(claims[2], max, **sent)
    assert dump(tables()) == before


def test_a_place_in_an_older_text_is_a_conflict(
    revised: Article, claims: list[Claim], max: User, operator: User
) -> None:
    shown = now(revised)
    come(operator, revised, LATER.replace(UGLY, "It is a fine bridge after all, many say."))
    with pytest.raises(Conflict, match="text of the article changed"):
        put(claims[2], max, revision_id=shown.pk)


def test_what_is_no_orphan_is_not_placed(revised: Article, claims: list[Claim], max: User) -> None:
    with pytest.raises(Conflict, match="no orphan any more"):
        put(claims[0], max)
    put(claims[2], max)
    with pytest.raises(Conflict, match="no orphan any more"):
        put(claims[2], max)
    with pytest.raises(Gone):
        place_orphan(by=max, claim_id=uuid4(), revision_id=uuid4(), start=0, end=1, exact=None, reason="", key=uuid4())


def test_the_same_form_sent_twice_has_one_effect(revised: Article, claims: list[Claim], max: User) -> None:
    key = uuid4()
    first = put(claims[2], max, key=key)
    before = dump(tables())
    assert put(claims[2], max, key=key) == first
    assert dump(tables()) == before
    with pytest.raises(Conflict, match="key was used"):
        put(claims[2], max, "Whoever drives a lorry", key=key)


def test_in_a_locked_article_nothing_is_placed(revised: Article, claims: list[Claim], max: User) -> None:
    lock(revised, max)
    before = dump(tables())
    with pytest.raises(Conflict, match="This article is locked"):
        put(claims[2], max)
    assert dump(tables()) == before


def test_the_proposed_route_goes_along_where_that_is_sure(revised: Article, claims: list[Claim], max: User) -> None:
    old = at(claims[2]).revision.text
    name = old.index("Mayor Ida Brook")
    sure, lost = ({"kind": "source", "start": start, "end": end} for start, end in ((name, name + 15), (0, 0)))
    lost |= {"start": old.index(TOLL), "end": old.index(TOLL) + len(TOLL)}
    for route, kept in (([sure], True), ([sure, lost], False)):
        Proposal.objects.filter(claim=claims[2]).update(chain=route)
        _carry_spans(at(claims[2]), now(revised).text)
        moved = Proposal.objects.get(claim=claims[2]).chain
        words = [now(revised).text[hop["start"] : hop["end"]] for hop in moved]
        assert words == (["Mayor Ida Brook"] if kept else [])


def test_spans_of_its_attribution_go_along_where_that_is_sure(
    revised: Article, claims: list[Claim], ana: User, max: User
) -> None:
    words = {"source": "The council", "cue": "reportedly"}
    start = at(claims[2]).start
    spans = {n: [start + TOLL.index(w), start + TOLL.index(w) + len(w)] for n, w in words.items()}
    Attribution.objects.create(claim=claims[2], reviewer=ana, words=words, **spans)
    put(claims[2], max)
    attribution = Attribution.objects.get()
    assert (attribution.source, attribution.cue, attribution.content) == (None, None, None)
    assert attribution.words == words


def test_an_orphan_is_given_up_with_a_reason_and_leaves_the_list(
    revised: Article, claims: list[Claim], max: User, operator: User
) -> None:
    give_up(claims[2], max)
    assert status(claims[2]).set_aside == Aside.HIDDEN
    assert not orphans_for(max).exists()
    (event,) = events("claim.hidden")
    assert (event.before, event.reason) == ({"set_aside": "orphaned"}, "It was cut.")
    come(operator, revised, TEXT)
    assert (status(claims[2]).set_aside, at(claims[2]).revision) == (Aside.HIDDEN, now(revised))


def test_what_was_given_up_comes_back_as_an_orphan(revised: Article, claims: list[Claim], max: User) -> None:
    give_up(claims[2], max)
    before = counted(revised)
    restore_claim(
        by=max,
        claim_id=claims[2].pk,
        reason="It is there.",
        expected_version=status(claims[2]).version,
        key=uuid4(),
    )
    assert set(orphans_for(max)) == {claims[2]}
    assert counted(revised) == before
    (event,) = events("claim.restored")
    assert (event.before, event.after) == ({"set_aside": "hidden"}, {"set_aside": "orphaned"})
    put(claims[2], max)
    assert counted(revised) == (before[0] + 1, before[1])


def test_giving_up_is_refused_without_a_reason_to_others_and_for_old_pages(
    revised: Article, claims: list[Claim], max: User, ana: User
) -> None:
    before = dump(tables())
    with pytest.raises(NotAllowed):
        give_up(claims[2], ana)
    with pytest.raises(Invalid, match="Say why it is gone"):
        give_up(claims[2], max, " ")
    with pytest.raises(Conflict, match="Something was done"):
        give_up(claims[2], max, expected_version=0)
    with pytest.raises(Conflict, match="no orphan"):
        give_up(claims[0], max)
    assert dump(tables()) == before


def test_the_likeliest_places_are_offered_and_those_that_are_taken_say_by_what(
    revised: Article, claims: list[Claim], max: User, operator: User
) -> None:
    come(operator, revised, LATER.replace(UGLY, "A toll has been planned by a committee of the council since March."))
    orphan = orphans_for(max).select_related("article__status").get(pk=claims[2].pk)
    offers = offers_for([orphan], max)[claims[2].pk]
    assert offers
    for offer in offers:
        assert now(revised).text[offer.start : offer.end] == offer.words
        assert 0 < offer.percent < 100
        there = Claim.objects.filter(revision=now(revised), start=offer.start, end=offer.end)
        assert offer.taken_by == there.first()
