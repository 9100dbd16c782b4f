"""JSON that is sent piece by piece, and JSON that stands inside a page."""

import json
from typing import Any, Final

# What would end the element that the data stands in, or be read as markup; and the two line ends that scripts know.
_ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_json(value: Any) -> str:
    """One line of JSON, the same for the same value: letters as they are, no blanks between, no NaN."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def as_data_block(value: Any) -> str:
    """JSON that can stand in a script element of a page: no text in it can end the element."""
    return as_json(value).translate(_ESCAPED)
