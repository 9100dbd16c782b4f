"""What a moderator typed is on the page that refuses it, also where the form is closed by then."""

from uuid import uuid4

import pytest

from claims.models import Claim, User
from claims.relations import Relation
from tests import deeds
from tests.cast import MakeArticle, logged_in
from tests.linking import between, link, rule_link

WORDS = "They speak of two bridges."
Pair = tuple[Claim, Claim]


@pytest.fixture
def pair(claim: Claim, make_article: MakeArticle) -> Pair:
    return claim, make_article("The bridge is open.", address="https://example.net/elm").claims.get()


def test_a_ruling_that_is_refused_comes_back_with_its_words(pair: Pair, ana: User, max: User, ada: User) -> None:
    link(*pair, ana, Relation.QUALIFIES, origin=pair[0].pk)
    sent = {"relation": "FRAMES_DIFFERENTLY", "explanation": WORDS, "version": 0}
    address = f"/links/{between(*pair).pk}/rule"
    deeds.hide(pair[0], ada)
    hidden = logged_in(max).post(address, sent | {"key": uuid4()})
    deeds.restore(pair[0], ada)
    link(*pair, max, Relation.UNRELATED)
    own = logged_in(max).post(address, sent | {"key": uuid4()})
    assert (hidden.status_code, own.status_code) == (410, 403)
    assert WORDS in hidden.content.decode()
    assert WORDS in own.content.decode()


def test_a_reopening_that_is_refused_comes_back_with_its_words(pair: Pair, ana: User, max: User, ada: User) -> None:
    link(*pair, ana, Relation.FRAMES_DIFFERENTLY)
    rule_link(*pair, max, Relation.FRAMES_DIFFERENTLY)
    deeds.hide(pair[0], ada)
    sent = {"reason": WORDS, "version": between(*pair).version, "key": uuid4()}
    refused = logged_in(ada).post(f"/links/{between(*pair).pk}/reopen", sent)
    assert refused.status_code == 410
    assert WORDS in refused.content.decode()
