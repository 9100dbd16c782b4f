"""What the verbs of an import know of its items in common."""

from typing import Any, Final

KIND: Final = "import"
# What is left of a document once it is known what became of it. Its text stands in the article, or nowhere.
EMPTIED: Final[dict[str, Any]] = {"raw": b"", "text": "", "replaced": [], "facts": {}}
