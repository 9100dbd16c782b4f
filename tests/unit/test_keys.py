"""Keys computed from content: the same text meets the same rows again."""

from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.models.keys import MAX_OFFSET, named_key, revision_key, span_key
from claims.text.decode import MAX_BYTES
from claims.vocabulary import ClaimUnit

spans = st.tuples(st.integers(0, MAX_OFFSET - 1), st.integers(1, MAX_OFFSET)).filter(lambda span: span[0] < span[1])
units = st.sampled_from(ClaimUnit)
REVISION = revision_key(named_key("article", "https://example.org/"), "0" * 64)


@given(spans, units, spans, units)
def test_two_spans_have_one_key_only_if_they_are_the_same(one: tuple, unit: ClaimUnit, two: tuple, other: ClaimUnit):
    same = (one, unit) == (two, other)
    assert (span_key(REVISION, *one, unit) == span_key(REVISION, *two, other)) == same


@given(spans, spans, units, units)
def test_keys_of_one_text_sort_in_reading_order(one: tuple, two: tuple, unit: ClaimUnit, other: ClaimUnit) -> None:
    assume(one != two)
    in_order = span_key(REVISION, *one, unit) < span_key(REVISION, *two, other)
    assert in_order == (one < two)
    assert (span_key(REVISION, *one, unit).hex < span_key(REVISION, *two, other).hex) == in_order


@given(st.uuids(), st.uuids(), spans, units)
def test_claims_of_two_texts_do_not_mix(article: UUID, other: UUID, span: tuple, unit: ClaimUnit) -> None:
    assume(article != other)
    one, two = (revision_key(key, "a" * 64) for key in (article, other))
    first, last = span_key(one, 0, 1, ClaimUnit.SENTENCE), span_key(one, MAX_OFFSET - 1, MAX_OFFSET, ClaimUnit.SPAN)
    assert not first <= span_key(two, *span, unit) <= last


@given(spans, units)
def test_every_key_is_a_uuid_of_version_8(span: tuple[int, int], unit: ClaimUnit) -> None:
    for key in (REVISION, span_key(REVISION, *span, unit), named_key("outlet", "example.org")):
        assert key.version == 8
        assert key.variant == "specified in RFC 4122"


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (4, 3), (0, MAX_OFFSET + 1), (0, 0)])
def test_a_span_that_no_text_can_have_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="No span of a text"):
        span_key(REVISION, *span, ClaimUnit.SENTENCE)


def test_every_offset_of_the_longest_text_has_a_key() -> None:
    assert MAX_BYTES <= MAX_OFFSET


def test_a_key_is_the_same_today_and_tomorrow() -> None:
    # Written down: keys that change with a version of Python or of this code would orphan everybody's work.
    assert str(named_key("outlet", "example.org")) == "5cfcca6c-4fb7-8747-8d99-fb9f2fd53770"
    assert str(REVISION) == "a17832a2-c802-817e-b69b-e50501301c66"
    assert str(span_key(REVISION, 10, 45, ClaimUnit.SENTENCE)) == "a17832a2-c802-817e-8000-0280000b4000"


def test_the_kind_is_part_of_a_named_key() -> None:
    assert named_key("outlet", "example.org") != named_key("article", "example.org")


def test_the_same_bytes_in_two_articles_are_two_revisions() -> None:
    assert revision_key(uuid4(), "a" * 64) != revision_key(uuid4(), "a" * 64)
