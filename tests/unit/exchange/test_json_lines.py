"""The desk's work as JSON Lines: everything, in one order, and nothing that the viewer may not see."""

import json

import pytest

from claims.exchange.chosen import Chosen
from claims.exchange.work_kinds import KIND_BY_NAME
from claims.exchange.write_json_lines import CHARACTERS_IN_BLOCK, json_lines_blocks
from claims.ingest.store_article import store_article
from claims.management.export_command import moderators_eyes
from claims.models import NOT_READ, ArticleStatus, User
from claims.text.decode import MAX_BYTES
from tests.cast import person
from tests.exchanging import a_bit_of_everything, elsewhere, exported, import_text


def test_every_kind_of_line_is_there(ana: User, ben: User, max: User) -> None:
    a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
    kinds = {json.loads(line)["type"] for line in exported().split("\n")[:-1]}
    assert kinds == {
        *("file", "outlet", "story", "source", "article", "revision", "extraction", "zone", "claim", "proposal"),
        *("anchor", "retirement", "time", "assessment", "attribution", "evidence", "verdict", "publication", "ruling"),
        *("comment", "link", "link_assessment", "link_ruling"),
    }


def test_an_empty_workbench_that_takes_a_file_in_writes_the_same_file(ana: User, ben: User, max: User) -> None:
    with elsewhere():
        a_bit_of_everything(ana, ben, max, person("mia", "moderator"))
        text = exported()
    done = import_text(text)
    assert exported() == text
    assert (done.restated, done.taken.differ, sum(done.taken.left_out.values())) == (0, 0, 0)


def test_long_texts_are_read_and_sent_a_few_at_a_time(operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The bridge over the Elm was closed on Friday, the mayor said. " * 1_000
    for number in range(25):
        stored = store_article(by=operator, raw=f"{number}. {words}".encode()).revision
        ArticleStatus.objects.create(
            article=stored.article, revision=stored, reader_version=NOT_READ, read_at=stored.received_at
        )
    monkeypatch.setattr("claims.exchange.write_json_lines.LINES_IN_BLOCK", 10**9)
    blocks = [len(block.text) for block in json_lines_blocks(Chosen(moderators_eyes()))]
    # Each line has the words twice, once as bytes: a block is as long as is wanted and one line more.
    assert sum(blocks) > 25 * 2 * len(words)
    assert max(blocks) < CHARACTERS_IN_BLOCK + 3 * len(words)
    assert KIND_BY_NAME["revision"].at_once * MAX_BYTES <= 20_000_000
