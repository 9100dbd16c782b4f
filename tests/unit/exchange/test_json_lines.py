"""The desk's work as JSON Lines: everything, in one order, and nothing that the viewer may not see."""

import json

from claims.models import User
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
