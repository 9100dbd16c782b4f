"""What the times of two claims let them say to each other."""

import pytest

from claims.coverage.claim_times import ClaimTimes, time_rule, times_of
from claims.models import Claim, User
from claims.text.edtf import parse
from tests.linking import dated


def times(event: str = "", as_of: str = "") -> ClaimTimes:
    return ClaimTimes(parse(event) if event else None, parse(as_of) if as_of else None)


@pytest.mark.parametrize(
    ("given", "compared"),
    [
        (times("2023-05", "2024"), "2023-05"),
        (times("unknown", "2024"), "2024"),
        (times(as_of="2024"), "2024"),
        (times("2023", "timeless"), "timeless"),
        (times(), "unknown"),
    ],
)
def test_a_claim_is_compared_by_its_event_else_by_its_as_of(given: ClaimTimes, compared: str) -> None:
    assert given.compared.value == compared


@pytest.mark.parametrize(
    ("a", "b", "overlap", "newer", "words"),
    [
        ("2023-05-22", "2023-05", True, "", ""),
        ("timeless", "2023", True, "", ""),
        ("2020/2023", "2023-12", True, "", ""),
        ("2023-05-22", "2024-02", False, "b", "do not overlap"),
        ("2024-02", "../2023", False, "a", "do not overlap"),
        ("2024", "", None, "", "the time of the second is not known"),
        ("", "timeless", None, "", "the time of the first is not known"),
        ("", "", None, "", "the times of both are not known"),
        ("2024?", "2024", None, "", "not sure"),
    ],
)
def test_only_one_time_lets_two_claims_agree_or_contradict(
    a: str, b: str, overlap: bool | None, newer: str, words: str
) -> None:
    rule = time_rule(times(a), times(b))
    assert (rule.overlap, rule.newer) == (overlap, newer)
    assert words in rule.sentence
    assert bool(rule.sentence) == (overlap is not True)


def test_every_claim_has_an_entry_and_a_time_that_was_taken_back_is_none(
    claims: list[Claim], ana: User, django_assert_num_queries: object
) -> None:
    dated(claims[0], ana, "2024-05")
    dated(claims[1], ana, "2024")
    dated(claims[1], ana, "")
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = times_of(claim.pk for claim in claims)
    assert found[claims[0].pk].compared.value == "2024-05"
    assert found[claims[1].pk] == found[claims[2].pk] == ClaimTimes()
