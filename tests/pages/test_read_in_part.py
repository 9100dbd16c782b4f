"""The reading page of a text that is longer than what the first pass reads says so."""

import pytest
from django.test import Client

from claims.models import Article, Proposal, User
from claims.templatetags import first_pass
from claims.text import reading
from tests.cast import MakeArticle, logged_in
from tests.pages.html import page_of


def facts_of(browser: Client, article: Article) -> list[str]:
    return [each.text for each in page_of(browser.get(f"/articles/{article.pk}/")).all("dd")]


def test_a_text_of_ordinary_length_says_nothing(ana: User, article: Article) -> None:
    assert first_pass.READ_IN_PART not in facts_of(logged_in(ana), article)


def test_a_longer_text_says_that_only_its_first_sentences_were_read_for_proposals(
    ana: User, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reading, first_pass):
        monkeypatch.setattr(module, "MOST_READ", 2)
    article = make_article()
    assert Proposal.objects.filter(claim__article=article).count() <= 2
    assert first_pass.READ_IN_PART in facts_of(logged_in(ana), article)


def test_it_names_the_number_of_sentences() -> None:
    assert first_pass.READ_IN_PART == "Only the first 2,000 sentences of this text were read for proposals."
