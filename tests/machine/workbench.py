"""The real rooms, told what to do in the words of the model, and what can be seen of them afterwards."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from claims import audit
from claims.coverage import place_article, publish_story
from claims.ingest import read_article, store_article, withdraw_article
from claims.models import (
    Article,
    ArticleStatus,
    Assessment,
    Claim,
    ClaimStatus,
    Comment,
    EventHead,
    Flag,
    Ruling,
    Skip,
    Story,
    StoryStatus,
    User,
)
from claims.models.keys import named_key
from claims.permissions import operator
from claims.review import require_assessments
from claims.review.rule_on_claim import mark_of
from claims.review.state import Judgement
from claims.text import reading
from claims.vocabulary import Label
from tests.machine.model import Said, Statement

Rows = set[tuple[object, ...]]


def person(name: str) -> User | AnonymousUser:
    """Somebody as a new request meets them; "" is not logged in."""
    return User.objects.get(username=name) if name else AnonymousUser()


def judgement(said: Said) -> Judgement:
    label, strength, reason = said
    return Judgement(Label(label), strength, reason)


def event_count() -> int:
    return EventHead.objects.get().count


class Workbench:
    """One story, articles at addresses, and the key of each statement of the model."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.keys: dict[tuple[str, int, str, bool], UUID] = {}
        self.addresses: dict[int, str] = {}

    def key(self, it: Statement) -> UUID:
        return self.keys[self.addresses[id(it.article)], it.text, it.words, it.is_part]

    def learn(self, address: str, text: int) -> None:
        """Note the keys of the claims of the text in force."""
        status = ArticleStatus.objects.get(article=self.article_key(address))
        claims = Claim.objects.filter(revision=status.revision_id).values_list("pk", "exact", "unit")
        self.keys |= {(address, text, exact, unit == "span"): pk for pk, exact, unit in claims}

    @staticmethod
    def article_key(address: str) -> UUID:
        return named_key("article", address)

    # What is sent: versions that are in force, or ones that have passed.

    def own_version(self, who: str, it: Statement) -> int:
        own = Assessment.objects.filter(claim=self.key(it), reviewer__username=who).first()
        return own.version if own else 0

    def ruling_version(self, it: Statement) -> int:
        ruling = Ruling.objects.filter(claim=self.key(it)).first()
        return ruling.version if ruling else 0

    def claim_version(self, it: Statement) -> int:
        return ClaimStatus.objects.get(pk=self.key(it)).version

    def article_version(self, address: str) -> int:
        return ArticleStatus.objects.get(pk=self.article_key(address)).version

    def mark(self, it: Statement) -> str:
        claim = Claim.objects.select_related("status").get(pk=self.key(it))
        return mark_of(claim, Assessment.objects.filter(claim=claim))

    def flag(self, who: str, it: Statement) -> int:
        return Flag.objects.get(claim=self.key(it), by__username=who, answered_at=None).pk

    # Texts.

    def bring_in(self, address: str, text: str, *, in_story: bool) -> None:
        story = self.story if in_story else None
        stored = store_article.store_article(by=operator(), raw=text.encode(), address=address, first_story=story)
        read_article.read_article(by=operator(), article=stored.revision.article)

    def read_with(self, address: str, keep: Callable[[str], bool]) -> None:
        """Read the text in force with a reader that finds only some of the sentences."""
        find = reading.propose
        reading.propose = lambda text, *known: [
            found for found in find(text, *known) if keep(text[found.start : found.end])
        ]
        try:
            article = Article.objects.get(pk=self.article_key(address))
            read_article.read_article(by=operator(), article=article)
        finally:
            reading.propose = find

    def place(self, who: str, address: str, *, in_story: bool, version: int) -> None:
        key, story = self.article_key(address), self.story.pk if in_story else None
        by = person(who)
        require_assessments.follow_story(by=by, article_id=key, story_id=story)  # type: ignore[arg-type]
        place_article.place_article(by=by, article_id=key, story_id=story, expected_version=version)  # type: ignore[arg-type]

    def withdraw(self, who: str, address: str, version: int) -> None:
        withdraw_article.withdraw_article(
            by=person(who),  # type: ignore[arg-type]
            article_id=self.article_key(address),
            reason="Asked for.",
            expected_version=version,
        )

    def publish(self, who: str, *, published: bool, version: int) -> None:
        verb = publish_story.publish_story if published else publish_story.unpublish_story
        verb(by=person(who), story_id=self.story.pk, expected_version=version)  # type: ignore[arg-type]

    def story_version(self) -> int:
        return StoryStatus.objects.get(story=self.story).version


# What stands in the tables, in the order of the tuples of the machine.


def statuses() -> Rows:
    columns = ("pk", "state", "settled_label", "settled_strength", "settled_reason", "given", "needed", "reopened_with")
    more = ("set_aside", "was_settled", "open_flags", "version")
    return set(ClaimStatus.objects.values_list(*columns, *more))


def opinions() -> Rows:
    columns = ("claim", "reviewer__username", "label", "strength", "reason", "blind", "version")
    return set(Assessment.objects.values_list(*columns))


def rulings() -> Rows:
    return set(Ruling.objects.values_list("pk", "label", "strength", "reason", "version"))


def skips() -> Rows:
    return set(Skip.objects.values_list("claim", "reviewer__username"))


def articles() -> Rows:
    columns = ("pk", "claims_count", "settled_count", "version")
    return {
        (*row, withdrawn is not None, locked is not None)
        for *row, withdrawn, locked in ArticleStatus.objects.values_list(*columns, "withdrawn_at", "locked_at")
    }


def people() -> dict[str, User | AnonymousUser]:
    """Everybody as a new request meets them; "" is not logged in."""
    known = User.objects.prefetch_related("groups")
    return {user.username: user for user in known} | {"": AnonymousUser()}


def seen_claims(viewer: User | AnonymousUser) -> Rows:
    return set(Claim.objects.visible_to(viewer).values_list("pk", "seen_state", "seen_label"))


def seen_opinions(viewer: User | AnonymousUser) -> Rows:
    return set(Assessment.objects.visible_to(viewer).values_list("claim", "reviewer__username"))


def seen_talk(viewer: User | AnonymousUser) -> Rows:
    return set(Comment.objects.visible_to(viewer).values_list("claim", "by__username"))


def seen_flags(viewer: User | AnonymousUser) -> Rows:
    waiting = Flag.objects.visible_to(viewer).filter(answered_at=None)
    return set(waiting.values_list("claim", "by__username"))


def log_is_whole() -> bool:
    return audit.verify() is None
