"""What a parser in the child gives back, as it goes over the pipe."""

from collections.abc import Mapping
from typing import Any

from claims.ingest.readers.document import Fact
from claims.ingest.readers.facts import as_json
from claims.text.decode import UNSTORABLE, cleaned


def answer(text: str, *, encoding: str, extractor: str, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Clean a text as every entrance does and put it into the form of an answer. Raises Unreadable with a sentence."""
    clean = cleaned(text, encoding)
    stated = {name: Fact(UNSTORABLE.sub("", fact.value), fact.basis, fact.note) for name, fact in facts.items()}
    return {
        "text": clean.text,
        "encoding": encoding,
        "replaced": list(clean.replaced),
        "extractor": extractor,
        "facts": as_json(stated),
    }
