"""Secrets of endpoints, and signatures by them. Source: Standard Webhooks 1.0.0.

A secret is computed from the key of the installation and a random name that the endpoint has: neither the database alone nor
the key alone tells it.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime

PREFIX, VERSION = "whsec_", "v1"


def new_name() -> str:
    """Return a name for a secret that there was never before."""
    return secrets.token_hex(16)


def secret_of(key: bytes, name: str) -> str:
    """Return the secret of a name as whoever receives configures it: `whsec_` and 32 bytes in base64."""
    return PREFIX + b64encode(_bytes(key, name)).decode()


def signed(key: bytes, names: Iterable[str], message: str, sent: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of a request: one signature for each name, so that a receiver who knows any of them can verify."""
    timestamp = str(int(sent.timestamp()))
    text = f"{message}.{timestamp}.".encode() + body
    signatures = [f"{VERSION},{b64encode(hmac.digest(_bytes(key, name), text, 'sha256')).decode()}" for name in names]
    return {"webhook-id": message, "webhook-timestamp": timestamp, "webhook-signature": " ".join(signatures)}


def _bytes(key: bytes, name: str) -> bytes:
    return hmac.digest(key, f"webhook {name}".encode(), "sha256")
