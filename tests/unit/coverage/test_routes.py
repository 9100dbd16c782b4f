"""Who rests on whom: roots at the left, articles at the right, and the way between in its order."""

from uuid import UUID

from claims.coverage.drawing import fitted, text_width
from claims.coverage.routes import MOST_ROOTS, MOST_ROUTES, drawn_routes
from claims.coverage.story_routes import Route, Step
from tests.unit.coverage import drawn

BROOK = Step("Ida Brook", drawn.key(1))
AGENCY = Step("The agency", drawn.key(2))
TALK = Step("press conference", of="Ida Brook")


def route(*steps: Step, article: int = 0, claims: int = 1) -> Route:
    return Route(steps, drawn.key(100 + article), tuple(drawn.key(500 + n) for n in range(claims)))


def test_a_route_leads_from_its_root_over_its_steps_to_the_article() -> None:
    picture = drawn_routes([route(BROOK, TALK, AGENCY, claims=3)], drawn.tellings())
    assert [(box.kind, box.title) for box in sorted(picture.boxes, key=lambda box: box.x)] == [
        ("root", "Ida Brook"), ("step", "press conference"), ("step", "The agency"), ("article", "elm.example"),
    ]  # fmt: skip
    assert [flow.title for flow in picture.flows][-1] == "The agency → elm.example: 3 claims"
    assert [layer.name for layer in picture.layers] == ["Roots", "Passed on by", "Passed on by", "Articles"]


def test_a_short_route_bends_past_the_steps_of_a_long_one_and_ends_in_the_same_layer() -> None:
    picture = drawn_routes([route(BROOK, TALK), route(AGENCY, article=1)], drawn.tellings())
    ends = {box.title: box.x for box in picture.boxes if box.kind == "article"}
    assert len(set(ends.values())) == 1
    assert len(picture.boxes) == 5
    assert len(picture.flows) == 4


def test_a_source_that_passes_on_what_another_said_is_no_root_there() -> None:
    picture = drawn_routes([route(BROOK, AGENCY), route(AGENCY)], drawn.tellings())
    assert sorted(box.kind for box in picture.boxes if box.title == "The agency") == ["root", "step"]


def test_a_root_of_most_claims_stands_at_the_top_and_what_is_too_much_is_counted() -> None:
    routes = [route(Step(f"Root {n}", UUID(int=n)), article=n % 3, claims=n % 7 + 1) for n in range(60)]
    routes.append(route(BROOK, claims=50))
    picture = drawn_routes(sorted(routes, key=lambda one: -len(one.claims)), drawn.tellings())
    roots = sorted((box for box in picture.boxes if box.kind == "root"), key=lambda box: box.y)
    assert roots[0].title == "Ida Brook"
    assert len(roots) <= MOST_ROOTS
    assert picture.further == 61 - len(roots) >= 61 - MOST_ROUTES
    assert all(flow.thickness <= 6 for flow in picture.flows)


def test_names_are_shortened_to_their_boxes_and_kept_whole_in_the_title() -> None:
    long = "The committee for the protection of the valley and its bridges " * 4
    box = next(one for one in drawn_routes([route(Step(long))], drawn.tellings()).boxes if one.kind == "root")
    assert box.title == long
    assert box.text.endswith("…")
    assert text_width(box.text) <= box.width


def test_words_fit_their_place_whatever_they_are() -> None:
    for text in ("", "word", "a" * 500, "一二三四五六七八九十" * 9, "e\u0301" * 80, "two words " * 30, "🙂" * 90):
        for width in (0, 5, 30, 200):
            assert text_width(fitted(text, width)) <= max(width, 0) or fitted(text, width) == ""
