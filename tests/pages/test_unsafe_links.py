"""Links that somebody gives beside a fact: only an address on the web is kept, and only one is shown as a link."""

from uuid import uuid4

import pytest

from claims.ingest.correct_item import correct_item
from claims.ingest.offer_documents import offer_documents
from claims.ingest.readers.document import Document, Fact
from claims.models import Article, Claim, ImportItem, User
from claims.refusals import Invalid
from claims.templatetags.wording import on_the_web
from claims.vocabulary import Basis
from tests.api.program import Program
from tests.cast import logged_in

pytestmark = pytest.mark.django_db
UNSAFE = ("javascript:alert(1)", "data:text/html,<script>", "JaVaScRiPt://example.org/%0aalert(1)", "//example.org/")


@pytest.mark.parametrize("link", UNSAFE)
def test_an_offered_document_keeps_no_such_link(link: str, ana: User) -> None:
    facts = {"author": Fact("Ida Brook", Basis.IN_TEXT, "", link)}
    found = [Document("rain.txt", b"It rains.", "It rains.", "utf-8", facts=facts)]
    job = offer_documents(by=ana, found=found, key=uuid4())
    item = ImportItem.objects.get()
    assert item.facts["author"]["link"] == ""
    assert "no address on the web" in item.said
    with pytest.raises(Invalid, match="The link has to be one that starts with http"):
        correct_item(by=ana, item_id=item.pk, facts=facts, is_left_out=False, expected_version=0)
    answer = Program(ana).post(
        "imports", {"documents": [{"text": "x", "facts": {"author": {"value": "x", "link": link}}}]}
    )
    assert answer.status_code == 400
    # As a row that came by another way.
    item.facts["author"]["link"] = link
    item.save()
    for path in (f"/import/{job.pk}/", f"/import/{job.pk}/{item.pk}/"):
        shown = logged_in(ana).get(path, follow=True)
        assert shown.status_code == 200, path
        assert f'href="{link[:6]}' not in shown.content.decode()


@pytest.mark.parametrize("link", UNSAFE)
def test_the_page_of_an_article_shows_no_such_link(link: str, claim: Claim, ana: User) -> None:
    bases = {"author": {"basis": "in_text", "note": "", "link": link}}
    Article.objects.filter(pk=claim.article_id).update(author="Ida Brook", bases=bases)
    html = logged_in(ana).get(f"/articles/{claim.article_id}/").content.decode()
    assert "Ida Brook" in html
    assert "javascript:" not in html.lower()
    assert f'href="{link[:6]}' not in html


def test_an_address_on_the_web_is_one() -> None:
    assert on_the_web("https://example.org/a?b=c")
    assert not any(map(on_the_web, (*UNSAFE, "", None, 7)))
