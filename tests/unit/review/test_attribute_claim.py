"""A reviewer's attribution of a claim: spans of the text, and the route by which a statement came there."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest

from claims.models import Attribution, Claim, ClaimStatus, Hop, Receipt, Source, User
from claims.particulars import Mode, Quote, Scope, SourceKind
from claims.receipts import Outcome
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.attribute_claim import (
    MAX_HOPS,
    MAX_SPAN,
    GivenAttribution,
    GivenHop,
    GivenSpan,
    attribute_claim,
)
from claims.review.lock_article import lock_article
from claims.review.register_source import register_source
from claims.review.retract_assessment import retract_assessment
from claims.review.set_aside import hide_claim
from claims.vocabulary import Label
from tests.cast import TEXT, assess, rule
from tests.unit import ledger

MAYOR = GivenHop(name="Ida Brook", kind=SourceKind.PERSON, role="mayor", party="party")
COUNCIL = GivenHop(occasion="meeting of the council")
GAZETTE = GivenHop(name="The Gazette", kind=SourceKind.OUTLET)


def span(words: str, text: str = TEXT) -> GivenSpan:
    at = text.index(words)
    return GivenSpan(at, at + len(words), words)


WHOLE = GivenAttribution(
    source=span("Mayor Ida Brook"),
    cue=span("said on Monday"),
    content=span("the bridge would open again in May"),
    chain=(MAYOR, COUNCIL, GAZETTE),
    mode=Mode.INDIRECT,
    scope=Scope.SAME,
    quote=Quote.UNVERIFIED,
    is_dated=True,
)


@pytest.fixture
def said(claims: list[Claim]) -> Claim:
    """The claim that the mayor is named for."""
    return claims[1]


def attribute(claim: Claim, by: User, given: GivenAttribution = WHOLE, **other: Any) -> Outcome:
    own = Attribution.objects.filter(claim=claim, reviewer=by).first()
    version = own.version if own else 0
    return attribute_claim(
        **{"by": by, "claim_id": claim.pk, "given": given, "expected_version": version, "key": uuid4()} | other
    )


def source(by: User, name: str, kind: str = SourceKind.PERSON) -> Source:
    return register_source(by=by, name=name, kind=kind, key=uuid4())


def route(claim: Claim, by: User) -> list[str]:
    hops = Hop.objects.filter(attribution__claim=claim, attribution__reviewer=by).order_by("position")
    return [str(hop) for hop in hops.select_related("source")]


def test_everything_that_was_given_is_stored(said: Claim, ana: User) -> None:
    outcome = attribute(said, ana)
    stored = Attribution.objects.get()
    assert (stored.claim_id, stored.reviewer_id, stored.version) == (said.pk, ana.pk, 1)
    assert TEXT[slice(*stored.source)] == "Mayor Ida Brook"
    assert stored.words == {
        "source": "Mayor Ida Brook",
        "cue": "said on Monday",
        "content": "the bridge would open again in May",
    }
    assert (stored.mode, stored.scope, stored.quote, stored.is_dated) == ("indirect", "same", "unverified", True)
    assert route(said, ana) == ["Ida Brook", "meeting of the council", "The Gazette"]
    assert (outcome["version"], outcome["closed"], outcome["source"]) == (1, False, stored.source)
    assert outcome["suggestion"]["strength"] == 4
    assert outcome["chain"][1] == {"occasion": "meeting of the council"}


def test_a_new_source_is_registered_as_it_is_described_and_a_known_one_is_found(said: Claim, ana: User) -> None:
    known = source(ana, "the gazette", SourceKind.OUTLET)
    attribute(said, ana)
    made = Source.objects.get(name="Ida Brook")
    assert (made.kind, made.role, made.party, made.created_by_id) == ("named_person", "mayor", "party", ana.pk)
    assert list(Source.objects.exclude(pk=made.pk)) == [known]
    attribute(said, ana, GivenAttribution(chain=(GivenHop(name="IDA  brook"),)))
    assert Source.objects.count() == 2


def test_a_name_that_nobody_registered_takes_a_kind(said: Claim, ana: User) -> None:
    before = ledger.dump(ledger.tables())
    with pytest.raises(Invalid, match="“Ida Brook” is not among the sources yet"):
        attribute(said, ana, GivenAttribution(chain=(GAZETTE, GivenHop(name="Ida Brook"))))
    with pytest.raises(Invalid, match="Choose what kind of source it is"):
        attribute(said, ana, GivenAttribution(chain=(GivenHop(name="Ida Brook", kind="oracle"),)))
    assert ledger.dump(ledger.tables()) == before


def test_a_source_is_given_by_its_key_unless_another_name_was_written_over_its_own(said: Claim, ana: User) -> None:
    mayor, clerk = source(ana, "Ida Brook"), source(ana, "Tom Reed")
    for name, found in (("", mayor), ("ida brook", mayor), ("Tom Reed", clerk)):
        attribute(said, ana, GivenAttribution(chain=(GivenHop(source=mayor.pk, name=name),)))
        assert Hop.objects.get().source == found


def test_a_source_that_was_merged_stands_for_the_one_that_it_was_merged_into(said: Claim, ana: User) -> None:
    mayor, short = source(ana, "Ida Brook"), source(ana, "Brook")
    Source.objects.filter(pk=short.pk).update(merged_into=mayor)
    for hop in (GivenHop(source=short.pk), GivenHop(source=short.pk, name="Brook"), GivenHop(name="brook")):
        outcome = attribute(said, ana, GivenAttribution(chain=(hop,)))
        assert Hop.objects.get().source == mayor
        assert outcome["chain"] == [{"source": str(mayor.pk)}]


def test_a_source_that_is_not_there_is_gone(said: Claim, ana: User) -> None:
    before = ledger.dump(ledger.tables())
    with pytest.raises(Gone, match="no such source here"):
        attribute(said, ana, GivenAttribution(chain=(MAYOR, GivenHop(source=uuid4(), name="Ida Brook"))))
    assert ledger.dump(ledger.tables()) == before


def test_empty_rows_are_dropped_and_the_rest_keeps_its_order(said: Claim, ana: User) -> None:
    attribute(said, ana, GivenAttribution(chain=(GivenHop(), GAZETTE, GivenHop(name="  "), COUNCIL, GivenHop())))
    assert list(Hop.objects.values_list("position", flat=True)) == [0, 1]
    assert route(said, ana) == ["The Gazette", "meeting of the council"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (GivenAttribution(chain=(COUNCIL,) * (MAX_HOPS + 1)), "The route has 13 steps; the most is 12"),
        (GivenAttribution(chain=(GivenHop(occasion="x" * 201),)), "The occasion has 201 characters; the most is 200"),
        (GivenAttribution(chain=(GivenHop(name="x" * 201),)), "The name of a source has 201 characters"),
        (GivenAttribution(chain=(GivenHop(name="a\x00b"),)), "cannot be stored"),
        (GivenAttribution(chain=(GivenHop(name="…", kind="document"),)), "at least one letter or digit"),
        (GivenAttribution(source=GivenSpan(0, MAX_SPAN + 1)), "The words marked as source are 5,001 characters long"),
        (GivenAttribution(cue=GivenSpan(3, 3)), "do not lie in the text"),
        (GivenAttribution(cue=GivenSpan(-1, 3)), "do not lie in the text"),
        (GivenAttribution(content=GivenSpan(0, len(TEXT) + 1)), "do not lie in the text"),
        (GivenAttribution(cue=GivenSpan(0, 3, "Tha")), "is not what the page showed"),
        (GivenAttribution(mode="loud"), "Choose the mode from its list"),
        (GivenAttribution(scope="near"), "Choose the scope from its list"),
        (GivenAttribution(quote="x" * 90), "Choose the quote from its list"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_a_sentence(
    said: Claim, ana: User, given: GivenAttribution, sentence: str
) -> None:
    before = ledger.dump(ledger.tables())
    with pytest.raises(Invalid, match=sentence):
        attribute(said, ana, given)
    assert ledger.dump(ledger.tables()) == before


def test_words_over_several_lines_may_come_with_other_line_breaks(ana: User, make_article: Any) -> None:
    text = "He said it.\nShe said so, too.\r\n\r\nNobody else did."
    made = make_article(text)
    first = Claim.objects.filter(article=made).in_reading_order()[0]
    shown = text[:30].replace("\r\n", "\n").replace("\n", "\r\n")
    attribute(first, ana, GivenAttribution(content=GivenSpan(0, 30, shown)))
    assert Attribution.objects.get().words["content"] == text[:30]


def test_it_is_stored_anew_in_its_place_with_a_version_more(said: Claim, ana: User) -> None:
    attribute(said, ana)
    outcome = attribute(said, ana, GivenAttribution(cue=span("said"), needs_locator=True))
    stored = Attribution.objects.get()
    assert (stored.version, outcome["version"]) == (2, 2)
    assert (stored.source, stored.mode, stored.is_dated, stored.needs_locator) == (None, "", False, True)
    assert stored.words == {"cue": "said"}
    assert route(said, ana) == []
    assert outcome["suggestion"] == {
        "strength": 0,
        "label": "UNSOURCED",
        "why": "Only a hedge or a cue, and no source behind it: strength 0.",
    }


def test_who_changed_it_elsewhere_is_shown_what_stands(said: Claim, ana: User) -> None:
    attribute(said, ana)
    with pytest.raises(Conflict, match="changed this attribution elsewhere") as refused:
        attribute(said, ana, expected_version=0)
    assert refused.value.current["version"] == 1
    assert len(refused.value.current["chain"]) == 3  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        attribute(said, ana, expected_version=2)


def test_the_same_form_sent_twice_has_one_effect(said: Claim, ana: User) -> None:
    key = uuid4()
    first = attribute(said, ana, expected_version=0, key=key)
    before = ledger.dump(ledger.tables()), ledger.event_count()
    assert attribute(said, ana, expected_version=0, key=key) == first
    assert (ledger.dump(ledger.tables()), ledger.event_count()) == before
    with pytest.raises(Conflict, match="used for another request"):
        attribute(said, ana, GivenAttribution(), expected_version=0, key=key)


def test_the_event_says_where_words_stand_and_neither_it_nor_the_receipt_says_them(said: Claim, ana: User) -> None:
    attribute(said, ana)
    attribute(said, ana, GivenAttribution(content=span("the bridge")))
    first, second = ledger.events("claim.attributed")
    mayor, gazette = Source.objects.get(name="Ida Brook"), Source.objects.get(name="The Gazette")
    assert first.before is None
    assert first.after == second.before
    assert first.after["chain"] == [
        {"source": str(mayor.pk)},
        {"occasion": sha256(b"meeting of the council").hexdigest()},
        {"source": str(gazette.pk)},
    ]
    assert first.after["content"] == [span("the bridge would").start, span("again in May").end]
    assert (second.by_id, second.target_id, second.after["version"]) == (ana.pk, str(said.pk), 2)
    kept = f"{first.after} {second.before} {second.after} {list(Receipt.objects.values_list('outcome'))}"
    assert "Brook" not in kept
    assert "meeting" not in kept
    assert "bridge" not in kept


def test_the_claim_counts_the_write_and_keeps_its_state(said: Claim, ana: User) -> None:
    attribute(said, ana)
    status = ClaimStatus.objects.get(pk=said.pk)
    assert (status.version, status.state, status.given) == (1, "open", 0)


def test_it_stays_when_the_label_is_taken_back(said: Claim, ana: User) -> None:
    assess(said, ana, Label.SOURCED, strength=4)
    attribute(said, ana)
    retract_assessment(by=ana, claim_id=said.pk, expected_version=1, key=uuid4())
    assert Attribution.objects.get().version == 1
    assert attribute(said, ana)["version"] == 2


def test_only_reviewers_attribute_and_each_their_own(said: Claim, ana: User, ben: User, eve: User) -> None:
    with pytest.raises(NotAllowed, match="only a reviewer may label claims"):
        attribute(said, eve)
    attribute(said, ana)
    attribute(said, ben, GivenAttribution(cue=span("said")))
    assert Attribution.objects.count() == 2
    assert route(said, ana) != route(said, ben)


def test_a_claim_that_others_settled_takes_none_and_those_who_agreed_may(
    said: Claim, ana: User, ben: User, max: User
) -> None:
    assess(said, ana, Label.SOURCED)
    assess(said, ben, Label.SOURCED)
    assert attribute(said, ana)["closed"] is False
    with pytest.raises(Conflict, match="settled and takes no attribution by you"):
        attribute(said, max)
    rule(said, max, Label.SOURCED, strength=4)
    with pytest.raises(Conflict, match="settled and takes no attribution by you") as refused:
        attribute(said, ana)
    assert (refused.value.current["version"], refused.value.current["closed"]) == (1, True)


def test_a_locked_article_takes_none(said: Claim, ana: User, max: User) -> None:
    lock_article(by=max, article_id=said.article_id, reason="Wait.", expected_version=said.article.status.version)
    with pytest.raises(Conflict, match="locked this article"):
        attribute(said, ana)
    assert not Attribution.objects.exists()


def test_a_claim_that_is_hidden_or_not_there_takes_none(said: Claim, ana: User, max: User) -> None:
    hide_claim(by=max, claim_id=said.pk, reason="It names a child.", expected_version=0, key=uuid4())
    with pytest.raises(Gone):
        attribute(said, ana)
    with pytest.raises(Gone):
        attribute(said, ana, claim_id=uuid4())
    assert not Attribution.objects.exists()


def test_what_was_answered_once_is_answered_again_also_when_the_claim_is_closed(
    said: Claim, ana: User, max: User
) -> None:
    key: UUID = uuid4()
    first = attribute(said, ana, expected_version=0, key=key)
    rule(said, max, Label.SOURCED, strength=4)
    assert attribute(said, ana, expected_version=0, key=key) == first


def test_the_reason_of_the_label_counts_for_the_suggestion(said: Claim, ana: User) -> None:
    assess(said, ana, Label.UNSOURCED, reason="passive")
    assert attribute(said, ana, GivenAttribution(cue=span("said")))["suggestion"]["strength"] == 1
