"""What the pages declare beside their handlers, gathered from all of them: their routes, and what is planned ahead."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from admin import pages


def gathered(name: str) -> Iterator[Any]:
    """Yield what the modules of all pages list under this name."""
    for module in walk_packages(pages.__path__, f"{pages.__name__}."):
        yield from getattr(import_module(module.name), name, ())
