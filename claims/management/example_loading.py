"""The worked example is loaded: two demo reviewers judge, date and link claims of the five articles.

They do so through the verbs that everybody's work goes through, and nothing that somebody else did is written over:
what cannot be done, because the text has changed or the claim is taken, is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from claims.accounts.demo_accounts import demo_people
from claims.coverage.examples import Made, Work, standing_work, taken_away
from claims.coverage.finding import Finding
from claims.coverage.index_articles import index_claims
from claims.coverage.keep_example import keep_example
from claims.coverage.link_claims import link_claims
from claims.coverage.recheck_links import recheck_links
from claims.management.example_data import Example, ExampleClaim, ExampleLink, Place, read_example
from claims.models import (
    Article,
    ArticleStatus,
    Assessment,
    Attribution,
    ClaimStatus,
    ClaimTime,
    Link,
    LinkAssessment,
    Story,
    User,
)
from claims.permissions import check_is_operator
from claims.refusals import Refusal
from claims.review.assess_claim import assess_claim
from claims.review.attribute_claim import GivenAttribution, GivenHop, GivenSpan, attribute_claim
from claims.review.date_claim import date_claim
from claims.review.redraw_claims import MOST_CLAIMS, redraw_claims
from claims.review.register_source import register_source
from claims.review.set_aside import restore_claim
from claims.review.state import Judgement
from claims.vocabulary import Aside, Label

REVIEWERS: Final = ("ana", "ben")
MODERATOR: Final = "max"
_BACK: Final = "The worked example is loaded again."


@dataclass(frozen=True)
class Loaded:
    """What was done: how many claims were judged and pairs linked, and how many things were left out."""

    claims: int
    links: int
    left_out: int


@dataclass
class _Hands:
    """Whose hands do it, and what they have done so far; each pair in `judged` and `said` is claim and reviewer."""

    people: Mapping[str, User]
    judged: set[tuple[UUID, int]] = field(default_factory=set)
    said: set[tuple[UUID, int]] = field(default_factory=set)
    dated: set[tuple[UUID, str]] = field(default_factory=set)
    linked: set[tuple[UUID, int]] = field(default_factory=set)
    marked: set[UUID] = field(default_factory=set)
    left_out: int = 0

    @property
    def reviewers(self) -> list[User]:
        return [self.people[name] for name in REVIEWERS]

    def do(self, deed: Callable[..., Any], /, **parts: Any) -> Any:
        """Do it, under a key of its own; None where it is refused."""
        try:
            return deed(key=uuid4(), **parts)
        except Refusal:
            self.left_out += 1
            return None


@transaction.atomic
def load_example(*, by: User) -> Loaded | None:
    """Do the example's work and keep what was made; None where it stands already, or there is nothing to do it with.

    It takes the fixture's articles in a story, and the demo accounts. Raises NotAllowed unless a command asks.
    """
    check_is_operator(by, "load the worked example")
    people = demo_people()
    if not people.keys() >= {*REVIEWERS, MODERATOR} or standing_work():
        return None
    example = read_example()
    story = _story(example)
    if story is None:
        return None
    hands = _Hands(people)
    keys = _mark(example.claims, hands)
    sources = _register(example, hands)
    for said in example.claims:
        if key := keys.get(said.id):
            _judge(said, key, sources, hands)
    for link in example.links:
        if link.a in keys and link.b in keys:
            _link(link, keys, hands)
    index_claims(by=by, claims=hands.marked)
    keep_example(by=by, story=story, made=list(_made(hands)))
    return Loaded(len({claim for claim, _ in hands.judged}), len({link for link, _ in hands.linked}), hands.left_out)


def _story(example: Example) -> Story | None:
    """The story that the example's articles are in."""
    articles = {said.place.article for said in example.claims}
    found = Article.objects.filter(pk__in=articles, status__story__isnull=False).select_related("status__story")
    return next((article.status.story for article in found.order_by("received_at", "pk")), None)


def _mark(claims: Iterable[ExampleClaim], hands: _Hands) -> dict[str, UUID]:
    """The claims' keys by their names in the file: found where they stand, or marked by the first reviewer."""
    of_text: dict[UUID, list[ExampleClaim]] = defaultdict(list)
    for said in claims:
        of_text[said.place.revision].append(said)
    in_force = set(
        ArticleStatus.objects.filter(revision__in=of_text, withdrawn_at=None).values_list("revision", flat=True)
    )
    _bring_back(in_force, hands)
    keys: dict[str, UUID] = {}
    for revision, those in of_text.items():
        if revision in in_force:
            for first in range(0, len(those), MOST_CLAIMS):
                keys |= _marked(those[first : first + MOST_CLAIMS], hands)
        else:
            hands.left_out += len(those)
    return keys


def _marked(some: list[ExampleClaim], hands: _Hands) -> dict[str, UUID]:
    place = some[0].place
    done = hands.do(
        redraw_claims,
        by=hands.reviewers[0],
        article_id=place.article,
        revision_id=place.revision,
        old=[],
        spans=[GivenSpan(said.place.start, said.place.end, said.exact) for said in some],
    )
    if done is None:
        return {}
    found = [UUID(claim["id"]) for claim in done["claims"]]
    hands.marked |= {UUID(claim["id"]) for claim in done["claims"] if claim["is_new"]}
    hands.marked |= {UUID(key) for key in done["restored"]}
    return dict(zip((said.id for said in some), found, strict=True))


def _bring_back(revisions: set[UUID], hands: _Hands) -> None:
    """Restore the claims of these texts that were hidden when the example was taken away."""
    hidden = ClaimStatus.objects.filter(
        pk__in=taken_away(Work.CLAIM), set_aside=Aside.HIDDEN, claim__revision__in=revisions
    )
    for status in hidden.order_by("pk"):
        hands.do(
            restore_claim,
            by=hands.people[MODERATOR],
            claim_id=status.pk,
            reason=_BACK,
            expected_version=status.version,
        )
        hands.marked |= {status.pk}


def _register(example: Example, hands: _Hands) -> dict[str, UUID]:
    """The sources in the registry, by their names in the file."""
    found = {}
    for name, said in example.sources.items():
        if source := hands.do(register_source, by=hands.reviewers[0], **said):
            found[name] = source.pk
    return found


def _judge(said: ExampleClaim, claim: UUID, sources: dict[str, UUID], hands: _Hands) -> None:
    for time in said.times:
        _date(time, claim, hands)
    for reviewer in hands.reviewers:
        if said.attribution:
            _attribute(said.attribution, said.place, claim, reviewer, sources, hands)
        if not said.label or Assessment.objects.filter(claim=claim, reviewer=reviewer).exists():
            continue
        done = hands.do(
            assess_claim,
            by=reviewer,
            claim_id=claim,
            judgement=Judgement(Label(said.label), said.strength, said.reason),
            note=said.why if reviewer == hands.reviewers[0] else "",
            expected_version=0,
        )
        if done:
            hands.judged |= {(claim, reviewer.pk)}


def _date(time: dict[str, str], claim: UUID, hands: _Hands) -> None:
    there = ClaimTime.objects.filter(claim=claim, kind=time["kind"]).first()
    if there and there.value:
        return
    by = hands.reviewers[0]
    done = hands.do(
        date_claim,
        by=by,
        claim_id=claim,
        kind=time["kind"],
        value=time["value"],
        words=time["words"],
        against=time["against"],
        against_note=time["note"],
        basis=time["basis"],
        expected_version=there.version if there else 0,
    )
    if done:
        recheck_links(by=by, claims=[claim])
        hands.dated |= {(claim, time["kind"])}


def _attribute(
    said: dict[str, Any], place: Place, claim: UUID, by: User, sources: dict[str, UUID], hands: _Hands
) -> None:
    own = Attribution.objects.filter(claim=claim, reviewer=by).prefetch_related("hops").first()
    # One that says nothing was taken back.
    if own and (own.mode or own.source or own.cue or own.content or own.hops.all()):
        return
    route = tuple(
        GivenHop(source=sources.get(step["source"])) if "source" in step else GivenHop(occasion=step["occasion"])
        for step in said["route"]
    )
    ticks: dict[str, Any] = dict.fromkeys(said.get("ticks", ()), True)
    given = GivenAttribution(
        source=GivenSpan(*said["source"]) if "source" in said else None,
        cue=GivenSpan(*said["cue"]) if "cue" in said else None,
        chain=route,
        mode=said["mode"],
        scope=said["scope"],
        quote=said.get("quote", ""),
        **ticks,
    )
    if hands.do(attribute_claim, by=by, claim_id=claim, given=given, expected_version=own.version if own else 0):
        hands.said |= {(claim, by.pk)}


def _link(said: ExampleLink, keys: dict[str, UUID], hands: _Hands) -> None:
    for reviewer, reason in zip(hands.reviewers, said.reasons, strict=True):
        finding = Finding(
            relation=said.relation,
            subtype=said.subtype,
            origin=keys[said.origin] if said.origin else None,
            independence=said.independence,
            signs=said.signs,
            basis=said.basis,
            reason=reason,
        )
        # Who has said something else of the pair already is refused, because that has a version.
        done = hands.do(
            link_claims,
            by=reviewer,
            claim_id=keys[said.a],
            other_id=keys[said.b],
            finding=finding,
            expected_version=0,
        )
        if done:
            hands.linked |= {(UUID(done["link"]), reviewer.pk)}


def _made(hands: _Hands) -> Iterable[Made]:
    """What was made, in the versions in which it stands in the end. A query for each kind."""
    claims = {claim for claim, _ in hands.judged | hands.said} | {claim for claim, _ in hands.dated}
    links = {link for link, _ in hands.linked}
    for status in ClaimStatus.objects.filter(pk__in=hands.marked):
        yield Made(Work.CLAIM, str(status.pk), status.version)
    for judged in Assessment.objects.filter(claim__in=claims):
        if (judged.claim_id, judged.reviewer_id) in hands.judged:
            yield Made(Work.ASSESSMENT, str(judged.pk), judged.version)
    for said in Attribution.objects.filter(claim__in=claims):
        if (said.claim_id, said.reviewer_id) in hands.said:
            yield Made(Work.ATTRIBUTION, str(said.pk), said.version)
    for time in ClaimTime.objects.filter(claim__in=claims):
        if (time.claim_id, time.kind) in hands.dated:
            yield Made(Work.TIME, str(time.pk), time.version)
    for finding in LinkAssessment.objects.filter(link__in=links):
        if (finding.link_id, finding.reviewer_id) in hands.linked:
            yield Made(Work.FINDING, str(finding.pk), finding.version)
    for link in Link.objects.filter(pk__in=links):
        yield Made(Work.LINK, str(link.pk), link.version)
