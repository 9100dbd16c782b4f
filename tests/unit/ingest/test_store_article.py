"""A text comes in: what is taken, what is refused, and that nothing is half stored."""

import hashlib
from pathlib import Path

import pytest

from claims.ingest.read_article import read_article
from claims.ingest.store_article import MAX_ADDRESS, Stored, store_article
from claims.models import Article, ArticleStatus, Claim, Outlet, Revision, Story, User, Zone
from claims.models.keys import named_key
from claims.refusals import Invalid, NotAllowed
from claims.text.decode import MAX_BYTES
from claims.text.sentences import LONGEST
from tests.unit.ledger import dump, events, tables

ADDRESS = "https://www.example.org/a?b=1"


def store(by: User, raw: bytes = b"It rains in Oslo.", **parts: object) -> Stored:
    return store_article(by=by, raw=raw, **parts)  # type: ignore[arg-type]


def test_bytes_are_kept_as_they_came_with_their_hash(operator: User) -> None:
    raw = "\ufeffIt rains\r\nin “Łódź”\u00a0…\r\n".encode()
    revision = store(operator, raw).revision
    stored = Revision.objects.get(pk=revision.pk)
    assert bytes(stored.raw) == raw
    assert stored.sha256 == hashlib.sha256(raw).hexdigest()
    assert stored.text == raw.decode("utf-8-sig")
    assert stored.encoding == "utf-8"


def test_storing_is_one_event_without_a_word_of_the_text(operator: User) -> None:
    stored = store(operator, address=ADDRESS)
    (event,) = events("article.stored")
    assert (event.by, event.target_id) == (operator, str(stored.revision.article_id))
    assert event.after == {"sha256": stored.revision.sha256, "address": ADDRESS}


def test_the_same_bytes_twice_are_here_already(operator: User) -> None:
    first = store(operator, address=ADDRESS)
    before = dump(tables())
    again = store(operator, address=ADDRESS)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.revision == first.revision
    assert dump(tables()) == before


def test_the_same_bytes_at_two_addresses_are_two_articles(operator: User) -> None:
    assert store(operator, address=ADDRESS).is_new
    assert store(operator, address="https://example.net/").is_new
    assert store(operator).is_new
    assert Article.objects.count() == 3


def test_the_outlet_is_the_host_and_says_on_what_basis(operator: User) -> None:
    article = store(operator, address=ADDRESS).revision.article
    assert Outlet.objects.get().host == "example.org"
    (fact,) = [fact for fact in article.facts() if fact.value]
    assert (fact.name, fact.value, fact.basis_name, fact.link) == ("outlet", "example.org", "found elsewhere", ADDRESS)


def test_nothing_is_guessed_where_no_address_is_given(operator: User) -> None:
    article = store(operator).revision.article
    assert not Outlet.objects.exists()
    assert {fact.basis_name for fact in article.facts()} == {"not stated"}


def test_another_text_at_the_same_address_is_a_new_revision_and_the_old_claims_stay(
    operator: User, story: Story
) -> None:
    old = store(operator, b"It rains in Oslo.", address=ADDRESS, first_story=story).revision
    read_article(by=operator, article=old.article)
    new = store(operator, b"Two dogs bark.\n\nA ferry is late again.", address=ADDRESS).revision
    assert new.article == old.article
    assert ArticleStatus.objects.get(article=old.article).revision == old
    done = read_article(by=operator, article=old.article)
    status = ArticleStatus.objects.get(article=old.article)
    assert (status.revision, status.claims_count, status.story) == (new, 2, story)
    assert (done.opened, done.dropped) == (2, 0)
    assert [claim.exact for claim in Claim.objects.filter(revision=old)] == ["It rains in Oslo."]
    assert Revision.objects.get(pk=old.pk).text == "It rains in Oslo."


BAD = [
    (b"", "The file is empty"),
    (b"x" * 10_000_000, f"may have {MAX_BYTES:,}"),
    (b"It rains.\n" * 200_001, f"may have {MAX_BYTES:,}"),
    (bytes(range(256)) * 40, "not valid UTF-8|binary"),
    (b"\x00\x01\x02\x03" * 100, "binary"),
    (b"%PDF-1.7 words", "PDF"),
    (b"\x89PNG\r\n\x1a\n words", "PNG"),
    (b"PK\x03\x04 words", "ZIP"),
    (b"It \xff\xfe\xfa\x81 rains \x8d\x8f\x90", "not valid UTF-8"),
    (b"\xef\xbb\xbfIt \xff rains", "breaks that at byte"),
    (b"\xff\xfeI", "UTF-16"),
    (b" \n\t\r\n ", "no words"),
    (b"\x00\x00", "binary"),
]


@pytest.mark.parametrize(("raw", "sentence"), BAD)
def test_a_file_that_is_no_text_is_refused_with_a_sentence_and_nothing_is_stored(
    operator: User, raw: bytes, sentence: str
) -> None:
    before = dump(tables())
    with pytest.raises(Invalid, match=sentence) as refused:
        store(operator, raw, address=ADDRESS)
    assert str(refused.value).startswith("The file ")
    assert str(refused.value).endswith(".")
    assert dump(tables()) == before


@pytest.mark.parametrize(
    ("raw", "text", "replaced"),
    [
        (b"It \x00 rains.", "It \ufffd rains.", [3]),
        (b"It \xed\xa0\x80 rains.", "It \ufffd rains.", [3]),
        (b"\x00It rains\xed\xbf\xbf.", "\ufffdIt rains\ufffd.", [0, 9]),
    ],
)
def test_a_nul_and_a_lone_surrogate_become_one_sign_each_and_are_listed(
    operator: User, raw: bytes, text: str, replaced: list[int]
) -> None:
    revision = Revision.objects.get(pk=store(operator, raw).revision.pk)
    assert (revision.text, revision.replaced, bytes(revision.raw)) == (text, replaced, raw)
    assert read_article(by=operator, article=revision.article).claims == 1


def test_a_text_that_says_it_is_utf_16_is_taken(operator: User) -> None:
    assert store(operator, "It rains in Łódź 🇦🇲.".encode("utf-16")).revision.text == "It rains in Łódź 🇦🇲."


def test_a_line_of_a_megabyte_is_taken_and_read(operator: User) -> None:
    sentence = b"It rains in Oslo" + b" and in Rome, and in Lima" * 20 + b". "
    revision = store(operator, sentence * 1_950).revision
    assert len(revision.text) > 1_000_000
    assert read_article(by=operator, article=revision.article).claims == 1_950


def test_a_single_word_of_a_megabyte_is_taken_and_read_in_pieces_that_a_page_can_show(operator: User) -> None:
    revision = store(operator, b"a" * 1_000_000).revision
    done = read_article(by=operator, article=revision.article)
    assert done.claims == 1_000_000 / LONGEST
    assert {end - start for start, end in Claim.objects.values_list("start", "end")} == {LONGEST}
    assert len(ArticleStatus.objects.get().title) <= 120


def test_a_text_of_nothing_but_boilerplate_is_taken_with_nothing_to_label(operator: User) -> None:
    revision = store(operator, b"Read More\n\nLeave a Reply\n\nAdvertisement\n").revision
    assert read_article(by=operator, article=revision.article).claims == 0
    assert ArticleStatus.objects.get().title == "Nothing to review in this text"
    zones = list(Zone.objects.filter(revision=revision))
    assert (zones[0].start, zones[-1].end) == (0, len(revision.text))


@pytest.mark.parametrize(
    "address",
    [
        "example.org/a",
        "javascript:alert(1)",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://exa mple.org/",
        "https://example.org/a\nb",
        "https://example.org/a\x00b",
        "https://example.org/a\ud800b",
        "https://example.org/" + "a" * MAX_ADDRESS,
        "x" * 10_000,
    ],
)
def test_an_address_that_is_none_is_refused_and_nothing_is_stored(operator: User, address: str) -> None:
    before = dump(tables())
    with pytest.raises(Invalid, match="address"):
        store(operator, address=address)
    assert dump(tables()) == before


def test_an_address_of_the_greatest_length_is_stored(operator: User) -> None:
    address = "https://example.org/".ljust(MAX_ADDRESS, "a")
    assert store(operator, address=address).revision.article.address == address
    assert Article._meta.get_field("address").max_length == MAX_ADDRESS


def test_bringing_in_is_for_the_desk_and_the_operator(ana: User, eve: User, operator: User) -> None:
    with pytest.raises(NotAllowed, match="bring in articles"):
        store(eve)
    assert not Article.objects.exists()
    assert store(ana).is_new
    assert store(operator, b"It snows.").is_new


def test_having_articles_read_is_for_who_may_bring_them_in(article: Article, eve: User, ana: User) -> None:
    with pytest.raises(NotAllowed, match="bring in articles"):
        read_article(by=eve, article=article)
    assert read_article(by=ana, article=article).opened == 0


def test_only_moderators_and_commands_bring_articles_into_a_story(
    ana: User, max: User, operator: User, story: Story
) -> None:
    with pytest.raises(NotAllowed, match="bring articles into a story"):
        store(ana, first_story=story)
    assert store(max, first_story=story).revision.article.first_story == story


def test_the_same_address_in_another_spelling_is_the_same_article(operator: User) -> None:
    first = store(operator, address="https://Example.org/a#top").revision
    assert first.article.address == "https://example.org/a"
    again = store(operator, address="HTTPS://example.org/a")
    assert (again.is_new, again.revision) == (False, first)


def test_the_same_words_in_other_bytes_are_here_already(operator: User) -> None:
    first = store(operator, b"It rains.\nIt snows.", address=ADDRESS).revision
    for raw in (b"\xef\xbb\xbfIt rains.\r\nIt snows.\r\n", "It rains.\nIt snows.".encode("utf-16")):
        again = store(operator, raw, address=ADDRESS)
        assert (again.is_new, again.came_back, again.revision) == (False, False, first)
    bare = store(operator, b"It rains.\nIt snows.").revision
    assert store(operator, "It rains.\nIt snows.\n".encode("utf-16")).revision == bare


def test_an_article_that_was_stored_under_the_hash_of_its_bytes_is_met(operator: User) -> None:
    raw = "It rains in Łódź.\r\n".encode("utf-16")
    old = Article.objects.create(pk=named_key("article", f"sha256:{hashlib.sha256(raw).hexdigest()}"))
    assert store(operator, raw).revision.article == old
    assert Article.objects.count() == 1


def test_the_raw_folder_of_the_fixture_reads_as_it_is(operator: User) -> None:
    for path in sorted(Path("fixtures/articles").glob("*.txt")):
        raw = path.read_bytes()
        assert store(operator, raw).revision.text == raw.decode("utf-8")
