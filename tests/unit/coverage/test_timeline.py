"""The timeline: two lanes and one for what has no date, legible with one claim and with thousands."""

from itertools import pairwise

from claims.coverage.drawing import text_width
from claims.coverage.timeline import LEFT, RIGHT, WIDTH, timeline_of
from tests.unit.coverage import drawn


def test_what_happened_and_what_was_reported_stand_in_two_lanes_and_a_thread_joins_them() -> None:
    articles = drawn.tellings(drawn.telling(0, published="2020-10-28"), drawn.telling(1, published="2022-09-16T10:00"))
    line = timeline_of([drawn.dated(1, 0, "2020-09-27", "SOURCED")], articles, {drawn.key(1): "War began."})
    (mark,) = line.happened
    assert (mark.letter, mark.count, mark.key) == ("S", 1, drawn.key(1))
    assert mark.title == "27 September 2020: War began."
    assert [one.title for one in line.reported] == ["elm.example, 28 October 2020", "brook.example, 16 September 2022"]
    assert line.reported[0].x < line.reported[1].x
    assert len(line.threads) == 1
    assert [tick.text for tick in line.ticks]


def test_what_nobody_dated_stands_in_a_lane_of_its_own_and_timeless_claims_in_none() -> None:
    articles = drawn.tellings(drawn.telling(0), drawn.telling(1, published="last Tuesday"))
    dates = [drawn.dated(1, 0, "unknown"), drawn.dated(2, 0, "timeless"), drawn.dated(3, 1, "2021")]
    line = timeline_of(dates, articles, {})
    assert (line.undated_claims, line.undated_articles, line.timeless) == (1, 2, 1)
    assert [mark.kind for mark in line.undated] == ["claim", "told", "told"]
    assert not line.reported
    assert len(line.happened) == 1


def test_a_label_that_is_not_settled_has_no_letter_and_different_ones_have_none_together() -> None:
    dates = [drawn.dated(1, 0, "2021-05-01"), drawn.dated(2, 0, "2023-05-01", "SOURCED")]
    dates.append(drawn.dated(3, 0, "2023-05-01", "OPINION"))
    line = timeline_of(dates, drawn.tellings(), {})
    assert [(mark.letter, mark.count) for mark in line.happened] == [("", 1), ("", 2)]


def test_thousands_of_claims_become_marks_with_numbers_that_do_not_lie_on_each_other() -> None:
    dates = [drawn.dated(n, n % 3, f"20{20 + n % 5}-{n % 12 + 1:02}-{n % 28 + 1:02}", "SOURCED") for n in range(3_000)]
    line = timeline_of(dates, drawn.tellings(), {})
    marks = sorted(line.happened, key=lambda mark: mark.x)
    assert sum(mark.count for mark in marks) == 3_000
    assert all(a.x + a.radius <= b.x - b.radius for a, b in pairwise(marks))
    assert all(LEFT <= mark.x <= RIGHT + 20 for mark in marks)
    assert len(line.threads) <= 80


def test_one_date_of_long_ago_stands_at_the_edge_and_leaves_the_rest_its_room() -> None:
    dates = [drawn.dated(1, 0, "1992-05-15"), *(drawn.dated(n, 0, f"2022-0{n}-01") for n in range(2, 9))]
    line = timeline_of(dates, drawn.tellings(), {})
    assert line.earlier == "2022"
    places = [mark.x for mark in sorted(line.happened, key=lambda mark: mark.x)]
    assert places[0] < LEFT + 30
    assert places[-1] - places[1] > (RIGHT - LEFT) / 2


def test_labels_stay_inside_the_drawing_and_apart() -> None:
    said = {
        drawn.key(n): "A sentence that is much longer than the place that it has in the drawing" for n in range(1, 40)
    }
    dates = [drawn.dated(n, 0, f"20{10 + n // 3}-{n % 12 + 1:02}") for n in range(1, 40)]
    line = timeline_of(dates, drawn.tellings(), said)
    assert line.words
    tiers: dict[float, float] = {}
    for words in line.words:
        half = text_width(words.text) / 2
        assert words.x - half >= 0
        assert words.x + half <= WIDTH
        assert words.text.endswith("…")
        assert tiers.get(words.y, 0) <= words.x - half
        tiers[words.y] = words.x + half


def test_intervals_with_an_open_end_and_the_last_days_of_the_calendar_are_drawn() -> None:
    dates = [
        drawn.dated(1, 0, "2020/.."),
        drawn.dated(2, 0, "../2021-06"),
        drawn.dated(3, 0, "9999-12-31"),
        drawn.dated(4, 0, "0001"),
    ]
    line = timeline_of(dates, drawn.tellings(), {})
    assert sum(mark.count for mark in line.happened) == 4
    assert timeline_of([], {}, {}).ticks == ()
