"""Addresses of signing in and out, and where one may be sent after it."""

from __future__ import annotations

from urllib.parse import urlencode

from admin.parts import addresses

SIGN_IN = "/sign-in"
CALLBACK = "/sign-in/callback"
SIGN_OUT = "/sign-out"
SIGNED_OUT = "/sign-out/done"
BACK_CHANNEL = "/sign-out/back-channel"
INSIDE = ("/admin", "/playground")


def inside(address: str | None) -> str:
    """Return the address of a page of ours, or that of the start page for anything else."""
    return addresses.inside(address, INSIDE)


def sign_in_for(address: str) -> str:
    """Return the address that signs in and comes back to one of our pages."""
    return f"{SIGN_IN}?{urlencode({'to': inside(address)})}"
