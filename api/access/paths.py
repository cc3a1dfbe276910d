"""Addresses of signing in and out, and where one may be sent after it."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

SIGN_IN = "/sign-in"
CALLBACK = "/sign-in/callback"
SIGN_OUT = "/sign-out"
SIGNED_OUT = "/sign-out/done"
BACK_CHANNEL = "/sign-out/back-channel"
HOME = "/admin"
INSIDE = ("/admin", "/playground")


def inside(address: str | None) -> str:
    """Return the address of a page of ours, or that of the start page for anything else."""
    parts = urlsplit(address or "")
    path = parts.path
    ours = any(path == root or path.startswith(f"{root}/") for root in INSIDE)
    if parts.scheme or parts.netloc or not ours or "\\" in path or "//" in path:
        return HOME
    return f"{path}?{parts.query}" if parts.query else path


def sign_in_for(address: str) -> str:
    """Return the address that signs in and comes back to one of our pages."""
    return f"{SIGN_IN}?{urlencode({'to': inside(address)})}"
