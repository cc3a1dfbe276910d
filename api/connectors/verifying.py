"""The table of verifiers, one row for each provider: which header proves a delivery, and what has to stand in it."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.connectors.delivery import Delivery, Unverified

SHARED = "x-customer360-secret"
"""The header of our choice, for providers that send one and sign nothing."""
TOLERANCE_SECONDS = 300
MOST_SIGNATURES = 10
PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class Verifier:
    """`expected` returns what `header` holds for a secret; `sent_at` names the header of the second it was sent in."""

    header: str
    expected: Callable[[str, Delivery], str]
    sent_at: str | None = None


def in_base64(secret: str, delivery: Delivery) -> str:
    return b64encode(hmac.digest(secret.encode(), delivery.body, "sha256")).decode()


def in_hex(secret: str, delivery: Delivery) -> str:
    return hmac.digest(secret.encode(), delivery.body, "sha256").hex()


def itself(secret: str, _: Delivery) -> str:
    return secret


def standard(secret: str, delivery: Delivery) -> str:
    """Return the signature of Standard Webhooks 1.0.0, which our own webhooks have too."""
    signed = f"{delivery.headers.get('webhook-id', '')}.{delivery.headers.get('webhook-timestamp', '')}.".encode()
    return f"v1,{b64encode(hmac.digest(key_of(secret), signed + delivery.body, 'sha256')).decode()}"


def key_of(secret: str) -> bytes:
    """Return the key in a secret of Standard Webhooks; raises ValueError where it is none."""
    try:
        return b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError(f"must be {PREFIX} and base64") from None


_STANDARD = Verifier("webhook-signature", standard, "webhook-timestamp")

VERIFIERS: Mapping[str, Verifier] = {
    "telephone": _STANDARD,
    "asterisk": _STANDARD,
    "amazon-connect": Verifier(SHARED, itself),
    "line": Verifier("x-line-signature", in_base64),
    "shopify": Verifier("x-shopify-hmac-sha256", in_base64),
    "ec-cube": Verifier("x-eccube-signature", in_hex),
    "smaregi": Verifier(SHARED, itself),
}


def verify(name: str, secrets: tuple[str, ...], delivery: Delivery, now: float) -> None:
    """Raise Unverified unless one of the secrets of the provider proves a delivery. `now` is seconds since 1970."""
    row = VERIFIERS[name]
    given = [each.encode() for each in delivery.headers.get(row.header, "").split()[:MOST_SIGNATURES]]
    expected = [row.expected(secret, delivery).encode() for secret in secrets]
    # Each is compared, whichever matches: the time tells nothing of which one did.
    matches = [hmac.compare_digest(one, other) for one in given for other in expected]
    if not any(matches):
        raise Unverified(f"The header {row.header} does not prove that this comes from {name}.")
    if row.sent_at is not None and not _recent(delivery.headers.get(row.sent_at, ""), now):
        raise Unverified(f"The header {row.sent_at} is not of the last {TOLERANCE_SECONDS // 60} minutes.")


def _recent(seconds: str, now: float) -> bool:
    return seconds.isascii() and seconds.isdigit() and len(seconds) < 15 and abs(int(seconds) - now) <= TOLERANCE_SECONDS
