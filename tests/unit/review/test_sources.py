"""The registry of sources: one of each, described, merged, and taken apart again as it was."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from claims import audit
from claims.models import Source, SourceWord, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from claims.review.describe_source import describe_source
from claims.review.merge_sources import MAX_REASON, merge_sources, unmerge_source
from claims.review.register_source import MAX_NAME, MAX_NOTE, MAX_ROLE, register_source
from claims.review.sources import MAX_QUERY, SUGGESTED, find_named, suggest
from claims.vocabulary import EventKind
from tests.unit import ledger

PERSON, BODY = "named_person", "named_body"


def source(by: User, name: str, kind: str = PERSON, **parts: str) -> Source:
    return register_source(by=by, name=name, kind=kind, key=uuid4(), **parts)


def describe(by: User, one: Source, **parts: Any) -> dict[str, Any]:
    said = {"name": one.name, "kind": one.kind, "expected_version": one.version, "key": uuid4()}
    return describe_source(by=by, source_id=one.pk, **(said | parts))


def merge(by: User, one: Source, into: Source, reason: str = "The same man.", key: UUID | None = None) -> Any:
    one.refresh_from_db()
    into.refresh_from_db()
    return merge_sources(
        by=by, source_id=one.pk, into_id=into.pk, reason=reason,
        source_version=one.version, into_version=into.version, key=key or uuid4(),
    )  # fmt: skip


def unmerge(by: User, one: Source, reason: str = "They differ.", key: UUID | None = None) -> Any:
    one.refresh_from_db()
    return unmerge_source(
        by=by, source_id=one.pk, reason=reason, expected_version=one.version, key=key or uuid4()
    )  # fmt: skip


def pointers() -> dict[str, str | None]:
    return {one.name: one.merged_into and one.merged_into.name for one in Source.objects.select_related("merged_into")}


# Registering


def test_a_source_is_stored_with_its_words_and_an_event(ana: User) -> None:
    key = uuid4()
    made = register_source(
        by=ana, name="  Kremlin   spokesman Dmítry Peskov ", kind=PERSON, role=" press  secretary ",
        party="party", note=" Speaks daily. ", key=key,
    )  # fmt: skip
    made.refresh_from_db()
    assert made.pk == key
    assert (made.name, made.role, made.party, made.note) == (
        "Kremlin spokesman Dmítry Peskov", "press secretary", "party", "Speaks daily.",
    )  # fmt: skip
    assert made.folded == "kremlin spokesman dmitry peskov"
    assert set(made.words.values_list("word", flat=True)) == {"kremlin", "spokesman", "dmitry", "peskov"}
    (event,) = ledger.events(EventKind.SOURCE_CREATED)
    assert (event.by, event.target_id, event.after and event.after["name"]) == (ana, str(key), made.name)


def test_the_same_name_and_kind_gives_the_source_that_is_there(ana: User, ben: User) -> None:
    made, key = source(ana, "Dmitry Peskov", role="spokesman"), uuid4()
    again = register_source(by=ben, name="DMITRY  Peskov", kind=PERSON, role="another", key=key)
    assert again == made
    assert again.pk != key
    assert again.role == "spokesman"
    assert Source.objects.count() == 1
    assert source(ben, "Dmitry Peskov", BODY) != made
    assert len(ledger.events(EventKind.SOURCE_CREATED)) == 2


def test_a_name_that_was_merged_gives_what_it_was_merged_into(ana: User, max: User) -> None:
    short, full = source(ana, "Peskov"), source(ana, "Dmitry Peskov")
    merge(max, short, full)
    assert source(ana, "peskov") == full
    assert find_named("PESKOV", PERSON) == full
    assert find_named("peskov") == full


def test_sending_the_form_twice_makes_one_source(ana: User) -> None:
    key = uuid4()
    first = register_source(by=ana, name="Dmitry Peskov", kind=PERSON, key=key)
    before = ledger.event_count()
    assert register_source(by=ana, name="Dmitry Peskov", kind=PERSON, key=key) == first
    assert ledger.event_count() == before


def test_a_key_that_came_before_with_another_name_or_from_another_person_is_refused(ana: User, ben: User) -> None:
    key = uuid4()
    register_source(by=ana, name="Dmitry Peskov", kind=PERSON, key=key)
    with pytest.raises(Conflict, match="of another name"):
        register_source(by=ana, name="Maria Zakharova", kind=PERSON, key=key)
    with pytest.raises(Conflict):
        register_source(by=ben, name="Dmitry Peskov", kind=PERSON, key=key)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"name": "  "}, "Give the source a name"),
        ({"name": "?!…"}, "at least one letter or digit"),
        ({"name": "x" * (MAX_NAME + 1)}, "The name has 201 characters; the most is 200"),
        ({"name": "a\x00b"}, "cannot be stored"),
        ({"kind": "king"}, "Choose what kind"),
        ({"kind": ""}, "Choose what kind"),
        ({"party": "x"}, "a party to the conflict"),
        ({"role": "x" * (MAX_ROLE + 1)}, "The role has 201"),
        ({"note": "x" * (MAX_NOTE + 1)}, "The note has 2,001"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_sentence(ana: User, parts: dict[str, str], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        register_source(**({"by": ana, "name": "N", "kind": PERSON, "key": uuid4()} | parts))  # type: ignore[arg-type]
    assert not Source.objects.exists()


@pytest.mark.parametrize("name", ["ﷺ" * 200, "ǆ" * 200, "क्षि" * 50, "𝐀" * 200, "東京都知事" * 40])
def test_a_name_of_any_characters_fits_what_is_kept_of_it(ana: User, name: str) -> None:
    made = source(ana, name)
    made.refresh_from_db()
    assert made.name == name
    assert find_named(name) == made
    assert [found.source for found in suggest(name)] == [made]


def test_people_without_a_role_register_nothing(eve: User) -> None:
    with pytest.raises(NotAllowed):
        source(eve, "Dmitry Peskov")


# Describing


def test_any_reviewer_can_describe_a_source_anew(ana: User, ben: User) -> None:
    made = source(ana, "Peskov")
    outcome = describe(ben, made, name="Dmitry Peskov", role="spokesman")
    made.refresh_from_db()
    assert (made.name, made.folded, made.role, made.version) == ("Dmitry Peskov", "dmitry peskov", "spokesman", 2)
    assert outcome["version"] == 2
    assert set(made.words.values_list("word", flat=True)) == {"dmitry", "peskov"}
    (event,) = ledger.events(EventKind.SOURCE_DESCRIBED)
    assert event.before
    assert event.after
    assert (event.before["name"], event.after["name"]) == ("Peskov", "Dmitry Peskov")


def test_a_description_of_a_source_that_changed_since_is_refused_with_what_is_stored(ana: User, ben: User) -> None:
    made = source(ana, "Peskov")
    describe(ben, made, note="Spokesman.")
    with pytest.raises(Conflict, match="changed this source") as refused:
        describe(ana, made, note="Mine.")
    assert refused.value.current["note"] == "Spokesman."


def test_a_description_sent_twice_has_one_effect(ana: User) -> None:
    made, key = source(ana, "Peskov"), uuid4()
    first = describe(ana, made, note="Once.", key=key)
    before = ledger.event_count()
    assert describe(ana, made, note="Once.", key=key) == first
    assert ledger.event_count() == before
    with pytest.raises(Conflict):
        describe(ana, made, note="Other.", key=key)


def test_a_source_cannot_take_the_name_of_another(ana: User) -> None:
    source(ana, "Dmitry Peskov")
    other = source(ana, "Peskov")
    with pytest.raises(Conflict, match="Another source is called “Dmitry Peskov”"):
        describe(ana, other, name="Dmitry Peskov")
    describe(ana, other, name="Dmitry Peskov", kind=BODY)


def test_what_was_merged_or_is_not_there_cannot_be_described(ana: User, max: User, eve: User) -> None:
    short, full = source(ana, "Peskov"), source(ana, "Dmitry Peskov")
    with pytest.raises(NotAllowed):
        describe(eve, short)
    merge(max, short, full)
    short.refresh_from_db()
    with pytest.raises(Conflict, match="was merged into “Dmitry Peskov”"):
        describe(ana, short, note="x")
    short.pk = uuid4()
    with pytest.raises(Gone):
        describe(ana, short)


# Merging


def test_merging_keeps_both_and_says_so_in_the_history_of_both(ana: User, max: User) -> None:
    short, full = source(ana, "Peskov"), source(ana, "Dmitry Peskov")
    merge(max, short, full)
    assert pointers() == {"Peskov": "Dmitry Peskov", "Dmitry Peskov": None}
    of_short, of_full = (audit.newest(one, EventKind.SOURCE_MERGED) for one in (short, full))
    assert of_short
    assert of_full
    assert (of_short.by, of_short.reason) == (max, "The same man.")
    assert of_short.after == {"into": str(full.pk), "followed": [], "version": 2}
    assert of_full.after == {"took_in": str(short.pk)}


def test_a_chain_of_merges_is_one_step_long_and_comes_apart_as_it_was(ana: User, max: User) -> None:
    a, b, c, d = (source(ana, name) for name in "ABCD")
    merge(max, a, b)
    merge(max, b, c)
    assert pointers() == {"A": "C", "B": "C", "C": None, "D": None}
    merge(max, c, d)
    assert pointers() == {"A": "D", "B": "D", "C": "D", "D": None}
    unmerge(max, c)
    assert pointers() == {"A": "C", "B": "C", "C": None, "D": None}
    unmerge(max, b)
    assert pointers() == {"A": "B", "B": None, "C": None, "D": None}
    unmerge(max, a)
    assert pointers() == dict.fromkeys("ABCD")


def test_taking_one_merge_back_leaves_those_that_were_made_since(ana: User, max: User) -> None:
    a, b, c, d = (source(ana, name) for name in "ABCD")
    merge(max, a, b)
    merge(max, b, c)
    merge(max, c, d)
    unmerge(max, b)  # out of the middle: A goes with it
    assert pointers() == {"A": "B", "B": None, "C": "D", "D": None}
    merge(max, b, d)
    unmerge(max, c)  # B is of D by itself now
    assert pointers() == {"A": "D", "B": "D", "C": None, "D": None}


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_merge_taken_back_leaves_every_column_but_the_version_as_it_was(ana: User, max: User, rounds: int) -> None:
    a, b, c = (source(ana, name, note=f"Note of {name}.") for name in "ABC")
    merge(max, a, b)
    left = {"version", "updated_at"}

    def rows() -> list[dict[str, Any]]:
        return [
            {name: value for name, value in row.items() if name not in left}
            for row in Source.objects.order_by("pk").values()
        ]

    before, words = rows(), ledger.dump([SourceWord])
    for _ in range(rounds):
        merge(max, b, c)
        assert rows() != before
        unmerge(max, b)
    assert rows() == before
    assert ledger.dump([SourceWord]) == words


def test_a_source_is_not_merged_into_itself_nor_twice_nor_into_one_that_was_merged(ana: User, max: User) -> None:
    a, b, c = (source(ana, name) for name in "ABC")
    with pytest.raises(Invalid, match="into itself"):
        merge(max, a, a)
    merge(max, a, b)
    with pytest.raises(Conflict, match="“A” was merged into “B”"):
        merge(max, a, c)
    with pytest.raises(Conflict, match="“A” was merged into “B”"):
        merge(max, c, a)
    with pytest.raises(Conflict, match="“A” was merged into “B”"):
        merge(max, b, a)  # a circle
    assert pointers() == {"A": "B", "B": None, "C": None}


def test_a_merge_rests_on_both_sources_as_the_page_showed_them(ana: User, max: User) -> None:
    a, b = source(ana, "A"), source(ana, "B")
    for versions in ((2, 1), (1, 2)):
        with pytest.raises(Conflict, match="changed this source"):
            merge_sources(
                by=max, source_id=a.pk, into_id=b.pk, reason="One.",
                source_version=versions[0], into_version=versions[1], key=uuid4(),
            )  # fmt: skip
    assert pointers() == {"A": None, "B": None}


def test_merging_and_taking_back_twice_under_one_key_have_one_effect(ana: User, max: User) -> None:
    a, b = source(ana, "A"), source(ana, "B")
    key, back = uuid4(), uuid4()
    for_merge = {
        "by": max, "source_id": a.pk, "into_id": b.pk, "reason": "One.", "source_version": 1, "into_version": 1,
    }  # fmt: skip
    first = merge_sources(**for_merge, key=key)
    before = ledger.event_count()
    assert merge_sources(**for_merge, key=key) == first
    assert ledger.event_count() == before
    undone = unmerge_source(by=max, source_id=a.pk, reason="Two.", expected_version=2, key=back)
    before = ledger.event_count()
    assert unmerge_source(by=max, source_id=a.pk, reason="Two.", expected_version=2, key=back) == undone
    assert merge_sources(**for_merge, key=key) == first  # a late copy: no second merge
    assert ledger.event_count() == before
    assert pointers() == {"A": None, "B": None}


def test_only_moderators_merge_and_only_with_a_reason(ana: User, max: User) -> None:
    a, b = source(ana, "A"), source(ana, "B")
    with pytest.raises(NotAllowed):
        merge(ana, a, b)
    with pytest.raises(Invalid, match="Say why the two are one"):
        merge(max, a, b, reason="  ")
    with pytest.raises(Invalid, match="1,001 characters"):
        merge(max, a, b, reason="x" * (MAX_REASON + 1))
    with pytest.raises(Gone):
        merge_sources(
            by=max, source_id=a.pk, into_id=uuid4(), reason="x", source_version=1, into_version=1, key=uuid4()
        )
    with pytest.raises(Conflict, match="“A” is not merged any more"):
        unmerge(max, a)
    merge(max, a, b)
    with pytest.raises(NotAllowed):
        unmerge(ana, a)
    with pytest.raises(Invalid, match="Say why the two are not one"):
        unmerge(max, a, reason="")
    with pytest.raises(Conflict, match="changed this source"):
        unmerge_source(by=max, source_id=a.pk, reason="x", expected_version=1, key=uuid4())
    assert pointers() == {"A": "B", "B": None}


# Finding


def names(query: str) -> list[str]:
    return [found.source.name for found in suggest(query)]


def test_every_word_that_is_typed_begins_a_word_of_the_name(ana: User) -> None:
    for name in ("Kremlin spokesman Dmitry Peskov", "Dmitry Medvedev", "Peskovsky School", "Ivan Peskin"):
        source(ana, name)
    assert set(names("pesk")) == {"Ivan Peskin", "Peskovsky School", "Kremlin spokesman Dmitry Peskov"}
    assert names("PESK dm") == ["Kremlin spokesman Dmitry Peskov"]
    assert names("dmitry peskov")[0] == "Kremlin spokesman Dmitry Peskov"
    assert names("itry") == []
    assert names("") == names(" ?! ") == []


def test_the_name_itself_comes_first_then_names_that_begin_so(ana: User) -> None:
    for name in ("Spokesman Peskov", "Peskov Institute", "Peskov", "Peskovsky"):
        source(ana, name)
    assert names("peskov") == ["Peskov", "Peskov Institute", "Peskovsky", "Spokesman Peskov"]


def test_a_merged_name_answers_with_what_it_was_merged_into(ana: User, max: User) -> None:
    short, full = source(ana, "D. Peskov"), source(ana, "Dmitry Peskov")
    merge(max, short, full)
    (found,) = suggest("d pesk")
    assert (found.source, found.known_as) in {(full, "D. Peskov"), (full, "")}
    assert found.other_names == ["D. Peskov"]
    (by_other_name,) = suggest("d. peskov")
    assert (by_other_name.source, by_other_name.known_as) == (full, "D. Peskov")
    unmerge(max, short)
    assert suggest("d. peskov")[0].source == short


def test_no_more_than_ten_are_suggested_and_a_long_query_is_refused(ana: User) -> None:
    for number in range(15):
        source(ana, f"Minister {number}")
    assert len(suggest("min")) == SUGGESTED == 10
    with pytest.raises(Invalid, match="201 characters"):
        suggest("x" * (MAX_QUERY + 1))


@pytest.mark.parametrize(
    "query", ["%", "_", "p%v", "' OR 1=1", "\\", "pes\x00kov", "peskov\udc80", "p" * 200, "a " * 90]
)
def test_a_query_of_any_characters_is_answered(ana: User, query: str) -> None:
    source(ana, "Dmitry Peskov")
    assert isinstance(suggest(query), list)


def test_names_of_every_script_are_found_by_their_beginning(ana: User) -> None:
    for name in ("Песков", "Նիկոլ Փաշինյան", "中国外交部", "משרד החוץ", "وزارة الدفاع", "𠀀𠀁"):
        source(ana, name)
        assert name in names(name[:2])
