"""What a moderator sends about corrections has one effect, and the one that was meant."""

from uuid import uuid4

import pytest
from django.urls import reverse

from claims.coverage.correct_story import request_correction
from claims.models import Correction, Story, User
from tests.cast import logged_in


def test_a_correction_sent_twice_is_published_once(max: User, story: Story) -> None:
    form = {"deed": "answer", "line": "It was May.", "key": uuid4()}
    for _ in range(2):
        assert logged_in(max).post(reverse("correction-answer", args=[story.pk]), form).status_code == 302
    assert Correction.objects.count() == 1


def test_the_same_form_with_other_words_is_refused(max: User, story: Story) -> None:
    form = {"deed": "answer", "line": "It was May.", "key": uuid4()}
    url = reverse("correction-answer", args=[story.pk])
    logged_in(max).post(url, form)
    assert logged_in(max).post(url, form | {"line": "It was June."}).status_code == 409
    assert Correction.objects.get().line == "It was May."


@pytest.mark.parametrize("deed", ["decline", "", "publish"])
def test_a_private_reason_is_never_published(max: User, story: Story, deed: str) -> None:
    request_correction(story=story, message="M", contact="", address="192.0.2.1", key=uuid4())
    form = {"deed": deed, "line": "The sender is a crank.", "key": uuid4()}
    assert logged_in(max).post(reverse("correction-answer", args=[story.pk]), form).status_code == 400
    assert not Correction.objects.exists()
