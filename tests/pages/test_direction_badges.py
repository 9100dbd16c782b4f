"""Characters that turn the direction of a text stay in it, and each page that shows the text shows where they are."""

import html
import re

import pytest
from django.test import Client

from claims.coverage.publish_story import publish_story
from claims.models import Article, Claim, Story, User
from claims.templatetags.wording import exactly, exactly_in_attribute
from claims.text.directions import NAMES
from tests.cast import MakeArticle, logged_in, rule

WORDS = "The council said “\u202eon\u202c” to the toll\u2069 on Friday, Ida Brook said."
BADGE = re.compile(
    r'<bdi class="ctl" data-c="[^"]+" role="img" aria-label="[^"]+" title="[^"]+"><span hidden>([^<]+)</span></bdi>'
)
RAW = re.compile(f"[{''.join(NAMES)}]")
STYLES = "claims/css/controls.css"


@pytest.fixture
def turning(make_article: MakeArticle, story: Story, max: User) -> Article:
    text = f"The toll \u2067vote\u2069\n\n{WORDS}\n\nIt rains in Oslo.\u200f\n\nPhoto: \u202eA bridge"
    text += "".join(f"\n\nOn day {day} it rained in Oslo and nobody counted the votes." for day in range(12))
    return make_article(text, "https://example.org/turning", story)


@pytest.fixture
def turned(turning: Article) -> Claim:
    return Claim.objects.get(article=turning, exact__contains="Ida Brook")


def faults_of(page: str) -> list[str]:
    """Within the page's own elements no such character stands but in a badge; titles and values turn nothing else."""
    body = page.partition("<main")[2].partition("<script")[0]
    # An option of a list shows words alone, and each is a line of its own.
    bare = re.sub(r"<option.*?</option>|<textarea.*?</textarea>|<[^>]*>", "", BADGE.sub("", body), flags=re.DOTALL)
    faults = [ascii(bare[max(0, match.start() - 60) : match.end() + 20]) for match in RAW.finditer(bare)]
    return faults + ["no badge"] * (not BADGE.search(body)) + ["no style"] * (STYLES not in page)


def test_the_pages_of_a_text_and_its_claims_show_them(turning: Article, turned: Claim, max: User, ana: User) -> None:
    second = Claim.objects.get(article=turning, exact__startswith="It rains")
    faults = {}
    for url in (
        f"/articles/{turning.pk}/",
        f"/articles/{turning.pk}/?claim={turned.pk}",
        f"/articles/{turning.pk}/revisions/{turned.revision_id}/",
        f"/claims/{turned.pk}/",
        f"/claims/{turned.pk}/details",
        f"/claims/{turned.pk}/discussion",
        f"/claims/{turned.pk}/flag",
        f"/claims/?article={turning.pk}",
        f"/pairs/{turned.pk}/{second.pk}/",
        f"/articles/{turning.pk}/spans?claim={turned.pk}",
    ):
        answer = logged_in(ana).get(url)
        assert answer.status_code == 200, url
        faults[url.replace(str(turned.pk), "…")] = faults_of(answer.content.decode())
    wrong = {url: found for url, found in faults.items() if found}
    assert not wrong, "\n".join(f"{url}: {one}" for url, found in wrong.items() for one in found)


def test_what_readers_see_shows_them(turning: Article, turned: Claim, story: Story, max: User, client: Client) -> None:
    rule(turned, max)
    story.status.refresh_from_db()
    publish_story(by=max, story_id=story.pk, expected_version=story.status.version)
    assert faults_of(client.get(f"/stories/{story.pk}/").content.decode()) == []


def test_the_reading_page_of_another_text_loads_no_style_for_them(article: Article, ana: User) -> None:
    assert STYLES not in logged_in(ana).get(f"/articles/{article.pk}/").content.decode()


@pytest.mark.parametrize("text", [WORDS, "a\r\nb\u202e\r", "<b>\u2066\"'&", "".join(NAMES), "plain", ""])
def test_a_page_counts_as_many_characters_as_the_text(text: str) -> None:
    shown = html.unescape(re.sub(r"<[^>]*>", "", str(exactly(text)))) if exactly(text) is not text else text
    assert shown == text
    assert html.unescape(exactly_in_attribute(text)) == text
    assert not re.search('["<>]', str(exactly_in_attribute(text)))
