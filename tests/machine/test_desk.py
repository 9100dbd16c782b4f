"""Whatever people do in whatever order: the tables, what each person sees and the log say what the model says."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from claims.coverage.describe_story import create_story
from claims.models import User
from tests.cast import person
from tests.machine import workbench as real
from tests.machine.doing import RANKS
from tests.machine.moderating import Moderating

CALM = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class Desk(Moderating):
    """The rules with what has to hold after each of them."""

    looks = 0

    @invariant()
    def both_say_the_same(self) -> None:
        self.every_claim_stands_where_it_should()
        self.everything_that_was_said_is_there_and_nothing_else()
        self.articles_count_what_is_in_work()
        self.nobody_sees_more_or_less_than_they_may()
        assert real.log_is_whole()

    def every_claim_stands_where_it_should(self) -> None:
        said = {
            (
                self.real.key(it),
                it.state,
                *(it.settled or ("", None, "")),
                len(it.opinions),
                it.needed,
                it.doubted,
                it.aside,
                it.was_settled,
                len(it.flags),
                it.version,
            )
            for it in self.world.statements
        }
        assert real.statuses() == said

    def everything_that_was_said_is_there_and_nothing_else(self) -> None:
        key, statements = self.real.key, self.world.statements
        assert real.opinions() == {
            (key(it), who, *one.said, one.blind, one.version) for it in statements for who, one in it.opinions.items()
        }
        ruled = {(key(it), *it.ruling[0], it.ruling[1]) for it in statements if it.ruling}
        assert real.rulings() == ruled
        assert real.skips() == {(key(it), who) for it in statements for who in it.passed}

    def articles_count_what_is_in_work(self) -> None:
        said = {
            (self.real.article_key(address), *self.world.counted(it), it.version, it.withdrawn, it.locked)
            for address, it in self.world.articles.items()
        }
        assert real.articles() == said

    def nobody_sees_more_or_less_than_they_may(self) -> None:
        """Two who review, one who moderates and one who reads: others with each step."""
        self.looks += 1
        people = real.people()
        for names, many in ((("ana", "ben", "cleo"), 2), (("max", "ada"), 1), (("eve", ""), 1)):
            for turn in range(many):
                who = names[(self.looks + turn) % len(names)]
                self.sees_what_they_may(who, people[who])

    def sees_what_they_may(self, who: str, viewer: User | AnonymousUser) -> None:
        rank = self.world.people[who].may if who else 0
        key, statements = self.real.key, self.world.statements
        claims = {(key(it), *self.world.seen(who, it)) for it in statements if self.world.sees(who, it)}
        assert real.seen_claims(viewer) == claims, who
        judged = {
            (key(it), by)
            for it in statements
            for by in it.opinions
            if rank >= 2 or (rank == 1 and (by == who or it.settled))
        }
        assert real.seen_opinions(viewer) == judged, who
        talk = {(key(it), by) for it in statements for by in it.talk if self.world.reads_talk(who, it, by)}
        assert real.seen_talk(viewer) == talk, who
        flags = {(key(it), by) for it in statements for by in it.flags if rank >= 2 or by == who}
        assert real.seen_flags(viewer) == flags, who


@pytest.fixture
def desk(db: None) -> type[Desk]:
    """The machine with its people and a story of two articles to come."""
    for name, rank in RANKS.items():
        person(name, ["", "reviewer", "moderator", "administrator"][rank])
    Desk.story = create_story(by=User.objects.get(username="max"), title="The bridge", description="", key=uuid4())
    return Desk


def run(desk: type[Desk], runs: int, steps: int) -> None:
    """A difference is printed as the deeds that lead to it, with what runs it again."""
    phases = [phase for phase in Phase if phase != Phase.explain]  # explaining takes longer than finding
    calm = settings(deadline=None, suppress_health_check=CALM, print_blob=True, phases=phases)
    run_state_machine_as_test(desk, settings=settings(calm, max_examples=runs, stateful_step_count=steps))


def test_the_rooms_do_what_the_model_says(desk: type[Desk]) -> None:
    # The model is of the rooms; a second database has to show only that it lets them do the same.
    run(desk, runs=60 if connection.vendor == "sqlite" else 20, steps=30)


@pytest.mark.long
def test_the_rooms_do_what_the_model_says_for_long(desk: type[Desk]) -> None:
    run(desk, runs=300, steps=40)
