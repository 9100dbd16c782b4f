"""What is told side by side: two claims, two texts, two sources, two outlets, a document and what it would be."""

from typing import Any
from uuid import uuid4

import pytest

from claims.coverage.index_articles import index_articles
from claims.ingest.read_article import read_article
from claims.ingest.store_article import store_article
from claims.models import Article, ArticleStatus, Claim, ImportItem, Revision, User
from claims.models.article import NOT_READ
from claims.relations import Relation
from claims.review.register_source import register_source
from claims.vocabulary import Label
from tests.api.program import Program, body_of
from tests.cast import TEXT, MakeArticle, logged_in, rule
from tests.linking import dated, link, rule_link

pytestmark = pytest.mark.usefixtures("unlimited")
LONG = " ".join(f"It rains on day {n} in the old harbour of Oslo, said mayor Nora Berg." for n in range(20))
TWIN = "The bridge over the Elm was closed on Thursday.\n\nNobody was hurt."


def told(asks: Program, path: str, **query: str) -> Any:
    answer = asks.get(path, **query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def twin(make_article: MakeArticle) -> Claim:
    article = make_article(TWIN, "https://example.net/twin")
    return Claim.objects.filter(article=article).in_reading_order()[0]


def test_a_pair_is_told_in_the_order_of_its_address(claim: Claim, twin: Claim, ana: User) -> None:
    pair = told(Program(ana), f"claims/{claim.pk}/links/{twin.pk}")
    assert (pair["a"]["claim"]["id"], pair["b"]["claim"]["id"]) == (str(claim.pk), str(twin.pk))
    for side, text in (("a", TEXT), ("b", TWIN)):
        passage = pair[side]["passage"]
        assert passage["text"] == text[passage["start"] : passage["end"]]
        assert pair[side]["claim"]["exact"] in passage["text"]
    assert (pair["link"], pair["version"], pair["overlap"]) == (None, 0, None)
    assert any("Friday" in sentence and "Thursday" in sentence for sentence in pair["differences"] + pair["reasons"])
    turned = told(Program(ana), f"claims/{twin.pk}/links/{claim.pk}")
    assert turned["a"] == pair["b"]
    assert Program(ana).get(f"claims/{claim.pk}/links/{claim.pk}").status_code == 400


def test_the_times_of_a_pair_say_which_is_newer(claim: Claim, twin: Claim, ana: User) -> None:
    dated(claim, ana, "2024-04-26")
    dated(twin, ana, "2024-05-02")
    pair = told(Program(ana), f"claims/{claim.pk}/links/{twin.pk}")
    assert (pair["overlap"], pair["newer"], pair["a"]["times"]["event"]) == (False, str(twin.pk), "2024-04-26")
    assert "do not overlap" in pair["time_rule"]


def test_a_pair_has_the_version_that_a_finding_rests_on(claim: Claim, twin: Claim, ana: User, ben: User) -> None:
    asks, path = Program(ana), f"claims/{claim.pk}/links/{twin.pk}"
    link(claim, twin, ben, reason="canary of ben's")
    sent = {"relation": "UNRELATED"}
    assert asks.put(path, sent, version=asks.get(path).headers["ETag"]).status_code == 200
    pair = asks.get(path)
    assert (pair.json()["version"], pair.json()["link"]["yours"]["relation"]) == (1, "UNRELATED")
    assert asks.put(path, sent, version=pair.headers["ETag"]).status_code == 200
    assert "canary" not in pair.content.decode()


def test_signs_of_one_origin_come_with_their_passages(claim: Claim, make_article: MakeArticle, ana: User) -> None:
    copy = make_article(TEXT.replace("Friday", "Saturday"), "https://example.net/copy")
    other = Claim.objects.filter(article=copy).in_reading_order()[0]
    signs = told(Program(ana), f"claims/{claim.pk}/links/{other.pk}")["signs"]
    assert signs
    assert all(sign["sentence"] for sign in signs)
    assert any(sign["a"] and sign["a"][0]["exact"] in TEXT for sign in signs)


def test_candidates_are_found_by_likeness_and_by_words(claim: Claim, twin: Claim, ana: User) -> None:
    found = told(Program(ana), f"claims/{claim.pk}/candidates", q="hurt")["candidates"]
    assert [one["claim"]["exact"] for one in found] == ["Nobody was hurt."]
    assert told(Program(ana), f"claims/{claim.pk}/candidates", q="nowhere")["candidates"] == []
    assert Program(ana).get(f"claims/{claim.pk}/candidates", q="x" * 10_000).status_code == 400


def test_the_history_of_a_link_is_told_in_full_once_it_is_settled(
    claim: Claim, twin: Claim, ana: User, ben: User, max: User
) -> None:
    key = link(claim, twin, ben, Relation.UNRELATED, reason="canary of ben's")["link"]
    assert told(Program(ana), f"links/{key}/history")["entries"] == []
    assert [one["by"] for one in told(Program(ben), f"links/{key}/history")["entries"]] == ["ben"]
    rule_link(claim, twin, max, Relation.UNRELATED)
    assert [one["by"] for one in told(Program(ana), f"links/{key}/history")["entries"]] == ["ben", "max"]


def test_others_entries_of_a_source_have_no_name_and_no_minute_for_reviewers(ana: User, ben: User, max: User) -> None:
    source = register_source(by=ben, name="Ida Brook", kind="named_person", key=uuid4())
    path = f"sources/{source.pk}/history"
    (closed,), (own,), (open_,) = (told(Program(who), path)["entries"] for who in (ana, ben, max))
    assert (closed["by"], len(closed["at"])) == ("", len("2024-04-30"))
    assert own["by"] == open_["by"] == "ben"
    assert "T" in open_["at"]


def test_sources_are_suggested_by_the_beginnings_of_their_words(ana: User) -> None:
    source = register_source(by=ana, name="Ida Brook", kind="named_person", key=uuid4())
    other = register_source(by=ana, name="Mayor Ida Brook", kind="named_person", key=uuid4())
    found = told(Program(ana), "sources/suggest", q="bro")["sources"]
    assert {one["id"] for one in found} == {str(source.pk), str(other.pk)}
    assert told(Program(ana), "sources/suggest")["sources"] == []
    near = told(Program(ana), f"sources/{source.pk}/near")["sources"]
    assert [one["id"] for one in near] == [str(other.pk)]
    assert near[0]["why"]


def test_an_outlet_is_told_beside_others_by_what_is_confirmed(
    claim: Claim, twin: Claim, ana: User, max: User, make_article: MakeArticle
) -> None:
    path = f"outlets/{claim.article.outlet_id}"
    for one in (claim, twin):
        rule(one, max, Label.UNSOURCED, strength=0)
        dated(one, ana, "2024-04-26")
    link(claim, twin, ana, Relation.CONTRADICTS, subtype="date")
    assert told(Program(ana), f"{path}/beside")["outlets"] == []
    rule_link(claim, twin, max, Relation.CONTRADICTS, subtype="date")
    (other,) = told(Program(ana), f"{path}/beside")["outlets"]
    assert (other["outlet"], other["relations"], other["total"]) == (
        str(twin.article.outlet_id), {"CONTRADICTS": 1}, 1,
    )  # fmt: skip
    assert told(Program(ana), f"{path}/near-copies") == {"copies": []}


def test_what_changed_in_a_text_is_told_with_what_came_of_its_claims(
    article: Article, operator: User, ana: User
) -> None:
    first = Revision.objects.get(article=article)
    text = TEXT.replace("Friday", "Thursday")
    second = store_article(by=operator, raw=text.encode(), address=article.address).revision
    read_article(by=operator, article=article)
    asks = Program(ana)
    assert told(asks, f"articles/{article.pk}/changes/{first.pk}") == {
        "revision": str(first.pk), "before": None, "pieces": [], "claims": None,
    }  # fmt: skip
    changes = told(asks, f"articles/{article.pk}/changes/{second.pk}")
    assert changes["before"] == str(first.pk)
    runs = [run for piece in changes["pieces"] for run in piece["runs"]]
    removed = [TEXT[slice(*run["old"])] for run in runs if run["kind"] in {"removed", "changed"}]
    added = [text[slice(*run["new"])] for run in runs if run["kind"] in {"added", "changed"}]
    assert ("Friday" in " ".join(removed), "Thursday" in " ".join(added)) == (True, True)
    assert changes["claims"]["unchanged"] + changes["claims"]["reworded"] + changes["claims"]["lost"] == 4


def test_an_article_that_is_stored_and_not_read_yet_says_so(article: Article, ana: User) -> None:
    asks = Program(ana)
    assert told(asks, f"articles/{article.pk}")["is_read"] is True
    ArticleStatus.objects.filter(pk=article.pk).update(reader_version=NOT_READ)
    assert told(asks, f"articles/{article.pk}")["is_read"] is False
    assert [one["is_read"] for one in told(asks, "articles")["items"]] == [False]


def test_a_document_of_an_import_is_told_with_what_it_would_be(
    make_article: MakeArticle, operator: User, ana: User, ben: User
) -> None:
    article = make_article(f"{LONG} It snows.", "https://oslo.example/")
    index_articles(by=operator, articles=[article.pk])
    asks = Program(ana)
    texts = [{"name": "new.txt", "text": "A toll is planned.\n\nNobody said why."}, {"name": "old.txt", "text": LONG}]
    job = asks.post("imports", {"documents": texts}).json()["id"]
    new, old = ImportItem.objects.filter(job=job).order_by("position")
    found = told(asks, f"imports/{job}/items/{new.pk}")
    preview = found["preview"]
    assert (preview["text"], preview["would_be"], preview["sentences"]) == (texts[0]["text"], "stored", 2)
    assert preview["zones"][0]["start"] == 0
    assert told(asks, f"imports/{job}/items/{old.pk}")["preview"]["alike"][0]["article"] == str(article.pk)
    assert Program(ben).get(f"imports/{job}/items/{new.pk}").status_code == 410
    report = f"import/{job}/report.csv"
    assert body_of(asks.get(f"imports/{job}/report.csv")) == body_of(logged_in(ana).get(f"/{report}"))
