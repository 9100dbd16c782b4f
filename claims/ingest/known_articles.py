"""The fixture of articles, built from raw texts and a file of what is known of each.

Nothing is stored here: what comes out is what `loaddata` takes.
"""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from claims.models.keys import named_key, revision_key
from claims.text.decode import decode
from claims.vocabulary import Basis

Row = dict[str, Any]


def build(folder: Path) -> str:
    """The fixture for the raw texts of `folder` and its `known.json`, as JSON text.

    Raises ValueError where a text is not the one that its facts were found for (SHA-256), or a fact has no basis.
    """
    known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
    received = datetime.fromisoformat(known["received"])
    story_key = str(named_key("story", known["story"]["title"]))
    hosts = sorted({article["outlet"] for article in known["articles"] if article["outlet"]})
    rows = [_row("outlet", str(named_key("outlet", host)), {"host": host}) for host in hosts]
    rows.append(_row("story", story_key, known["story"] | {"created_at": received.isoformat()}))
    for number, article in enumerate(known["articles"]):
        # Lists show what came last first: a second apart, the texts are listed in the order of their file.
        came = (received - timedelta(seconds=number)).isoformat()
        raw = (folder / article["file"]).read_bytes()
        if hashlib.sha256(raw).hexdigest() != article["sha256"]:
            raise ValueError(f"{article['file']} is not the text that its facts were found for: its hash differs.")
        rows += _article(article, raw, story_key, came)
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def _article(known: Row, raw: bytes, story_key: str, received: str) -> list[Row]:
    article_key = named_key("article", known["address"])
    outlet = known["outlet"]
    values = ("headline", "voice", "author", "published", "updated", "page_date", "genre", "quality", "address")
    fields: Row = {name: known.get(name, "") for name in values}
    for name in ("voice", "author", "published", "updated", "page_date", "genre"):
        stated = known["bases"].get(name, {}).get("basis", Basis.NOT_STATED) != Basis.NOT_STATED
        if stated != bool(fields[name]):
            raise ValueError(f"{known['file']}: {name} needs a value and a basis, or neither.")
    fields |= {
        "outlet": str(named_key("outlet", outlet)) if outlet else None,
        "first_story": story_key,
        "bases": known["bases"],
        "credits": known["credits"],
        "received_at": received,
    }
    decoded = decode(raw)
    sha256 = known["sha256"]
    revision = {
        "article": str(article_key),
        "sha256": sha256,
        "raw": base64.b64encode(raw).decode("ascii"),
        "text": decoded.text,
        "encoding": decoded.encoding,
        "replaced": list(decoded.replaced),
        "received_at": received,
    }
    return [
        _row("article", str(article_key), fields),
        _row("revision", str(revision_key(article_key, sha256)), revision),
    ]


def _row(model: str, key: str, fields: Row) -> Row:
    return {"model": f"claims.{model}", "pk": key, "fields": fields}
