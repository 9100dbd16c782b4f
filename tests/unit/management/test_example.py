"""The worked example: what `make run` shows, that it comes once, and that it goes without taking others' work along."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.core.management import call_command

from claims.coverage.examples import Work, example_links, is_example_claim, shows_example
from claims.coverage.matters import matters_of_story
from claims.coverage.roots import roots_of
from claims.management.example_data import read_example
from claims.management.example_loading import load_example
from claims.management.example_removal import remove_example
from claims.models import (
    Article,
    Assessment,
    Attribution,
    Claim,
    ClaimStatus,
    ClaimTime,
    ExampleWork,
    Hop,
    Link,
    Story,
    User,
)
from claims.models.link import link_key
from claims.refusals import NotAllowed
from claims.relations import Independence, LinkState, Relation, Subtype
from claims.review.retract_assessment import retract_assessment
from claims.text.decode import decode
from claims.vocabulary import Aside, ClaimState, Label
from tests.cast import assess, logged_in, person, rule
from tests.linking import rule_link
from tests.unit.ledger import events


def run(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


def claim_of(name: str) -> Claim:
    """The claim of this name in the example's file."""
    place = next(claim.place for claim in read_example().claims if claim.id == name)
    return Claim.objects.get(revision=place.revision, start=place.start, end=place.end)


def link_of(one: str, other: str) -> Link:
    return Link.objects.get(pk=link_key(claim_of(one).pk, claim_of(other).pk))


@pytest.fixture
def demo(corpus: list[Article], settings: Any) -> str:
    """The five articles, and what `demo` prints in development."""
    settings.DEBUG = True
    return run("demo")


def test_the_words_of_the_example_stand_in_the_articles() -> None:
    folder = Path(project.FIXTURE_DIRS[0]) / "articles"
    texts = {path.name[:3]: decode(path.read_bytes()).text for path in folder.glob("*.txt")}
    example = read_example()
    assert len(example.claims) > 50
    for claim in example.claims:
        assert any(text[claim.place.start : claim.place.end] == claim.exact for text in texts.values()), claim.id
    named = {claim.id for claim in example.claims}
    assert all({link.a, link.b} <= named and link.origin in {"", link.a, link.b} for link in example.links)


def test_a_story_shows_links_of_every_relation_and_agreement_that_is_one_root(demo: str) -> None:
    story, ben = Story.objects.get(), User.objects.get(username="ben")
    assert "52 claims labelled and 14 pairs compared" in demo
    assert "left out" not in demo
    links = {link.pk: link for link in Link.objects.of_story(story)}
    settled = Counter(link.relation for link in links.values() if link.relation)
    assert settled.keys() == set(Relation)
    assert settled.total() == 13
    assert shows_example(story)
    assert example_links(links) == links.keys()

    # Two numbers of one clause contradict each other; a freeze that came later updates what was possible before.
    clause = link_of("S22", "P05b")
    assert (clause.state, clause.relation, clause.subtype) == (
        LinkState.CONFIRMED, Relation.CONTRADICTS, Subtype.REFERENCE,
    )  # fmt: skip
    freeze = link_of("S31", "S14")
    assert (freeze.state, freeze.relation) == (LinkState.CONFIRMED, Relation.UPDATES)
    assert freeze.forward == (freeze.a_id == claim_of("S14").pk)
    assert link_of("P22a", "P22b").state == LinkState.REJECTED

    # Neither text dates the suspension: both reviewers find that they agree, and it stays proposed.
    undated = link_of("P03a", "S05a")
    assert (undated.state, undated.given, undated.held_by_time) == (LinkState.PROPOSED, 2, True)

    matters = matters_of_story(story, ben)
    figures = {matter.key: roots.figure for matter, roots in zip(matters, roots_of(matters).values(), strict=True)}
    (one_voice,) = [key for key, figure in figures.items() if figure == "2 articles, 1 root"]
    (link,) = next(matter.links for matter in matters if matter.key == one_voice)
    assert {link.a.article.voice, link.b.article.voice} == {"Newsweek"}
    assert (link.independence, link.signs) == (Independence.SHARED, ["same_voice"])
    assert "3 articles, 0 roots" in figures.values()

    # Only the text's own dates resolve relative words: never the day of a page that republished it.
    resolved = ClaimTime.objects.get(claim=claim_of("S31"))
    assert (resolved.value, resolved.against, resolved.words) == ("2023-05-22", "2023-05-23", "Monday")
    assert all(time.against == "" for time in ClaimTime.objects.exclude(pk=resolved.pk))

    # Everything was found blind, by the two reviewers, and each write has its event.
    assert set(Assessment.objects.values_list("reviewer__username", "blind")) == {("ana", True), ("ben", True)}
    assert Attribution.objects.filter(claim=claim_of("S31")).count() == 2
    route = Hop.objects.filter(attribution__claim=claim_of("S31"), attribution__reviewer=ben)
    assert [str(hop) for hop in route.select_related("source")] == ["Nikol Pashinyan", "press conference", "Interfax"]
    assert len(events("example.loaded")) == 1
    assert is_example_claim(claim_of("S31").pk)
    assert not is_example_claim(claim_of("P22b").pk)

    # The pages say so; of what is not settled they say nothing.
    browser = logged_in(ben)
    for url in (f"/stories/{story.pk}/", f"/links/{freeze.pk}/", f"/claims/{claim_of('S31').pk}/"):
        assert "An example, made by the workbench" in browser.get(url).content.decode(), url
    assert "An example" not in browser.get(f"/claims/{claim_of('P22b').pk}/").content.decode()

    before = len(events())
    assert "is loaded" in run("demo")
    assert len(events()) == before


def test_the_example_goes_without_what_somebody_changed_and_comes_back_only_when_it_is_asked_for(demo: str) -> None:
    ana, max = User.objects.get(username="ana"), User.objects.get(username="max")
    cyd = person("cyd", "moderator")
    changed, ruled, taken_back, marked = claim_of("S40"), claim_of("S44"), claim_of("S42a"), claim_of("S05a")
    assess(changed, ana, Label.SOURCED, strength=2)
    rule(ruled, max, Label.OPINION)
    own = Assessment.objects.get(claim=taken_back, reviewer=ana)
    retract_assessment(by=ana, claim_id=taken_back.pk, expected_version=own.version, key=uuid4())
    assert ClaimStatus.objects.get(claim=marked).marked_by == ana
    rule_link(claim_of("S22"), claim_of("P05b"), cyd, Relation.CONTRADICTS, subtype=Subtype.REFERENCE)

    said = run("remove_example")
    # One label was changed, two stand under a ruling, one was taken back by hand; the ruled link keeps both findings.
    assert "labels: 100 taken back, 3 kept" in said
    assert "findings about pairs: 26 taken back, 2 kept" in said
    assert Assessment.objects.get(claim=changed, reviewer=ana).label == Label.SOURCED
    assert ClaimStatus.objects.get(claim=ruled).state == ClaimState.RULED
    assert list(Link.objects.filter(given__gt=0)) == [link_of("S22", "P05b")]
    assert not Hop.objects.exclude(attribution__claim__in=[ruled.pk]).exists()
    assert not ClaimTime.objects.exclude(value="").exists()
    # Marked claims are hidden, but not one that somebody has a link with.
    assert ClaimStatus.objects.get(claim=marked).set_aside == Aside.HIDDEN
    assert ClaimStatus.objects.get(claim=claim_of("P05b")).set_aside == ""
    assert not ExampleWork.objects.filter(removed_at=None).exists()
    assert not shows_example(Story.objects.get())
    (removed,) = events("example.removed")
    assert removed.after["removed"][Work.ASSESSMENT] == 100
    assert removed.after["kept"][Work.ASSESSMENT] == 3

    before = len(events())
    assert "no worked example" in run("remove_example")
    assert "was removed" in run("demo")
    assert len(events()) == before

    again = run("demo", "--example")
    assert "left out" in again
    assert ClaimStatus.objects.get(claim=marked).set_aside == ""
    assert Assessment.objects.get(claim=changed, reviewer=ana).label == Label.SOURCED
    assert link_of("S31", "S14").state == LinkState.CONFIRMED


def test_the_example_is_left_out_where_nobody_wants_it_or_nothing_is_there(
    corpus: list[Article], settings: Any
) -> None:
    settings.DEBUG = True
    assert "example" not in run("demo", "--no-example")
    assert not Assessment.objects.exists()
    Story.objects.get().placements.update(story=None)
    assert "No worked example" in run("demo")
    assert not ExampleWork.objects.exists()


def test_the_example_speaks_in_nobodys_name_but_the_demos(corpus: list[Article], ana: User, settings: Any) -> None:
    settings.DEBUG = True
    assert "the demo's own accounts" in run("demo")
    assert not Assessment.objects.exists()


def test_only_commands_load_and_remove_the_example(max: User, db: None) -> None:
    for verb in (load_example, remove_example):
        with pytest.raises(NotAllowed):
            verb(by=max)
