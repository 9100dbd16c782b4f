"""Readers export what readers see, and nothing more."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from claims.coverage.publish_story import publish_story
from claims.models import Claim, Story, User
from claims.vocabulary import Label
from tests.cast import TEXT, MakeArticle, assess, logged_in, rule


@pytest.fixture
def quotable(make_article: MakeArticle, story: Story) -> list[Claim]:
    """Claims of an article so long that two of them may be quoted."""
    long = make_article(
        TEXT + "\n\n" + " ".join(f"On day {day} nothing happened." for day in range(1, 40)), story=story
    )
    return list(Claim.objects.filter(article=long).in_reading_order())


def rows_for(client: Client, story: Story) -> list[dict[str, str]]:
    response = client.get(reverse("published-csv", args=[story.pk]))
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode())))


def test_a_reader_exports_the_settled_quotes_of_a_published_story_and_nobodys_name(
    story: Story, quotable: list[Claim], ana: User, ben: User, max: User
) -> None:
    settled, open_to_review = quotable[:2]
    assess(settled, ana, note="CANARY of ana")
    assess(open_to_review, ben, Label.OPINION, note="CANARY of ben")
    rule(settled, max, strength=0, reason="bare", explanation="Nobody is named.")
    publish_story(by=max, story_id=story.pk, expected_version=0)
    (row,) = rows_for(Client(), story)
    assert (row["claim_id"], row["quote"]) == (str(settled.pk), settled.exact)
    assert (row["settled_label"], row["settled_strength"], row["settled_reason"]) == ("UNSOURCED", "0", "bare")
    assert row["ruling_explanation"] == "Nobody is named."
    assert (row["label"], row["note"], row["reviewer"], row["proposal_label"]) == ("", "", "", "")
    assert "CANARY" not in str(row)


def test_everybody_exports_the_same_from_there(story: Story, quotable: list[Claim], max: User, ana: User) -> None:
    rule(quotable[2], max)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    found = rows_for(Client(), story)
    assert [row["claim_id"] for row in found] == [str(quotable[2].pk)]
    assert rows_for(logged_in(max), story) == rows_for(logged_in(ana), story) == found
