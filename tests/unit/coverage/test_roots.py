"""A matter rests on roots, never on articles: first sources, joined where an origin is shared."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.coverage.matters import Matter, joined, matter_of_claim, matters, matters_of_story
from claims.coverage.roots import Root, Roots, Standing, count_roots, roots_of
from claims.models import Claim, Link, Story, User
from claims.relations import Independence, Relation
from claims.vocabulary import Label
from tests.cast import MakeArticle, rule
from tests.linking import attribute, confirmed, link, rule_link

UNKNOWN, APART, SHARED = Independence.UNKNOWN, Independence.INDEPENDENT, Independence.SHARED


def key(number: int) -> UUID:
    return UUID(int=number)


def a_matter(links: Sequence[tuple[int, int, str]]) -> Matter:
    rows = [
        Link(pk=key(100 + n), a_id=key(one), b_id=key(other), relation=Relation.CORROBORATES, independence=origin)
        for n, (one, other, origin) in enumerate(links)
    ]
    claims = sorted({claim for row in rows for claim in (row.a_id, row.b_id)})
    return Matter(claims[0], tuple(claims), tuple(rows))


def figure(
    links: Sequence[tuple[int, int, str]], sources: dict[int, str], articles: dict[int, int] | None = None
) -> Roots:
    """The figure of claims 1, 2, 3 … in articles of their own; those with a source are sourced ("?" names none)."""
    matter = a_matter(links)
    names = sorted({name for name in sources.values() if name != "?"})
    sourced = {
        claim: Standing(key(1000 + (articles or {}).get(claim.int, claim.int)), claim.int in sources)
        for claim in matter.claims
    }
    first = {key(claim): [Root(key(5000 + names.index(name)), name)] for claim, name in sources.items() if name != "?"}
    return count_roots(matter, sourced, first)


CASES: dict[str, tuple[Roots, str]] = {
    "two with the same first source": (
        figure([(1, 2, UNKNOWN)], {1: "Pashinyan", 2: "Pashinyan"}),
        "2 articles, 1 root",
    ),
    "two whose origin was found shared": (figure([(1, 2, SHARED)], {1: "A", 2: "B"}), "2 articles, 1 root"),
    "three of which nothing is known": (
        figure([(1, 2, UNKNOWN), (2, 3, UNKNOWN)], {1: "A", 2: "B", 3: "C"}),
        "3 articles, 1 root, 2 not established",
    ),
    "one sourced and two bare": (
        figure([(1, 2, UNKNOWN), (2, 3, UNKNOWN)], {1: "A"}),
        "3 articles, 1 root, 2 not established",
    ),
    "two found independent": (figure([(1, 2, APART)], {1: "A", 2: "B"}), "2 articles, 2 roots"),
    "two found independent that have one first source": (
        figure([(1, 2, APART)], {1: "A", 2: "A"}),
        "2 articles, 1 root",
    ),
    "two independent and a copy of one": (
        figure([(1, 2, APART), (2, 3, SHARED)], {1: "A", 2: "B", 3: "C"}),
        "3 articles, 2 roots",
    ),
    "a chain in which only neighbours are independent": (
        figure([(1, 2, APART), (2, 3, APART)], {1: "A", 2: "B", 3: "C"}),
        "3 articles, 2 roots, 1 not established",
    ),
    "shared through one that names nobody": (
        figure([(1, 2, SHARED), (2, 3, SHARED)], {1: "A", 3: "C"}),
        "3 articles, 1 root",
    ),
    "nobody names a source": (figure([(1, 2, UNKNOWN)], {}), "2 articles, 0 roots"),
    "two claims of one article": (
        figure([(1, 2, UNKNOWN)], {1: "A", 2: "B"}, {1: 7, 2: 7}),
        "1 article, 1 root",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_figure_counts_roots(name: str) -> None:
    found, expected = CASES[name]
    assert found.figure == expected


def test_agreement_without_a_source_is_said_to_add_nothing() -> None:
    assert CASES["nobody names a source"][0].sentence == "agreement without a source: it adds nothing"


links_strategy = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 8), st.sampled_from([UNKNOWN, APART, SHARED])).filter(
        lambda found: found[0] < found[1]
    ),
    min_size=1,
    max_size=12,
)


@given(links_strategy, st.dictionaries(st.integers(1, 8), st.sampled_from("ABC?")))
def test_there_are_never_more_roots_than_articles_or_than_first_sources_allow(
    links: list[tuple[int, int, str]], sources: dict[int, str]
) -> None:
    present = {claim for one, other, _ in links for claim in (one, other)}
    named = {claim: name for claim, name in sources.items() if claim in present}
    found = figure(links, named)
    unnamed = sum(name == "?" for name in named.values())
    assert found.articles == len(present)
    assert (found.roots > 0) == bool(named)
    assert found.roots <= len({name for name in named.values() if name != "?"}) + unnamed
    assert found.roots + found.not_established <= found.articles
    shared = [(one, other, SHARED) for one, other, _ in links]
    assert figure(shared, named).roots <= found.roots or len(links) > 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_groups_are_those_that_pairs_join(pairs: list[tuple[int, int]]) -> None:
    group = joined((key(one), key(other)) for one, other in pairs)
    assert all(group[key(one)] == group[key(other)] for one, other in pairs)
    assert all(group[lowest] == lowest for lowest in group.values())
    neighbours: dict[UUID, set[UUID]] = {}
    for one, other in pairs:
        neighbours.setdefault(key(one), set()).add(key(other))
        neighbours.setdefault(key(other), set()).add(key(one))
    for start in neighbours:
        reached, border = {start}, {start}
        while border:
            border = set().union(*(neighbours[one] for one in border)) - reached
            reached |= border
        assert reached == {other for other in group if group[other] == group[start]}


@pytest.fixture
def three(make_article: MakeArticle, story: Story, max: User) -> list[Claim]:
    """One sentence in three articles of a story."""
    from claims.coverage.place_article import place_article

    found = []
    for number in range(3):
        article = make_article(
            f"Mayor Ida Brook said that toll {number} is off.", address=f"https://o{number}.example/"
        )
        place_article(by=max, article_id=article.pk, story_id=story.pk, expected_version=article.status.version)
        found.append(Claim.objects.get(article=article))
    return found


def test_confirmed_links_make_a_matter_and_its_first_source_one_root(
    three: list[Claim], story: Story, ana: User, ben: User, max: User, django_assert_num_queries: object
) -> None:
    one, two, other = three
    confirmed(one, two, ana, ben, Relation.CORROBORATES)
    confirmed(two, other, ana, ben, Relation.CONTRADICTS)
    attribute(one, ana, "Ida Brook")
    attribute(two, ben, "Ida Brook")
    for claim in three:
        rule(claim, max, Label.SOURCED)
    (matter,) = matters_of_story(story, ana)
    assert set(matter.claims) == {claim.pk for claim in three}
    assert (matter.contradictions, len(matter.articles)) == (1, 3)
    assert matter_of_claim(other.pk, ana) is not None
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = roots_of([matter])
    assert found[matter.key].figure == "3 articles, 1 root against 1"


def test_what_is_not_confirmed_or_does_not_agree_makes_no_matter(
    three: list[Claim], story: Story, ana: User, ben: User, max: User
) -> None:
    one, two, other = three
    link(one, two, ana, Relation.CORROBORATES)
    confirmed(two, other, ana, ben, Relation.FRAMES_DIFFERENTLY)
    assert matters_of_story(story, max) == []
    assert matter_of_claim(one.pk, max) is None
    rule_link(one, two, max, Relation.UNRELATED)
    assert matters_of_story(story, max) == []


def test_matters_with_contradictions_come_first() -> None:
    links = [
        Link(a=Claim(pk=key(1)), b=Claim(pk=key(2)), relation=Relation.CORROBORATES),
        Link(a=Claim(pk=key(3)), b=Claim(pk=key(4)), relation=Relation.CONTRADICTS),
        Link(a=Claim(pk=key(5)), b=Claim(pk=key(6)), relation=Relation.UPDATES),
    ]
    assert [matter.key for matter in matters(links)] == [key(3), key(1)]


@pytest.mark.parametrize("claims", [8, 14])
def test_claims_that_nobody_compared_do_not_lower_the_number_of_roots(claims: int) -> None:
    apart = [(1, 2), (1, 3), (1, 4), (5, 6), (5, 7), (6, 7)]
    links = [(*pair, APART) for pair in apart] + [(1, other, UNKNOWN) for other in range(5, claims + 1)]
    found = figure(links, dict.fromkeys(range(1, claims + 1), "?"))
    assert found.figure == f"{claims} articles, 3 roots, {claims - 3} not established"


CLASHES = {
    "a source against none": ({1: "A"}, ["CONTRADICTS"], "2 articles, 1 root against none", ""),
    "two rival sources": ({1: "A", 2: "B"}, ["CONTRADICTS"], "2 articles, 1 root against 1", ""),
    "nobody names a source": ({}, ["CONTRADICTS"], "2 articles, 0 roots against none", "no side names a source"),
    "two that agree against one": (
        {1: "A", 2: "A", 3: "B"},
        ["CORROBORATES", "CONTRADICTS"],
        "3 articles, 1 root against 1",
        "",
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_where_claims_contradict_each_side_has_its_roots(name: str) -> None:
    sources, relations, expected, sentence = CLASHES[name]
    links = [
        Link(pk=key(100 + n), a_id=key(n), b_id=key(n + 1), relation=relation, independence=UNKNOWN)
        for n, relation in enumerate(relations, 1)
    ]
    claims = tuple(key(n) for n in range(1, len(relations) + 2))
    standing = {claim: Standing(claim, claim.int in sources) for claim in claims}
    first = {key(claim): [Root(key(ord(source)), source)] for claim, source in sources.items()}
    found = count_roots(Matter(claims[0], claims, tuple(links)), standing, first)
    assert (found.figure, found.sentence) == (expected, sentence)


def test_what_is_not_settled_yet_is_said() -> None:
    found = Roots(articles=2, roots=0, not_established=2, unsourced=True, unsettled=1)
    assert found.sentence == "1 label not settled yet"
