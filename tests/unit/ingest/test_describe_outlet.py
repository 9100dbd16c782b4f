"""A moderator says what kind of place an outlet is, and on what basis."""

from uuid import uuid4

import pytest

from claims.ingest.describe_outlet import MAX_NOTE, describe_outlet
from claims.models import Article, OutletStatus, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.vocabulary import OutletKind
from tests.unit.ledger import event_count, events


def describe(article: Article, by: User, kind: str = "state_media", note: str = "", version: int = 0) -> OutletStatus:
    return describe_outlet(by=by, outlet_id=article.outlet_id, kind=kind, note=note, expected_version=version)


def test_an_outlet_begins_as_unknown(article: Article) -> None:
    assert OutletStatus.objects.get().kind == OutletKind.UNKNOWN


def test_kind_and_note_are_stored_with_one_event(article: Article, max: User) -> None:
    status = describe(article, max, note="  Its masthead says so. ")
    assert (status.kind, status.note, status.version) == ("state_media", "Its masthead says so.", 1)
    (event,) = events("outlet.described")
    assert (event.by, event.target_type) == (max, "outlet")
    assert event.before == {"kind": "unknown", "note": ""}
    assert event.after == {"kind": "state_media", "note": "Its masthead says so."}


def test_who_comes_second_compares_first(article: Article, max: User, ada: User) -> None:
    describe(article, max)
    with pytest.raises(Conflict, match="Somebody described this outlet"):
        describe(article, ada, kind="republisher", version=0)
    assert describe(article, ada, kind="republisher", version=1).version == 2


@pytest.mark.parametrize(
    ("kind", "note", "sentence"),
    [
        ("good", "", "Choose one of the kinds"),
        ("", "", "Choose one of the kinds"),
        ("unknown", "x" * (MAX_NOTE + 1), "the most is 1,000"),
        ("unknown", "a\x00b", "cannot be stored"),
        ("unknown", "a\ud800b", "cannot be stored"),
    ],
)
def test_what_cannot_be_stored_is_refused(article: Article, max: User, kind: str, note: str, sentence: str) -> None:
    before = event_count()
    with pytest.raises(Invalid, match=sentence):
        describe(article, max, kind=kind, note=note)
    assert OutletStatus.objects.get().version == 0
    assert event_count() == before


def test_only_moderators_describe(article: Article, ana: User, max: User) -> None:
    with pytest.raises(NotAllowed):
        describe(article, ana)
    with pytest.raises(Gone):
        describe_outlet(by=max, outlet_id=uuid4(), kind="unknown", note="", expected_version=0)
