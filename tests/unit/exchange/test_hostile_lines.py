"""Files that nobody's friend wrote: each line is taken, or refused with a sentence; never another error."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claims.models import Claim, User, VerdictPublication
from claims.refusals import Invalid
from tests.cast import person, rule
from tests.exchanging import a_bit_of_everything, elsewhere, exported, import_text, stored
from tests.publishing import evidence, judge, propose, publish

pytestmark = pytest.mark.django_db
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)
Lines = list[dict[str, Any]]


def lines(text: str) -> Lines:
    return [json.loads(line) for line in text.split("\n")[:-1]]


def text_of(said: Lines) -> str:
    return "".join(json.dumps(line) + "\n" for line in said)


@pytest.fixture
def published(operator: User) -> Lines:
    """What a desk exports that published a verdict with a note of the desk beside its evidence."""
    with elsewhere():
        max, ada = person("max", "moderator"), person("ada", "administrator")
        claim = stored("The bridge over the Elm was closed on Friday, Ida Brook said.")[0]
        rule(claim, max)
        judge(claim, max, on=(evidence(claim, max, note="Our informant sent it."),))
        propose(claim, max)
        publish(claim, ada)
        return lines(exported())


def of(said: Lines, kind: str) -> dict[str, Any]:
    return next(line for line in said if line["type"] == kind)


def test_a_published_verdict_comes_in(published: Lines) -> None:
    import_text(text_of(published))
    assert VerdictPublication.objects.get().pieces()[0]["note"] == "Our informant sent it."


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"evidence": [{}]}, "no piece of evidence"),
        ({"evidence": [7]}, "no piece of evidence"),
        ({"evidence": {"url": "https://example.org/"}}, "evidence is no list"),
        ({"decided_by": None}, "decided_by"),
        ({"decided_by": "max"}, "second moderator"),
        ({"decided_at": None}, "decided_at"),
    ],
)
def test_a_publication_that_is_none_is_refused_with_its_line(
    published: Lines, change: dict[str, Any], says: str
) -> None:
    of(published, "publication").update(change)
    with pytest.raises(Invalid, match=rf"^Line {published.index(of(published, 'publication')) + 1} .*{says}"):
        import_text(text_of(published))


@pytest.mark.parametrize(
    "change",
    [
        {"stance": "loathes"}, {"stance": []}, {"url": "javascript:alert(1)"}, {"url": ""}, {"title": "t" * 301},
        {"archived_url": "data:text/html,x"}, {"quote": "half \ud800"}, {"title": None}, {"more": ""}, {"id": "1"},
        {"url": "https://a@example.org/"}, {"note": {}},
    ],
)  # fmt: skip
def test_a_piece_of_evidence_that_is_none_is_refused(published: Lines, change: dict[str, Any]) -> None:
    of(published, "publication")["evidence"][0].update(change)
    with pytest.raises(Invalid, match="publication"):
        import_text(text_of(published))


def test_a_published_verdict_on_a_claim_that_nothing_settles_is_refused(published: Lines) -> None:
    left = [line for line in published if line["type"] != "ruling"]
    with pytest.raises(Invalid, match="its claim is not settled"):
        import_text(text_of(left))
    assert not Claim.objects.exists()


def test_the_database_lets_no_verdict_out_that_nobody_decided(published: Lines) -> None:
    import_text(text_of(published))
    rows = VerdictPublication.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decided_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="superseded", decided_by=rows.get().proposed_by)


@pytest.mark.parametrize("odd", [{}, [{}], [7], ["x"], [{"url": "javascript:alert(1)", "stance": "refutes"}], "x", 7])
def test_odd_evidence_that_is_stored_breaks_no_page_and_no_feed(published: Lines, odd: Any, max: User) -> None:
    import_text(text_of(published))
    VerdictPublication.objects.update(evidence=odd)
    key = VerdictPublication.objects.get().claim_id
    for path in (f"/verdicts/{key}/", "/verdicts/", "/verdicts/feed.json", "/api/v1/verdicts"):
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert "javascript:" not in answer.content.decode()
    assert '"type":"publication"' in exported(person("rae", "reviewer"))


@pytest.mark.parametrize("kind", [{}, ["claim"], None, 7, "claims"])
def test_a_line_of_no_type_is_named(published: Lines, kind: Any) -> None:
    published[3]["type"] = kind
    with pytest.raises(Invalid, match=r"^Line 4 is of no type that is known here: .+\.$"):
        import_text(text_of(published))


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("article", {"credits": [{"a": 1}, 5, None]}),
        ("article", {"bases": {"headline": {"basis": []}}}),
        ("link", {"signs": [[1]]}),
        ("proposal", {"chain": [{"kind": [], "start": 0, "end": 1}]}),
        ("claim", {"start": 10**30}),
    ],
)
def test_odd_values_are_refused_with_their_line(kind: str, change: dict[str, Any], everything: Lines) -> None:
    of(everything, kind).update(change)
    with pytest.raises(Invalid, match=r"^Line \d+ \("):
        import_text(text_of(everything))


@pytest.fixture
def everything(operator: User) -> Lines:
    with elsewhere():
        people = [person(name, role) for name, role in (("ana", "reviewer"), ("ben", "reviewer"))]
        a_bit_of_everything(*people, person("max", "moderator"), person("mia", "moderator"))
        return lines(exported())


@settings(
    max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_any_value_in_any_place_is_taken_or_refused(data: st.DataObject, everything: Lines, tmp_path: Path) -> None:
    kind = data.draw(st.sampled_from(sorted({line["type"] for line in everything})))
    at = data.draw(st.sampled_from([at for at, line in enumerate(everything) if line["type"] == kind]))
    name = data.draw(st.sampled_from(sorted(everything[at])))
    said = [*everything[:at], everything[at] | {name: data.draw(ODD)}, *everything[at + 1 :]]
    path = tmp_path / "work.jsonl"
    path.write_text(text_of(said))
    with transaction.atomic():
        with contextlib.suppress(CommandError):
            call_command("import_claims", path, "--check")
        transaction.set_rollback(True)
