"""Labels, attributions and rulings given by programs: the same effect as on the pages, once, in the right version."""

from uuid import uuid4

import pytest

from claims.models import Assessment, Attribution, Claim, ClaimStatus, Event, Ruling, User
from claims.transfers import Scope
from claims.vocabulary import EventKind, Label
from tests.api.program import Program
from tests.cast import assess

UNSOURCED = {"label": "UNSOURCED", "strength": 0, "reason": "hedge", "note": "Nobody <b>behind</b> it & 2 < 3."}


def test_a_label_is_stored_as_the_page_stores_it(ana: User, claim: Claim) -> None:
    answer = Program(ana).put(f"claims/{claim.pk}/label", UNSOURCED, version=0)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"1"'
    own = Assessment.objects.get(claim=claim, reviewer=ana)
    assert (own.label, own.strength, own.reason, own.version, own.blind) == ("UNSOURCED", 0, "hedge", 1, True)
    event = Event.objects.order_by("number").last()
    assert event is not None
    assert (event.kind, event.by, event.target_id) == (EventKind.CLAIM_ASSESSED, ana, str(claim.pk))


def test_a_note_comes_back_as_it_was_typed(ana: User, claim: Claim) -> None:
    answer = Program(ana).put(f"claims/{claim.pk}/label", UNSOURCED | {"note": "2 < 3 & 4 > 3"}, version=0)
    assert answer.json()["note"] == "2 < 3 & 4 > 3"


def test_a_label_that_is_sent_twice_is_stored_once_and_answered_the_same(ana: User, claim: Claim) -> None:
    program, key = Program(ana), uuid4()
    first, second = (program.put(f"claims/{claim.pk}/label", UNSOURCED, version=0, key=key) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Event.objects.filter(kind=EventKind.CLAIM_ASSESSED).count() == 1


def test_the_same_key_with_another_label_is_a_conflict(ana: User, claim: Claim) -> None:
    program, key = Program(ana), uuid4()
    program.put(f"claims/{claim.pk}/label", UNSOURCED, version=0, key=key)
    for version in (0, 1):
        answer = program.put(f"claims/{claim.pk}/label", {"label": "OPINION"}, version=version, key=key)
        assert answer.status_code == 409
        assert "key was used" in answer.json()["detail"]
    assert Assessment.objects.get().label == Label.UNSOURCED


def test_an_old_version_is_answered_with_both_states(ana: User, claim: Claim) -> None:
    assess(claim, ana, Label.OPINION)
    answer = Program(ana).put(f"claims/{claim.pk}/label", UNSOURCED, version=0)
    assert answer.status_code == 412
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["current"]["label"], told["current"]["version"]) == ("OPINION", 1)
    assert told["yours"] == UNSOURCED
    assert Assessment.objects.get().label == Label.OPINION


def test_without_a_version_nothing_is_changed(ana: User, claim: Claim) -> None:
    assert Program(ana).put(f"claims/{claim.pk}/label", UNSOURCED).status_code == 428
    assert not Assessment.objects.exists()


def test_a_settled_claim_is_a_conflict_and_no_old_version(ana: User, ben: User, max: User, claim: Claim) -> None:
    for who in (ben, max):
        assess(claim, who, Label.OPINION)
    answer = Program(ana).put(f"claims/{claim.pk}/label", UNSOURCED, version=0)
    assert answer.status_code == 409
    assert "settled as opinion" in answer.json()["detail"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"label": "TRUE"},
        UNSOURCED | {"strength": 5},
        UNSOURCED | {"strength": "many"},
        UNSOURCED | {"note": "x" * 100_000},
        UNSOURCED | {"note": "a\x00b"},
        UNSOURCED | {"note": "\ud800"},
        UNSOURCED | {"strenght": 1},
        UNSOURCED | {"revision": "none"},
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(sent: dict[str, object], ana: User, claim: Claim) -> None:
    answer = Program(ana).put(f"claims/{claim.pk}/label", sent, version=0)
    assert answer.status_code == 400
    told = answer.json()
    assert told["detail"].endswith(".")
    assert all(error["detail"] for error in told.get("errors", []))
    assert not Assessment.objects.exists()


def test_a_body_beyond_every_size_is_refused_unread(ana: User, claim: Claim) -> None:
    answer = Program(ana).put(f"claims/{claim.pk}/label", UNSOURCED | {"note": "x" * 300_000}, version=0)
    assert answer.status_code == 413
    assert "more than 256,000 bytes" in answer.json()["detail"]


def test_a_label_is_taken_back_and_put_back(ana: User, claim: Claim) -> None:
    program = Program(ana)
    program.put(f"claims/{claim.pk}/label", UNSOURCED, version=0)
    gone = program.delete(f"claims/{claim.pk}/label", version=1)
    assert (gone.status_code, gone.json()["label"], gone.json()["version"]) == (200, "", 0)
    assert not Assessment.objects.exists()
    back = program.post(f"claims/{claim.pk}/label/restore", {"restored": 1}, version=0)
    assert (back.status_code, back.json()["label"], back.json()["version"]) == (200, "UNSOURCED", 2)


def test_an_attribution_is_stored_with_its_sources(ana: User, claims: list[Claim]) -> None:
    claim = claims[1]
    words = "Mayor Ida Brook"
    sent = {
        "source": {"start": claim.start, "end": claim.start + len(words), "exact": words},
        "chain": [{"name": "Ida Brook", "kind": "named_person"}, {"occasion": "a press conference"}],
        "mode": "indirect",
    }
    answer = Program(ana).put(f"claims/{claim.pk}/attribution", sent, version=0)
    assert answer.status_code == 200, answer.json()
    stored = Attribution.objects.get(claim=claim, reviewer=ana)
    assert stored.words["source"] == words
    assert [hop.source.name if hop.source else hop.occasion for hop in stored.hops.all()] == [
        "Ida Brook", "a press conference",
    ]  # fmt: skip
    again = Program(ana).put(f"claims/{claim.pk}/attribution", sent, version=0)
    assert (again.status_code, again.json()["current"]["version"]) == (412, 1)


def test_a_moderator_rules_with_a_reason(max: User, claim: Claim) -> None:
    sent = {"label": "OPINION", "explanation": "An evaluation."}
    answer = Program(max).put(f"claims/{claim.pk}/ruling", sent, version=0)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert Ruling.objects.get().label == Label.OPINION
    reopened = Program(max).post(
        f"claims/{claim.pk}/reopen", {"reason": "A source came to light."},
        version=ClaimStatus.objects.get(pk=claim.pk).version,
    )  # fmt: skip
    assert (reopened.status_code, reopened.json()["state"]) == (200, "open")
    back = Program(max).post(f"claims/{claim.pk}/ruling/restore", {"restored": 1}, version=0)
    assert (back.status_code, back.json()["version"]) == (200, 2)


def test_a_ruling_that_overrides_needs_its_reason(max: User, ana: User, claim: Claim) -> None:
    assess(claim, ana, Label.UNSOURCED)
    answer = Program(max).put(f"claims/{claim.pk}/ruling", {"label": "OPINION"}, version=0)
    assert answer.status_code == 400
    assert "Say in a sentence why" in answer.json()["detail"]


def test_a_token_that_only_reads_labels_nothing(ana: User, claim: Claim) -> None:
    answer = Program(ana, Scope.READ).put(f"claims/{claim.pk}/label", UNSOURCED, version=0)
    assert answer.status_code == 403
    assert "lacks the scope “review”" in answer.json()["detail"]
    assert not Assessment.objects.exists()


def test_a_moderators_token_for_reviewing_does_not_rule(max: User, claim: Claim) -> None:
    answer = Program(max, Scope.REVIEW).put(f"claims/{claim.pk}/ruling", {"label": "OPINION"}, version=0)
    assert answer.status_code == 403
    assert not Ruling.objects.exists()
