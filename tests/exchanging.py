"""A desk on which a bit of everything was done, and what files say of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from claims.coverage.describe_story import create_story
from claims.exchange.chosen import Chosen
from claims.exchange.import_work import File
from claims.exchange.read_json_lines import read_json_lines
from claims.exchange.write_json_lines import json_lines_blocks
from claims.ingest.read_article import read_article
from claims.ingest.revise_article import revise_article
from claims.ingest.store_article import store_article
from claims.management.bring_in import BroughtIn, bring_in
from claims.management.export_command import moderators_eyes
from claims.models import Article, ArticleStatus, Claim, Evidence, Extraction, User, Verdict
from claims.permissions import operator
from claims.review.add_evidence import add_evidence
from claims.review.give_verdict import Finding, give_verdict
from claims.review.given_evidence import Given
from claims.review.propose_publication import propose_publication
from claims.review.write_comment import write_comment
from claims.vocabulary import Label
from tests.cast import TEXT, assess, rule
from tests.deeds import hide, reopen, retire
from tests.linking import attribute, confirmed, dated, link, rule_link

# What breaks writers and readers: formulas, direction marks, no-break spaces, line separators, pairs of UTF-16.
HOSTILE = (
    "=1+1 said the mayor \u202eof\u00a0Elm 🌉 on Friday.\n\n"
    "“Nine \"toll\u2028gates\" e\u0301” were counted, the council said; =cmd|' /C calc'!A0 on Monday.\r\n\r\n"
    "The bridge over the Elm was closed on Friday.\n\n"
    "It is the ugliest bridge in the country, and שלום was said."
)


def exported(viewer: User | None = None) -> str:
    """Everything that the viewer may see, else everything there is, as JSON Lines."""
    return "".join(block.text for block in json_lines_blocks(Chosen(viewer or moderators_eyes())))


def import_text(text: str, *, by: User | None = None, origin: str = "", check: bool = False) -> BroughtIn:
    """Bring in a file of JSON Lines."""
    lines = read_json_lines(BytesIO(text.encode()))
    return bring_in(by=by or operator(), lines=lines, file=File("work.jsonl", "0" * 64), origin=origin, check=check)


@contextmanager
def elsewhere() -> Iterator[None]:
    """What is done inside is done in another workbench: nothing of it is left here."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stored(text: str, address: str = "", story: UUID | None = None) -> list[Claim]:
    """The claims of a text that came in, in reading order."""
    came = store_article(by=operator(), raw=text.encode(), address=address)
    read_article(by=operator(), article=came.revision.article)
    if story:
        ArticleStatus.objects.filter(pk=came.revision.article_id).update(story=story)
    return list(Claim.objects.filter(article=came.revision.article_id).in_reading_order())


def a_bit_of_everything(ana: User, ben: User, max: User, mia: User) -> list[Claim]:
    """Two texts of a story with labels, rulings, links, evidence, a verdict that readers see, and corrections."""
    story = create_story(by=max, title="=The bridge", description="Elm 🌉", key=uuid4()).pk
    here, there = stored(TEXT, "https://example.org/bridge", story), stored(HOSTILE, story=story)
    first, second, third, _fourth = here
    for who in (ana, ben):
        assess(first, who, Label.SOURCED, note="<b>=So</b> 🌉\u2028it is", strength=3)
        assess(second, who, Label.UNSOURCED, reason="vague", strength=1)
    assess(third, ana, Label.OPINION)
    assess(third, ben, Label.UNSOURCED)
    rule(third, max, Label.UNSOURCED, explanation="A <i>hedge</i>.", reason="hedge", strength=0)
    attribute(first, ana, "=Ida Brook", "Interfax\u00a0🌉")
    attribute(first, ben, "Ida Brook")
    dated(first, ana, "2024-02-23/..")
    dated(there[2], ben, "2024-02-23")
    given = Given("https://example.org/a?b=c", "supports", "-1", "=quote\n", "2024", "", "<em>n</em>")
    add_evidence(by=ana, claim_id=first.pk, given=given, key=uuid4())
    piece = Evidence.objects.get().pk
    write_comment(by=ana, claim_id=first.pk, thread_id=None, body="Look, @ben: <b>=so</b>", key=uuid4())
    finding = Finding("supported", "<p>It does.</p>", as_of="2024-03")
    give_verdict(by=max, claim_id=first.pk, finding=finding, evidence=[piece], expected_version=0, key=uuid4())
    propose_publication(by=max, claim_id=first.pk, correction="", expected_version=1, key=uuid4())
    confirmed(first, there[2], ana, ben, "CORROBORATES")
    link(second, there[1], ana, "FRAMES_DIFFERENTLY", reason="<b>so</b>")
    link(third, there[0], ben, "UNRELATED")
    rule_link(third, there[0], max, "UNRELATED")
    reopen(second, max)
    hide(there[0], max)
    revision = there[0].revision
    Extraction.objects.create(
        revision=revision,
        name="page.html",
        media_type="text/html",
        extractor="trafilatura 2.3.1",
        fetched_from="https://example.org/p",
        fetched_at=timezone.now(),
    )
    raw = TEXT.replace("a toll", "a high toll").encode()
    revise_article(by=max, article_id=first.article_id, raw=raw, expected_revision=first.revision_id, key=uuid4())
    retire(there[-1], max, "It is the ugliest bridge in the country")
    assert Verdict.objects.exists()
    assert Evidence.objects.exists()
    assert Article.objects.count() == 2
    return [*here, *there]
