"""Addresses that come from outside, held to pages of ours."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

HOME = "/admin"


def inside(address: str | None, roots: Sequence[str] = (HOME,)) -> str:
    """Return the address of a page below one of the roots, or that of the start page for anything else."""
    parts = urlsplit(address or "")
    path = parts.path
    ours = any(path == root or path.startswith(f"{root}/") for root in roots)
    if parts.scheme or parts.netloc or not ours or "\\" in path or "//" in path:
        return HOME
    return f"{path}?{parts.query}" if parts.query else path
