"""What the pages say of an article's language, and that reading any script leaves them whole."""

import pytest
from django.test import Client

from claims.models import Article, ArticleStatus, Proposal, User
from claims.templatetags.languages import NO_LISTS, PLAIN_LISTS
from claims.vocabulary import Label
from tests.cast import MakeArticle, logged_in
from tests.pages.html import page_of

GERMAN = (
    "Stadtrat schließt das alte Schwimmbad\n\n"
    "Die Stadt schließt am 3. Oktober ihr ältestes Bad. Nach Angaben von Peter Klein fehlen der Stadt 12 Mio. Euro.\n\n"
    "„Wir haben keine andere Wahl, die Kosten sind zu hoch“, sagte Bürgermeisterin Anna Berger am Montag."
)
HEBREW = (
    "העירייה סגרה את הגשר הישן\n\nהעירייה סגרה את הגשר ביום שני. איש לא נפגע.\n\n“לא ניסוג מההחלטה הזאת,” אמר ראש העיר."
)


def language_of(browser: Client, article: Article) -> str:
    answer = browser.get(f"/articles/{article.pk}/")
    assert answer.status_code == 200
    names = [each.text for each in page_of(answer).all("dt")]
    facts = [each.text for each in page_of(answer).all("dd")]
    return facts[names.index("Language")] if "Language" in names else ""


def told(article: Article, code: str, basis: str) -> None:
    ArticleStatus.objects.filter(article=article).update(language=code, language_basis=basis)


def test_a_language_without_word_lists_says_that_nothing_is_proposed(ana: User, article: Article) -> None:
    told(article, "el", "by its script: Greek letters")
    assert language_of(logged_in(ana), article) == f"Greek by its script: Greek letters. {NO_LISTS}"


def test_a_language_with_a_plain_word_list_says_that_it_is_read_by_plain_rules(ana: User, article: Article) -> None:
    told(article, "de", "by its frequent words: der, die, nicht")
    assert language_of(logged_in(ana), article) == f"German by its frequent words: der, die, nicht. {PLAIN_LISTS}"


def test_english_says_only_what_it_was_inferred_from(ana: User, article: Article) -> None:
    told(article, "en", "by its frequent words: the, of, and")
    assert language_of(logged_in(ana), article) == "English by its frequent words: the, of, and"


def test_where_the_words_do_not_tell_that_is_said(ana: User, article: Article) -> None:
    told(article, "", "too few frequent words to tell; read as if it were English")
    assert language_of(logged_in(ana), article).startswith("not told too few frequent words")


def test_a_text_that_an_older_reader_read_says_nothing(ana: User, article: Article) -> None:
    told(article, "", "")
    assert language_of(logged_in(ana), article) == ""


@pytest.mark.parametrize(("code", "shown"), [("el", "in Greek"), ("de", "in German"), ("en", None), ("", None)])
def test_the_list_names_languages_other_than_english(ana: User, article: Article, code: str, shown: str | None) -> None:
    told(article, code, "by its words")
    page = page_of(logged_in(ana).get("/articles/"))
    small = [each.text for each in page.all("small") if each.text.startswith("in ")]
    assert small == ([shown] if shown else [])


def test_reading_a_german_text_stores_its_language_and_plain_proposals(ana: User, make_article: MakeArticle) -> None:
    article = make_article(GERMAN)
    assert article.status.language == "de"
    rules = set(Proposal.objects.filter(claim__article=article, label=Label.SOURCED).values_list("rule", flat=True))
    assert rules == {"de-phrase", "de-verb-name"}
    assert PLAIN_LISTS in language_of(logged_in(ana), article)


def test_reading_a_hebrew_text_proposes_no_label(ana: User, make_article: MakeArticle) -> None:
    article = make_article(HEBREW)
    assert article.status.language == "he"
    assert not Proposal.objects.filter(claim__article=article).exists()
    answer = logged_in(ana).get(f"/articles/{article.pk}/")
    assert NO_LISTS in answer.content.decode()
    assert all(
        each.attributes.get("dir") == "auto" for each in page_of(answer).all("p") if "data-start" in each.attributes
    )
