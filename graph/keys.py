"""How keys and opaque ids are made: one recipe for each node, so that a replay finds what it wrote."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

POSITION_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def opaque(*parts: str) -> str:
    """Return 32 hex digits that stand for the parts, in this order, and tell nothing about them."""
    joined = "\x1f".join(parts)
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def scoped(source: str, external_id: str) -> str:
    """Return the key `source:external_id`; a colon inside the source is escaped, so keys cannot collide."""
    return f"{source.replace('%', '%25').replace(':', '%3A')}:{external_id}"


def record_id(key: str) -> str:
    return opaque("SourceRecord", key)


def touchpoint_id(key: str) -> str:
    return opaque("Touchpoint", key)


def line_id(order_id: str, number: int) -> str:
    return f"{order_id}-{number:05d}"


@lru_cache(maxsize=10_000)
def store_id(code: str) -> str:
    return opaque("Store", code)


@lru_cache(maxsize=100_000)
def product_id(sku: str) -> str:
    return opaque("Product", sku)


def level_id(sku: str, store: str) -> str:
    return opaque("InventoryLevel", sku, store)


def incoming_id(level: str, reference: str) -> str:
    return opaque("IncomingStock", level, reference)


def identifier_key(kind: str, scope: str, value: str) -> str:
    return f"{kind}:{scope.replace('%', '%25').replace(':', '%3A')}:{value}"


def identifier_of(key: str) -> tuple[str, str, str]:
    """Return (kind, scope, value) of the key of an identifier."""
    kind, scope, value = key.split(":", 2)
    return kind, scope.replace("%3A", ":").replace("%25", "%"), value


def identifier_id(key: str) -> str:
    return opaque("Identifier", key)


def consent_id(voice: str, point: str, purpose: str) -> str:
    """`voice` is the key of the record that says it, or `source:` where a source names nobody; `point` empty for all."""
    return opaque("Consent", voice, point, purpose)


def recorded_consent_id(record: str, point: str, purpose: str) -> str:
    """Return the id of what somebody has recorded of what a record's person said; no event speaks with that voice."""
    return opaque("Consent", "recorded", record, point, purpose)


def receipt_key(source: str, event_id: str) -> str:
    return opaque("Receipt", source, event_id)
