"""How a deed is done: to the rooms and to the model, and both have to say the same."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from claims.models import Story, User
from claims.refusals import Conflict, Refusal
from tests.machine.model import Article, Person, Statement, World
from tests.machine.workbench import Workbench, event_count, person

RANKS = {"ana": 1, "ben": 1, "cleo": 1, "max": 2, "ada": 3, "eve": 0}

# Those who can do it come often, the others often enough to be refused.
reviewing = st.sampled_from(["ana", "ben", "cleo", "ana", "ben", "cleo", "max", "ada", "eve"])
moderating = st.sampled_from(["max", "ada", "max", "ada", "max", "ada", "max", "ana", "eve"])
anybody = st.sampled_from(sorted(RANKS))
picks = st.integers(0, 999)
rarely = st.sampled_from([False] * 9 + [True])


class Doing(RuleBasedStateMachine):
    """The rooms and the model side by side. `story` is set by the test; what a run wrote is rolled back at its end."""

    story: Story

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        versions = dict(User.objects.values_list("username", "version"))
        people = {name: Person(name, rank, version=versions[name]) for name, rank in RANKS.items()}
        self.world = World(people)
        self.real = Workbench(self.story)
        self.sent: list[tuple[str, Callable[[Any], object], object]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    # How a deed is done.

    def do(self, deed: Callable[[], object], refused: set[str], change: Callable[[], object] = lambda: 1) -> bool:
        """Do it, and the same to the model; `change` gives how many events it makes (anything but a number is one)."""
        before = event_count()
        try:
            with transaction.atomic():
                deed()
            answer = ""
        except Refusal as refusal:
            # To the model what rests on a passed state is a conflict, whether by its version or otherwise.
            answer = "Conflict" if isinstance(refusal, Conflict) else type(refusal).__name__
        assert answer in (refused or {""}), f"{answer or 'It went through'}, and the model expects {refused or 'that'}"
        if answer:
            assert event_count() == before
            return False
        made = change()
        assert event_count() == before + (made if isinstance(made, int) else 1)
        return True

    def send(
        self, who: str, verb: Callable[..., object], refused: set[str], change: Callable[[], object], **said: object
    ) -> None:
        """Send a request with a key of its own, and the same again at once where it went through."""
        key = uuid4()
        outcome: list[object] = []

        def deed(by: Any) -> object:
            return verb(by=by, key=key, **said)

        before = event_count()
        if self.do(lambda: outcome.append(deed(person(who))), refused, change):
            after = event_count()
            assert deed(person(who)) == outcome[0]
            assert event_count() == after
            if after > before:
                self.sent.append((who, deed, outcome[0]))

    def choose(self, pick: int, likely: Callable[[Statement], object] = bool) -> Statement:
        everything = self.world.statements
        there = [one for one in everything if not self.world.gone(one)]
        wanted = [one for one in there if likely(one)]
        pool = wanted * 6 + there + everything
        return pool[pick % len(pool)]

    def article(self, pick: int) -> tuple[str, Article]:
        return sorted(self.world.articles.items())[pick % len(self.world.articles)]

    def about(
        self,
        who: str,
        verb: Callable[..., object],
        it: Statement,
        refused: set[str],
        change: Callable[[], object],
        *,
        stale: bool,
        **said: object,
    ) -> None:
        """A deed that carries the version of the claim's status and a reason."""
        version = self.real.claim_version(it) - stale
        key = self.real.key(it)
        self.send(who, verb, refused, change, claim_id=key, reason="So.", expected_version=version, **said)
