"""What moderators and administrators do, and what anybody may say about a claim: more rules of the machine."""

from functools import partial

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from claims.accounts import manage_account
from claims.refusals import Refusal
from claims.review import flag_claim, lock_article, require_assessments, retire_claim, set_aside, skip_claim
from claims.review.write_comment import write_comment
from claims.vocabulary import Role
from tests.machine.doing import anybody, moderating, picks, rarely, reviewing
from tests.machine.judging import Judging
from tests.machine.model import ROLES
from tests.machine.workbench import event_count, person

administering = st.sampled_from(["ada", "ada", "ada", "ada", "max", "ana"])


class Moderating(Judging):
    """Hide, restore, retire, flag, answer, talk, skip, lock, place, require, publish, roles, blocks; send again."""

    # Claims out of work and back.

    @rule(who=moderating, pick=picks, back=st.booleans(), stale=rarely)
    def hide_or_restore(self, who: str, pick: int, back: bool, stale: bool) -> None:
        away = [one for one in self.world.statements if one.aside and not self.world.gone(one, aside_too=True)]
        it = away[pick % len(away)] if away and back else self.choose(pick)
        refused = self.world.refuses_aside(who, it, back=back, stale=stale)
        verb = set_aside.restore_claim if back else set_aside.hide_claim
        change = partial(self.world.sets_aside, it, "" if back else "hidden")
        self.about(who, verb, it, refused, change, stale=stale)

    @rule(who=moderating, pick=picks, stale=rarely)
    def retire(self, who: str, pick: int, stale: bool) -> None:
        it = self.choose(pick)
        words = it.words.split(" ")
        halves = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        parts = [half for half in halves if half]
        address = self.real.addresses[id(it.article)]

        def change() -> None:
            self.world.retires(it, parts)
            self.real.learn(address, it.text)

        refused = self.world.refuses_retiring(who, it, parts, stale=stale)
        self.about(who, retire_claim.retire_claim, it, refused, change, stale=stale, parts=parts)

    # What is said about a claim.

    @rule(deed=st.sampled_from("ffaacs"), who=reviewing, pick=picks)
    def say_something(self, deed: str, who: str, pick: int) -> None:
        {"f": self.flag, "a": self.answer_flag, "c": self.comment, "s": self.skip}[deed](who, pick)

    def flag(self, who: str, pick: int) -> None:
        it = self.choose(pick)
        refused = self.world.refuses_flag(who, it)
        key = self.real.key(it)
        change = partial(self.world.flags, who, it)
        self.send(who, flag_claim.flag_claim, refused, change, claim_id=key, reason="Look at it.")

    def answer_flag(self, who: str, pick: int) -> None:
        who = "max" if pick % 3 else who
        flagged = [(one, by) for one in self.world.statements for by in one.flags]
        if not flagged:
            return
        it, by = flagged[pick % len(flagged)]
        number = self.real.flag(by, it)
        change = partial(self.world.answers, by, it)
        self.send(who, flag_claim.answer_flag, self.world.needs(who, 2), change, flag_id=number, answer="Looked.")

    def comment(self, who: str, pick: int) -> None:
        it = self.choose(pick)
        refused = self.world.refuses_talk(who, it)
        key = self.real.key(it)
        change = partial(self.world.talks, who, it)
        self.send(who, write_comment, refused, change, claim_id=key, thread_id=None, body="Is it so?")

    def skip(self, who: str, pick: int) -> None:
        it = self.choose(pick)
        # Whoever has passed it is told so again, whatever became of it.
        refused = self.world.needs(who, 1) if who in it.passed else self.world.refuses_talk(who, it)
        key = self.real.key(it)
        change = partial(self.world.passes, who, it)
        self.send(who, skip_claim.skip_claim, refused, change, claim_id=key, reason="unsure")

    # Articles and the story.

    @rule(deed=st.sampled_from("llprr"), who=moderating, pick=picks, on=st.booleans(), stale=rarely)
    def change_articles(self, deed: str, who: str, pick: int, on: bool, stale: bool) -> None:
        if deed == "l":
            self.lock_or_unlock(who, pick, locked=on, stale=stale)
        elif deed == "p":
            self.place(who, pick, in_story=on, stale=stale)
        else:
            self.require(who, pick % 4, stale=stale)

    def lock_or_unlock(self, who: str, pick: int, *, locked: bool, stale: bool) -> None:
        address, article = self.article(pick)
        alike = article.locked == locked
        refused = self.world.refuses_article(who, article, alike=alike, stale=stale)
        if article.withdrawn:
            refused.add("Conflict")
        verb = lock_article.lock_article if locked else lock_article.unlock_article
        key, version = self.real.article_key(address), self.real.article_version(address) + stale

        def change() -> int:
            article.locked = locked
            article.version += not alike
            return int(not alike)

        self.do(lambda: verb(by=person(who), article_id=key, reason="So.", expected_version=version), refused, change)

    def place(self, who: str, pick: int, *, in_story: bool, stale: bool) -> None:
        address, article = self.article(pick)
        alike = article.in_story == in_story
        refused = self.world.refuses_article(who, article, alike=alike, stale=stale)
        version = self.real.article_version(address) + stale

        def change() -> int:
            article.in_story = in_story
            article.version += not alike
            return int(not alike) + self.world.follows(article)

        self.do(lambda: self.real.place(who, address, in_story=in_story, version=version), refused, change)

    def require(self, who: str, needed: int, *, stale: bool) -> None:
        refused = self.world.refuses_story(who, stale=stale) | ({"Invalid"} if needed < 1 else set())

        def change() -> int:
            self.world.story_needed = needed
            self.world.story_version += 1
            return 1 + sum(self.world.follows(article) for article in self.world.articles.values() if article.in_story)

        version = self.real.story_version() + stale
        verb = require_assessments.require_assessments
        story = self.real.story.pk
        self.send(who, verb, refused, change, story_id=story, needed=needed, expected_version=version)

    @rule(who=moderating, published=st.sampled_from([True, True, False]), stale=rarely)
    def publish(self, who: str, published: bool, stale: bool) -> None:
        alike = self.world.published == published

        def change() -> int:
            self.world.published = published
            self.world.story_version += not alike
            return int(not alike)

        version = self.real.story_version() + stale
        refused = self.world.refuses_story(who, stale=stale)
        self.do(lambda: self.real.publish(who, published=published, version=version), refused, change)

    # People.

    @rule(who=administering, whom=anybody, rank=st.none() | st.integers(0, 3), active=st.booleans(), stale=rarely)
    def change_people(self, who: str, whom: str, rank: int | None, active: bool, stale: bool) -> None:
        if rank is None:
            self.block_or_unblock(who, whom, active=active, stale=stale)
        else:
            self.change_role(who, whom, rank, stale=stale)

    def change_role(self, who: str, whom: str, rank: int, *, stale: bool) -> None:
        them = self.world.people[whom]
        alike = them.rank == rank
        refused = self.world.refuses_account(who, whom, alike=alike, stale=stale)
        change = partial(self.world.gives_role, whom, rank)
        said = {"user_id": person(whom).pk, "role": Role(ROLES[rank]), "expected_version": them.version + stale}
        self.do(lambda: manage_account.change_role(by=person(who), **said), refused, change)

    def block_or_unblock(self, who: str, whom: str, *, active: bool, stale: bool) -> None:
        them = self.world.people[whom]
        alike = them.active == active
        refused = self.world.refuses_account(who, whom, alike=alike, stale=stale)

        def change() -> int:
            them.active = active
            them.version += not alike
            return int(not alike)

        verb = manage_account.unblock_account if active else manage_account.block_account
        said = {"user_id": person(whom).pk, "expected_version": them.version + stale}
        said |= {} if active else {"reason": "So."}
        self.do(lambda: verb(by=person(who), **said), refused, change)

    # Requests that come again.

    @precondition(lambda self: self.sent)
    @rule(pick=picks)
    def send_something_again(self, pick: int) -> None:
        """A copy that comes late changes nothing, whatever happened since; an answer is the first one."""
        who, deed, outcome = self.sent[pick % len(self.sent)]
        before = event_count()
        try:
            with transaction.atomic():
                assert deed(person(who)) == outcome
        except Refusal:
            pass
        assert event_count() == before
