"""An import: documents are offered, looked at, corrected, begun, and each becomes an article or says why not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from claims import jobs
from claims.ingest import offer_documents as offering
from claims.ingest.begin_import import begin_import
from claims.ingest.correct_item import correct_item
from claims.ingest.drop_old_drafts import KEPT
from claims.ingest.offer_documents import MOST_DRAFTS, offer_documents
from claims.ingest.preview_item import preview_item
from claims.ingest.readers.document import Document, Fact, Unread
from claims.ingest.withdraw_article import withdraw_article
from claims.models import Article, Claim, CoverageIndex, Extraction, ImportItem, Job, Proposal, Revision, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed, Outdated
from claims.transfers import ItemState, JobState
from claims.vocabulary import Basis
from tests.cast import TEXT
from tests.unit.ledger import dump, event_count, events, tables

ADDRESS = "https://www.example.org/bridge"


def document(text: str = "It rains in Oslo.", name: str = "rain.txt", **facts: str) -> Document:
    stated = {kind: Fact(value, Basis.IN_TEXT, "it says so") for kind, value in facts.items()}
    return Document(name, text.encode(), text, "utf-8", facts=stated)


def page(text: str = "It rains in Oslo.", **facts: str) -> Document:
    of_text = document(text, "rain.html", **facts)
    return Document(
        of_text.name, f"<p>{text}</p>".encode(), text, "utf-8", "text/html", "trafilatura 2", facts=of_text.facts
    )


def offer(by: User, *found: Document | Unread) -> Job:
    return offer_documents(by=by, found=found or [document()], key=uuid4())


def begin(by: User, job: Job) -> Job:
    return begin_import(by=by, job_id=job.pk, expected_version=job.version, key=uuid4())


def bring_in(by: User, *found: Document | Unread) -> Job:
    return jobs.run(begin(by, offer(by, *found)).pk, owner="test", seconds=60)


def states(job: Job) -> list[str]:
    return list(job.items.order_by("position").values_list("state", flat=True))


def test_what_a_reviewer_brings_in_is_stored_read_and_compared_in_one_go(ana: User) -> None:
    job = bring_in(ana, document(), document("Two dogs bark.", "dogs.txt"), Unread("photo.png", "It is a picture."))
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)
    assert job.counts == {"stored": 2, "refused": 1}
    assert states(job) == [ItemState.STORED, ItemState.STORED, ItemState.REFUSED]
    assert Article.objects.count() == Claim.objects.count() == CoverageIndex.objects.count() == 2
    assert {event.by for event in events("article.stored", "article.read", "job.import_begun")} == {ana}


def test_nothing_of_a_document_is_left_in_its_item_once_it_is_stored(ana: User) -> None:
    job = bring_in(ana, document("Zanzibarquartz was found.", headline="Quartz"))
    (item,) = job.items.all()
    assert (bytes(item.raw), item.text, item.facts, item.replaced) == (b"", "", {}, [])
    assert (item.claims_count, item.article) == (1, Article.objects.get())


def test_nothing_is_stored_before_an_import_begins(ana: User) -> None:
    offer(ana)
    assert not Article.objects.exists()
    assert not event_count()


def test_a_copy_within_an_import_is_left_out_and_may_be_put_back(ana: User) -> None:
    job = offer(ana, document(), document(name="copy.txt"), document("It rains in Oslo.\r\n", "dos.txt"))
    assert states(job) == [ItemState.READY, ItemState.LEFT_OUT, ItemState.LEFT_OUT]
    copy = job.items.get(position=1)
    assert copy.said == "The same text as “rain.txt” of this import."
    correct_item(by=ana, item_id=copy.pk, facts={}, is_left_out=False, expected_version=0)
    assert states(job) == [ItemState.READY, ItemState.READY, ItemState.LEFT_OUT]


def test_what_a_page_states_becomes_facts_with_what_they_rest_on(ana: User) -> None:
    bring_in(
        ana, page(address=ADDRESS, headline="Rain", author="Ida Brook", published="2022-01-05", outlet="The Example")
    )
    article = Article.objects.get()
    assert (article.headline, article.author, article.published) == ("Rain", "Ida Brook", "2022-01-05")
    assert article.outlet is not None
    assert article.outlet.host == "example.org"
    assert article.bases["author"] == {"basis": "in_text", "note": "it says so", "link": ""}
    assert article.bases["outlet"] == {
        "basis": "in_text",
        "note": "it says so; it calls its site “The Example”",
        "link": ADDRESS,
    }
    made = Extraction.objects.get()
    assert (made.media_type, made.extractor, made.name) == ("text/html", "trafilatura 2", "rain.html")


def test_what_is_too_long_is_clipped_and_that_is_said(ana: User) -> None:
    job = bring_in(ana, document(headline="x" * 600, author="Ida\n Brook"))
    article = Article.objects.get()
    assert (len(article.headline), article.author) == (500, "Ida Brook")
    assert "headline was longer than 500 characters" in job.items.get().said


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "  JavaScript:alert(1)", "java\nscript:x", "data:text/html,x", "//a.example", "a b"]
)
def test_a_link_that_is_no_address_on_the_web_is_left_out_and_that_is_said(ana: User, link: str) -> None:
    fact = Fact("Ida Brook", Basis.IN_TEXT, "it says so", link)
    of_text = document(outlet="news.example")
    facts = {"author": fact, "outlet": Fact("news.example", link=link)}
    job = offer(ana, Document(of_text.name, of_text.raw, of_text.text, "utf-8", facts=facts))
    assert "link beside the author is no address on the web" in job.items.get().said
    jobs.run(begin(ana, job).pk, owner="test", seconds=60)
    bases = Article.objects.get().bases
    assert (bases["author"]["link"], bases["outlet"]["link"]) == ("", "")


def test_a_link_to_a_page_stays_and_one_to_a_script_cannot_be_typed(ana: User) -> None:
    job = offer(ana)
    item = job.items.get()
    facts = {"author": Fact("Ida Brook", Basis.IN_TEXT, "", "javascript:alert(1)")}
    with pytest.raises(Invalid, match="link has to be one that starts with http"):
        correct_item(by=ana, item_id=item.pk, facts=facts, is_left_out=False, expected_version=0)
    facts = {"author": Fact("Ida Brook", Basis.IN_TEXT, "", ADDRESS)}
    correct_item(by=ana, item_id=item.pk, facts=facts, is_left_out=False, expected_version=0)
    jobs.run(begin(ana, Job.objects.get()).pk, owner="test", seconds=60)
    assert Article.objects.get().bases["author"]["link"] == ADDRESS


def test_facts_of_an_article_that_is_here_are_never_overwritten_and_that_is_said(ana: User) -> None:
    bring_in(ana, document(address=ADDRESS, headline="Rain", author="Ida Brook"))
    before = dump([Article, Revision])
    job = bring_in(ana, page(address=ADDRESS, headline="RAIN!", author="Ida Brook"))
    (item,) = job.items.all()
    assert item.state == ItemState.KNOWN
    assert item.said == "It states another headline than is known here, which stays as it is."
    assert dump([Article, Revision]) == before


def test_a_reviewer_brings_in_no_changed_text_and_a_moderator_does(ana: User, max: User) -> None:
    bring_in(ana, document(address=ADDRESS))
    changed = document("It rains in Oslo. It snows.", address=ADDRESS)
    (item,) = bring_in(ana, changed).items.all()
    assert item.state == ItemState.REFUSED
    assert "only a moderator may bring in a changed one" in item.said
    (item,) = bring_in(max, changed).items.all()
    assert (item.state, item.claims_count) == (ItemState.REVISED, 2)
    assert Article.objects.count() == 1


def test_a_withdrawn_article_is_refused_and_leaves_no_word_behind(ana: User, max: User) -> None:
    bring_in(ana, document())
    withdraw_article(by=max, article_id=Article.objects.get().pk, reason="Asked for.", expected_version=0)
    (item,) = bring_in(ana, document()).items.all()
    assert item.state == ItemState.REFUSED
    assert (item.text, bytes(item.raw)) == ("", b"")


def test_corrections_are_kept_checked_and_used(ana: User) -> None:
    job = offer(ana, document(headline="Rian"))
    item = job.items.get()
    facts = {
        "headline": Fact("Rain", Basis.FOUND_ELSEWHERE, "in print"),
        "address": Fact(ADDRESS, Basis.FOUND_ELSEWHERE),
    }
    correct_item(by=ana, item_id=item.pk, facts=facts, is_left_out=False, expected_version=0)
    with pytest.raises(Outdated):
        correct_item(by=ana, item_id=item.pk, facts=facts, is_left_out=True, expected_version=0)
    for wrong in ({"address": Fact("nonsense")}, {"headline": Fact("x" * 501)}, {"nonsense": Fact("x")}):
        with pytest.raises(Invalid):
            correct_item(by=ana, item_id=item.pk, facts=wrong, is_left_out=False, expected_version=1)
    begin(ana, job)
    jobs.run(job.pk, owner="test", seconds=60)
    article = Article.objects.get()
    assert (article.headline, article.address) == ("Rain", ADDRESS)
    assert article.bases["headline"]["note"] == "in print"
    with pytest.raises(Conflict, match="has begun"):
        correct_item(by=ana, item_id=item.pk, facts={}, is_left_out=True, expected_version=2)


def test_nobody_corrects_or_begins_what_somebody_else_offered_but_moderators(
    ana: User, ben: User, eve: User, max: User
) -> None:
    job = offer(ana)
    item = job.items.get()
    with pytest.raises(Gone):
        correct_item(by=ben, item_id=item.pk, facts={}, is_left_out=True, expected_version=0)
    with pytest.raises(Gone):
        begin(ben, job)
    for deed in (lambda: offer(eve), lambda: begin(eve, job)):
        with pytest.raises(NotAllowed):
            deed()
    assert begin(max, job).state == JobState.WAITING


def test_an_import_of_nothing_does_not_begin(ana: User) -> None:
    with pytest.raises(Invalid, match="nothing to bring in"):
        offer_documents(by=ana, found=[], key=uuid4())
    assert not Job.objects.exists()
    job = offer(ana, Unread("a.png", "It is a picture."))
    with pytest.raises(Invalid, match="Nothing is left"):
        begin(ana, job)


def test_the_same_key_offers_and_begins_once(ana: User) -> None:
    key, other = uuid4(), uuid4()
    first, again = (offer_documents(by=ana, found=[document()], key=key) for _ in range(2))
    assert first == again
    assert ImportItem.objects.count() == Job.objects.count() == 1
    with pytest.raises(Conflict):
        offer_documents(by=ana, found=[document("Else.")], key=key)
    for _ in range(2):
        begin_import(by=ana, job_id=first.pk, expected_version=0, key=other)
    assert len(events("job.import_begun")) == 1


def test_a_preview_says_what_would_become_of_a_document_and_stores_nothing(ana: User, max: User) -> None:
    bring_in(ana, document(TEXT, address=ADDRESS))
    job = offer(
        ana,
        document(TEXT, "same.txt", address=ADDRESS, headline="The bridge"),
        document(TEXT + " A \u202edog.", "new.txt", address=ADDRESS),
        document(TEXT + "\n\nIt is old.", "near.txt"),
        document("No such.", "wrong.txt", address="nonsense"),
    )
    before = dump(tables())
    items = list(job.items.all())
    same, new, near, wrong = (preview_item(item, ana) for item in items)
    assert (same.would_be, same.article, same.sentences) == (ItemState.KNOWN, Article.objects.get(), 4)
    assert "another headline" in same.said[0]
    assert (new.would_be, preview_item(items[1], max).would_be) == (ItemState.REFUSED, ItemState.REVISED)
    assert new.bidi == [len(TEXT) + 3]
    assert near.would_be == ItemState.STORED
    assert [one.article for one in near.alike] == [Article.objects.get()]
    assert (wrong.would_be, "http" in wrong.said[0]) == (ItemState.REFUSED, True)
    assert sum(zone.end - zone.start for zone in near.zones) == len(near.text)
    assert dump(tables()) == before


def test_one_bad_document_does_not_keep_the_others(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real = jobs.bring_in_item
    job = begin(ana, offer(ana, document(), document("Two dogs bark.", "dogs.txt")))
    calls = []

    def once_broken(**parts: object) -> ImportItem:
        calls.append(parts)
        if len(calls) == 1:
            raise RuntimeError("a bug")
        return real(**parts)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "bring_in_item", once_broken)
    jobs.run(job.pk, owner="test", seconds=60)
    assert states(job) == [ItemState.REFUSED, ItemState.STORED]
    assert Proposal.objects.count() <= Claim.objects.count() == 1


def test_a_date_that_nothing_can_be_made_of_is_kept_and_that_is_said(ana: User) -> None:
    job = offer(ana, document(published="not a date", updated="2024-02-23T10:00"))
    said = "The date “not a date” cannot be read as one; it is kept as it stands."
    assert job.items.get().said == said
    assert preview_item(job.items.get(), ana).said == [said]
    done = jobs.run(begin(ana, job).pk, owner="test", seconds=60)
    assert said in done.items.get().said
    assert Article.objects.get().published == "not a date"


def test_so_many_imports_may_wait_and_old_ones_are_dropped(ana: User, ben: User) -> None:
    drafts = [offer(ana, document(f"Text {number}.")) for number in range(MOST_DRAFTS)]
    with pytest.raises(Invalid, match="Store or drop one of them first"):
        offer(ana, document("One more."))
    offer(ben)
    old = timezone.now() - KEPT - timedelta(minutes=1)
    Job.objects.filter(pk=drafts[0].pk).update(created_at=old)
    offer(ana, document("One more."))
    dropped = Job.objects.get(pk=drafts[0].pk)
    item = dropped.items.get()
    assert (dropped.state, item.state, bytes(item.raw), item.text) == ("cancelled", "left_out", b"", "")


def test_imports_that_wait_have_so_many_bytes_together(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offering, "MOST_WAITING", 20)
    offer(ana, document("It rains in Oslo."))
    with pytest.raises(Invalid, match="MB together"):
        offer(ana, document("It snows in Oslo."))
