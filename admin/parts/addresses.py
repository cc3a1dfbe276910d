"""Addresses that come from outside, held to pages of ours."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

HOME = "/admin"


def split(address: str) -> SplitResult:
    """Return the parts of an address that a client sent, none of what is no address."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def inside(address: str | None, roots: Sequence[str] = (HOME,)) -> str:
    """Return the address of a page below one of the roots, or that of the start page for anything else."""
    parts = split(address or "")
    path = parts.path
    ours = any(path == root or path.startswith(f"{root}/") for root in roots)
    if parts.scheme or parts.netloc or not ours or "\\" in path or "//" in path:
        return HOME
    return f"{path}?{parts.query}" if parts.query else path
