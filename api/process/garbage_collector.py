"""How Python's collector of cyclic garbage works while requests are served: seldom, and never over what stays."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager

YOUNG_OBJECTS = 20_000
"""Objects made and not yet gone before it looks for cycles among them; usually 700."""


@contextmanager
def unhurried_collector() -> Generator[None]:
    """Leave what is loaded by now alone until the block ends, and look at what is new less often."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
