"""What readers see of verdicts: a page each, a list, a feed; and the forms of moderators."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from claims.coverage.publish_story import publish_story
from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.ingest.withdraw_article import withdraw_article
from claims.models import (
    Article,
    ArticleStatus,
    Claim,
    ClaimStatus,
    Source,
    Story,
    StoryStatus,
    User,
    VerdictPublication,
)
from claims.review.merge_sources import merge_sources
from claims.vocabulary import Label
from tests import deeds
from tests.cast import TEXT, assess, logged_in, rule
from tests.linking import attribute
from tests.publishing import evidence, judge, newest, propose, publish, withdraw

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ]]> it isn't so"


@pytest.fixture
def judged(claim: Claim, ana: User, max: User) -> Claim:
    rule(claim, max)
    judge(claim, ana, on=(evidence(claim, ana, quote="The bridge stayed open.", date="2024-02"),))
    return claim


@pytest.fixture
def out(judged: Claim, max: User, ada: User) -> Claim:
    propose(judged, max)
    publish(judged, ada)
    return judged


def page(claim: Claim, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"/verdicts/{claim.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def review(html: str) -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(blocks) == 1
    found: dict[str, Any] = json.loads(blocks[0])
    return found


def test_a_published_verdict_has_a_page_that_everybody_can_read(out: Claim) -> None:
    html = page(out)
    assert out.exact in html
    assert "Verdict: refuted" in html
    assert "The minutes say so." in html
    assert "The evidence that we found shows that what the claim says is not so." in html


def test_what_is_only_put_forward_has_no_page(judged: Claim, max: User) -> None:
    propose(judged, max)
    assert Client().get(f"/verdicts/{judged.pk}/").status_code == 410
    assert logged_in(max).get(f"/verdicts/{judged.pk}/").status_code == 410


def test_the_page_names_where_it_appeared_and_what_is_not_stated(out: Claim) -> None:
    html = page(out)
    assert 'href="https://example.org/bridge" rel="noopener noreferrer nofollow"' in html
    assert "example.org" in html
    assert "date not stated" in html


def test_a_stated_date_stands_with_its_basis(out: Claim) -> None:
    bases = {"published": {"basis": "in_text", "note": "", "link": ""}}
    Article.objects.filter(pk=out.article_id).update(published="2024-03-01", bases=bases)
    html = page(out)
    assert "Published: 1 March 2024 (in the text)" in html
    assert review(html)["itemReviewed"]["datePublished"] == "2024-03-01"


def test_the_page_shows_evidence_with_its_host_and_loads_none_of_it(out: Claim) -> None:
    html = page(out)
    assert '<a href="https://council.example/minutes" rel="noopener noreferrer nofollow">' in html
    assert '<span class="host">council.example</span>, February 2024. It refutes it.' in html
    assert "The bridge stayed open." in html
    assert 'src="https://' not in html


def test_the_article_is_quoted_in_short_context_and_never_whole(out: Claim) -> None:
    html = page(out)
    assert "Mayor Ida Brook said" in html
    assert "that the bridge would open again in May" not in html


def test_whom_a_claim_is_attributed_to_stays_with_the_desk(out: Claim) -> None:
    assert "author" not in review(page(out))["itemReviewed"]


def test_names_of_the_desk_are_not_on_the_page(out: Claim) -> None:
    html = page(out)
    for name in ("ana", "max", "ada"):
        assert not re.search(rf"\b{name}\b", html)


def test_everybody_sees_the_same_but_for_the_bar(out: Claim, ana: User, max: User) -> None:
    pages = [page(out), *(page(out, logged_in(who)) for who in (ana, max))]
    mains = {re.search(r"<main.*</main>", html, re.S)[0] for html in pages}  # type: ignore[index]
    assert len(mains) == 1


def test_an_out_of_date_verdict_says_so(judged: Claim, ana: User, max: User, ada: User) -> None:
    judge(judged, ana, "supported", "It was so.", as_of="2020-01", valid_until="2021")
    propose(judged, max)
    publish(judged, ada)
    html = page(judged)
    assert "<b>Out of date</b> since 1 January 2022" in html
    assert "As of January 2020" in html


def test_the_history_keeps_every_publication_with_its_correction(out: Claim, ana: User, max: User, ada: User) -> None:
    judge(out, ana, "supported", "They say the opposite.")
    propose(out, max, "We misread the minutes <b>twice</b>.")
    publish(out, ada)
    html = page(out)
    assert "Verdict: supported" in html
    assert "<b>Refuted</b>, published" in html
    assert "replaced" in html
    assert "We misread the minutes &lt;b&gt;twice&lt;/b&gt;." in html


def test_a_withdrawn_verdict_has_a_page_that_says_so_and_no_rating(out: Claim, max: User) -> None:
    withdraw(out, max)
    html = page(out)
    assert "Verdict withdrawn" in html
    assert "The minutes were forged." in html
    assert "ld+json" not in html
    assert "Whether it holds" not in html


def test_words_that_changed_since_are_not_quoted(out: Claim) -> None:
    ClaimStatus.objects.filter(pk=out.pk).update(text_changed_at=timezone.now())
    html = page(out)
    assert out.exact not in html
    assert "ld+json" not in html
    assert feed()["dataFeedElement"] == []


def in_feed(claim: Claim) -> bool:
    return any(one["url"].endswith(f"/verdicts/{claim.pk}/") for one in feed()["dataFeedElement"])


def is_public(claim: Claim) -> bool:
    """Whether readers can know of the verdict: its page, the list and the feed have to agree."""
    told = {
        Client().get(f"/verdicts/{claim.pk}/").status_code == 200,
        str(claim.pk) in Client().get("/verdicts/").content.decode(),
        in_feed(claim),
    }
    assert len(told) == 1
    return told.pop()


def test_a_hidden_claim_has_no_page_until_it_is_brought_back(out: Claim, max: User) -> None:
    assert is_public(out)
    deeds.hide(out, max)
    assert Client().get(f"/verdicts/{out.pk}/").status_code == 410
    assert not is_public(out)
    deeds.restore(out, max)
    assert is_public(out)


def test_the_verdicts_of_a_withdrawn_article_are_gone(out: Claim, max: User) -> None:
    version = ArticleStatus.objects.get(pk=out.article_id).version
    withdraw_article(by=max, article_id=out.article_id, reason="The publisher asked.", expected_version=version)
    assert not is_public(out)
    withdraw(out, max)
    assert newest(out).state == "withdrawn"


def test_a_claim_that_is_reopened_keeps_its_page_and_leaves_the_page_of_the_story(
    out: Claim, story: Story, max: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.coverage.published_claims.QUOTED_SHARE", 1)
    publish_story(by=max, story_id=story.pk, expected_version=StoryStatus.objects.get(story=story).version)
    assert out.exact in Client().get(f"/stories/{story.pk}/").content.decode()
    deeds.reopen(out, max)
    assert out.exact not in Client().get(f"/stories/{story.pk}/").content.decode()
    assert is_public(out)
    assert review(page(out))["claimReviewed"] == out.exact


def test_a_claim_that_is_retired_for_its_parts_keeps_its_page(out: Claim, max: User) -> None:
    deeds.retire(out, max, out.exact[: len(out.exact) // 2])
    assert is_public(out)
    assert "any more" not in page(out)


def change(article: Article, operator: User, old: str, new: str) -> None:
    """The outlet changes its text."""
    assert old in TEXT
    store_article(by=operator, raw=TEXT.replace(old, new).encode(), address=article.address)
    read_article(by=operator, article=article)


def test_a_text_that_changed_elsewhere_changes_nothing(out: Claim, operator: User, claims: list[Claim]) -> None:
    change(out.article, operator, claims[-1].exact, "Nobody knows when it opens, said its owner.")
    out.refresh_from_db()
    assert out.exact in page(out)
    assert is_public(out)


def test_words_that_left_the_text_are_told_as_gone_and_the_verdict_stays(out: Claim, operator: User) -> None:
    exact = out.exact
    change(out.article, operator, exact, "")
    html = page(out)
    assert exact in html
    assert "They are not in it any more." in html
    assert is_public(out)


def test_a_source_that_is_merged_touches_no_verdict(claim: Claim, ana: User, max: User, ada: User) -> None:
    assess(claim, ana, Label.SOURCED)
    attribute(claim, ana, "Ida Brook", "Mayor Ida Brook")
    rule(claim, max, Label.SOURCED)
    judge(claim, ana)
    propose(claim, max)
    publish(claim, ada)
    before = page(claim)
    one, other = Source.objects.order_by("pk")
    merge_sources(
        by=max, source_id=one.pk, into_id=other.pk, reason="One person.", source_version=one.version,
        into_version=other.version, key=uuid4(),
    )  # fmt: skip
    assert page(claim) == before


def test_readers_ask_on_the_page_of_the_story_where_it_is_published(out: Claim, story: Story, max: User) -> None:
    assert f"/stories/{story.pk}/" not in page(out)
    publish_story(by=max, story_id=story.pk, expected_version=StoryStatus.objects.get(story=story).version)
    assert f'<a href="/stories/{story.pk}/">' in page(out)


def test_else_they_are_told_how_to_reach_the_desk(out: Claim, settings: Any) -> None:
    settings.CORRECTIONS_CONTACT = "corrections@desk.example <now>"
    assert "corrections@desk.example &lt;now&gt;" in page(out)


def test_no_text_ends_the_block_of_data(judged: Claim, ana: User, max: User, ada: User, settings: Any) -> None:
    settings.PUBLISHER_NAME = HOSTILE
    Claim.objects.filter(pk=judged.pk).update(exact=HOSTILE)
    judge(
        judged,
        ana,
        "refuted",
        f"See {HOSTILE}",
        on=(evidence(judged, ana, title=HOSTILE, url="https://x.example/?a=<&b"),),
    )
    propose(judged, max)
    publish(judged, ada)
    html = page(judged)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert block is not None
    assert not set(block[1]) & set("<>&\u2028")
    said = review(html)
    assert said["claimReviewed"] == HOSTILE
    assert said["author"]["name"] == HOSTILE
    assert "<script>alert" not in html


def feed(path: str = "/verdicts/feed.json", **headers: str) -> dict[str, Any]:
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    said: dict[str, Any] = answer.json()
    return said


def test_the_feed_holds_what_is_out_and_nothing_else(out: Claim, claims: list[Claim], max: User, ana: User) -> None:
    rule(claims[1], max, Label.SOURCED)
    judge(claims[1], ana, "supported")
    propose(claims[1], max)
    assert [one["claimReviewed"] for one in feed()["dataFeedElement"]] == [out.exact]


def test_the_feed_leads_through_all_pages(
    claims: list[Claim], max: User, ana: User, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for claim in claims[:3]:
        rule(claim, max, Label.OPINION)
        judge(claim, ana)
        propose(claim, max)
        publish(claim, ada)
    monkeypatch.setattr("claims.web.verdicts.IN_FEED", 2)
    first = feed()
    second = feed(first["next"].removeprefix("http://testserver"))
    found = [one["claimReviewed"] for one in first["dataFeedElement"] + second["dataFeedElement"]]
    assert found == [claim.exact for claim in claims[2::-1]]
    assert "next" not in second


def test_a_feed_that_did_not_change_is_not_sent_again(out: Claim) -> None:
    etag = Client().get("/verdicts/feed.json")["ETag"]
    assert Client().get("/verdicts/feed.json", headers={"If-None-Match": etag}).status_code == 304


def test_a_made_up_place_of_the_feed_is_refused() -> None:
    assert Client().get("/verdicts/feed.json?after=x").status_code == 400


def test_the_list_shows_verdicts_in_words(out: Claim) -> None:
    html = Client().get("/verdicts/").content.decode()
    assert f'href="/verdicts/{out.pk}/"' in html
    assert ">Refuted<" in html


# The forms


def details(claim: Claim, who: User) -> str:
    return logged_in(who).get(f"/claims/{claim.pk}/details").content.decode()


def send(claim: Claim, who: User, deed: str, **form: object) -> Any:
    return logged_in(who).post(f"/claims/{claim.pk}/verdict/{deed}", {"key": uuid4(), **form})


def test_a_moderator_puts_forward_another_publishes(judged: Claim, max: User, ada: User) -> None:
    assert "Put forward for readers" in details(judged, max)
    assert send(judged, max, "propose", version=1).status_code == 302
    mine, hers = details(judged, max), details(judged, ada)
    assert "a second moderator has to let it out" in mine
    assert "Publish it" not in mine
    assert "Publish it" in hers
    assert send(judged, ada, "publish", number=1).status_code == 302
    assert newest(judged).state == "published"
    assert "Published: refuted" in details(judged, ada)


def test_the_desk_sees_that_readers_see_an_older_verdict(out: Claim, ana: User) -> None:
    assert "an older verdict" not in details(out, ana)
    judge(out, ana, "supported", "They say the opposite.")
    assert "an older verdict" in details(out, ana)


def test_reviewers_get_no_form_and_no_word_of_what_waits(judged: Claim, ana: User, max: User) -> None:
    before = details(judged, ana)
    propose(judged, max)
    html = details(judged, ana)
    assert "/verdict/propose" not in html + before
    assert "Put forward" not in html
    assert "Readers see no verdict on this claim." in html


def test_what_was_typed_stays_where_it_is_refused(out: Claim, ana: User, max: User) -> None:
    judge(out, ana, "supported", "They say the opposite.")
    answer = send(out, max, "propose", version=1, correction="Half an hour of <b>work</b>")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Half an hour of &lt;b&gt;work&lt;/b&gt;</textarea>" in html
    answer = send(out, max, "withdraw", number=7, reason="It is <i>wrong</i>")
    assert "It is &lt;i&gt;wrong&lt;/i&gt;</textarea>" in answer.content.decode()


def test_moderators_find_what_waits(judged: Claim, max: User, ada: User) -> None:
    waiting = "/verdicts/waiting"
    assert "No verdict waits." in logged_in(ada).get(waiting).content.decode()
    propose(judged, max)
    assert f"/claims/{judged.pk}/details#publication" in logged_in(ada).get(waiting).content.decode()


def test_an_explanation_of_the_desk_is_cleaned_on_its_way_out(out: Claim) -> None:
    VerdictPublication.objects.update(explanation="<b>So</b><script>alert(1)</script><img src=x onerror=alert(1)>")
    html = page(out)
    assert "<b>So</b>" in html
    assert "<script>alert" not in html
    assert "onerror" not in html.replace("&lt;img src=x onerror", "")
