"""A changed text comes into force: claims move along with all that was said of them, or wait as orphans."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import audit
from claims.ingest.read_article import Read, read_article
from claims.ingest.store_article import Stored, store_article
from claims.models import (
    Anchor,
    Article,
    ArticleStatus,
    Assessment,
    Attribution,
    Claim,
    ClaimStatus,
    Proposal,
    Revision,
    User,
)
from claims.models.keys import span_key
from claims.text.reading import propose
from claims.text.search_words import searchable
from claims.vocabulary import Aside, ClaimUnit, Label
from tests.cast import TEXT, assess, rule
from tests.deeds import counted, hide, lock, retire, status, unlock
from tests.unit.ledger import events

ADDRESS = "https://example.org/bridge"
CLOSED, MAYOR, TOLL, UGLY = TEXT.split("\n\n")
NEWS = "Two new lamps were hung on its northern tower by the fire brigade."
LONGER = TEXT.replace(CLOSED, f"{CLOSED}\n\n{NEWS}")
REWORDED = TEXT.replace("would open again in May", "would open again in early June")
SHORTER = TEXT.replace(f"{TOLL}\n\n", "")


def bring(operator: User, text: str, address: str = ADDRESS) -> Stored:
    return store_article(by=operator, raw=text.encode(), address=address)


def revise(operator: User, article: Article, text: str) -> Read:
    """The text comes in at the article's address and is read."""
    bring(operator, text, article.address)
    return read_article(by=operator, article=article)


def at(claim: Claim) -> Claim:
    """The claim as it stands now."""
    return Claim.objects.select_related("status", "revision").get(pk=claim.pk)


def in_force(article: Article) -> Revision:
    return Revision.objects.get(pk=ArticleStatus.objects.get(article=article).revision_id)


def is_right(claim: Claim) -> bool:
    """Whether its row says what stands at its place."""
    text = claim.revision.text
    return (claim.exact, claim.prefix, claim.suffix, claim.folded) == (
        text[claim.start : claim.end],
        text[max(0, claim.start - 32) : claim.start],
        text[claim.end : claim.end + 32],
        searchable(claim.exact),
    )


def test_claims_move_to_the_new_text_and_anchors_keep_where_they_stood(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[1], ana, Label.SOURCED)
    old = in_force(article)
    done = revise(operator, article, LONGER)
    new = in_force(article)
    assert (done.moved, done.reworded, done.orphaned, done.returned, done.opened) == (4, 0, 0, 0, 1)
    for claim in claims:
        moved = at(claim)
        assert moved.revision == new
        assert moved.exact == claim.exact
        assert is_right(moved)
        anchor = Anchor.objects.get(claim=claim)
        assert (anchor.revision, anchor.start, anchor.end, anchor.exact) == (old, claim.start, claim.end, claim.exact)
        assert (anchor.prefix, anchor.suffix, anchor.zone) == (claim.prefix, claim.suffix, claim.zone)
        assert anchor.confidence >= 0.8
    assert at(claims[1]).start > claims[1].start
    assert Assessment.objects.get().claim_id == claims[1].pk
    assert counted(article) == (5, 0)


def test_a_moved_claim_has_no_twin_and_new_sentences_are_opened_with_proposals(
    operator: User, article: Article, claims: list[Claim]
) -> None:
    revise(operator, article, LONGER)
    there = list(Claim.objects.filter(revision=in_force(article)).in_reading_order())
    assert [claim.exact for claim in there] == [CLOSED, NEWS, MAYOR, TOLL, UGLY]
    assert {claim.pk for claim in there} > {claim.pk for claim in claims}
    proposed = {(one.start, one.end) for one in propose(in_force(article).text) if one.proposed}
    stored = Proposal.objects.filter(claim__in=there)
    assert {(one.claim.start, one.claim.end) for one in stored.select_related("claim")} == proposed
    for proposal in Proposal.objects.filter(claim__in=there).select_related("claim__revision"):
        if proposal.cue and proposal.label != Label.OPINION:
            cue = proposal.claim.revision.text[slice(*proposal.cue)]
            assert cue.split()[0] in ("said", "reportedly")


def test_only_claims_with_work_on_them_are_named_in_the_log_and_no_word_of_a_text_is(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[1], ana)
    before = in_force(article)
    revise(operator, article, LONGER)
    (revised,) = events("article.revised")
    assert (revised.by, revised.target_id) == (operator, str(article.pk))
    assert revised.before == {"sha256": before.sha256}
    counts = {"moved": 4, "reworded": 0, "orphaned": 0, "returned": 0, "opened": 1}
    assert revised.after == {"sha256": in_force(article).sha256} | counts
    (moved,) = events("claim.moved")
    claim = at(claims[1])
    assert moved.target_id == str(claim.pk)
    assert (moved.before["start"], moved.before["end"]) == (claims[1].start, claims[1].end)
    assert (moved.after["start"], moved.after["end"], moved.after["reworded"]) == (claim.start, claim.end, False)
    said = " ".join(str([event.before, event.after, event.reason]) for event in events()).lower()
    assert not [word for word in ("mayor", "toll", "closed", "lamps", "ugliest") if word in said]
    assert audit.verify() is None


def test_words_that_changed_are_marked_where_somebody_judged_them_and_the_judgement_stays(
    operator: User, article: Article, claims: list[Claim], ana: User, ben: User
) -> None:
    assess(claims[1], ana, Label.SOURCED)
    assess(claims[1], ben, Label.SOURCED)
    version = status(claims[1]).version
    done = revise(operator, article, REWORDED)
    moved = at(claims[1])
    assert (done.moved, done.reworded, done.orphaned) == (4, 1, 0)
    assert moved.exact == MAYOR.replace("in May", "in early June")
    assert is_right(moved)
    assert (moved.status.settled_label, moved.status.version) == (Label.SOURCED, version + 1)
    assert moved.status.text_changed_at is not None
    assert {status(claim).text_changed_at for claim in claims if claim != claims[1]} == {None}
    assert counted(article) == (4, 1)


def test_words_that_changed_under_nobodys_judgement_are_not_marked(
    operator: User, article: Article, claims: list[Claim]
) -> None:
    assert revise(operator, article, REWORDED).reworded == 1
    assert (status(claims[1]).text_changed_at, status(claims[1]).version) == (None, 0)
    assert events("claim.moved") == []


def test_spaces_and_glyphs_alone_are_no_change_of_words(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[1], ana)
    done = revise(operator, article, TEXT.replace("the bridge would", "the\u00a0bridge\nwould"))
    assert (done.moved, done.reworded) == (4, 0)
    assert status(claims[1]).text_changed_at is None


def test_words_that_are_gone_leave_an_orphan_in_the_earlier_text(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[2], ana, Label.UNSOURCED)
    version = status(claims[2]).version
    old = in_force(article)
    done = revise(operator, article, SHORTER)
    lost = at(claims[2])
    assert (done.moved, done.orphaned, done.opened, done.claims) == (3, 1, 0, 3)
    assert (lost.revision, lost.exact, lost.status.set_aside) == (old, TOLL, Aside.ORPHANED)
    assert (lost.status.version, lost.status.takes_work) == (version + 1, False)
    anchor = Anchor.objects.get(claim=lost)
    assert anchor.revision == old
    assert anchor.set_aside == ""
    assert anchor.confidence < 0.8
    (event,) = events("claim.orphaned")
    assert (event.target_id, event.by) == (str(lost.pk), operator)
    assert counted(article) == (3, 0)
    assert Assessment.objects.get().claim_id == lost.pk


def test_an_orphan_that_nobody_touched_stays_readable_and_leaves_no_event(
    operator: User, article: Article, claims: list[Claim]
) -> None:
    revise(operator, article, SHORTER)
    assert (status(claims[2]).set_aside, status(claims[2]).version) == (Aside.ORPHANED, 0)
    assert events("claim.orphaned") == []


def test_a_settled_claim_that_is_lost_is_not_counted_and_comes_back_settled(
    operator: User, article: Article, claims: list[Claim], max: User
) -> None:
    rule(claims[2], max, Label.OPINION)
    rule(claims[0], max, Label.UNSOURCED)
    assert counted(article) == (4, 2)
    revise(operator, article, SHORTER)
    assert counted(article) == (3, 1)
    assert Anchor.objects.get(claim=claims[2]).settled_label == Label.OPINION
    done = revise(operator, article, LONGER)
    back = at(claims[2])
    assert (done.returned, done.orphaned, back.status.set_aside) == (1, 0, "")
    assert (back.revision, back.status.settled_label, back.status.takes_work) == (in_force(article), "OPINION", True)
    assert back.status.text_changed_at is None
    assert is_right(back)
    assert counted(article) == (5, 2)


def test_hidden_and_retired_claims_move_along_and_keep_what_they_are(
    operator: User, article: Article, claims: list[Claim], max: User
) -> None:
    hide(claims[0], max)
    retire(claims[3], max, "It is the ugliest bridge", "in the country")
    hide(claims[2], max)
    revise(operator, article, SHORTER.replace(CLOSED, f"{CLOSED}\n\n{NEWS}"))
    assert {str(at(claim).revision_id) for claim in (claims[0], claims[3])} == {str(in_force(article).pk)}
    assert [status(claims[n]).set_aside for n in (0, 2, 3)] == [Aside.HIDDEN, Aside.HIDDEN, Aside.RETIRED]
    parts = Claim.objects.filter(unit=ClaimUnit.SPAN).in_reading_order()
    assert [part.exact for part in parts] == ["It is the ugliest bridge", "in the country"]
    assert {part.revision_id for part in parts} == {in_force(article).pk}
    assert counted(article) == (4, 0)  # the mayor's, the new one, two parts
    revise(operator, article, TEXT)
    assert status(claims[2]).set_aside == Aside.HIDDEN
    assert at(claims[2]).revision == in_force(article)
    assert counted(article) == (3, 0)


def test_a_claims_key_that_moved_away_is_not_taken_twice(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    """Another sentence can come to stand exactly where a claim stood that moved away from that text."""
    assess(claims[0], ana)
    revise(operator, article, f"{UGLY}\n\n{TEXT.removesuffix(UGLY).strip()}")
    revision = in_force(article)
    first = Claim.objects.filter(revision=revision).in_reading_order()[0]
    assert first.pk == claims[3].pk
    # Somebody reads the moved one away, and its old place is a sentence again.
    key = span_key(revision.pk, first.start, first.end, ClaimUnit.SENTENCE)
    moved = at(claims[0])
    Claim.objects.filter(pk=first.pk).delete()
    Claim.objects.bulk_create(
        [
            Claim(
                pk=key,
                **{f.attname: getattr(moved, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key},
            )
        ]
    )
    ClaimStatus.objects.create(claim_id=key, version=1)
    done = read_article(by=operator, article=article)
    assert done.opened == 1
    opened = Claim.objects.filter(revision=revision).in_reading_order()[0]
    assert (opened.exact, opened.pk == key) == (UGLY, False)
    assert read_article(by=operator, article=article).opened == 0


def test_spans_of_attributions_move_with_their_claim_and_what_is_not_sure_is_null(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[1], ana, Label.SOURCED)
    start = claims[1].start
    words = {"source": "Mayor Ida Brook", "cue": "said on Monday", "content": "open again in May"}
    spans = {name: [start + MAYOR.index(part), start + MAYOR.index(part) + len(part)] for name, part in words.items()}
    Attribution.objects.create(claim=claims[1], reviewer=ana, words=words, **spans)
    revise(operator, article, LONGER)
    text, moved = in_force(article).text, Attribution.objects.get()
    assert {name: text[slice(*getattr(moved, name))] for name in words} == words
    revise(operator, article, TEXT.replace("would open again in May", "would stay as it is until the toll is decided"))
    text, moved = in_force(article).text, Attribution.objects.get()
    assert moved.words == words
    assert moved.content is None or at(claims[1]).status.set_aside
    for name in ("source", "cue"):
        if getattr(moved, name) and not at(claims[1]).status.set_aside:
            assert text[slice(*getattr(moved, name))] == words[name]


def test_the_proposal_that_people_judged_beside_goes_along(
    operator: User, article: Article, claims: list[Claim], ana: User
) -> None:
    assess(claims[2], ana)
    Proposal.objects.filter(claim=claims[2]).update(rule="older")
    revise(operator, article, LONGER)
    proposal = Proposal.objects.get(claim=claims[2])
    assert proposal.rule == "older"
    assert in_force(article).text[slice(*proposal.cue)] == "reportedly"


def test_claims_of_a_locked_article_take_no_work_in_the_new_text_either(
    operator: User, article: Article, claims: list[Claim], max: User
) -> None:
    lock(article, max)
    revise(operator, article, LONGER)
    assert set(ClaimStatus.objects.values_list("takes_work", flat=True)) == {False}
    unlock(article, max)
    assert ClaimStatus.objects.filter(takes_work=True).count() == 5


def test_a_place_in_page_furniture_is_none(operator: User, article: Article, claims: list[Claim], ana: User) -> None:
    assess(claims[3], ana)
    revise(operator, article, f"{CLOSED}\n\n{MAYOR}\n\n{TOLL}\n\nReader comments (1)\n\nPaul says:\n{UGLY}\n")
    there = at(claims[3])
    assert there.status.set_aside == Aside.ORPHANED or there.zone in {"headline", "body"}
    assert not Claim.objects.exclude(zone__in=["headline", "body"]).exists()


def test_two_claims_that_would_stand_at_one_place_do_not(
    operator: User, make_article: object, ana: User, ben: User
) -> None:
    text = f"{CLOSED}\n\n{MAYOR}\n\n{CLOSED}\n\n{UGLY}"
    article = make_article(text, ADDRESS)  # type: ignore[operator]
    first, _, second, _ = Claim.objects.filter(article=article).in_reading_order()
    assess(first, ana)
    assess(second, ben)
    revise(operator, article, f"{CLOSED}\n\n{MAYOR}\n\n{UGLY}")
    places = [(c.start, c.end) for c in Claim.objects.filter(revision=in_force(article), status__set_aside="")]
    assert len(places) == len(set(places)) == 3


def test_five_thousand_claims_move_in_a_bounded_number_of_queries(
    operator: User, make_article: object, ana: User
) -> None:
    sentences = [
        f"Town {n} said on day {n} that bridge number {n * 7} over the river would open again." for n in range(5_000)
    ]
    article = make_article("\n\n".join(sentences), ADDRESS)  # type: ignore[operator]
    for claim in Claim.objects.filter(article=article).in_reading_order()[:20]:
        assess(claim, ana)
    del sentences[4_000]
    sentences.insert(2_500, "A sentence that stood nowhere before was put in by the newspaper.")
    bring(operator, "\n\n".join(sentences))
    with CaptureQueriesContext(connection) as done:
        read = read_article(by=operator, article=article)
    assert (read.moved, read.orphaned, read.opened) == (4_999, 1, 1)
    print(len(done))
    assert len(done) < 700
    assert len(events("claim.moved")) == 20
    assert audit.verify() is None
