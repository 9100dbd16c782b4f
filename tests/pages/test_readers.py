"""What readers without an account see: published stories, the method, and a way to ask for corrections."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from claims.coverage.correct_story import REQUESTS_AN_HOUR, post_correction
from claims.coverage.describe_story import create_story
from claims.coverage.publish_story import publish_story, unpublish_story
from claims.models import Claim, Correction, CorrectionRequest, Story, User
from claims.vocabulary import LABELS, REASONS, SCHEME_VERSION, STEPS, STRENGTHS, ZONE_NAMES
from tests.cast import MakeArticle, assess, logged_in, rule
from tests.pages.html import Page, page_of

LONG = "\n\n".join(f"Sentence number {n} of this text says that it rains in town number {n}." for n in range(11))


@pytest.fixture
def published(max: User, make_article: MakeArticle) -> Story:
    story = create_story(by=max, title="Rain & <snow>", description="What falls.", key=uuid4())
    make_article(LONG, "https://example.org/rain", story)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    return story


def claims_in(story: Story) -> list[Claim]:
    return list(Claim.objects.filter(article__status__story=story).in_reading_order())


def main(page: Page) -> str:
    return page.all("main")[0].text


def shown(story: Story, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(f"/stories/{story.pk}/")
    assert answer.status_code == 200
    return main(page_of(answer))


def test_nothing_is_public_until_a_moderator_publishes_it(story: Story, claims: list[Claim], max: User) -> None:
    rule(claims[0], max)
    browser = Client()
    for url in ("/", "/stories/"):
        assert "Nothing is published yet" in main(page_of(browser.get(url)))
    answer = browser.get(f"/stories/{story.pk}/")
    assert answer.status_code == 410
    assert "bridge" not in answer.content.decode()


def test_a_published_story_shows_settled_claims_with_label_reason_and_who_ruled_why(
    published: Story, ana: User, ben: User, max: User
) -> None:
    first, second, third = claims_in(published)[:3]
    assess(first, ana, strength=1, reason="vague")
    assess(first, ben, strength=1, reason="vague", note="A note among colleagues.")
    rule(second, max, explanation="A <b>hedge</b> is no source.", strength=0, reason="hedge")
    assess(third, ana)
    text = shown(published)
    assert first.exact in text
    assert "Unsourced, strength 1 of 5: vague" in text
    assert "Unsourced, strength 0 of 5: hedge" in text
    assert "A hedge is no source." in text
    assert "example.org" in text
    assert "A note among colleagues." not in text
    for name in ("ana", "ben"):
        assert f">{name}<" not in Client().get(f"/stories/{published.pk}/").content.decode()
    assert "it rains in town number 7" not in text


def test_never_a_whole_text(published: Story, max: User) -> None:
    for claim in claims_in(published):
        rule(claim, max)
    text = shown(published)
    missing = [sentence for sentence in LONG.split("\n\n") if sentence not in text]
    assert len(missing) >= 7
    assert f"{11 - (11 - len(missing))} further settled claims are not quoted here" in text


def test_a_story_that_was_taken_back_is_gone_again(published: Story, max: User) -> None:
    unpublish_story(by=max, story_id=published.pk, expected_version=1)
    assert Client().get(f"/stories/{published.pk}/").status_code == 410
    assert "Rain" not in Client().get("/stories/").content.decode()


def test_moderators_see_beforehand_what_readers_would_see(story: Story, published: Story, max: User) -> None:
    rule(claims_in(published)[0], max)
    unpublish_story(by=max, story_id=published.pk, expected_version=1)
    text = main(page_of(logged_in(max).get(f"/stories/{published.pk}/?as=reader")))
    assert "A preview: readers do not see this page" in text
    assert claims_in(published)[0].exact in text


def test_corrections_are_dated_lines_newest_first(published: Story, max: User) -> None:
    assert "None so far" in shown(published)
    for line in ("It rained in <Oslo>.", "It snowed."):
        post_correction(by=max, story=published, line=line, key=uuid4())
    text = shown(published)
    assert text.index("It snowed.") < text.index("It rained in <Oslo>.")
    assert "None so far" not in text


def ask(story: Story, browser: Client | None = None, **parts: Any) -> Any:
    form = {"message": "The mayor is called Brook.", "contact": "", "key": str(uuid4())} | parts
    return (browser or Client()).post(f"/stories/{story.pk}/ask", form)


def test_a_reader_asks_for_a_correction_by_the_form_of_the_page(published: Story) -> None:
    browser = Client()
    url = f"/stories/{published.pk}/"
    sent = page_of(browser.get(url)).fields(f"{url}ask") | {"message": "It was May.", "contact": "ida@example.org"}
    answer = browser.post(f"{url}ask", sent)
    assert answer.url == url
    assert "Thank you." in browser.get(url).content.decode()
    request = CorrectionRequest.objects.get()
    assert (request.story, request.message, request.contact) == (published, "It was May.", "ida@example.org")
    assert "ida@example.org" not in shown(published)


def test_a_refused_request_stays_on_the_page(published: Story) -> None:
    answer = ask(published, message="x" * 2_001, contact="ida@example.org")
    assert answer.status_code == 400
    assert "x" * 2_001 in answer.content.decode()
    assert "ida@example.org" in answer.content.decode()
    assert not CorrectionRequest.objects.exists()


def test_too_many_requests_from_one_address_wait(published: Story) -> None:
    for number in range(REQUESTS_AN_HOUR):
        assert ask(published, message=f"Request {number}.").status_code == 302
    answer = ask(published, message="One more.")
    assert answer.status_code == 429
    assert "Wait an hour" in answer.content.decode()
    assert "One more." in answer.content.decode()


def test_a_story_that_is_not_published_takes_no_requests_from_readers(story: Story) -> None:
    assert ask(story).status_code == 410
    assert not CorrectionRequest.objects.exists()


def test_moderators_answer_and_decline_on_the_storys_page(published: Story, max: User) -> None:
    browser, url = logged_in(max), f"/stories/{published.pk}/"
    for message in ("It was May.", "It was June."):
        ask(published, message=message)
    page = main(page_of(browser.get(url)))
    assert "It was May." in page
    may, june = CorrectionRequest.objects.order_by("pk")
    browser.post(f"{url}answer", {"deed": "answer", "request_id": may.pk, "line": "It was May indeed.", "key": uuid4()})
    browser.post(f"{url}answer", {"deed": "decline", "request_id": june.pk, "line": "It was not.", "key": uuid4()})
    assert Correction.objects.get().line == "It was May indeed."
    assert "It was May indeed." in shown(published)
    assert "It was not." not in shown(published)
    assert "No reader's request waits." in main(page_of(browser.get(url)))


def test_the_method_page_is_the_scheme(db: None) -> None:
    text = " ".join(main(page_of(Client().get("/method/"))).split())
    words = [label.name for label in LABELS] + [label.definition for label in LABELS]
    words += [word for step in STEPS for word in step] + list(STRENGTHS.values()) + list(REASONS.values())
    words += [*REASONS, *ZONE_NAMES.values(), f"Version {SCHEME_VERSION} of the scheme", "Sourced is not true."]
    assert [word for word in words if " ".join(word.split()) not in text] == []


def test_readers_find_no_link_to_the_desk(published: Story, max: User) -> None:
    rule(claims_in(published)[0], max)
    for url in ("/", "/stories/", f"/stories/{published.pk}/", "/method/"):
        for link in page_of(Client().get(url)).links():
            assert not link.startswith(("/articles/", "/claims", "/admin", "/password")), (url, link)
