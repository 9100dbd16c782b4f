"""Moderators make stories, describe them, put articles in and take them out, publish and take back."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.coverage.describe_story import MAX_DESCRIPTION, MAX_TITLE, create_story, describe_story
from claims.coverage.place_article import place_article
from claims.coverage.publish_story import publish_story, unpublish_story
from claims.models import Article, ArticleStatus, Story, StoryStatus, User
from claims.refusals import Conflict, Gone, Invalid, NotAllowed
from tests.unit.ledger import event_count, events

LONG = [
    ("", "", "Give the story a title"),
    (" \n\t", "", "Give the story a title"),
    ("x" * (MAX_TITLE + 1), "", "The title has 201 characters; the most is 200"),
    ("T", "x" * (MAX_DESCRIPTION + 1), "The description has 2,001 characters"),
    ("a\x00b", "", "title holds a character that cannot be stored"),
    ("T", "a\ud800b", "description holds a character that cannot be stored"),
]


def describe(story: Story, by: User, title: str = "Another", version: int = 0, description: str = "") -> StoryStatus:
    return describe_story(by=by, story_id=story.pk, title=title, description=description, expected_version=version)


def place(article: Article, by: User, story: Story | None, version: int) -> ArticleStatus:
    key = story.pk if story else None
    return place_article(by=by, article_id=article.pk, story_id=key, expected_version=version)


def test_a_story_is_made_unpublished_with_one_event(max: User) -> None:
    story = create_story(by=max, title="  The \n bridge ", description=" Over the Elm.\n", key=uuid4())
    status = StoryStatus.objects.get()
    assert (status.story, status.title, status.description) == (story, "The bridge", "Over the Elm.")
    assert (status.published_at, status.version) == (None, 0)
    (event,) = events("story.created")
    assert (event.by, event.target_id) == (max, str(story.pk))
    assert event.after == {"title": "The bridge", "description": "Over the Elm."}


def test_sending_the_form_twice_makes_one_story(max: User) -> None:
    key = uuid4()
    made = [create_story(by=max, title="The bridge", description="", key=key) for _ in range(2)]
    assert made[0] == made[1]
    assert (Story.objects.count(), len(events("story.created"))) == (1, 1)


def test_the_same_form_with_other_words_is_a_conflict(max: User) -> None:
    key = uuid4()
    create_story(by=max, title="The bridge", description="", key=key)
    for title, description in (("The tunnel", ""), ("The bridge", "Over the Elm.")):
        with pytest.raises(Conflict, match="made a story already"):
            create_story(by=max, title=title, description=description, key=key)
    assert Story.objects.count() == 1


@pytest.mark.parametrize(("title", "description", "sentence"), LONG)
def test_words_that_cannot_be_stored_are_refused(
    max: User, story: Story, title: str, description: str, sentence: str
) -> None:
    before = event_count()
    with pytest.raises(Invalid, match=sentence):
        create_story(by=max, title=title, description=description, key=uuid4())
    with pytest.raises(Invalid, match=sentence):
        describe(story, max, title=title, description=description)
    assert Story.objects.count() == 1
    assert event_count() == before


def test_describing_anew_leaves_the_words_that_the_story_came_with(max: User, story: Story) -> None:
    status = describe(story, max, "The toll", description="Who pays?")
    assert (status.title, status.description, status.version) == ("The toll", "Who pays?", 1)
    story.refresh_from_db()
    assert story.title == "The bridge"
    (event,) = events("story.described")
    assert event.before == {"title": "The bridge", "description": ""}
    assert event.after == {"title": "The toll", "description": "Who pays?"}


def test_who_describes_second_reads_what_stands_now(max: User, ada: User, story: Story) -> None:
    describe(story, max, "The toll")
    with pytest.raises(Conflict, match="Somebody changed this story") as refused:
        describe(story, ada, "The bill", version=0)
    assert refused.value.current == {"title": "The toll", "description": "", "version": 1}
    assert StoryStatus.objects.get().title == "The toll"


def test_publishing_and_taking_back_are_events_once_each(max: User, story: Story) -> None:
    assert publish_story(by=max, story_id=story.pk, expected_version=0).published_at is not None
    assert publish_story(by=max, story_id=story.pk, expected_version=1).version == 1
    assert unpublish_story(by=max, story_id=story.pk, expected_version=1).published_at is None
    assert unpublish_story(by=max, story_id=story.pk, expected_version=2).version == 2
    assert [event.kind for event in events("story.published", "story.unpublished")] == [
        "story.published",
        "story.unpublished",
    ]


def test_readers_see_published_stories_only(max: User, ana: User, eve: User, story: Story) -> None:
    other = create_story(by=max, title="Other", description="", key=uuid4())
    publish_story(by=max, story_id=story.pk, expected_version=0)
    for reader in (eve, AnonymousUser()):
        assert list(Story.objects.visible_to(reader)) == [story]
    assert set(Story.objects.visible_to(ana)) == {story, other}


def test_publishing_what_changed_since_is_a_conflict(max: User, ada: User, story: Story) -> None:
    describe(story, ada, "Something that max has not read")
    for deed in (publish_story, unpublish_story):
        with pytest.raises(Conflict):
            deed(by=max, story_id=story.pk, expected_version=0)
    assert StoryStatus.objects.get().published_at is None


def test_an_article_is_put_in_moved_and_taken_out(max: User, article: Article) -> None:
    one, two = (create_story(by=max, title=name, description="", key=uuid4()) for name in ("One", "Two"))
    assert place(article, max, one, 0).story == one
    assert place(article, max, two, 1).story == two
    assert place(article, max, None, 2).story is None
    assert [(event.before["story"], event.after["story"]) for event in events("article.placed")] == [
        (None, str(one.pk)),
        (str(one.pk), str(two.pk)),
        (str(two.pk), None),
    ]


def test_putting_an_article_where_it_is_changes_nothing(max: User, story: Story, article: Article) -> None:
    before = event_count()
    assert place(article, max, story, 0).version == 1
    assert event_count() == before


def test_an_article_that_moved_since_is_a_conflict(max: User, story: Story, article: Article) -> None:
    with pytest.raises(Conflict, match="Somebody changed this article"):
        place(article, max, None, 0)
    assert ArticleStatus.objects.get(article=article).story == story


def test_what_is_not_there_is_gone(max: User, story: Story, article: Article) -> None:
    missing: list[Callable[[], object]] = [
        lambda: describe_story(by=max, story_id=uuid4(), title="T", description="", expected_version=0),
        lambda: publish_story(by=max, story_id=uuid4(), expected_version=0),
        lambda: unpublish_story(by=max, story_id=uuid4(), expected_version=0),
        lambda: place_article(by=max, article_id=uuid4(), story_id=story.pk, expected_version=0),
        lambda: place_article(by=max, article_id=article.pk, story_id=uuid4(), expected_version=1),
    ]
    for deed in missing:
        with pytest.raises(Gone):
            deed()


def test_reviewers_and_readers_may_do_none_of_it(ana: User, eve: User, story: Story, article: Article) -> None:
    before = event_count()
    deeds: list[Callable[[User], object]] = [
        lambda by: create_story(by=by, title="T", description="", key=uuid4()),
        lambda by: describe(story, by),
        lambda by: publish_story(by=by, story_id=story.pk, expected_version=0),
        lambda by: unpublish_story(by=by, story_id=story.pk, expected_version=0),
        lambda by: place(article, by, None, 1),
    ]
    for by in (ana, eve):
        for deed in deeds:
            with pytest.raises(NotAllowed, match="only a moderator may"):
                deed(by)
    assert event_count() == before
