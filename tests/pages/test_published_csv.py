"""Readers export what readers see, and nothing more."""

import csv
import io

from django.test import Client
from django.urls import reverse

from claims.coverage.publish_story import publish_story
from claims.models import Claim, Story, User
from claims.vocabulary import Label
from tests.cast import assess, logged_in, rule


def rows_for(client: Client, story: Story) -> list[dict[str, str]]:
    response = client.get(reverse("published-csv", args=[story.pk]))
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode())))


def test_a_reader_exports_the_settled_quotes_of_a_published_story_and_nobody_s_name(
    story: Story, claims: list[Claim], ana: User, ben: User, max: User
) -> None:
    assess(claims[0], ana, note="CANARY of ana")
    assess(claims[1], ben, Label.OPINION, note="CANARY of ben")
    rule(claims[0], max, strength=0, reason="bare", explanation="Nobody is named.")
    publish_story(by=max, story_id=story.pk, expected_version=0)
    (row,) = rows_for(Client(), story)
    assert row["claim_id"] == str(claims[0].pk)
    assert row["quote"] == claims[0].exact
    assert (row["settled_label"], row["settled_strength"], row["settled_reason"]) == ("UNSOURCED", "0", "bare")
    assert row["ruling_explanation"] == "Nobody is named."
    assert (row["label"], row["note"], row["reviewer"], row["proposal_label"]) == ("", "", "", "")
    assert "CANARY" not in str(row)


def test_everybody_exports_the_same_from_there(story: Story, claims: list[Claim], max: User, ana: User) -> None:
    rule(claims[2], max)
    publish_story(by=max, story_id=story.pk, expected_version=0)
    assert rows_for(Client(), story) == rows_for(logged_in(max), story) == rows_for(logged_in(ana), story)
