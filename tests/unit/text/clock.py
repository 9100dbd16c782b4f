"""How time grows with length, in processor time, on machines that do other things as well."""

import gc
import time
from collections.abc import Callable

RATIO = 2.5
TRIES = 8
WORTH_TIMING = 0.02


def grows_linearly(function: Callable[[str], object], text: str) -> bool:
    """Twice the text takes at most 2.5 times as long in the best of several tries; what is too quick passes."""
    for _ in range(TRIES):
        once, twice = _seconds(function, text), _seconds(function, text + text)
        if twice < WORTH_TIMING or twice <= RATIO * once:
            return True
    return False


def _seconds(function: Callable[[str], object], text: str) -> float:
    # Neither other threads nor the collecting of what earlier tests left count.
    gc.collect()
    gc.disable()
    try:
        start = time.thread_time()
        function(text)
        return time.thread_time() - start
    finally:
        gc.enable()
